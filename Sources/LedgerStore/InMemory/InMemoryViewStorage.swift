package import EventLog
internal import Synchronization

/// The views' rows held in memory: for tests and simulations. Passes the same contract suite as the real one.
package final class InMemoryViewStorage: ViewStorage {
    struct Row: Sendable {
        let key: [UInt8]
        var pieces: [Piece]
    }

    /// Bytes that stay where they are; immutable.
    final class Piece: Sendable {
        nonisolated(unsafe) let bytes: UnsafeRawBufferPointer

        init(of pieces: some ViewPieces, at index: Int) {
            let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: pieces.sizeBytes(at: index), alignment: 1)
            if let start = memory.baseAddress { pieces.write(at: index, into: start) }
            bytes = UnsafeRawBufferPointer(memory)
        }

        deinit {
            bytes.deallocate()
        }
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

    package func snapshot() throws(StoreError) -> any ViewSnapshot {
        InMemoryViewSnapshot(generation.withLock { $0 })
    }

    package func checkpoint(rows pieces: some ViewPieces, position: Position) throws(StoreError) {
        let present = generation.withLock { $0 }
        try ViewRules.check(pieces, position: position, present: present.position)
        let merged = Generation(position: position, rows: Self.merge(present.rows, pieces))
        generation.withLock { $0 = merged }
    }

    package func mergeStep() throws(StoreError) -> Bool { false }

    package func reset() throws(StoreError) {
        generation.withLock { $0 = Generation() }
    }

    package func verify() throws(StoreError) {}

    package func usage() throws(StoreError) -> StorageUsage {
        let bytes = generation.withLock { generation in
            generation.rows.reduce(0) { $0 + $1.key.count + $1.pieces.reduce(0) { $0 + $1.bytes.count } }
        }
        return StorageUsage(usedBytes: UInt64(bytes), fileSizeBytes: UInt64(bytes))
    }

    private static func merge(_ old: [Row], _ pieces: some ViewPieces) -> [Row] {
        var merged: [Row] = []
        merged.reserveCapacity(old.count + pieces.count)
        var next = 0
        for index in 0..<pieces.count {
            let key = pieces.key(at: index)
            while next < old.count, old[next].order(to: key) <= 0 {
                merged.append(old[next])
                next += 1
            }
            let piece = Piece(of: pieces, at: index)
            if let last = merged.last, last.order(to: key) == 0 {
                merged[merged.count - 1].pieces.append(piece)
            } else {
                merged.append(Row(key: Array(key), pieces: [piece]))
            }
        }
        merged.append(contentsOf: old[next...])
        return merged
    }
}

extension InMemoryViewStorage.Row {
    /// Negative, zero or positive: as the row's key comes before, is, or comes after another.
    func order(to other: UnsafeRawBufferPointer) -> Int {
        key.withUnsafeBytes { compareKeys($0, other) }
    }

    func withJoined(_ body: (RowReference) -> ScanDecision) -> ScanDecision {
        let value = pieces.flatMap { Array($0.bytes) }
        return key.withUnsafeBytes { key in
            value.withUnsafeBytes { body(RowReference(key: key, value: $0)) }
        }
    }
}

/// The rows of an `InMemoryViewStorage` at one position.
final class InMemoryViewSnapshot: ViewSnapshot {
    private let generation: InMemoryViewStorage.Generation

    init(_ generation: InMemoryViewStorage.Generation) {
        self.generation = generation
    }

    var position: Position { generation.position }

    func forEachPiece(
        of key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(StoreError) -> Bool {
        guard let row = rows(from: key).first, row.order(to: key) == 0 else { return false }
        for piece in row.pieces { body(piece.bytes) }
        return true
    }

    func scanKeys(
        from key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> ScanDecision
    ) throws(StoreError) {
        for row in rows(from: key) {
            if row.key.withUnsafeBytes(body) == .stop { return }
        }
    }

    func scanRows(
        from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision
    ) throws(StoreError) {
        for row in rows(from: key) {
            if row.withJoined(body) == .stop { return }
        }
    }

    // From the first row whose key is not less.
    private func rows(from key: UnsafeRawBufferPointer) -> ArraySlice<InMemoryViewStorage.Row> {
        var low = 0
        var high = generation.rows.count
        while low < high {
            let middle = (low + high) / 2
            if generation.rows[middle].order(to: key) < 0 { low = middle + 1 } else { high = middle }
        }
        return generation.rows[low...]
    }
}
