extension Run {
    private enum Quantities {
        static let most = Quantity(
            "most", "answered, at most (closed loop)", "queries/s", .atLeast(10_000, goal: 20_000))
        static let low = [
            "P50": Mark.atMost(500), "P99": Mark.atMost(5_000, goal: 2_000),
        ]
        static let high = ["P99": Mark.atMost(nil, goal: 2_000)]
    }

    /// Trust of random influencers while 20,000 events/s arrive: at two rates, and as much as it can.
    func measureQueries() throws {
        let filled = try filledLedger()
        let daemon = try startDaemon(filled.data)
        add(
            condition: "\(settings.connections) connections ask, \(Settings.loadRate) events/s arrive in requests of "
                + "\(Settings.loadBatch); at a fixed rate times count from when a request was due; \(settings.seconds) s each"
        )
        for (rate, marks) in [(10_000, Quantities.low), (20_000, Quantities.high)] {
            let (asked, load) = try ask(.every(nanoseconds: UInt64(1_000_000_000 / rate)), count: rate)
            add(asked.latencies, as: "at\(rate)", "at \(Text.number(Double(rate)))/s", marks: marks)
            if rate == 10_000 { add(load.latencies, as: "post", "a post of \(Settings.loadBatch) meanwhile") }
        }
        let (asked, _) = try ask(.closed, count: nil)
        add(Quantities.most, Double(asked.answered) / settings.seconds)
        add(asked.latencies, as: "closed", "then (closed loop)")
        try daemon.stop()
    }

    /// - Parameter count: queries a second; nil for as many as are answered.
    private func ask(_ pace: Lane.Pace, count: Int?) throws -> (asked: Lane, load: Lane) {
        let load = try loadLane(seconds: settings.seconds)
        let influencers = try programme(.base).registrations
        var seed = settings.seed
        let asked = try Lane(
            .unix(folder.socket), connections: settings.connections, pace: pace,
            limit: count.map { Int(Double($0) * settings.seconds) } ?? .max
        ) {
            seed += 1
            return TrustWire(influencers: influencers, .random(seed: seed))
        }
        try Traffic(lanes: [load, asked], seconds: count == nil ? settings.seconds : nil).run()
        return (asked, load)
    }

    private enum Visibility {
        static let marks = ["P99": Mark.atMost(20_000, goal: 5_000)]
    }

    /// Connections that wait for visibility: more than requests are ever under way.
    private static let watchers = 32

    /// From the acknowledgement of a request to an answer of the read models at its position.
    func measureVisibility() throws {
        let filled = try filledLedger()
        let daemon = try startDaemon(filled.data)
        let influencers = try programme(.base).registrations
        let watching = try Lane(.unix(folder.socket), connections: Self.watchers, pace: .onDemand) {
            TrustWire(influencers: influencers, .visible(seed: settings.seed))
        }
        let load = try loadLane(seconds: settings.seconds) { answered in
            guard let post = answered.wire as? PostWire else { return }
            watching.add(post.head, intended: answered.at)
        }
        try Traffic(lanes: [load, watching]).run()
        try daemon.stop()
        add(
            condition: "\(Settings.loadRate) events/s in requests of \(Settings.loadBatch) at a fixed rate for "
                + "\(settings.seconds) s; from each acknowledgement until a query with its position as minPosition is answered"
        )
        add(watching.latencies, as: "visible", "visible after", marks: Visibility.marks)
        add(load.latencies, as: "post", "the post itself (from when it was due)")
    }
}
