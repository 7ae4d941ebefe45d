/// A moment in UTC, in whole microseconds since 1970-01-01T00:00:00Z. Always within 1970…9999, as events are.
///
/// Source: Events, section 1 (`time`).
public struct Instant: Hashable, Comparable, Sendable {
    /// Microseconds since 1970-01-01T00:00:00Z.
    public let microseconds: Int64

    /// The first instant an event can have: 1970-01-01T00:00:00Z.
    public static let earliest = Instant(microseconds: 0)
    /// The last instant an event can have: 9999-12-31T23:59:59.999999Z.
    public static let latest = Instant(microseconds: 253_402_300_799_999_999)

    static let microsecondsPerSecond: Int64 = 1_000_000
    static let secondsPerDay: Int64 = 86_400

    @inlinable
    public init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    @inlinable
    public static func < (left: Instant, right: Instant) -> Bool {
        left.microseconds < right.microseconds
    }

    /// The UTC day this instant lies in.
    public var day: Day {
        Day(Int(microseconds / (Instant.microsecondsPerSecond * Instant.secondsPerDay)))
    }

    /// This instant plus n days of 86,400 s (Projections, section 0, rule 4).
    public func adding(days: Int) -> Instant {
        Instant(microseconds: microseconds + Int64(days) * Instant.secondsPerDay * Instant.microsecondsPerSecond)
    }
}
