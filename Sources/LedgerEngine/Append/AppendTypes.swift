package import CampaignCoding
package import EventLog

/// What a post is answered with once it is durable (`POST /v1/events`).
package struct AppendReceipt: Sendable, Equatable {
    /// The log's head after the commit.
    package var head: Position
    /// How many events were new.
    package var recorded: Int
    /// Positions of the new events in the order of the request, as runs.
    package var runs: [ClosedRange<UInt64>]
    /// Events that had been recorded before, with the position they had.
    package var repeats: [Repeat]
    /// Indexes of events dated ahead of the clock.
    package var ahead: [Int]

    package struct Repeat: Sendable, Equatable {
        package var index: Int
        package var position: Position

        package init(index: Int, position: Position) {
            self.index = index
            self.position = position
        }
    }
}

/// Why a post recorded nothing.
package enum AppendRefusal: Error, Sendable {
    /// Faults of the request's events, in the order of their indexes; at most `CodingLimits.reportedFaultsMax` of `total`.
    case faults([Fault], total: Int)
    /// The queue is full: post again in a moment.
    case busy
    /// There is no room for more events; reading goes on.
    case readOnly(reason: String)
    /// The ledger is being closed.
    case stopping
    /// The storage failed and the outcome is unknown. Posting again after the restart is safe: identity is permanent.
    case failed(String)
}

/// Limits of the way in.
package enum AppendLimits {
    /// Events that may wait in memory for an index that cannot be written; each takes about 100 bytes there.
    static let tailEventsMax = 8_000_000
    /// Events committed together at most, so that one commit stays in the tens of milliseconds.
    static let groupEventsMax = 20_000
    /// Bytes of records committed together at most.
    static let groupBytesMax = 16 << 20
}
