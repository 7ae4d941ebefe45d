import LedgerAPI

extension Run {
    private enum Quantities {
        static let one = Quantity(
            "oneCore", "all on disk, with one core", "events/s", .atLeast(700_000, goal: 1_000_000))
        static let oneHead = Quantity("oneCoreToHead", "answering at the head, with one core", "events/s")
        static let two = Quantity(
            "allCores", "all on disk, with all cores", "events/s", .atLeast(1_050_000, goal: 1_800_000))
        static let twoHead = Quantity("allCoresToHead", "answering at the head, with all cores", "events/s")
        static let speedup = Quantity("speedup", "all cores to one", "×", .atLeast(1.5, goal: 1.8))
        static let memory = Quantity("anonymousBytes", "memory not backed by files, at the head", "MiB")
        static let redis = Quantity("redis", "Redis returns the events (XRANGE)", "events/s", isHeadline: true)
        static let redisRatio = Quantity("redisRatio", "ours with all cores to Redis", "×", .atLeast(1.5, goal: 1.8))
        static let umadb = Quantity("umadb", "UmaDB returns the events", "events/s", isHeadline: true)
        static let umadbRatio = Quantity("umadbRatio", "ours with all cores to UmaDB", "×", .atLeast(1.5, goal: 1.8))
    }

    /// Entries a call when Redis returns its stream, and events a message when UmaDB does.
    private static let readBatch = 5_000

    /// Deletes the folds of a filled ledger and times the daemon's way back.
    func measureRebuild() throws {
        let filled = try filledLedger()
        add(
            condition:
                "views/ and index/ deleted; from the start of the daemon to a clean stop, which leaves all of both "
                + "on disk; to the head: until views/ answers there")
        let one = try rebuild(filled.data, cores: "0")
        add(Quantities.one, one.rate)
        add(Quantities.oneHead, one.rateToHead)
        let all = try rebuild(filled.data, cores: nil)
        add(Quantities.two, all.rate)
        add(Quantities.twoHead, all.rateToHead)
        add(Quantities.speedup, all.rate / one.rate)
        add(Quantities.memory, Double(all.anonymousBytes) / Double(1 << 20))
        if peers.contains(.redis) {
            let rate = try readFromRedis()
            add(
                condition: "Redis: XRANGE of \(Self.readBatch) entries a call over a Unix socket, skipped by the client"
            )
            add(Quantities.redis, rate)
            add(Quantities.redisRatio, all.rate / rate)
        }
        if peers.contains(.umadb) {
            let rate = try readFromUmaDB()
            add(condition: "UmaDB: a bare log, its Python client's next_batch with \(Self.readBatch) events a message")
            add(Quantities.umadb, rate)
            add(Quantities.umadbRatio, all.rate / rate)
        }
    }

    private struct Rebuilt {
        var rate: Double
        var rateToHead: Double
        var anonymousBytes: Int
    }

    private func rebuild(_ data: String, cores: String?) throws -> Rebuilt {
        try WorkFolder.remove(data + "/views")
        try WorkFolder.remove(data + "/index")
        let watch = Stopwatch()
        let daemon = try DaemonProcess(executable, data: data, folder: folder, options: .init(cores: cores))
        let status = try daemon.until("at the head with views/", everyMilliseconds: 5) { status in
            status.head >= UInt64(settings.events) && status.stands("views", at: status.head)
        }
        let secondsToHead = watch.seconds
        let anonymousBytes = daemon.usage().anonymousBytes
        note(status)
        // The index leaves its last events in memory until it is idle for long, or stops: only then all is on disk.
        try daemon.stop()
        let rebuilt = Rebuilt(
            rate: Double(status.head) / watch.seconds, rateToHead: Double(status.head) / secondsToHead,
            anonymousBytes: anonymousBytes)
        try checkFolds(data, head: status.head)
        return rebuilt
    }

    /// Both must be whole on disk after the stop, else the figure is of something else.
    private func checkFolds(_ data: String, head: UInt64) throws {
        let daemon = try startDaemon(data)
        // The lists are in memory only.
        let stored = try daemon.status().readModels.filter { ["views", "index"].contains($0.name) }
        let checkpoints = stored.map(\.checkpointPosition)
        guard checkpoints.count == 2, checkpoints.allSatisfy({ $0 == head }) else {
            throw BenchmarkFault("After a clean stop at \(head) the read models stand at \(checkpoints) on disk.")
        }
        try daemon.stop()
    }

    private func readFromRedis() throws -> Double {
        let redis = try Redis(folder)
        defer { redis.kill() }
        let requests = try programme(.base).requests(of: settings.batch)
        _ = try redis.append(programme(.base), requests[...], connections: 8, form: .transaction)
        return try redis.readAll(count: Self.readBatch)
    }

    private func readFromUmaDB() throws -> Double {
        let umadb = try UmaDB(folder, peers.umadb)
        defer { umadb.kill() }
        _ = try umadb.append(
            programme(.base), events: settings.events, batch: Self.readBatch, connections: 4, tags: .none)
        return try umadb.readAll(batch: Self.readBatch)
    }
}
