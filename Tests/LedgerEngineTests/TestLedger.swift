import CampaignCoding
import CampaignDomain
import EventLog
import Foundation
import LedgerEngine
import LedgerStore
import Logging

/// A clock that stands still until it is set.
final class TestClock: LedgerClock, @unchecked Sendable {
    private let lock = NSLock()
    private var instant: Instant

    init(_ text: String = "2026-06-30T12:00:00Z") {
        instant = TestClock.parse(text)
    }

    func now() -> Instant {
        lock.withLock { instant }
    }

    func set(_ text: String) {
        lock.withLock { instant = TestClock.parse(text) }
    }

    func set(_ instant: Instant) {
        lock.withLock { self.instant = instant }
    }

    static func parse(_ text: String) -> Instant {
        Array(text.utf8).withUnsafeBytes { Instant(rfc3339: $0) } ?? .earliest
    }
}

/// A ledger in a directory of its own, removed when it is let go.
final class TestLedger: @unchecked Sendable {
    // @unchecked: `ledger` changes only in `restart`, which no test calls while others use it.
    let path: String
    let clock: TestClock
    var configuration: LedgerConfiguration
    private(set) var ledger: Ledger

    /// - Parameter wrapping: puts something around the log's storage.
    init(
        clock: TestClock = TestClock(), _ configure: (inout LedgerConfiguration) -> Void = { _ in },
        wrapping: (any LogStorage) -> any LogStorage = { $0 }
    ) throws {
        path = FileManager.default.temporaryDirectory.path + "/ledger-test-\(UUID().uuidString)"
        self.clock = clock
        var configuration = LedgerConfiguration(dataDirectory: path)
        // Dozens of ledgers are open at once in a test run: with maps as large as a daemon's they would not fit in the
        // address space.
        configuration.viewsMapBytesMax = 8 << 30
        configuration.indexMapBytesMax = 8 << 30
        configure(&configuration)
        self.configuration = configuration
        ledger = try Ledger.open(configuration, clock: clock, logger: TestLedger.logger, wrapping: wrapping)
    }

    deinit {
        ledger.close()
        try? FileManager.default.removeItem(atPath: path)
    }

    private static let logger: Logger = {
        var logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        logger.logLevel = .critical
        return logger
    }()

    /// Closes it and opens it again.
    func restart(deletingFolds: Bool = false) throws {
        ledger.close()
        if deletingFolds {
            for fold in ["views", "index"] { try FileManager.default.removeItem(atPath: path + "/" + fold) }
        }
        ledger = try Ledger.open(configuration, clock: clock, logger: TestLedger.logger)
    }

    /// Opens it again after it was closed.
    func reopen() throws {
        ledger = try Ledger.open(configuration, clock: clock, logger: TestLedger.logger)
    }

    /// Posts lines as one NDJSON request.
    func post(_ lines: [String], validateOnly: Bool = false) async -> Result<AppendReceipt, AppendRefusal> {
        var body = Array(lines.joined(separator: "\n").utf8)
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        return await withCheckedContinuation { continuation in
            body.withUnsafeBytes { bytes in
                ledger.append(
                    UnsafeRawBufferPointer(rebasing: bytes[0..<length]), format: .ndjson,
                    poster: Poster(uid: 1000, userName: "tester"), validateOnly: validateOnly
                ) { continuation.resume(returning: $0) }
            }
        }
    }

    /// The position of the next query that has seen all.
    var latest: Query { Query(minPosition: ledger.head) }
}

/// Writes events as services do.
enum Event {
    static func line(
        _ id: String, _ type: String, time: String = "2026-06-01T12:00:00Z", attributes: String = "",
        _ data: String
    ) -> String {
        #"{"specversion":"1.0","id":"\#(id)","source":"urn:test","type":"\#(type)","time":"\#(time)",\#(attributes)"data":\#(data)}"#
    }

    static func registered(_ id: String, _ influencer: String, niche: String = "books") -> String {
        line(
            id, "influencer.registered",
            #"{"influencerId":"\#(influencer)","platform":"instagram","niches":["\#(niche)"]}"#)
    }

    static func fee(
        _ id: String, _ influencer: String, _ fee: String, _ amount: String, attributes: String = ""
    ) -> String {
        line(
            id, "fee.accrued", attributes: attributes,
            #"{"influencerId":"\#(influencer)","campaignId":"c1","feeId":"\#(fee)","kind":"fee","amount":{"currency":"EUR","amount":"\#(amount)"}}"#
        )
    }

    static func retracted(_ id: String, _ influencer: String, position: Int) -> String {
        line(
            id, "event.retracted",
            #"{"influencerId":"\#(influencer)","position":\#(position),"reason":"mistake","actor":"ops"}"#)
    }
}

extension Result where Success == AppendReceipt, Failure == AppendRefusal {
    /// The codes of a refusal with the indexes they are at; empty for a receipt.
    var faults: [String] {
        guard case .failure(.faults(let faults, _)) = self else { return [] }
        return faults.map { "\($0.index.map(String.init) ?? "-") \($0.code.rawValue) \($0.pointer)" }
    }

    var receipt: AppendReceipt? { try? get() }
}
