/// What was one thing and is another.
public struct Changed<Value: Equatable & Sendable>: Equatable, Sendable {
    public let before: Value
    public let after: Value

    public init(before: Value, after: Value) {
        self.before = before
        self.after = after
    }

    /// Nil where nothing changed.
    init?(_ before: Value, _ after: Value) {
        guard before != after else { return nil }
        self.init(before: before, after: after)
    }
}

/// In what an influencer's answers of one moment differ: before and after, of what differs only.
///
/// All conclusions are compared. What an answer only repeats of a policy is none: its version, its weights, the limit of a
/// cap, the threshold of a year. So a year of which only the threshold is another is as it was, and one that becomes
/// reportable is not.
public struct InfluencerChange: Equatable, Sendable {
    /// A part of trust.
    public struct Component: Equatable, Sendable {
        public let component: TrustComponent
        public let value: Changed<BasisPoints>
    }

    /// A share of advocacy; nil: its denominator is 0.
    public struct Metric: Equatable, Sendable {
        public let metric: AdvocacyMetric
        public let value: Changed<BasisPoints?>
    }

    /// A sum of compensation, in minor units.
    public struct Sum: Equatable, Sendable {
        public let currency: Currency
        public let sum: CompensationSum
        public let value: Changed<Int128>
    }

    /// What a calendar year and currency come to.
    public struct Reported: Equatable, Sendable {
        /// In minor units.
        public let cash: Int128
        public let gifts: Int128
        /// Whether the year is reportable; nil of currencies that are not judged.
        public let isReportable: Bool?
    }

    public struct Reportable: Equatable, Sendable {
        public let year: Int
        public let currency: Currency
        public let value: Changed<Reported>
    }

    /// As it is after.
    public let tier: Tier
    /// After caps; nil, here and below: the same.
    public let score: Changed<Score>?
    public let scoreBeforeCaps: Changed<Score>?
    public let components: [Component]
    public let evidence: Changed<EvidenceBand>?
    public let evidenceCount: Changed<Int128>?
    public let caps: Changed<[TrustCap.Kind]>?
    /// How many posts are in breach.
    public let openBreaches: Changed<Int>?
    public let stage: Changed<Stage>?
    public let flags: Changed<[AdvocacyFlag]>?
    public let metrics: [Metric]
    public let homeTopics: Changed<[String]>?
    /// By currency, and then in the order of the sums.
    public let sums: [Sum]
    /// By year and currency.
    public let reportable: [Reportable]
}

extension InfluencerChange {
    /// How much an influencer's answers differ, the more the greater: by what the score differs, then by how many stages,
    /// then by what money does. Influencers of the same size stand by their identifiers.
    ///
    /// Money is never added across currencies or converted, so it is the greatest of the differences of one sum, in minor
    /// units of its currency, and of the US dollars in a year that becomes or ceases to be reportable.
    public struct Size: Comparable, Sendable {
        /// In ten-thousandths of a point.
        public let score: Int64
        public let stages: Int
        public let money: Int128

        public static func < (left: Size, right: Size) -> Bool {
            (left.score, left.stages, left.money) < (right.score, right.stages, right.money)
        }
    }

    public var size: Size {
        let sums = sums.map { ($0.value.after - $0.value.before).magnitude }
        let years = reportable.flatMap { year -> [UInt128] in
            let (before, after) = (year.value.before, year.value.after)
            let flips = before.isReportable != after.isReportable
            return [
                (after.cash - before.cash).magnitude, (after.gifts - before.gifts).magnitude,
                flips ? (after.cash + after.gifts).magnitude : 0,
            ]
        }
        return Size(
            score: score.map { abs($0.after.rawValue - $0.before.rawValue) } ?? 0,
            stages: stage.map { abs($0.after.rawValue - $0.before.rawValue) } ?? 0,
            money: Int128(clamping: (sums + years).max() ?? 0))
    }
}
