import CampaignDomain
import EventLog
import LedgerStore
import Synchronization
import Testing

@testable import LedgerEngine

/// The order of events of one time, which only the log knows.
@Suite struct LogIdentityOrderTests {
    /// A log that counts how often records are lent one by one.
    private final class CountingLog: LogStorage {
        private let log = InMemoryLogStorage()
        private let lent = Mutex(0)

        var count: Int { lent.withLock { $0 } }
        var head: Position { log.head }

        func append(_ batch: RecordBatch) throws(StoreError) { try log.append(batch) }
        func checkRoom() throws(StoreError) {}
        func usage() throws(StoreError) -> StorageUsage { try log.usage() }
        func grow(mapSizeBytes: UInt64) throws(StoreError) {}

        func read(
            from first: Position, limit: Int, _ body: (Position, RecordView) -> ScanDecision
        ) throws(StoreError) -> Int {
            try log.read(from: first, limit: limit, body)
        }

        func withRecord<Result>(
            at position: Position, _ body: (RecordView) -> Result
        ) throws(StoreError) -> Result? {
            lent.withLock { $0 += 1 }
            return try log.withRecord(at: position, body)
        }
    }

    private static func record(_ id: String) throws -> [UInt8] {
        var record = RecordBuilder(
            typeCode: 9_999, schemaVersion: 1, timeMicroseconds: 1, posterUID: 0, subjectKind: .influencer)
        var bytes: [UInt8] = []
        try Array(id.utf8).withUnsafeBytes { text in
            (record.id, record.source, record.subjectID) = (text, text, text)
            try Array("{}".utf8).withUnsafeBytes { data in
                record.data = data
                try record.append(to: &bytes)
            }
        }
        return bytes
    }

    @Test("However often two are compared, each record is read once")
    func readsOnce() throws {
        let log = CountingLog()
        let count: UInt64 = 500
        var builder = RecordBatchBuilder(first: .first)
        for number in 1...count {
            // The other way round than the positions.
            try Self.record("id-\(10_000 - number)").withUnsafeBytes { _ = builder.append($0, recordedTime: 1) }
        }
        try log.append(builder.finish())
        let order = LogIdentityOrder(log: log)
        let sorted = (1...count).map { FactPosition($0) }.sorted { order.identityPrecedes($0, $1) }
        #expect(sorted == (1...count).reversed().map { FactPosition($0) })
        #expect(log.count == Int(count))
        // What cannot be read is said, and what could be is not forgotten.
        _ = order.identityPrecedes(FactPosition(count + 1), FactPosition(1))
        #expect(order.failure != nil)
        #expect(order.identityPrecedes(FactPosition(2), FactPosition(1)))
        #expect(log.count == Int(count) + 1)
    }
}
