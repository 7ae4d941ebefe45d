/// Decides between events of the same time: facts carry neither `source` nor `id`, the log does.
///
/// Asked only for two events of equal time whose order can change an answer.
public protocol IdentityOrder {
    /// Whether the event at `a` comes before the one at `b` by (`source`, `id`), compared as bytes.
    func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool
}

/// The moment an answer is about: what was so at `at`, as known when the log's head was `position`.
///
/// Source: Projections, section 0, rule 2.
public struct AsOf: Hashable, Sendable {
    /// Events dated later do not count.
    public let at: Instant
    /// Facts behind it do not count, retractions included; nil: all facts given.
    public let position: FactPosition?

    public init(at: Instant, position: FactPosition? = nil) {
        self.at = at
        self.position = position
    }

    /// Whether a fact at that position was known.
    func knows(_ position: FactPosition) -> Bool {
        guard let head = self.position else { return true }
        return position <= head
    }
}

/// When an event happened and where it stands in the log.
public struct Stamp: Hashable, Sendable {
    public let time: Instant
    public let position: FactPosition

    public init(time: Instant, position: FactPosition) {
        self.time = time
        self.position = position
    }

    /// The UTC day of the event.
    public var day: Day { time.day }
}

extension IdentityOrder {
    /// Whether `a` is earlier than `b` by (`time`, `source`, `id`).
    public func precedes(_ a: Stamp, _ b: Stamp) -> Bool {
        if a.time != b.time { return a.time < b.time }
        return a.position != b.position && identityPrecedes(a.position, b.position)
    }
}
