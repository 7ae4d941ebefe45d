/// How far an influencer has come with the programme's brands (Projections, section 4). The names are those of answers.
public enum Stage: Int, CaseIterable, Comparable, Sendable {
    case prospect, contacted, agreed, seeded, activated, `repeat`, advocate, trueFan

    public var name: String { "\(self)" }

    public static func < (left: Stage, right: Stage) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// What else is to be known of an advocate, sorted by name. The names are those of answers.
public enum AdvocacyFlag: String, CaseIterable, Sendable { case ambassador, atRisk, dormant }

/// Advocacy at a moment (Projections, section 4).
public struct AdvocacyAnswer: Sendable, Equatable {
    /// 0: the defaults.
    public let policyVersion: Int64
    public let stage: Stage
    /// Those that hold, sorted by name.
    public let flags: [AdvocacyFlag]
    /// Accepted among answered outreach; nil: none answered.
    public let acceptRate: BasisPoints?
    /// Unpaid mentions among them and sponsored posts for campaigns' brands; nil: none.
    public let earnedShare: BasisPoints?
    /// Collaborations with a post in time among those with a delivery whose due has passed; nil: none.
    public let seedingPostRate: BasisPoints?
}
