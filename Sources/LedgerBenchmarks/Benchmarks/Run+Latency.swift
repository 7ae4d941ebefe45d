extension Run {
    private enum Measures {
        static let median = Measure("median", "a request, median", "µs")
        static let p90 = Measure("p90", "a request, 90th percentile", "µs")
        static let p99 = Measure("p99", "a request, 99th percentile", "µs")
        static let p999 = Measure("p999", "a request, 99.9th percentile", "µs")
        static let most = Measure("most", "a request, at most", "µs")
        static let rate = Measure("requestsPerSecond", "requests, on all connections", "requests/s")
        static let written = Measure("writtenBytes", "written to the disk", "bytes/event")
        static let cpu = Measure("daemonCPUMicroseconds", "the daemon's time on a core", "µs/event")
    }

    /// One event a request, on a ledger of its own.
    func measureLatency() throws {
        let data = folder.data("single")
        try WorkFolder.remove(data)
        let daemon = try startDaemon(data)
        let programme = try ProgrammeFile(
            settings.simulation(events: settings.singles, seed: settings.seed), path: folder.path + "/singles.ndjson")
        let before = daemon.usage()
        let outcome = try Load(
            programme: programme, requests: programme.requests(of: 1), socket: folder.socket, clients: settings.clients
        ).run()
        let after = daemon.usage()
        let values = outcome.latencies.microseconds(at: [0.5, 0.9, 0.99, 0.999, 1])
        for (measure, value) in zip(
            [Measures.median, Measures.p90, Measures.p99, Measures.p999, Measures.most], values)
        {
            add(.latency, measure, value)
        }
        let events = Double(programme.events)
        add(.latency, Measures.rate, events / outcome.seconds)
        add(.latency, Measures.cpu, (after.cpuSeconds - before.cpuSeconds) * 1e6 / events)
        if let first = before.writtenBytes, let last = after.writtenBytes {
            add(.latency, Measures.written, Double(last - first) / events)
        }
        try daemon.stop()
    }
}
