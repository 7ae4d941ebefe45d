/// The answer to `POST /v1/events`.
package struct AppendAnswer: Codable, Sendable, Equatable {
    /// The log's head after the request.
    package var head: UInt64
    /// How many new events were recorded; the others were repeats.
    package var recorded: Int
    /// The positions of the new events in the order of the batch, as runs of first and last.
    package var positions: [PositionRun]
    /// The events that had been recorded before, with the position they had.
    package var repeats: [RepeatedEvent]
    /// The indexes of events dated ahead of the clock; left out when there are none.
    package var ahead: [Int]?

    package init(head: UInt64, recorded: Int, positions: [PositionRun], repeats: [RepeatedEvent], ahead: [Int]?) {
        self.head = head
        self.recorded = recorded
        self.positions = positions
        self.repeats = repeats
        self.ahead = ahead
    }
}

/// A run of positions, written as `[first, last]`.
package struct PositionRun: Codable, Sendable, Equatable {
    package var first: UInt64
    package var last: UInt64

    package init(first: UInt64, last: UInt64) {
        self.first = first
        self.last = last
    }

    package init(from decoder: any Decoder) throws {
        var container = try decoder.unkeyedContainer()
        first = try container.decode(UInt64.self)
        last = try container.decode(UInt64.self)
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.unkeyedContainer()
        try container.encode(first)
        try container.encode(last)
    }
}

/// An event of a request that had been recorded before.
package struct RepeatedEvent: Codable, Sendable, Equatable {
    /// In the request, counted from 0.
    package var index: Int
    package var position: UInt64

    package init(index: Int, position: UInt64) {
        self.index = index
        self.position = position
    }
}
