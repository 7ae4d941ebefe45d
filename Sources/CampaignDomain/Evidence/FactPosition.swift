/// The position in the log of the event that states a fact. The domain's own type, since it imports nothing.
public struct FactPosition: Hashable, Comparable, Sendable {
    public let rawValue: UInt64

    @inlinable
    public init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    @inlinable
    public static func < (left: FactPosition, right: FactPosition) -> Bool {
        left.rawValue < right.rawValue
    }
}
