package import EventLog
internal import Synchronization

/// The indexes held in memory: for tests and simulations. Passes the same contract suite as the real one.
package final class InMemoryIndexStorage: IndexStorage {
    struct Generation: Sendable {
        var position = Position.beforeFirst
        // Positions in ascending order under each key.
        var identity: [IndexKey: [Position]] = [:]
        var stream: [IndexKey: [Position]] = [:]
        var entryCount = 0
    }

    private let generation = Mutex(Generation())

    package init() {}

    package var position: Position {
        generation.withLock { $0.position }
    }

    package func checkpoint(
        identity: [IndexEntry], stream: [IndexEntry], position: Position
    ) throws(StoreError) {
        let present = generation.withLock { $0.position }
        try IndexRules.check(identity, after: present, through: position)
        try IndexRules.check(stream, after: present, through: position)
        generation.withLock { generation in
            for entry in identity.sorted() { generation.identity[entry.indexKey, default: []].append(entry.position) }
            for entry in stream.sorted() { generation.stream[entry.indexKey, default: []].append(entry.position) }
            generation.entryCount += identity.count + stream.count
            generation.position = position
        }
    }

    package func mergeStep() throws(StoreError) -> Bool {
        false
    }

    package func beginRead() throws(StoreError) -> any IndexSnapshot {
        InMemoryIndexSnapshot(storage: self)
    }

    package func beginScan() throws(StoreError) -> any IndexScan {
        InMemoryIndexScan(current())
    }

    package func reset() throws(StoreError) {
        generation.withLock { $0 = Generation() }
    }

    package func checkStep() throws(StoreError) -> Bool { false }

    package func verify() throws(StoreError) {}

    package func usage() throws(StoreError) -> StorageUsage {
        let bytes = generation.withLock { UInt64($0.entryCount * IndexEntry.sizeBytes) }
        return StorageUsage(usedBytes: bytes, fileSizeBytes: bytes)
    }

    func current() -> Generation {
        generation.withLock { $0 }
    }
}

/// The entries of an `InMemoryIndexStorage` at one position.
final class InMemoryIndexSnapshot: IndexSnapshot {
    private let storage: InMemoryIndexStorage
    private let held: Mutex<InMemoryIndexStorage.Generation>

    init(storage: InMemoryIndexStorage) {
        self.storage = storage
        held = Mutex(storage.current())
    }

    var position: Position {
        held.withLock { $0.position }
    }

    func refresh() throws(StoreError) {
        let current = storage.current()
        held.withLock { $0 = current }
    }

    func identityMayContain(_ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>) {
        held.withLock { generation in
            for index in keys.indices { answers[index] = generation.identity[keys[index]] != nil }
        }
    }

    func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) {
        let positions = held.withLock { $0.identity[key] ?? [] }
        for position in positions {
            guard body(position) == .proceed else { return }
        }
    }

    func streamCount(_ key: IndexKey) -> Int {
        held.withLock { $0.stream[key]?.count ?? 0 }
    }

    func streamPositions(_ key: IndexKey, after: Position, limit: Int) -> [Position] {
        let positions = held.withLock { $0.stream[key] ?? [] }
        return Array(positions.lazy.filter { $0 > after }.prefix(limit))
    }

    func end() {
        held.withLock { $0 = InMemoryIndexStorage.Generation() }
    }
}

/// The entries of an `InMemoryIndexStorage` in order.
final class InMemoryIndexScan: IndexScan {
    let position: Position
    private var rest: [ArraySlice<IndexEntry>]

    init(_ generation: InMemoryIndexStorage.Generation) {
        position = generation.position
        rest = [generation.identity, generation.stream].map { table in
            table.flatMap { key, positions in
                positions.map { position in
                    IndexEntry(
                        key: key.key, value: position.rawValue << IndexEntry.checkBits | UInt64(key.check))
                }
            }.sorted()[...]
        }
    }

    func next(_ family: IndexFamily, limit: Int) throws(StoreError) -> [IndexEntry] {
        let entries = Array(rest[family.rawValue].prefix(limit))
        rest[family.rawValue].removeFirst(entries.count)
        return entries
    }
}
