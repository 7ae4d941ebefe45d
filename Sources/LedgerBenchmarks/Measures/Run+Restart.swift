import LedgerAPI

extension Run {
    private enum Quantities {
        static let ready = Quantity("readySeconds", "ready after", "s", .atMost(1, goal: 0.3))
        static let caughtUp = Quantity("caughtUpSeconds", "views/ at the head after", "s")
    }

    private struct Killed: Error {}

    /// Kills the daemon in the middle of a load, and starts it again.
    func measureRestart() throws {
        let filled = try filledLedger()
        let first = try startDaemon(filled.data)
        let before = try first.status().head
        let requests = try takeLater(requests: max(settings.restartEvents / settings.batch, 2), of: settings.batch)
        var acknowledged = 0
        do {
            _ = try post(
                programme(.later), requests, clients: filled.clients,
                onAnswer: { answered in
                    acknowledged += requests[requests.startIndex + answered.request].events
                    // The other clients' requests, and this one's next, are under way or about to be.
                    if answered.request >= requests.count / 2 {
                        first.kill()
                        throw Killed()
                    }
                })
        } catch is Killed {}
        let watch = Stopwatch()
        let daemon = try DaemonProcess(executable, data: filled.data, folder: folder)
        try daemon.untilReady()
        add(condition: "SIGKILL while \(filled.clients) client(s) post at full rate; the files are in the page cache")
        add(Quantities.ready, watch.seconds)
        let status = try daemon.until("at the head with views/") { $0.stands("views", at: $0.head) }
        add(Quantities.caughtUp, watch.seconds)
        guard status.head >= before + UInt64(acknowledged) else {
            throw BenchmarkFault(
                "\(before + UInt64(acknowledged)) events were acknowledged before SIGKILL, and \(status.head) are there."
            )
        }
        try daemon.stop()
    }
}
