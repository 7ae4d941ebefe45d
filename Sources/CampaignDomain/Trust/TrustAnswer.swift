/// The six parts of trust, in the order of their table (Projections, section 3). The names are those of answers.
public enum TrustComponent: String, CaseIterable, Sendable {
    case responsiveness, nicheFit, authenticity, engagementQuality, disclosure, reliability
}

/// A value for each component.
public struct TrustComponents: Sendable, Equatable {
    public var responsiveness: BasisPoints
    public var nicheFit: BasisPoints
    public var authenticity: BasisPoints
    public var engagementQuality: BasisPoints
    public var disclosure: BasisPoints
    public var reliability: BasisPoints

    public init(
        responsiveness: BasisPoints, nicheFit: BasisPoints, authenticity: BasisPoints,
        engagementQuality: BasisPoints, disclosure: BasisPoints, reliability: BasisPoints
    ) {
        self.responsiveness = responsiveness
        self.nicheFit = nicheFit
        self.authenticity = authenticity
        self.engagementQuality = engagementQuality
        self.disclosure = disclosure
        self.reliability = reliability
    }

    public subscript(component: TrustComponent) -> BasisPoints {
        switch component {
        case .responsiveness: return responsiveness
        case .nicheFit: return nicheFit
        case .authenticity: return authenticity
        case .engagementQuality: return engagementQuality
        case .disclosure: return disclosure
        case .reliability: return reliability
        }
    }

    /// Σ w·c, 0…1,000,000.
    ///
    /// - Parameter weights: in the order of the components.
    public func weighted(by weights: [Int64]) -> Int64 {
        zip(TrustComponent.allCases, weights).reduce(0) { $0 + $1.1 * self[$1.0].rawValue }
    }
}

/// A score in ten-thousandths, 0…1,000,000.
public struct Score: Hashable, Comparable, Sendable {
    public let rawValue: Int64

    public init(_ rawValue: Int64) {
        self.rawValue = rawValue
    }

    /// Four places: 0.0000…100.0000.
    public var decimal: String {
        let fraction = String(rawValue % 10_000)
        return "\(rawValue / 10_000)." + String(repeating: "0", count: 4 - fraction.count) + fraction
    }

    public static func < (left: Score, right: Score) -> Bool {
        left.rawValue < right.rawValue
    }
}

/// A bound of the score, and the events for which it applies.
public struct TrustCap: Sendable, Equatable {
    /// The names are those of answers.
    public enum Kind: String, CaseIterable, Sendable { case openBreach, suspiciousFollowers }

    public let kind: Kind
    /// The most the score can be, in ten-thousandths.
    public let limit: Score
    /// The posts in breach, earliest first, or the measurement of the audience.
    public let events: [FactPosition]
}

/// How much evidence trust rests on.
public enum EvidenceBand: String, CaseIterable, Sendable { case low, medium, high }

/// Trust at a moment (Projections, section 3).
public struct TrustAnswer: Sendable, Equatable {
    /// 0: the defaults.
    public let policyVersion: Int64
    public let components: TrustComponents
    /// The sum of the weighted components.
    public let beforeCaps: Score
    /// The score.
    public let raw: Score
    /// All that apply, binding or not.
    public let caps: [TrustCap]
    public let evidence: EvidenceBand
    public let evidenceCount: Int128
    /// The posts in breach, earliest first.
    public let openBreaches: [String]
}
