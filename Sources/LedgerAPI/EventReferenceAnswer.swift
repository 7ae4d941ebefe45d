/// An event that an answer rests on, an item of `/v1/influencers/{id}/trust/events` and `/advocacy/events`. The event
/// itself: `/v1/events/{position}`.
package struct EventReferenceBody: Codable, Sendable, Equatable {
    package var position: UInt64
    package var source: String
    package var id: String
    /// A name of the catalogue.
    package var type: String
    /// RFC 3339 in UTC.
    package var time: String

    package init(position: UInt64, source: String, id: String, type: String, time: String) {
        self.position = position
        self.source = source
        self.id = id
        self.type = type
        self.time = time
    }
}

/// Which events are behind a part of an explanation.
package struct EventReasonBody: Codable, Sendable, Equatable {
    /// What to ask for all of them with, such as `part.replied`.
    package var reason: String
    /// The first of them, at most ``positionsMax``, ascending.
    package var positions: [UInt64]
    /// Whether there are more than these.
    package var more: Bool

    /// The most positions that an explanation names.
    package static let positionsMax = 10

    package init(reason: String, positions: [UInt64], more: Bool) {
        self.reason = reason
        self.positions = positions
        self.more = more
    }
}
