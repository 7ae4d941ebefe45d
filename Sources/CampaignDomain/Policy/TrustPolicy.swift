/// The parameters of trust in force, with the table of evidence weights (Projections, sections 2, 3 and 8).
public struct TrustPolicy: Sendable {
    /// 0: the defaults, no policy in force.
    public let version: Int64
    /// Weights of the components, in `TrustComponent` order; they sum to 100.
    public let weights: [Int64]
    public let decayMultiplier: Int64
    public let evidenceDays: Int
    public let homeTopics: Int
    public let homePosts: Int
    public let authenticityDays: Int
    public let authenticityPosts: Int
    public let shareFreeBp: Int64
    public let shareEndBp: Int64
    public let brandsFree: Int64
    public let brandStepBp: Int64
    public let brandFloorBp: Int64
    public let engagementFromDays: Int
    public let engagementToDays: Int
    public let ratioLowBp: Int64
    public let ratioHighBp: Int64
    /// Engagement rates that are usual for a tier, emerging … mega, in basis points.
    public let benchmarksBp: [Int64]
    public let anomalyPosts: Int
    public let anomalyDeviation: Int64
    public let anomalyFreeBp: Int64
    public let anomalyFactor: Int64
    public let anomalyMaxBp: Int64
    public let commentsLowBp: Int64
    public let commentsHighBp: Int64
    public let commentsPenaltyBp: Int64
    public let suspiciousFreeBp: Int64
    public let suspiciousFactor: Int64
    public let suspiciousMaxBp: Int64
    public let removalDays: Int
    public let breachDays: Int
    public let breachCap: Int64
    public let suspiciousCapBp: Int64
    public let suspiciousCap: Int64
    public let evidenceMedium: Int64
    public let evidenceHigh: Int64
    /// What evidence of each age in days weighs, 0…evidenceDays.
    public let evidenceWeights: EvidenceWeights

    /// The values printed in Projections, section 8.
    public static let standard = TrustPolicy(version: 0, PolicyParameter.trust.map(\.standard))

    /// - Parameter parameters: in the order of `PolicyParameter.trust`, checked when the event was recorded.
    public init(version: Int64, _ parameters: [Int64]) {
        precondition(parameters.count == PolicyParameter.trust.count, "trust policy \(version) lacks parameters")
        var rest = ParameterList(parameters)
        self.version = version
        weights = rest.next(6)
        decayMultiplier = rest.next()
        evidenceDays = rest.nextCount()
        (homeTopics, homePosts) = (rest.nextCount(), rest.nextCount())
        (authenticityDays, authenticityPosts) = (rest.nextCount(), rest.nextCount())
        (shareFreeBp, shareEndBp) = (rest.next(), rest.next())
        (brandsFree, brandStepBp, brandFloorBp) = (rest.next(), rest.next(), rest.next())
        (engagementFromDays, engagementToDays) = (rest.nextCount(), rest.nextCount())
        (ratioLowBp, ratioHighBp) = (rest.next(), rest.next())
        benchmarksBp = rest.next(6)
        (anomalyPosts, anomalyDeviation) = (rest.nextCount(), rest.next())
        (anomalyFreeBp, anomalyFactor, anomalyMaxBp) = (rest.next(), rest.next(), rest.next())
        (commentsLowBp, commentsHighBp, commentsPenaltyBp) = (rest.next(), rest.next(), rest.next())
        (suspiciousFreeBp, suspiciousFactor, suspiciousMaxBp) = (rest.next(), rest.next(), rest.next())
        (removalDays, breachDays) = (rest.nextCount(), rest.nextCount())
        breachCap = rest.next()
        (suspiciousCapBp, suspiciousCap) = (rest.next(), rest.next())
        (evidenceMedium, evidenceHigh) = (rest.next(), rest.next())
        evidenceWeights = EvidenceWeights(multiplier: decayMultiplier, days: evidenceDays)
    }
}

/// Takes a policy's parameters one after another, in the order of its table.
struct ParameterList {
    private let values: [Int64]
    private var index = 0

    init(_ values: [Int64]) {
        self.values = values
    }

    mutating func next() -> Int64 {
        defer { index += 1 }
        return values[index]
    }

    mutating func nextCount() -> Int {
        Int(next())
    }

    mutating func next(_ count: Int) -> [Int64] {
        defer { index += count }
        return Array(values[index..<index + count])
    }
}
