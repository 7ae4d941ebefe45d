/// The tables of policy parameters (Projections, section 8): names, order, bounds and defaults. The order is that of the
/// stored facts and never changes; a new parameter would be a new schema version of `policy.published`.
public struct PolicyParameter: Sendable, Equatable {
    /// The name, or a group and a name in it.
    public let path: [String]
    public let range: ClosedRange<Int64>
    /// The value printed in the specification of the projections.
    public let standard: Int64

    init(_ path: String, _ standard: Int64, _ range: ClosedRange<Int64> = 0...PolicyParameter.valueMax) {
        self.path = path.split(separator: "/").map(String.init)
        self.standard = standard
        self.range = range
    }

    static func days(_ path: String, _ standard: Int64) -> PolicyParameter {
        PolicyParameter(path, standard, 0...3650)
    }

    /// The most a parameter can be where nothing else is said.
    public static let valueMax: Int64 = 1_000_000_000

    /// What must hold between a kind's parameters, in words; nil when it does.
    public static func fault(in values: [Int64], of kind: PolicyKind) -> (path: [String], expected: String)? {
        guard kind == .trust else { return nil }
        if values[0..<6].reduce(0, +) != 100 { return (["weights"], "weights that sum to 100") }
        let free = index(of: "shareFreeBp")
        if values[free] >= values[free + 1] { return (["shareFreeBp"], "less than shareEndBp") }
        return nil
    }

    static func index(of name: String) -> Int {
        guard let index = trust.firstIndex(where: { $0.path == [name] }) else { preconditionFailure("no \(name)") }
        return index
    }

    /// The parameters of `trust`.
    public static let trust: [PolicyParameter] = [
        PolicyParameter("weights/responsiveness", 20), PolicyParameter("weights/nicheFit", 15),
        PolicyParameter("weights/authenticity", 25), PolicyParameter("weights/engagementQuality", 20),
        PolicyParameter("weights/disclosure", 15), PolicyParameter("weights/reliability", 5),
        PolicyParameter("decayMultiplier", 4_278_459_964, 1...(1 << 32)), .days("evidenceDays", 730),
        PolicyParameter("homeTopics", 3), PolicyParameter("homePosts", 5),
        .days("authenticityDays", 90), PolicyParameter("authenticityPosts", 5),
        PolicyParameter("shareFreeBp", 2000), PolicyParameter("shareEndBp", 7000),
        PolicyParameter("brandsFree", 3), PolicyParameter("brandStepBp", 1500), PolicyParameter("brandFloorBp", 1000),
        .days("engagementFromDays", 5), .days("engagementToDays", 365),
        PolicyParameter("ratioLowBp", 5000, 1...valueMax), PolicyParameter("ratioHighBp", 40_000),
        PolicyParameter("benchmarkBp/emerging", 400, 1...valueMax),
        PolicyParameter("benchmarkBp/nano", 300, 1...valueMax),
        PolicyParameter("benchmarkBp/micro", 220, 1...valueMax), PolicyParameter("benchmarkBp/mid", 180, 1...valueMax),
        PolicyParameter("benchmarkBp/macro", 150, 1...valueMax),
        PolicyParameter("benchmarkBp/mega", 120, 1...valueMax),
        PolicyParameter("anomalyPosts", 10), PolicyParameter("anomalyDeviation", 60_000),
        PolicyParameter("anomalyFreeBp", 200), PolicyParameter("anomalyFactor", 10),
        PolicyParameter("anomalyMaxBp", 5000), PolicyParameter("commentsLowBp", 25),
        PolicyParameter("commentsHighBp", 1000), PolicyParameter("commentsPenaltyBp", 2000),
        PolicyParameter("suspiciousFreeBp", 2500), PolicyParameter("suspiciousFactor", 2),
        PolicyParameter("suspiciousMaxBp", 5000), .days("removalDays", 30), .days("breachDays", 90),
        PolicyParameter("breachCap", 490_000), PolicyParameter("suspiciousCapBp", 5000),
        PolicyParameter("suspiciousCap", 390_000), PolicyParameter("evidenceMedium", 10),
        PolicyParameter("evidenceHigh", 50),
    ]

    /// The parameters of `advocacy`.
    public static let advocacy: [PolicyParameter] = [
        PolicyParameter("repeatCampaigns", 2), PolicyParameter("repeatPosts", 3), PolicyParameter("repeatMonths", 2),
        .days("unpaidDays", 30), PolicyParameter("advocateMentions", 2), .days("advocateDays", 180),
        .days("advocateGapDays", 14), PolicyParameter("trueFanMentions", 4), .days("trueFanDays", 365),
        PolicyParameter("trueFanMonths", 3), .days("dormantDays", 180), PolicyParameter("missedDeliverables", 2),
    ]

    /// The most thresholds a `tax` policy has; each is a `fromYear` and an amount of US dollars.
    public static let taxThresholdsMax = 64
}

extension PolicyKind {
    /// The kind's parameters in the order in which events store them; nil for `tax`, whose list has no fixed length.
    public var parameterTable: [PolicyParameter]? {
        switch self {
        case .trust: return PolicyParameter.trust
        case .advocacy: return PolicyParameter.advocacy
        case .tax: return nil
        }
    }

    /// The defaults of the specification: the parameters in force as version 0.
    public var standardParameters: [Int64] {
        if let table = parameterTable { return table.map(\.standard) }
        return TaxPolicy.standard.thresholds.flatMap { [Int64($0.fromYear), $0.minorUnits] }
    }
}
