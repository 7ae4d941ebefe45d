/// How many events a stream holds; 0 means none. A stream has revisions, an event type has schema versions.
package struct Revision: RawRepresentable, Hashable, Comparable, Sendable {
    package var rawValue: UInt64

    @inlinable
    package init(rawValue: UInt64) {
        self.rawValue = rawValue
    }

    @inlinable
    package init(_ rawValue: UInt64) {
        self.rawValue = rawValue
    }

    /// The revision of a stream without events.
    package static let none = Revision(0)

    /// The revision after one more event.
    @inlinable
    package var next: Revision {
        Revision(rawValue + 1)
    }

    @inlinable
    package static func < (left: Revision, right: Revision) -> Bool {
        left.rawValue < right.rawValue
    }
}

extension Revision: CustomStringConvertible {
    package var description: String {
        String(rawValue)
    }
}
