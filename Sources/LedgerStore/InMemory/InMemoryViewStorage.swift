package import EventLog
internal import Synchronization

/// The views' rows held in memory: for tests and simulations. Passes the same contract suite as the real one.
package final class InMemoryViewStorage: ViewStorage {
    struct Row: Sendable {
        let key: [UInt8]
        let value: [UInt8]
    }

    struct Generation: Sendable {
        var position = Position.beforeFirst
        // Sorted by key.
        var rows: [Row] = []
    }

    private let generation = Mutex(Generation())

    package init() {}

    package var position: Position {
        generation.withLock { $0.position }
    }

    package func beginRead() throws(StoreError) -> any ViewSnapshot {
        InMemoryViewSnapshot(generation: generation.withLock { $0 })
    }

    package func checkpoint(rows: some Collection<RowReference>, position: Position) throws(StoreError) {
        let present = generation.withLock { $0 }
        try ViewRules.check(rows: rows, position: position, present: present.position)
        let added = rows.map { Row(key: Array($0.key), value: Array($0.value)) }
        let merged = Generation(position: position, rows: Self.merge(present.rows, added))
        generation.withLock { $0 = merged }
    }

    package func reset() throws(StoreError) {
        generation.withLock { $0 = Generation() }
    }

    package func usage() throws(StoreError) -> StorageUsage {
        let bytes = generation.withLock { $0.rows.reduce(0) { $0 + UInt64($1.key.count + $1.value.count) } }
        return StorageUsage(usedBytes: bytes, fileSizeBytes: bytes)
    }

    private static func merge(_ old: [Row], _ new: [Row]) -> [Row] {
        var merged: [Row] = []
        merged.reserveCapacity(old.count + new.count)
        var index = 0
        for row in new {
            while index < old.count, compare(old[index].key, row.key) < 0 {
                merged.append(old[index])
                index += 1
            }
            if index < old.count, old[index].key == row.key { index += 1 }
            merged.append(row)
        }
        merged.append(contentsOf: old[index...])
        return merged
    }

    static func compare(_ left: [UInt8], _ right: [UInt8]) -> Int {
        left.withUnsafeBytes { left in right.withUnsafeBytes { compareKeys(left, $0) } }
    }
}

/// The rows of an `InMemoryViewStorage` at one position.
final class InMemoryViewSnapshot: ViewSnapshot {
    let position: Position
    private let rows: Mutex<[InMemoryViewStorage.Row]?>

    init(generation: InMemoryViewStorage.Generation) {
        position = generation.position
        rows = Mutex(generation.rows)
    }

    func withValue<Result>(
        for key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Result
    ) throws(StoreError) -> Result? {
        let rows = try heldRows()
        let index = Self.lowerBound(rows, key)
        guard index < rows.count, rows[index].key.withUnsafeBytes({ compareKeys($0, key) == 0 }) else { return nil }
        return rows[index].value.withUnsafeBytes(body)
    }

    func scan(from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision) throws(StoreError) {
        let rows = try heldRows()
        for row in rows[Self.lowerBound(rows, key)...] {
            let decision = row.key.withUnsafeBytes { key in
                row.value.withUnsafeBytes { body(RowReference(key: key, value: $0)) }
            }
            guard decision == .proceed else { return }
        }
    }

    func end() {
        rows.withLock { $0 = nil }
    }

    private func heldRows() throws(StoreError) -> [InMemoryViewStorage.Row] {
        guard let held = rows.withLock({ $0 }) else { throw .snapshotEnded }
        return held
    }

    private static func lowerBound(_ rows: [InMemoryViewStorage.Row], _ key: UnsafeRawBufferPointer) -> Int {
        var low = 0
        var high = rows.count
        while low < high {
            let middle = (low + high) / 2
            let isLess = rows[middle].key.withUnsafeBytes { compareKeys($0, key) < 0 }
            if isLess { low = middle + 1 } else { high = middle }
        }
        return low
    }
}
