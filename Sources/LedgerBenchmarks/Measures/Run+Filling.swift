import LedgerAPI

/// A ledger that holds the base programme, its daemon stopped, and how it was filled.
struct Filled {
    var data: String
    /// The log's head after it.
    var head: UInt64
    var posted: Run.Posted
    var clients: Int
    /// From the last acknowledgement until `views/` stood at the head.
    var behindSeconds: Double
    /// The daemon's most memory that no file backs.
    var anonymousBytes: Int
    var cpuSeconds: Double
    var writtenBytes: Int?
    /// On disk when the last event was acknowledged and visible, and when merging had ended and the daemon stopped.
    var atHead: DiskSizes
    var merged: DiskSizes
    /// Events a second around a tenth of the programme: of ten million, around the first million.
    var earlyRate: Double
}

/// What the parts of a data directory take.
struct DiskSizes {
    /// Blocks allocated to files, by folder.
    var allocated: [String: Int] = [:]
    /// Pages in use, by folder.
    var used: [String: Int] = [:]

    init(_ data: String, _ status: StatusBody) {
        for size in status.sizes {
            allocated[size.name] = WorkFolder.allocatedBytes(data + "/" + size.name)
            used[size.name] = Int(size.usedBytes)
        }
    }
}

extension Run {
    /// The ledger of this round: filled when first asked for.
    func filledLedger() throws -> Filled {
        if let filled { return filled }
        let clients = try choices.clients ?? bestClients()
        choices.clients = clients
        let filled = try fill(folder.data("ledger"), .base, clients: clients)
        self.filled = filled
        return filled
    }

    /// Removes it; the next round fills another.
    func emptyFilled() throws {
        if let filled { try WorkFolder.remove(filled.data) }
        filled = nil
        laterStart = 0
    }

    /// Posts a programme to an empty ledger and waits for the read models and for the merges behind them.
    func fill(_ data: String, _ which: Programme, clients: Int) throws -> Filled {
        let programme = try programme(which)
        let requests = programme.requests(of: settings.batch)
        try WorkFolder.remove(data)
        let daemon = try startDaemon(data)
        let before = daemon.usage()
        var peak = 0
        var windows = RateWindows()
        let posted = try post(
            programme, requests[...], clients: clients,
            observe: { peak = max(peak, daemon.usage().anonymousBytes) },
            onAnswer: { windows.note($0.at, events: requests[$0.request].events) })
        let watch = Stopwatch()
        let head = UInt64(programme.events)
        let status = try daemon.until("at the head with views/") { $0.stands("views", at: head) }
        let behind = watch.seconds
        guard status.head == head else {
            throw BenchmarkFault("The head is \(status.head) after posting up to \(head): something else was recorded.")
        }
        peak = max(peak, daemon.usage().anonymousBytes)
        let atHead = DiskSizes(data, status)
        let usage = daemon.usage()
        let quiet = try untilQuiet(daemon)
        // The stop writes what the index still has in memory.
        try daemon.stop()
        let merged = DiskSizes(data, quiet)
        return Filled(
            data: data, head: head, posted: posted, clients: clients, behindSeconds: behind, anonymousBytes: peak,
            cpuSeconds: usage.cpuSeconds - before.cpuSeconds,
            writtenBytes: before.writtenBytes.flatMap { first in usage.writtenBytes.map { $0 - first } },
            atHead: atHead, merged: merged,
            earlyRate: windows.rate(
                at: Self.windowEvents(settings.events), window: Self.windowEvents(settings.events)))
    }

    /// How many events the rate of a growing ledger is taken over: a million of ten, and of fewer a tenth.
    static func windowEvents(_ events: Int) -> Int { max(events / 10, 1) }

    /// Waits until checkpoints and merges are done: the sizes stand still.
    func untilQuiet(_ daemon: DaemonProcess) throws -> StatusBody {
        var still = Stopwatch()
        var sizes: [UInt64] = []
        return try daemon.until("quiet", everyMilliseconds: 50) { status in
            let now = status.sizes.map(\.usedBytes)
            if now != sizes { (sizes, still) = (now, Stopwatch()) }
            return still.seconds > min(Self.stillSeconds, settings.seconds)
        }
    }

    private static let stillSeconds = 2.0

    /// The number of connections, of 1 to 8, that appends the most events a second.
    private func bestClients() throws -> Int {
        if let clients = settings.clients { return clients }
        let programme = try programme(.base)
        let requests = programme.requests(of: settings.batch, limit: trialRequests)
        return try best(of: [1, 2, 4, 8], named: { "\($0) client(s) of ours" }) { clients in
            let data = folder.data("trial")
            try WorkFolder.remove(data)
            let daemon = try startDaemon(data)
            let rate = try post(programme, requests[...], clients: clients).appended.rate
            try daemon.stop()
            try WorkFolder.remove(data)
            return rate
        }[0].candidate
    }

    /// Requests of a trial.
    var trialRequests: Int { max(min(settings.events, Choices.trialEvents) / settings.batch, 1) }

    /// Tries each, twice through all so that a disturbance does not decide, and gives them by their better rate.
    func best<Candidate>(
        of candidates: [Candidate], named name: (Candidate) -> String, rate: (Candidate) throws -> Double
    ) throws -> [(candidate: Candidate, rate: Double)] {
        var trials = candidates.map { (candidate: $0, rate: 0.0) }
        for _ in 0..<(settings.isQuick ? 1 : 2) {
            for index in trials.indices {
                trials[index].rate = max(trials[index].rate, try rate(trials[index].candidate))
            }
        }
        for trial in trials {
            say("  trial: \(name(trial.candidate)): \(Text.number(trial.rate)) events/s")
        }
        return trials.sorted { $0.rate > $1.rate }
    }
}

/// How the best rates of a run are reached: found once, by short trials.
struct Choices {
    /// Events of a trial.
    static let trialEvents = 500_000

    /// Connections to our daemon, 1 to 8.
    var clients: Int?
    /// As many in flight as ours may have; and the best of all.
    var redis: (alike: RedisChoice, best: RedisChoice)?
    var umadb: UmaDBChoice?
    var natsConnections: Int?
}

/// When events were acknowledged.
struct RateWindows {
    private var marks: [(at: UInt64, events: Int)] = []

    mutating func note(_ at: UInt64, events: Int) {
        marks.append((at, (marks.last?.events ?? 0) + events))
    }

    var events: Int { marks.last?.events ?? 0 }

    /// Events a second while the ledger grew through a size: over half a window before it and half a window after.
    func rate(at size: Int, window: Int) -> Double {
        guard let first = marks.first(where: { $0.events >= size - window / 2 }),
            let last = marks.first(where: { $0.events >= size + window / 2 }), last.at > first.at
        else { return 0 }
        return Double(last.events - first.events) / (Double(last.at - first.at) / 1e9)
    }

    /// Events a second over the last so many.
    func lastRate(events wanted: Int) -> Double {
        guard let last = marks.last, let first = marks.last(where: { last.events - $0.events >= wanted }) else {
            return 0
        }
        return Double(last.events - first.events) / (Double(last.at - first.at) / 1e9)
    }
}
