import LedgerAPI

extension Run {
    private enum Measures {
        static let views = Measure("viewsEventsPerSecond", "views/ rebuilt", "events/s", .atLeast(500_000))
        static let viewsSeconds = Measure("viewsSeconds", "the same, from start to the head", "s")
        static let all = Measure("allEventsPerSecond", "views/ and index/ rebuilt, durable", "events/s")
        static let allSeconds = Measure("allSeconds", "the same, from start to a clean stop", "s")
        static let memory = Measure("anonymousBytes", "memory not backed by files, at the head", "MiB")
    }

    /// Deletes the folds of a filled ledger and times the daemon's way back to the head.
    ///
    /// The read models answer at the head before all of them is on disk, and `index/` leaves its last events in memory
    /// until it stops or is idle: so the second figure ends with the stop, which writes them.
    func measureRebuild(_ data: String) throws {
        try WorkFolder.remove(data + "/views")
        let views = try rebuild(data)
        add(.rebuild, Measures.views, Double(views.head) / views.secondsToHead)
        add(.rebuild, Measures.viewsSeconds, views.secondsToHead)
        try WorkFolder.remove(data + "/views")
        try WorkFolder.remove(data + "/index")
        let all = try rebuild(data)
        add(.rebuild, Measures.all, Double(all.head) / all.secondsToStop)
        add(.rebuild, Measures.allSeconds, all.secondsToStop)
        add(.rebuild, Measures.memory, Double(all.anonymousBytes) / Double(1 << 20))
        try checkFolds(data, head: all.head)
    }

    private struct Rebuilt {
        var head: UInt64
        var secondsToHead: Double
        var secondsToStop: Double
        var anonymousBytes: Int
    }

    private func rebuild(_ data: String) throws -> Rebuilt {
        let watch = Stopwatch()
        let daemon = try DaemonProcess(executable, data: data, folder: folder)
        let status = try daemon.until("at the head with views/") { status in
            status.head >= UInt64(settings.events) && status.stands("views", at: status.head)
        }
        let secondsToHead = watch.seconds
        let anonymousBytes = daemon.usage().anonymousBytes
        note(status)
        try daemon.stop()
        return Rebuilt(
            head: status.head, secondsToHead: secondsToHead, secondsToStop: watch.seconds,
            anonymousBytes: anonymousBytes)
    }

    /// Both must be whole on disk after the stop, else the figure is of something else.
    private func checkFolds(_ data: String, head: UInt64) throws {
        let daemon = try startDaemon(data)
        let checkpoints = try daemon.status().readModels.map(\.checkpointPosition)
        guard checkpoints.count >= 2, checkpoints.allSatisfy({ $0 == head }) else {
            throw BenchmarkFault("After a clean stop at \(head) the read models stand at \(checkpoints) on disk.")
        }
        try daemon.stop()
    }
}
