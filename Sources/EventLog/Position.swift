/// The place of an event in the whole log: 1-based and dense. 0 means "before the first".
package struct Position: RawRepresentable, Hashable, Comparable, Sendable {
    package var rawValue: UInt64

    @inlinable
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    @inlinable
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// Before the first event; also the head of an empty log.
    package static let beforeFirst = Position(0)

    /// The first event's position.
    package static let first = Position(1)

    /// The greatest position an index entry can hold: 40 bits, about 1.1 × 10^12 events.
    package static let indexable = Position(1 << 40 - 1)

    /// The position that comes next in a log without gaps.
    @inlinable
    package var next: Position {
        Position(rawValue + 1)
    }

    /// The position `count` events further on.
    @inlinable
    package func advanced(by count: Int) -> Position {
        Position(rawValue + UInt64(count))
    }

    @inlinable
    package static func < (left: Position, right: Position) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Position: CustomStringConvertible {
    package var description: String {
        String(rawValue)
    }
}
