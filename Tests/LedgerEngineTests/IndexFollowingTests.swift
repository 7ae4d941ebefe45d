import CampaignCoding
import CampaignDomain
import EventLog
import Foundation
import LedgerStore
import Synchronization
import Testing

@testable import LedgerEngine

/// Moments between a commit, the tail and the index, held still.
@Suite struct IndexFollowingTests {
    static let tables = CatalogueTables()

    /// Events of `influencer`, one each, as the writer gets them.
    private static func admitted(_ ids: [String], _ influencer: String) -> AdmittedBatch {
        var body = Array(ids.map { Event.registered($0, influencer) }.joined(separator: "\n").utf8)
        let length = body.count
        body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
        return body.withUnsafeBytes {
            EventAdmission(tables: tables).admit(
                body: UnsafeRawBufferPointer(rebasing: $0[0..<length]), format: .ndjson, now: TestClock().now(),
                poster: Poster(uid: 0, userName: "test"))
        }
    }

    /// The events as records from a position on.
    private static func records(_ batch: AdmittedBatch, from first: Position) -> RecordBatch {
        var builder = RecordBatchBuilder(first: first)
        for event in batch.events { builder.append(batch.preparedRecord(of: event), recordedTime: 1) }
        return builder.finish()
    }

    @Test("A stream's reader does not pass by a commit that the tail does not know yet")
    func headBeforeTail() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        try test.ledger.log.append(Self.records(Self.admitted(["b"], "ada"), from: Position(2)))
        let chunk = try test.ledger.events(
            after: .beforeFirst, through: test.ledger.head, limit: 10,
            filter: EventFilter(subject: "influencer/ada"))
        #expect(chunk.positions == [1])
        #expect(chunk.examined == Position(1), "position 2 is still to be examined")
    }

    @Test("What the indexer drops while the writer refreshes its snapshot stays known")
    func dropDuringRefresh() throws {
        let log = InMemoryLogStorage()
        let inner = InMemoryIndexStorage()
        let index = InterruptedIndex(inner)
        let tail = IndexTail()
        let first = Self.admitted(["a"], "ada")
        let second = Self.admitted(["b"], "ada")
        var recorded = try RecordedEvents(log: log, index: index, tables: Self.tables)
        for (batch, position) in [(first, Position(1)), (second, Position(2))] {
            for event in batch.events { _ = recorded.append(event, of: batch, recordedTime: TestClock().now()) }
            let records = recorded.takeGroup()
            #expect(records.first == position)
            try log.append(records)
            tail.add(recorded.committed(records))
        }
        @Sendable func takeIn(_ batch: TailBatch) throws {
            try inner.checkpoint(identity: batch.identity, stream: batch.stream, position: batch.last)
            tail.drop(through: batch.last)
        }
        try takeIn(tail.batches[0])
        let later = tail.batches[0]
        index.afterRefresh.withLock { $0 = { try? takeIn(later) } }
        try recorded.followIndex(tail: tail, always: false)
        for batch in [first, second] {
            recorded.prepare(batch)
            guard case .same = try recorded.known(0, in: batch) else {
                Issue.record("a recorded identity was forgotten")
                return
            }
        }
    }

    @Test("A damaged index that a start has to merge is built again, not a reason to refuse")
    func damagedIndexAtStart() async throws {
        let test = try TestLedger { $0.indexCheckpointEvents = 20 }
        func post(_ numbers: Range<Int>) async {
            for number in numbers { _ = await test.post([Event.registered("a\(number)", "ada")]) }
        }
        await post(0..<15)
        test.ledger.close()
        let index = test.path + "/index"
        try FileManager.default.copyItem(atPath: index, toPath: index + ".old")
        try test.restart()
        await post(15..<700)
        test.ledger.close()
        try FileManager.default.removeItem(atPath: index)
        try FileManager.default.moveItem(atPath: index + ".old", toPath: index)
        try Self.flipEntry(of: "a5", in: index + "/data.mdb")
        // It takes the 685 events in as runs of 80, one more than are merged into one.
        try test.restart()
        #expect(await test.post([Event.registered("a5", "ada")]).receipt?.recorded == 0)
        #expect(await test.post([Event.registered("a650", "ada")]).receipt?.recorded == 0)
    }

    /// Changes a bit of the position that an identity leads to.
    private static func flipEntry(of id: String, in path: String) throws {
        let hash = Array("urn:test".utf8).withUnsafeBytes { source in
            Array(id.utf8).withUnsafeBytes { KeyHash(source: source, id: $0) }
        }
        let file = URL(fileURLWithPath: path)
        var bytes = try Data(contentsOf: file)
        let key = withUnsafeBytes(of: hash.high.littleEndian) { Data($0) }
        let found = try #require(bytes.range(of: key), "the index does not hold \(id)")
        bytes[found.upperBound + 4] ^= 1
        try bytes.write(to: file)
    }
}

/// An index that something happens to right after a snapshot was refreshed.
private final class InterruptedIndex: IndexStorage {
    private let inner: InMemoryIndexStorage
    let afterRefresh = Mutex<(@Sendable () -> Void)?>(nil)

    init(_ inner: InMemoryIndexStorage) {
        self.inner = inner
    }

    var position: Position { inner.position }

    func checkpoint(identity: [IndexEntry], stream: [IndexEntry], position: Position) throws(StoreError) {
        try inner.checkpoint(identity: identity, stream: stream, position: position)
    }

    func mergeStep() throws(StoreError) -> Bool { try inner.mergeStep() }
    func checkStep() throws(StoreError) -> Bool { try inner.checkStep() }
    func reset() throws(StoreError) { try inner.reset() }
    func beginScan() throws(StoreError) -> any IndexScan { try inner.beginScan() }
    func verify() throws(StoreError) { try inner.verify() }
    func usage() throws(StoreError) -> StorageUsage { try inner.usage() }

    func beginRead() throws(StoreError) -> any IndexSnapshot {
        Snapshot(try inner.beginRead(), self)
    }

    private final class Snapshot: IndexSnapshot {
        private let inner: any IndexSnapshot
        private let index: InterruptedIndex

        init(_ inner: any IndexSnapshot, _ index: InterruptedIndex) {
            self.inner = inner
            self.index = index
        }

        var position: Position { inner.position }

        func refresh() throws(StoreError) {
            try inner.refresh()
            index.afterRefresh.withLock { $0 }?()
        }

        func identityMayContain(
            _ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>
        ) {
            inner.identityMayContain(keys, answers)
        }

        func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) throws(StoreError) {
            try inner.identityCandidates(key, body)
        }

        func streamCount(_ key: IndexKey) throws(StoreError) -> Int { try inner.streamCount(key) }

        func streamPositions(_ key: IndexKey, after: Position, limit: Int) throws(StoreError) -> [Position] {
            try inner.streamPositions(key, after: after, limit: limit)
        }

        func end() { inner.end() }
    }
}
