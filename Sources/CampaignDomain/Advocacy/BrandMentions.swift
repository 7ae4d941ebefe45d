/// Unpaid mentions of one brand, in the order of their days.
struct BrandMentions {
    /// Within the advocate's days: how many, the first and the last of them.
    private(set) var recent = 0
    private(set) var first: Day?
    private(set) var last: Day?
    /// Within the true fan's days: how many, in how many calendar months.
    private(set) var lasting = 0
    private(set) var months = 0
    private var lastMonth: Int?

    mutating func add(_ day: Day, age: Int, _ policy: AdvocacyPolicy) {
        if age <= policy.advocateDays {
            recent += 1
            first = first ?? day
            last = day
        }
        guard age <= policy.trueFanDays else { return }
        lasting += 1
        if day.month != lastMonth {
            months += 1
            lastMonth = day.month
        }
    }

    /// Days from the first to the last mention within the advocate's days; 0 without any.
    var spanDays: Int {
        guard let first, let last else { return 0 }
        return last - first
    }

    func isAdvocate(_ policy: AdvocacyPolicy) -> Bool {
        recent > 0 && recent >= policy.advocateMentions && spanDays >= policy.advocateGapDays
    }

    func isTrueFan(_ policy: AdvocacyPolicy) -> Bool {
        isAdvocate(policy) && lasting >= policy.trueFanMentions && months >= policy.trueFanMonths
    }
}

extension Day {
    /// Calendar months since the year 0, UTC.
    var month: Int {
        let date = date
        return date.year * 12 + date.month
    }
}
