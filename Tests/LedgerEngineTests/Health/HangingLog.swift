import EventLog
import Foundation
import LedgerStore

/// A log whose disk hangs when it is told to: an append blocks in its sync until it is let go.
final class HangingLog: LogStorage {
    private let inner: any LogStorage
    private let gate: Gate

    /// Closed, an append waits at it.
    final class Gate: @unchecked Sendable {
        // @unchecked: `isClosed` is only touched under the condition's lock.
        private let condition = NSCondition()
        private var isClosed = false

        func set(closed: Bool) {
            condition.withLock {
                isClosed = closed
                condition.broadcast()
            }
        }

        func pass() {
            condition.withLock { while isClosed { condition.wait() } }
        }
    }

    init(_ inner: any LogStorage, _ gate: Gate) {
        self.inner = inner
        self.gate = gate
    }

    var head: Position { inner.head }

    var lastSyncNanoseconds: UInt64 { inner.lastSyncNanoseconds }

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
