package import EventLog
internal import LMDB
internal import Synchronization

/// The indexes in an LMDB environment of their own, as sorted immutable runs that are merged geometrically.
///
/// A table with random keys would dirty a page of 4 KiB for each entry; a run is written once, in order, and rewritten
/// once a level. Tables: `segments`, the runs' pieces under growing numbers; `meta`, the position and a row a run.
///
/// Invariants: (1) live runs of a family cover adjacent, ascending ranges of positions, so that entries of one key are
/// in order of position from run to run as they are within one; (2) a segment is never changed; (3) position, rows and
/// segments change together in one transaction.
package final class LMDBIndexStorage: IndexStorage {
    /// The version of the runs' layout; an index of another one is deleted and rebuilt.
    package static let version: UInt32 = 1

    let store: StoreEnvironment
    let tables: IndexTables
    let manifest: Mutex<IndexManifest>
    private let standing: Atomic<UInt64>
    private let ledger: UInt64

    /// Opens the indexes in an existing directory, or begins empty ones in an empty directory.
    ///
    /// - Parameter ledger: of which ledger they are.
    /// - Throws: `.corruptFold` if they are another ledger's, have another version, or a manifest that cannot be read.
    package init(
        path: String, ledger: UInt64 = 0, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64, readersMax: Int = 126
    ) throws(StoreError) {
        let store: StoreEnvironment
        let opened: (IndexTables, IndexManifest?)
        do throws(LMDBError) {
            store = try StoreEnvironment(
                path: path, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytesMax, readersMax: readersMax,
                tables: 2)
            opened = try store.environment.withWriteTransaction {
                (transaction) throws(LMDBError) -> (IndexTables, IndexManifest?) in
                let segments = try transaction.openDatabase("segments", [.create, .integerKey])
                let meta = try transaction.openDatabase("meta", .create)
                guard
                    let found = try FoldMeta.readOrBegin(
                        transaction, meta, version: Self.version, ledger: ledger),
                    found.version == Self.version, found.ledger == ledger
                else { return (IndexTables(segments: segments, meta: meta), nil) }
                let manifest = try transaction.withCursor(meta) { (cursor) throws(LMDBError) in
                    try IndexManifest(meta: found, reading: cursor)
                }
                return (IndexTables(segments: segments, meta: meta), manifest)
            }
        } catch {
            throw error.isUnusableFile
                ? .corruptFold(place: path, reason: error.description)
                : .storage(operation: "opening the index in \(path)", cause: error.description)
        }
        guard let found = opened.1 else {
            store.close()
            throw .corruptFold(place: path, reason: "its manifest is of another ledger or version, or cannot be read")
        }
        self.store = store
        tables = opened.0
        self.ledger = ledger
        standing = Atomic(found.meta.position.rawValue)
        manifest = Mutex(found)
    }

    package var position: Position {
        Position(standing.load(ordering: .acquiring))
    }

    package func checkpoint(
        identity: [IndexEntry], stream: [IndexEntry], position: Position
    ) throws(StoreError) {
        let before = self.position
        try IndexRules.check(identity, after: before, through: position)
        try IndexRules.check(stream, after: before, through: position)
        var next = manifest.withLock { $0 }
        next.meta.position = position
        let added = [
            next.plan(EntrySort.sorted(identity), .identity, after: before, through: position),
            next.plan(EntrySort.sorted(stream), .stream, after: before, through: position),
        ].compactMap { $0 }
        let sizeBytes = added.reduce(0) { $0 + $1.sizeBytes }
        try store.write("a checkpoint of the index", sizeBytes: sizeBytes) { (transaction) throws(LMDBError) in
            for run in added { try tables.write(run, transaction) }
            try next.meta.write(transaction, tables.meta)
        }
        for run in added { next[run.family].append(run.run) }
        publish(next)
    }

    package func beginRead() throws(StoreError) -> any IndexSnapshot {
        let snapshot = LMDBIndexSnapshot(store: store, tables: tables)
        try snapshot.refresh()
        return snapshot
    }

    package func reset() throws(StoreError) {
        let empty = IndexManifest(meta: FoldMeta(version: Self.version, position: .beforeFirst, ledger: ledger))
        try store.write("deleting the index", sizeBytes: 0) { (transaction) throws(LMDBError) in
            try transaction.clear(tables.segments)
            try transaction.clear(tables.meta)
            try empty.meta.write(transaction, tables.meta)
        }
        publish(empty)
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try store.usage()
    }

    /// Makes the map larger; waits for open snapshots to end and holds new ones back meanwhile.
    package func grow(mapSizeBytes: UInt64) throws(StoreError) {
        try store.grow(mapSizeBytes: mapSizeBytes)
    }

    /// The number of live runs of identities and of streams: what a lookup has to ask.
    package var runCounts: (identity: Int, stream: Int) {
        manifest.withLock { ($0.live(.identity).count, $0.live(.stream).count) }
    }

    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still open, which leaves the environment open.
    @discardableResult
    package func close() -> Bool {
        store.close()
    }

    /// Makes a committed manifest the present one.
    func publish(_ next: IndexManifest) {
        var arranged = next
        arranged.arrange()
        let committed = arranged
        manifest.withLock { $0 = committed }
        standing.store(committed.meta.position.rawValue, ordering: .releasing)
    }
}
