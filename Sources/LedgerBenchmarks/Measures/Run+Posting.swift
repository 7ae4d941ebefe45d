extension Run {
    /// Posts requests of a programme over some connections, each sending its next one when the last is answered.
    func post(
        _ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>, clients: Int,
        observe: @escaping () -> Void = {}, onAnswer: ((Lane.Answered) throws -> Void)? = nil
    ) throws -> Posted {
        let tally = PostWire.Tally()
        let lane = try Lane(.unix(folder.socket), connections: clients, pace: .closed, limit: requests.count) {
            PostWire(programme, requests, tally)
        }
        lane.onAnswer = onAnswer
        let start = try Traffic(lanes: [lane], observe: observe).run()
        let events = requests.reduce(0) { $0 + $1.events }
        guard tally.recorded == events else {
            throw BenchmarkFault("\(tally.recorded) of \(events) events were recorded: some were there before.")
        }
        return Posted(
            appended: Appended(
                events: events, seconds: Double(lane.lastAnswer - start) / 1e9, latencies: lane.latencies),
            busy: lane.busy, start: start)
    }

    struct Posted {
        var appended: Appended
        /// Answers 429.
        var busy: Int
        /// When it began.
        var start: UInt64
    }

    /// The events a second of 20,000 in requests of 100, whatever the answers do.
    func loadLane(seconds: Double, onAnswer: ((Lane.Answered) throws -> Void)? = nil) throws -> Lane {
        let count = Int(seconds * Double(Settings.loadRate / Settings.loadBatch))
        let requests = try takeLater(requests: count, of: Settings.loadBatch)
        let programme = try programme(.later)
        let tally = PostWire.Tally()
        let nanoseconds = UInt64(1_000_000_000 / (Settings.loadRate / Settings.loadBatch))
        let lane = try Lane(
            .unix(folder.socket), connections: 8, pace: .every(nanoseconds: nanoseconds), limit: requests.count
        ) { PostWire(programme, requests, tally) }
        lane.onAnswer = onAnswer
        return lane
    }

    /// The next requests of the later programme: nothing of it is posted twice in a round.
    func takeLater(requests count: Int, of batch: Int) throws -> ArraySlice<ProgrammeFile.Request> {
        let programme = try programme(.later)
        let requests = programme.requests(of: batch, fromByte: laterStart, limit: count)[...]
        guard requests.count == count, let last = requests.last else {
            throw BenchmarkFault("The later programme is too short for this run: give more --events.")
        }
        laterStart = last.bytes.upperBound
        return requests
    }

    /// Adds the percentiles of a histogram as figures, in microseconds.
    func add(
        _ latencies: Latencies, as name: String, _ title: String, marks: [String: Mark] = [:],
        headlines: Set<String> = []
    ) {
        for (key, label, percentile) in [
            ("P50", "median", 50.0), ("P90", "90 %", 90), ("P99", "99 %", 99), ("P999", "99.9 %", 99.9),
        ] {
            add(
                Quantity(name + key, "\(title), \(label)", "µs", marks[key], isHeadline: headlines.contains(key)),
                latencies.microseconds(atPercentile: percentile))
        }
        add(Quantity(name + "Max", "\(title), at most", "µs", marks["Max"]), latencies.mostMicroseconds)
    }
}
