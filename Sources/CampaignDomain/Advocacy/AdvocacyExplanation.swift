/// Why a stage is reached and flags are raised (Projections, section 0, rule 5; section 4): every rule with what it
/// counts and what it asks for. The stage is the last of `stages` that holds, a flag is raised if its rule holds, and a
/// metric is its part of its whole.
public struct AdvocacyExplanation: Sendable, Equatable {
    public let answer: AdvocacyAnswer
    /// All, ascending.
    public let stages: [StageRule]
    /// All, sorted by name.
    public let flags: [FlagRule]
    public let metrics: [MetricShare]
}

/// What rules of advocacy count. The names are those of answers.
public enum AdvocacyCount: String, CaseIterable, Sendable {
    /// Invitations, collaborations, shipments of which something is delivered and not returned.
    case invitations, collaborations, shipmentsHeld
    /// Live posts in collaborations: their collaborations, they themselves, their calendar months.
    case activeCollaborations, activePosts, activeMonths
    /// Unpaid mentions of a brand within the advocate's days, and the days from the first to the last of them.
    case mentions, mentionSpanDays
    /// Unpaid mentions of a brand within the true fan's days, and their calendar months.
    case lastingMentions, lastingMonths
    case openBreaches
    /// Deliverables missed since the last that was met, in the order of their dues.
    case missedInARow
    /// Live posts of the days of dormancy that name a brand with a campaign.
    case recentBrandPosts
    /// Collaborations as ambassador whose term runs.
    case ambassadorTerms
}

/// One condition of a rule.
public struct AdvocacyCondition: Sendable, Equatable {
    public let count: AdvocacyCount
    public let found: Int
    /// What the rule asks for: at least so many, or at most.
    public let bound: Int
    public let isAtMost: Bool

    /// Whether it is met.
    public var holds: Bool { isAtMost ? found <= bound : found >= bound }

    static func atLeast(_ bound: Int, _ count: AdvocacyCount, _ found: Int) -> AdvocacyCondition {
        AdvocacyCondition(count: count, found: found, bound: bound, isAtMost: false)
    }

    static func none(_ count: AdvocacyCount, _ found: Int) -> AdvocacyCondition {
        AdvocacyCondition(count: count, found: found, bound: 0, isAtMost: true)
    }
}

/// One way to fulfil a rule: all its conditions together.
public struct AdvocacyWay: Sendable, Equatable {
    /// The brand whose mentions are counted; nil: no brand's, or none is mentioned.
    public let brandID: String?
    public let conditions: [AdvocacyCondition]

    public var holds: Bool { conditions.allSatisfy(\.holds) }

    init(brandID: String? = nil, _ conditions: [AdvocacyCondition]) {
        self.brandID = brandID
        self.conditions = conditions
    }
}

/// The rule of a stage.
public struct StageRule: Sendable, Equatable {
    public let stage: Stage
    public let ways: [AdvocacyWay]

    /// Whether one of the ways is fulfilled.
    public var holds: Bool { ways.contains(where: \.holds) }
}

/// The rule of a flag.
public struct FlagRule: Sendable, Equatable {
    public let flag: AdvocacyFlag
    public let ways: [AdvocacyWay]

    /// Whether one of the ways is fulfilled.
    public var holds: Bool { ways.contains(where: \.holds) }
}

/// The metrics of advocacy. The names are those of answers, without the unit.
public enum AdvocacyMetric: String, CaseIterable, Sendable { case acceptRate, earnedShare, seedingPostRate }

/// A metric: ⌊10000 · part / whole⌋, nothing when the whole is 0.
public struct MetricShare: Sendable, Equatable {
    public let metric: AdvocacyMetric
    public let part: Int
    public let whole: Int

    public var value: BasisPoints? { BasisPoints(part, of: whole) }
}

/// What can be asked for the positions of its events.
public enum AdvocacyReason: Hashable, Sendable {
    /// What a condition counts; of mentions, those of one brand, or of all.
    case count(AdvocacyCount, brandID: String?)
    /// What a metric's whole counts; its part is among them.
    case metric(AdvocacyMetric)
    /// All that a flag's rule counts.
    case flag(AdvocacyFlag)
}
