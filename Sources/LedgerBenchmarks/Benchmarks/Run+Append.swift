import LedgerAPI
import Synchronization

extension Run {
    private enum Measures {
        static let rate = Measure("eventsPerSecond", "appended, acknowledged as durable", "events/s", .atLeast(200_000))
        static let bandwidth = Measure("postedBytesPerSecond", "the same in bytes posted", "MB/s")
        static let views = Measure(
            "viewsBehindSeconds", "then views/ at the head after", "s", .atMost(2))
        static let index = Measure("indexTailEvents", "then in memory, not yet in index/", "events")
        static let median = Measure("requestMedian", "a request, median", "µs")
        static let tail = Measure("requestP99", "a request, 99th percentile", "µs")
        static let worst = Measure("requestMost", "a request, at most", "µs")
        static let busy = Measure("busyAnswers", "answers 429", "")
        static let cpu = Measure("daemonCPUMicroseconds", "the daemon's time on a core", "µs/event")
        static let written = Measure("writtenBytes", "written to the disk", "bytes/event")
        static let log = Measure("logBytes", "log/ on disk, in use", "bytes/event")
        static let viewsSize = Measure("viewsBytes", "views/ on disk", "bytes/event")
        static let indexSize = Measure("indexBytes", "index/ on disk", "bytes/event")
        static let ratio = Measure("allBytesPerPosted", "everything, to the bytes posted", "×")
        static let memory = Measure("anonymousBytesMost", "memory not backed by files, at most", "MiB")
    }

    /// Posts the programme to an empty ledger and waits for the read models.
    func measureAppend(_ data: String) throws {
        let programme = try programme.get()
        let requests = programme.requests(of: settings.batch)
        try WorkFolder.remove(data)
        let daemon = try startDaemon(data)
        let before = (head: try daemon.status().head, usage: daemon.usage())
        let most = PeakMemory(daemon)
        let outcome = try Load(
            programme: programme, requests: requests, socket: folder.socket, clients: settings.clients,
            observe: { most.look() }
        ).run()
        let behind = Stopwatch()
        let head = before.head + UInt64(programme.events)
        let status = try daemon.until("at the head with views/") { $0.stands("views", at: head) }
        add(.append, Measures.rate, Double(outcome.recorded) / outcome.seconds)
        add(.append, Measures.bandwidth, Double(programme.bytesCount) / outcome.seconds / 1e6)
        add(.append, Measures.views, behind.seconds)
        let usage = daemon.usage()
        add(.append, Measures.index, Double(status.readModels.first { $0.name == "index" }?.lagEvents ?? 0))
        guard status.head == head else {
            throw BenchmarkFault("The head is \(status.head) after posting up to \(head): something else was recorded.")
        }
        most.look()
        noteRequests(outcome)
        noteCosts(before.usage, usage, peak: most.bytes)
        try daemon.stop()
        noteSizes(status, data: data, posted: programme.bytesCount)
    }

    private func noteRequests(_ outcome: Load.Outcome) {
        let latencies = outcome.latencies.microseconds(at: [0.5, 0.99, 1])
        add(.append, Measures.median, latencies[0])
        add(.append, Measures.tail, latencies[1])
        add(.append, Measures.worst, latencies[2])
        add(.append, Measures.busy, Double(outcome.busy))
    }

    private func noteCosts(_ before: DaemonProcess.Usage, _ after: DaemonProcess.Usage, peak: Int) {
        let events = Double(settings.events)
        add(.append, Measures.cpu, (after.cpuSeconds - before.cpuSeconds) * 1e6 / events)
        if let first = before.writtenBytes, let last = after.writtenBytes {
            add(.append, Measures.written, Double(last - first) / events)
        }
        add(.append, Measures.memory, Double(peak) / Double(1 << 20))
    }

    /// The log's pages in use (its file is extended ahead of them), and what the folds' files take on disk.
    private func noteSizes(_ status: StatusBody, data: String, posted: Int) {
        let log = status.sizes.first { $0.name == "log" }.map { Int($0.usedBytes) } ?? 0
        let views = WorkFolder.allocatedBytes(data + "/views")
        let index = WorkFolder.allocatedBytes(data + "/index")
        let events = Double(settings.events)
        add(.append, Measures.log, Double(log) / events)
        add(.append, Measures.viewsSize, Double(views) / events)
        add(.append, Measures.indexSize, Double(index) / events)
        add(.append, Measures.ratio, Double(log + views + index) / Double(posted))
    }
}

/// The most anonymous memory seen, by whoever looks.
private final class PeakMemory: Sendable {
    private let pid: Int32
    private let most = Atomic<Int>(0)

    init(_ daemon: DaemonProcess) {
        pid = daemon.pid
    }

    var bytes: Int { most.load(ordering: .relaxed) }

    func look() {
        most.max(DaemonProcess.usage(of: pid).anonymousBytes, ordering: .relaxed)
    }
}

extension StatusBody {
    /// Whether a read model has seen this position.
    func stands(_ name: String, at position: UInt64) -> Bool {
        readModels.contains { $0.name == name && $0.position >= position }
    }
}
