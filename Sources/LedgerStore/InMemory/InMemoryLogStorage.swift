package import EventLog
internal import Synchronization

/// The log held in memory: for tests and simulations. Passes the same contract suite as the real one.
package final class InMemoryLogStorage: LogStorage {
    // Each batch as it was appended; batches are immutable and dense.
    private let batches = Mutex<[RecordBatch]>([])

    package init() {}

    package var head: Position {
        batches.withLock { $0.last?.last ?? .beforeFirst }
    }

    package func append(_ batch: RecordBatch) throws(StoreError) {
        guard !batch.isEmpty else { return }
        let head = batches.withLock { batches in
            let head = batches.last?.last ?? .beforeFirst
            if batch.first == head.next { batches.append(batch) }
            return head
        }
        guard batch.first == head.next else { throw .notDense(head: head, first: batch.first) }
    }

    package func checkRoom() throws(StoreError) {}

    @discardableResult
    package func read(
        from first: Position, limit: Int, _ body: (Position, RecordView) -> ScanDecision
    ) throws(StoreError) -> Int {
        let held = batches.withLock { $0 }
        var position = max(first, .first)
        var lent = 0
        var index = Self.index(of: position, in: held)
        while index < held.count, lent < limit {
            guard let record = held[index].record(at: position) else {
                index += 1
                continue
            }
            let sound = try Self.validate(record, at: position)
            lent += 1
            guard body(position, sound) == .proceed else { break }
            position = position.next
        }
        return lent
    }

    package func withRecord<Result>(
        at position: Position, _ body: (RecordView) -> Result
    ) throws(StoreError) -> Result? {
        let held = batches.withLock { $0 }
        let index = Self.index(of: position, in: held)
        guard index < held.count, let record = held[index].record(at: position) else { return nil }
        let batch = held[index]
        return try withExtendedLifetime(batch) { () throws(StoreError) in
            body(try Self.validate(record, at: position))
        }
    }

    package func usage() throws(StoreError) -> StorageUsage {
        let bytes = batches.withLock { $0.reduce(0) { $0 + UInt64($1.byteCount) } }
        return StorageUsage(usedBytes: bytes, fileSizeBytes: bytes)
    }

    package func grow(mapSizeBytes: UInt64) throws(StoreError) {}

    // The index of the first batch that ends at or after the position.
    private static func index(of position: Position, in batches: [RecordBatch]) -> Int {
        var low = 0
        var high = batches.count
        while low < high {
            let middle = (low + high) / 2
            if batches[middle].last < position { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private static func validate(_ record: RecordView, at position: Position) throws(StoreError) -> RecordView {
        do throws(RecordFault) {
            return try RecordView(validating: record.bytes)
        } catch {
            throw .corruptRecord(position, reason: error)
        }
    }
}
