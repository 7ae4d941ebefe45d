/// Of a replay what a line about it says; other members of the answer are not read.
struct ReplayLine: Codable, Sendable, Equatable {
    var id: String
    var kind: String
    var state: String
    var phase: String?
    var attempt: Int
    var position: UInt64
    var done: UInt64
    var total: UInt64
    var eventsPerSecond: UInt64?
    var secondsLeft: Int64?
    var error: String?
    var findings: UInt64
}

/// A page of them, newest first.
struct ReplayLines: Codable, Sendable, Equatable {
    var items: [ReplayLine]
}
