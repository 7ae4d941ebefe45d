package import CampaignDomain
package import EventLog

/// Which events to read.
package struct EventFilter: Sendable, Equatable {
    /// Names of types; empty is all.
    package var types: [String]
    /// `influencer/ID` and so on.
    package var subject: String?
    /// Events with time ≥ this.
    package var since: Instant?
    /// Events with time ≤ this.
    package var until: Instant?

    package init(types: [String] = [], subject: String? = nil, since: Instant? = nil, until: Instant? = nil) {
        self.types = types
        self.subject = subject
        self.since = since
        self.until = until
    }
}

/// Some events of the log, as CloudEvents.
package struct EventChunk: Sendable {
    /// One JSON text a line, each ended by LF.
    package var lines: [UInt8] = []
    /// The position of each line.
    package var positions: [UInt64] = []
    /// Where to go on after.
    package var examined: Position
}
