import CampaignCoding
import EventLog
import Foundation
import LedgerEngine
import LedgerStore
import Logging
import Synchronization
import Testing

@testable import campaignd

struct NotifyTests {
    @Test func aReloadIsToldFromItsBeginningToItsEndOnceTheDaemonIsReady() throws {
        let socket = try NotifySocket()
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
        manager.whileReloading {}
        #expect(socket.taken().isEmpty, "before it is ready, to say READY would be a lie")
        manager.ready("serving")
        #expect(socket.taken() == ["READY=1\nSTATUS=serving"])
        var said: [String] = []
        manager.whileReloading { said = socket.taken() }
        let before = said.first?.split(separator: "\n").map(String.init) ?? []
        #expect(before.first == "RELOADING=1")
        #expect(before.last?.hasPrefix("MONOTONIC_USEC=") == true)
        #expect(before.last.flatMap { UInt64($0.dropFirst(15)) }.map { $0 > 0 } == true)
        #expect(socket.taken() == ["READY=1"])
        manager.stopping(secondsMax: 15)
        #expect(socket.taken() == ["STOPPING=1\nEXTEND_TIMEOUT_USEC=15000000\nSTATUS=stopping"])
        manager.whileReloading {}
        #expect(socket.taken().isEmpty)
    }

    @Test func aLongStartAsksForMoreTimeAndAStatusIsOneLine() throws {
        let socket = try NotifySocket()
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": socket.path])
        manager.starting("opening\nthe ledger", secondsMore: 30)
        manager.status("ready\nREADY=1")
        #expect(
            socket.taken() == [
                "EXTEND_TIMEOUT_USEC=30000000\nSTATUS=opening the ledger", "STATUS=ready READY=1",
            ])
    }

    @Test func theWatchdogIsFedByTheCommitLoopAndStarvesWhileThatHangs() async throws {
        let folder = FileManager.default.temporaryDirectory.path + "/notify-ledger-\(UUID().uuidString.prefix(8))"
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let gate = StalledLog.Gate()
        var configuration = LedgerConfiguration(dataDirectory: folder)
        configuration.viewsMapBytesMax = 8 << 30
        configuration.indexMapBytesMax = 8 << 30
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let ledger = try Ledger.open(configuration, logger: logger, wrapping: { StalledLog($0, gate) })
        let reader = NotifyReader(try NotifySocket())
        defer { reader.end() }
        let manager = ServiceManager(environment: ["NOTIFY_SOCKET": reader.socket.path, "WATCHDOG_USEC": "400000"])
        let service = NotifyService(
            manager: manager, stopSeconds: 3600, writerSilence: { ledger.writerSilenceNanoseconds },
            status: { "fine" })
        let serving = Task { try await service.run() }
        var fed = 0
        for _ in 0..<200 where fed < 2 {
            try await Task.sleep(for: .milliseconds(100))
            fed += reader.taken().filter { $0 == "WATCHDOG=1" }.count
        }
        #expect(fed >= 2)
        gate.set(closed: true)
        post(ledger)
        // The commit loop may be silent for two seconds before that is a silence.
        for _ in 0..<600 where (ledger.writerSilenceNanoseconds ?? 0) < 2_500_000_000 {
            try await Task.sleep(for: .milliseconds(100))
        }
        _ = reader.taken()
        try await Task.sleep(for: .seconds(1))
        #expect(!reader.taken().contains("WATCHDOG=1"), "a stuck writer feeds the watchdog")
        gate.set(closed: false)
        var isFedAgain = false
        for _ in 0..<200 where !isFedAgain {
            try await Task.sleep(for: .milliseconds(100))
            isFedAgain = reader.taken().contains("WATCHDOG=1")
        }
        #expect(isFedAgain)
        serving.cancel()
        try await serving.value
        var isStopping = false
        for _ in 0..<200 where !isStopping {
            isStopping = reader.taken().contains { $0.hasPrefix("STOPPING=1") }
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(isStopping)
        ledger.close()
    }

    private func post(_ ledger: Ledger) {
        let line =
            #"{"specversion":"1.0","id":"1","source":"urn:t","type":"influencer.registered","time":"2025-06-01T12:00:00Z","#
            + #""data":{"influencerId":"i","platform":"instagram","niches":["books"]}}"#
        var body = Array(line.utf8)
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        body.withUnsafeBytes { bytes in
            ledger.append(
                UnsafeRawBufferPointer(rebasing: bytes[0..<length]), format: .ndjson,
                poster: Poster(uid: 1, userName: "tester"), validateOnly: false
            ) { _ in }
        }
    }
}

/// A log whose disk hangs when it is told to.
private final class StalledLog: LogStorage {
    private let inner: any LogStorage
    private let gate: Gate

    final class Gate: Sendable {
        private let isClosed = Mutex(false)

        func set(closed: Bool) { isClosed.withLock { $0 = closed } }

        func pass() {
            while isClosed.withLock({ $0 }) { usleep(10_000) }
        }
    }

    init(_ inner: any LogStorage, _ gate: Gate) {
        self.inner = inner
        self.gate = gate
    }

    var head: Position { inner.head }

    func append(_ batch: RecordBatch) throws(StoreError) {
        gate.pass()
        try inner.append(batch)
    }

    func checkRoom() throws(StoreError) { try inner.checkRoom() }

    func read(
        from first: Position, limit: Int, _ body: (Position, RecordView) -> ScanDecision
    ) throws(StoreError) -> Int {
        try inner.read(from: first, limit: limit, body)
    }

    func withRecord<Result>(at position: Position, _ body: (RecordView) -> Result) throws(StoreError) -> Result? {
        try inner.withRecord(at: position, body)
    }

    func usage() throws(StoreError) -> StorageUsage { try inner.usage() }

    func grow(mapSizeBytes: UInt64) throws(StoreError) { try inner.grow(mapSizeBytes: mapSizeBytes) }
}

/// Reads at once what a service manager is told, as systemd does: the kernel keeps some ten messages only, and a test may
/// have to wait for its turn for longer.
private final class NotifyReader: Sendable {
    let socket: NotifySocket
    private let said = Mutex<(texts: [String], isEnded: Bool)>(([], false))

    init(_ socket: NotifySocket) {
        self.socket = socket
        Thread.detachNewThread { [self] in
            while !said.withLock({ $0.isEnded }) {
                let fresh = socket.taken()
                said.withLock { $0.texts += fresh }
                usleep(10_000)
            }
        }
    }

    func end() { said.withLock { $0.isEnded = true } }

    /// What was said since it was asked last.
    func taken() -> [String] {
        said.withLock { said in
            defer { said.texts = [] }
            return said.texts
        }
    }
}
