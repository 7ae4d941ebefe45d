package import EventLog
internal import LMDB
internal import Synchronization

/// The indexes in an LMDB environment of their own, as sorted runs that are merged geometrically.
///
/// Tables: `segments`, the runs' pieces under growing numbers; `meta`, the position and a row a run.
package final class LMDBIndexStorage: IndexStorage, RunStore {
    /// The version of the runs' layout; an index of another one is deleted and rebuilt.
    package static let version: UInt32 = 2

    let store: StoreEnvironment
    let tables: RunTables
    let families = IndexFamily.allCases.count
    private let manifest: Mutex<IndexManifest>
    private let standing: Atomic<UInt64>
    private let ledger: UInt64
    let checked: CheckedSegments

    /// Opens the indexes in an existing directory, or begins empty ones in an empty directory.
    ///
    /// - Parameters:
    ///   - place: the directory that messages name, where the index is to serve; nil: `path`.
    ///   - ledger: of which ledger they are.
    /// - Throws: `.corruptFold` if they are another ledger's, have another version, or a manifest that cannot be read.
    package convenience init(
        path: String, place: String? = nil, ledger: UInt64 = 0, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64,
        readersMax: Int = 126
    ) throws(StoreError) {
        try self.init(
            OpenedRuns(
                path: path, place: place, Self.expected(ledger), mapSizeBytes: mapSizeBytes,
                mapSizeBytesMax: mapSizeBytesMax, readersMax: readersMax), place: place ?? path, ledger: ledger)
    }

    /// Opens indexes that nobody writes meanwhile to read them alone: their directory stays as it is.
    ///
    /// - Throws: as above.
    package convenience init(alone path: String, ledger: UInt64 = 0) throws(StoreError) {
        try self.init(OpenedRuns(alone: path, Self.expected(ledger)), place: path, ledger: ledger)
    }

    private static func expected(_ ledger: UInt64) -> OpenedRuns<IndexSegmentReference>.Expected {
        .init(
            name: "index", version: version, readableVersions: [version], ledger: ledger,
            families: IndexFamily.allCases.count)
    }

    private init(
        _ opened: OpenedRuns<IndexSegmentReference>, place: String, ledger: UInt64
    ) throws(StoreError) {
        (store, tables) = (opened.store, opened.tables)
        self.ledger = ledger
        checked = CheckedSegments(storePath: place)
        standing = Atomic(opened.manifest.meta.position.rawValue)
        manifest = Mutex(opened.manifest)
        do throws(StoreError) {
            // Finds all segments and compares their headers and filters, so that what is damaged is rebuilt at the start.
            try beginRead().end()
        } catch {
            store.close()
            throw error
        }
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
        var next = committed
        next.meta.position = position
        let changes = [
            next.plan(adding: EntrySort.sorted(identity), .identity, after: before, through: position),
            next.plan(adding: EntrySort.sorted(stream), .stream, after: before, through: position),
        ]
        try commit(changes, &next, "a checkpoint of the index")
    }

    package func mergeStep() throws(StoreError) -> Bool {
        try stepMerge("merging the index")
    }

    package func beginRead() throws(StoreError) -> any IndexSnapshot {
        let snapshot = LMDBIndexSnapshot(store: store, tables: tables, checked: checked)
        try snapshot.refresh()
        return snapshot
    }

    package func reset() throws(StoreError) {
        let empty = IndexManifest(
            meta: FoldMeta(
                version: Self.version, position: .beforeFirst, ledger: ledger,
                nextSegment: committed.meta.nextSegment, nextRun: committed.meta.nextRun),
            families: families)
        try store.write("deleting the index", sizeBytes: 0) { (transaction) throws(LMDBError) in
            try tables.clear(transaction, empty.meta)
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

    /// The number of runs of identities and of streams: what a lookup has to ask.
    package var runCounts: (identity: Int, stream: Int) {
        (committed[IndexFamily.identity.rawValue].count, committed[IndexFamily.stream.rawValue].count)
    }

    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still open, which leaves the environment open.
    @discardableResult
    package func close() -> Bool {
        store.close()
    }

    var committed: IndexManifest {
        manifest.withLock { $0 }
    }

    func publish(_ next: IndexManifest) {
        let firstNew = manifest.withLock { present in
            defer { present = next }
            return present.meta.nextSegment
        }
        checked.keep(next.families.joined().flatMap(\.segments).map(\.number), firstNew: firstNew)
        standing.store(next.meta.position.rawValue, ordering: .releasing)
    }
}
