/// Requests of one kind, over connections of their own.
final class Lane {
    enum Pace {
        /// Each connection sends its next request when its last one is answered.
        case closed
        /// One request in so many nanoseconds, whatever the answers do.
        case every(nanoseconds: UInt64)
        /// What `add` brings.
        case onDemand
    }

    /// A request that has been answered.
    struct Answered {
        let request: Int
        /// When it should have been sent; in a closed loop, when it was.
        let intended: UInt64
        let at: UInt64
        let wire: any Wire
    }

    let connections: [Connection]
    let pace: Pace
    /// How many requests there are; with none given, until the time is up.
    let limit: Int
    /// What happens on an answer.
    var onAnswer: ((Answered) throws -> Void)?

    private(set) var latencies = Latencies()
    private(set) var answered = 0
    /// Answers "busy".
    var busy = 0
    /// When the last answer came.
    private(set) var lastAnswer: UInt64 = 0
    private var begun = 0
    private var firstIntended: UInt64 = 0
    private var wanted: [(request: Int, intended: UInt64)] = []
    private var wantedStart = 0

    init(
        _ address: Socket.Address, connections: Int, pace: Pace, limit: Int = .max, wire: () throws -> any Wire
    ) throws {
        self.connections = try (0..<connections).map { _ in try Connection(address, wire: try wire()) }
        self.pace = pace
        self.limit = limit
    }

    /// A lane of somebody else's making asks for one more request (pace `onDemand`).
    func add(_ request: Int, intended: UInt64) {
        wanted.append((request, intended))
    }

    func start(at now: UInt64) {
        firstIntended = now
        lastAnswer = now
    }

    /// When the next request is due; nil if there is none, or none that is known.
    private func due(_ now: UInt64) -> UInt64? {
        guard begun < limit else { return nil }
        switch pace {
        case .closed: return now
        case .every(let nanoseconds): return firstIntended + UInt64(begun) * nanoseconds
        case .onDemand: return wantedStart < wanted.count ? wanted[wantedStart].intended : nil
        }
    }

    /// Whether anything is left to send, or on its way.
    func isBusy(mayBegin: Bool) -> Bool {
        if connections.contains(where: { !$0.isIdle }) { return true }
        if case .onDemand = pace { return wantedStart < wanted.count }
        return mayBegin && begun < limit
    }

    /// Gives due requests to idle connections.
    /// - Returns: when to look again, at the latest; nil if only an answer can bring something.
    func dispatch(_ now: UInt64, mayBegin: Bool) throws -> UInt64? {
        var next: UInt64?
        for connection in connections {
            if let retryAt = connection.retryAt {
                if retryAt <= now { try connection.sendAgain() } else { next = min(next ?? .max, retryAt) }
                continue
            }
            guard connection.isIdle, let due = due(now), mayBegin || isOnDemand else { continue }
            guard due <= now else {
                next = min(next ?? .max, due)
                continue
            }
            let request = takeNext()
            try connection.begin(request, intended: isClosed ? now : due)
        }
        return next
    }

    func note(_ connection: Connection, request: Int, at now: UInt64) throws {
        latencies.record(nanoseconds: now - min(connection.intended, now))
        answered += 1
        lastAnswer = now
        try onAnswer?(Answered(request: request, intended: connection.intended, at: now, wire: connection.wire))
    }

    private var isClosed: Bool { if case .closed = pace { true } else { false } }
    private var isOnDemand: Bool { if case .onDemand = pace { true } else { false } }

    private func takeNext() -> Int {
        defer { begun += 1 }
        guard isOnDemand else { return begun }
        defer { wantedStart += 1 }
        return wanted[wantedStart].request
    }
}
