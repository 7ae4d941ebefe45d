import LedgerAPI

/// Postings of one currency gathered by month, or by year where there are many months: what was earned and given, what
/// was paid, and what was due at the end.
struct MoneyFlow: Equatable {
    struct Period: Equatable {
        /// `2026-01`, or `2026`.
        let label: String
        /// Days since 1970: the first, and the one after the last.
        let firstDay: Int64
        let endDay: Int64
        /// In minor units: fees and commissions, gifts at cost, paid ads, less what was cancelled or returned.
        var earned: Int128 = 0
        var gifts: Int128 = 0
        var media: Int128 = 0
        /// What left the bank.
        var paid: Int128 = 0
        /// The balance of what is due at the period's end.
        var due: Int128 = 0
    }

    let currency: String
    /// The currency's minor digits.
    let places: Int
    private(set) var periods: [Period]

    private static let monthsMax: Int64 = 36

    /// One flow for each currency, by code.
    /// - Parameter dueBefore: What was due before the first posting, by currency, in minor units.
    static func flows(_ postings: [PostingBody], dueBefore: [String: Int128] = [:]) -> [MoneyFlow] {
        Dictionary(grouping: postings, by: \.currency).sorted { $0.key < $1.key }.compactMap { currency, postings in
            MoneyFlow(currency: currency, postings, dueBefore: dueBefore[currency] ?? 0)
        }
    }

    /// Whether the periods from one month to another, both since the year 0, are months; else they are years.
    static func isByMonth(_ first: Int64, _ last: Int64) -> Bool {
        last - first < monthsMax
    }

    private init?(currency: String, _ postings: [PostingBody], dueBefore: Int128) {
        let dated = postings.compactMap { posting in WireTime.day(posting.day).map { ($0, posting) } }
        guard let first = dated.map(\.0).min(), let last = dated.map(\.0).max() else { return nil }
        self.currency = currency
        places = postings.first.flatMap { Decimals.parse($0.amount)?.places } ?? 0
        periods = Self.periods(WireTime.month(ofDay: first), WireTime.month(ofDay: last))
        for (day, posting) in dated {
            guard let index = periods.firstIndex(where: { day < $0.endDay }) else { continue }
            periods[index].add(posting)
        }
        var due = dueBefore
        for index in periods.indices {
            due += periods[index].due
            periods[index].due = due
        }
    }

    private static func periods(_ first: Int64, _ last: Int64) -> [Period] {
        let step: Int64 = isByMonth(first, last) ? 1 : 12
        let start = WireTime.floorDivided(first, step) * step
        return stride(from: start, through: last, by: Int(step)).map { month in
            let text = WireTime.monthText(month)
            return Period(
                label: step == 12 ? String(text.prefix(4)) : text, firstDay: WireTime.firstDay(ofMonth: month),
                endDay: WireTime.firstDay(ofMonth: month + step))
        }
    }

    func text(_ minor: Int128) -> String {
        Decimals.text(minor, places: places)
    }
}

extension MoneyFlow.Period {
    fileprivate mutating func add(_ posting: PostingBody) {
        move(posting.debit, Int128(posting.minor))
        move(posting.credit, -Int128(posting.minor))
    }

    /// Debits count up on expenses, and down on what is due and on cash.
    private mutating func move(_ account: String, _ minor: Int128) {
        switch account {
        case "Expenses:Gifts": gifts += minor
        case "Expenses:Media": media += minor
        case "Assets:Cash": paid -= minor
        case "Liabilities:Due": due -= minor
        // Goods lost on the way reached nobody.
        case "Expenses:Losses": break
        default: earned += account.hasPrefix("Expenses:") ? minor : 0
        }
    }
}
