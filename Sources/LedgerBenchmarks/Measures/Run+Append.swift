extension Run {
    private enum Quantities {
        static let rate = Quantity("eventsPerSecond", "appended, acknowledged as durable", "events/s", isHeadline: true)
        static let bandwidth = Quantity("postedBytesPerSecond", "the same in bytes posted", "MB/s")
        static let behind = Quantity("viewsBehindSeconds", "then views/ at the head after", "s", .atMost(1))
        static let busy = Quantity("busyAnswers", "answers 429", "")
        static let cpu = Quantity("daemonCPUMicroseconds", "the daemon's time on a core", "µs/event")
        static let written = Quantity("writtenBytes", "written to the disk", "bytes/event")
    }

    /// Ours, then each of the peers, with the same events.
    func measureAppend() throws {
        let filled = try filledLedger()
        let appended = filled.posted.appended
        let rate = appended.rate
        add(
            condition:
                "\(filled.clients) client(s), \(settings.batch) events a request (the best of 1 to 8, unless given)")
        add(Quantities.rate, rate)
        add(Quantities.bandwidth, rate * (try programme(.base).eventBytes) / 1e6)
        add(Quantities.behind, filled.behindSeconds)
        add(appended.latencies, as: "request", "a request (closed loop)")
        add(Quantities.busy, Double(filled.posted.busy))
        add(Quantities.cpu, filled.cpuSeconds * 1e6 / Double(appended.events))
        if let written = filled.writtenBytes { add(Quantities.written, Double(written) / Double(appended.events)) }
        if peers.contains(.redis) { try appendToRedis(ours: rate) }
        if peers.contains(.umadb) { try appendToUmaDB(ours: rate) }
        if peers.contains(.nats) { try appendToNATS(ours: rate) }
    }
}
