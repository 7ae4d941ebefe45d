/// What evidence weighs by its age in days: halves with each half-life, nothing beyond the last day.
///
/// Source: Projections, section 2.
public struct EvidenceWeights: Sendable {
    private let table: [UInt64]

    /// The weight of evidence of age 0.
    public static let unit: UInt64 = 1_000_000_000

    /// - Parameter multiplier: 2³² times what remains of a weight after one day, 1…2³².
    public init(multiplier: Int64, days: Int) {
        var table = [EvidenceWeights.unit]
        table.reserveCapacity(days + 1)
        for day in 0..<days {
            table.append((table[day] * UInt64(multiplier)) >> 32)
        }
        self.table = table
    }

    /// The weight at an age in days; nil when the evidence is too old to count.
    public subscript(age: Int) -> UInt64? {
        age >= 0 && age < table.count ? table[age] : nil
    }
}
