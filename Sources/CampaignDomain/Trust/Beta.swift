/// Weighted good and bad evidence and the share it speaks for: the mean of a beta distribution with a prior of one good
/// and one bad of age 0.
///
/// Source: Projections, section 2.
public struct Beta: Sendable, Equatable {
    /// Σ r·W and Σ s·W. A day's counts stay below 2⁵⁵ and its weight below 2³⁰; 128 bits hold 2⁴³ of them.
    public private(set) var good: UInt128 = 0
    public private(set) var bad: UInt128 = 0
    /// How many of the units that evidence is counted in make a whole one: 2 where halves are told apart.
    public let unitsPerWhole: UInt128

    public init(unitsPerWhole: Int = 1) {
        self.unitsPerWhole = UInt128(unitsPerWhole)
    }

    /// Adds good and bad units, at a weight.
    public mutating func add(good: Int64 = 0, bad: Int64 = 0, weight: UInt64) {
        self.good += UInt128(good) * UInt128(weight)
        self.bad += UInt128(bad) * UInt128(weight)
    }

    /// ⌊10000 · (good + prior) / (good + bad + 2·prior)⌋
    public var value: BasisPoints {
        let prior = unitsPerWhole * UInt128(EvidenceWeights.unit)
        return BasisPoints(Int64(10_000 * (good + prior) / (good + bad + 2 * prior)))
    }
}
