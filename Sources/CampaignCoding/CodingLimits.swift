/// The limits of what is taken in (Events, section 1; Daemon, section 2).
package enum CodingLimits {
    /// Events in one request.
    package static let requestEventsMax = 10_000
    /// Bytes of one request: 16 MiB.
    package static let requestSizeBytesMax = 16 << 20
    /// Bytes of one event as received: 64 KiB.
    package static let eventSizeBytesMax = 64 << 10
    /// Bytes of one event of an export: as received, and what the ledger says of it.
    package static let exportedEventSizeBytesMax = eventSizeBytesMax + 4096
    /// Bytes of `ext` as sent: 4 KiB.
    package static let extSizeBytesMax = 4 << 10
    /// Levels of objects and arrays in an event, the event itself being the first.
    package static let depthMax = 16
    /// Faults in one answer.
    package static let reportedFaultsMax = 100
    /// Bytes that must be readable behind a body.
    package static let paddingSizeBytes = 64
    /// How far an event's time may lie ahead of the clock: 24 h in microseconds.
    package static let timeAheadMicrosecondsMax: Int64 = 24 * 3600 * 1_000_000
    /// The greatest integer that every JSON reader holds exactly, 2^53 − 1.
    package static let exactIntegerMax: Int64 = 1 << 53 - 1
    /// Characters of what was found that a fault shows.
    static let excerptCharactersMax = 64
    /// Bytes of a poster's user name in a record.
    static let userNameSizeBytesMax = 255
}
