/// A post whose publication is known, and what holds of it at a moment.
struct JudgedPost {
    let publication: Publication
    /// Days from its day to the day of `at`.
    let age: Int
    /// The earliest removal; nil: the post is live.
    let removal: Stamp?
    /// Sponsored, or of a brand that the influencer was compensated for by its time.
    let needsDisclosure: Bool
    /// What the newest assessment, else the post itself says of its disclosure; for a post that needs disclosure as if
    /// there were no `notRequired`.
    let verdict: Verdict?
    let snapshot: Snapshot?

    var isLive: Bool { removal == nil }
    var day: Day { publication.stamp.day }
}

extension Verdict {
    init(_ disclosure: Disclosure) {
        switch disclosure {
        case .clear: self = .clear
        case .ambiguous: self = .ambiguous
        case .missing: self = .missing
        }
    }
}
