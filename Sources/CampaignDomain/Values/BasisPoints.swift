/// A share in ten-thousandths, 0…10000.
public struct BasisPoints: Hashable, Comparable, Sendable {
    public let rawValue: Int64

    /// The whole: 10,000.
    public static let whole = BasisPoints(10_000)
    /// What a component is worth without evidence: 5,000.
    public static let neutral = BasisPoints(5000)

    /// - Precondition: 0…10000.
    public init(_ rawValue: Int64) {
        precondition(rawValue >= 0 && rawValue <= 10_000, "\(rawValue) basis points are not within 0…10000")
        self.rawValue = rawValue
    }

    /// ⌊10000 · part / whole⌋; nil when the whole is 0. - Precondition: 0 ≤ part ≤ whole.
    init?(_ part: Int, of whole: Int) {
        guard whole > 0 else { return nil }
        self.init(Int64(10_000 * part / whole))
    }

    public static func < (left: BasisPoints, right: BasisPoints) -> Bool {
        left.rawValue < right.rawValue
    }
}
