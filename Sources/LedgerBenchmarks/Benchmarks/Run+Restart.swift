import LedgerAPI

extension Run {
    private enum Measures {
        static let ready = Measure("readySeconds", "ready after", "s")
        static let caughtUp = Measure("caughtUpSeconds", "views/ at the head after", "s")
    }

    /// Events posted right before the daemon is killed, at most: read models are behind then.
    private static let lastEventsMax = 200_000

    /// Posts a little more to a filled ledger, kills the daemon at the last acknowledgement, and starts it again.
    func measureRestart(_ data: String) throws {
        let last = try ProgrammeFile(
            settings.simulation(events: min(settings.events, Self.lastEventsMax), seed: settings.seed &+ 1),
            path: folder.path + "/last.ndjson")
        let first = try startDaemon(data)
        let head = try first.status().head + UInt64(last.events)
        _ = try Load(
            programme: last, requests: last.requests(of: settings.batch), socket: folder.socket,
            clients: settings.clients
        ).run()
        first.kill()
        let watch = Stopwatch()
        let daemon = try DaemonProcess(executable, data: data, folder: folder)
        try daemon.untilReady()
        add(.restart, Measures.ready, watch.seconds)
        let status = try daemon.until("at the head with views/") { $0.stands("views", at: head) }
        add(.restart, Measures.caughtUp, watch.seconds)
        guard status.head == head else {
            throw BenchmarkFault(
                "\(head) events were acknowledged before SIGKILL, and \(status.head) are there after it.")
        }
        try daemon.stop()
    }
}
