extension Run {
    private enum Lists {
        static let marks = ["P99": Mark.atMost(20_000)]
        static let oldest = Quantity("oldest", "at of the oldest list behind the clock", "s", .atMost(10))
        static let made = Quantity("made", "the table made after a start", "s")
        /// First pages a second.
        static let rate = 40
        static let connections = 8
        /// The lists by their names in the report: what the question is.
        static let questions = [
            ("trust", "sort=trust"), ("stage", "sort=stage"), ("engagements", "sort=engagements"),
            ("due", "sort=due&currency=EUR"), ("campaign", "sort=stage&campaign=campaign-00001"),
        ]
    }

    /// The first page of each list while 20,000 events/s arrive.
    func measureLists() throws {
        let filled = try filledLedger()
        let watch = Stopwatch()
        let daemon = try startDaemon(filled.data)
        try daemon.until("with lists at the head", everyMilliseconds: 10) { $0.stands("lists", at: filled.head) }
        add(Lists.made, watch.seconds)
        let load = try loadLane(seconds: settings.seconds)
        let queries = Lists.questions.map(\.1)
        var wires: [ListWire] = []
        let lists = try Lane(
            .unix(folder.socket), connections: Lists.connections,
            pace: .every(nanoseconds: UInt64(1_000_000_000 / Lists.rate)),
            limit: max(queries.count, Int(settings.seconds * Double(Lists.rate)))
        ) {
            wires.append(ListWire(queries))
            return wires[wires.count - 1]
        }
        var latencies = queries.map { _ in Latencies() }
        lists.onAnswer = { answered in
            latencies[answered.request % queries.count].record(
                nanoseconds: answered.at - min(answered.intended, answered.at))
        }
        try Traffic(lanes: [load, lists]).run()
        try daemon.stop()
        add(
            condition:
                "\(Text.number(Double(settings.influencers))) influencers, \(Settings.loadRate) events/s in requests "
                + "of \(Settings.loadBatch); \(Lists.rate) first pages a second of 100 items, of each list in turn, for "
                + "\(settings.seconds) s; times count from when a request was due")
        for ((name, query), latencies) in zip(Lists.questions, latencies) {
            add(latencies, as: name, query, marks: Lists.marks)
        }
        add(Lists.oldest, wires.map(\.oldestSeconds).max() ?? 0)
        add(load.latencies, as: "post", "a post of \(Settings.loadBatch) meanwhile")
    }
}
