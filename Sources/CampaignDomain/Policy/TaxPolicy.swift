/// From which sum on a year's payments and gifts are reportable (Projections, section 5).
public struct TaxPolicy: Sendable {
    /// One threshold: it holds from that calendar year until the next one's.
    public struct Threshold: Sendable, Equatable {
        public let fromYear: Int
        /// Cents of US dollars.
        public let minorUnits: Int64

        public init(fromYear: Int, minorUnits: Int64) {
            self.fromYear = fromYear
            self.minorUnits = minorUnits
        }
    }

    /// 0: the defaults, no policy in force.
    public let version: Int64
    public let thresholds: [Threshold]

    /// The thresholds printed in Projections, section 5: 2,000.00 from 2026, 600.00 before.
    public static let standard = TaxPolicy(version: 0, [2026, 200_000, 0, 60_000])

    /// - Parameter parameters: a year and an amount in turn.
    public init(version: Int64, _ parameters: [Int64]) {
        self.version = version
        thresholds = stride(from: 0, to: parameters.count - 1, by: 2).map {
            Threshold(fromYear: Int(parameters[$0]), minorUnits: parameters[$0 + 1])
        }
    }

    /// The threshold with the greatest fromYear that is not after the year.
    public func threshold(year: Int) -> Threshold? {
        thresholds.filter { $0.fromYear <= year }.max { $0.fromYear < $1.fromYear }
    }
}
