// What is said about the ledger itself (Events, section 3).

/// The parameters of a policy kind, in the order of its table; the kind is the row's.
public struct PolicyPublished: Sendable, Equatable {
    public var version: Int64
    public var effectiveFrom: Instant
    public var parameters: [Int64]

    init(from reader: inout FactReader) {
        version = reader.readInteger()
        effectiveFrom = reader.readInstant()
        parameters = reader.readParameters()
    }
}

/// The event at `target` never counts again.
public struct EventRetracted: Sendable, Equatable {
    public var target: FactPosition
    public var reason: String
    public var actor: String

    init(from reader: inout FactReader) {
        target = reader.readPosition()
        reason = reader.readText()
        actor = reader.readText()
    }
}
