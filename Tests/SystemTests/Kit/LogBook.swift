import LedgerAPI

/// What the log has to hold: every acknowledged event at its position, and nothing that nobody posted.
struct LogBook {
    /// Identity by position − 1; 0 where the outcome of what lies there is not yet known.
    private(set) var acknowledged: [UInt64] = []
    /// Requests that have no answer.
    private var unknown: [ClientLoad.Batch] = []
    /// The identities that the log was seen to hold, by position − 1.
    private var seen: [UInt64] = []
    private var identities = Set<UInt64>()
    private(set) var unknownSeen = 0
    private(set) var unknownRecorded = 0

    mutating func take(_ load: ClientLoad) throws {
        for (position, identity) in load.acknowledged { try acknowledge(identity, at: position) }
        if let batch = load.unknown { wonder(about: batch) }
    }

    mutating func acknowledge(_ identity: UInt64, at position: UInt64) throws {
        let index = Int(position) - 1
        while acknowledged.count <= index { acknowledged.append(0) }
        try require(
            acknowledged[index] == 0 || acknowledged[index] == identity, "two events were given position \(position)")
        acknowledged[index] = identity
    }

    mutating func wonder(about batch: ClientLoad.Batch) {
        unknown.append(batch)
        unknownSeen += 1
    }

    /// Holds the whole log, read from its beginning, against the book.
    mutating func check(_ log: EventLines) throws {
        let before = seen
        seen = []
        identities = Set(minimumCapacity: log.lines.count)
        try see(log)
        try require(seen.starts(with: before), "what was read before reads differently now")
        try hold()
    }

    /// Holds what follows what was read before against the book.
    mutating func checkRest(_ log: EventLines) throws {
        try see(log)
        try hold()
    }

    /// How far the log was read.
    var position: UInt64 { UInt64(seen.count) }

    /// Positions are dense and no identity is there twice.
    private mutating func see(_ log: EventLines) throws {
        for line in log.lines {
            let position = log.position(line)
            try require(
                position == self.position + 1,
                "after position \(self.position) comes sequence \(position.map(String.init) ?? "none")")
            let identity = log.identity(line)
            try require(
                identities.insert(identity).inserted, "the event at position \(self.position + 1) is there twice")
            seen.append(identity)
        }
    }

    private func hold() throws {
        try require(
            seen.count >= acknowledged.count, "\(acknowledged.count) events were acknowledged, \(seen.count) are there")
        var strangers = Set<UInt64>()
        for (index, identity) in seen.enumerated() {
            let expected = index < acknowledged.count ? acknowledged[index] : 0
            if expected == 0 {
                strangers.insert(identity)
            } else {
                try require(expected == identity, "position \(index + 1) holds another event than was acknowledged")
            }
        }
        try explain(strangers)
    }

    /// What was recorded without an answer are whole requests, each once.
    private func explain(_ strangers: Set<UInt64>) throws {
        var explained = 0
        for batch in unknown {
            let recorded = batch.identities.filter { strangers.contains($0) }.count
            try require(
                recorded == 0 || recorded == batch.identities.count,
                "\(recorded) of a request's \(batch.identities.count) events are recorded")
            explained += recorded
        }
        try require(explained == strangers.count, "\(strangers.count - explained) events are there that nobody posted")
    }

    /// Posts again what has no answer: all of it is new, or all a repeat. Afterwards every outcome is known.
    mutating func retryUnknown(_ client: HTTPClient) throws {
        for batch in unknown {
            let (status, answer) = try client.post(batch.body)
            let count = batch.identities.count
            if status == 200 {
                try require(answer.repeats.count == count && answer.recorded == 0, "a retry is a repeat in part")
                unknownRecorded += 1
                for repeated in answer.repeats {
                    try acknowledge(batch.identities[repeated.index], at: repeated.position)
                }
            } else {
                try require(answer.repeats.isEmpty && answer.recorded == count, "a retry is recorded in part")
                let positions = answer.positions.flatMap { Array($0.first...$0.last) }
                for (position, identity) in zip(positions, batch.identities) { try acknowledge(identity, at: position) }
            }
        }
        unknown = []
        try require(!acknowledged.contains(0), "a position is held by an event that nobody was told of")
    }
}
