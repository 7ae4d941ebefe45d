package import EventLog
internal import LMDB
internal import Synchronization

/// The views in an LMDB environment of their own: a table of rows, and a table with one row that says where they stand.
package final class LMDBViewStorage: ViewStorage {
    let store: StoreEnvironment
    private let rows: Database
    private let meta: Database
    private let viewsVersion: UInt32
    private let ledger: UInt64
    private let standing: Atomic<UInt64>

    /// Opens the views in an existing directory, or begins empty ones in an empty directory.
    ///
    /// - Parameter ledger: of which ledger they are.
    /// - Throws: `.corruptFold` if they are another ledger's, have another version than `viewsVersion`, or none that can
    ///   be read.
    package init(
        path: String, viewsVersion: UInt32, ledger: UInt64 = 0, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64,
        readersMax: Int = 126
    ) throws(StoreError) {
        let store: StoreEnvironment
        let opened: (Database, Database, FoldMeta?)
        do throws(LMDBError) {
            store = try StoreEnvironment(
                path: path, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytesMax, readersMax: readersMax,
                tables: 2)
            opened = try store.environment.withWriteTransaction {
                (transaction) throws(LMDBError) -> (Database, Database, FoldMeta?) in
                let rows = try transaction.openDatabase("rows", .create)
                let meta = try transaction.openDatabase("meta", .create)
                return (rows, meta, try FoldMeta.readOrBegin(transaction, meta, version: viewsVersion, ledger: ledger))
            }
        } catch {
            throw error.isUnusableFile
                ? .corruptFold(place: path, reason: error.description)
                : .storage(operation: "opening the views in \(path)", cause: error.description)
        }
        guard let found = opened.2, found.version == viewsVersion, found.ledger == ledger else {
            store.close()
            throw .corruptFold(
                place: path, reason: "its rows are of another ledger or another version than \(viewsVersion)")
        }
        self.store = store
        (rows, meta) = (opened.0, opened.1)
        self.viewsVersion = viewsVersion
        self.ledger = ledger
        standing = Atomic(found.position.rawValue)
    }

    // Node header and page pointer of a row.
    private static let nodeOverheadBytes = 32
    private static let pageSizeBytes = 4096

    package var position: Position {
        Position(standing.load(ordering: .acquiring))
    }

    package func beginRead() throws(StoreError) -> any ViewSnapshot {
        let reader = try store.takeReader("beginning a snapshot of the views")
        do throws(LMDBError) {
            let position = try FoldMeta.read(reader.transaction, meta)?.position ?? .beforeFirst
            return LMDBViewSnapshot(store: store, rows: rows, reader: reader, position: position)
        } catch {
            store.giveBack(reader)
            throw store.storeError(error, "beginning a snapshot of the views")
        }
    }

    package func checkpoint(rows added: some Collection<RowReference>, position: Position) throws(StoreError) {
        try ViewRules.check(rows: added, position: position, present: self.position)
        let newMeta = FoldMeta(version: viewsVersion, position: position, ledger: ledger)
        // Each row may change a page of its own, but no more pages than there are.
        let rowBytes = added.reduce(0) { $0 + $1.key.count + $1.value.count + Self.nodeOverheadBytes }
        let changedBytes = min(added.count * Self.pageSizeBytes, Int(try store.usage().usedBytes))
        let sizeBytes = 2 * rowBytes + changedBytes
        try store.write("a checkpoint of the views", sizeBytes: sizeBytes) { (transaction) throws(LMDBError) in
            // Sorted rows into an empty table can be appended: fuller pages and no search.
            let flags: PutFlags = try transaction.count(rows) == 0 ? .append : []
            try transaction.withCursor(rows) { (cursor) throws(LMDBError) in
                for row in added { try cursor.put(row.value, for: row.key, flags) }
            }
            try newMeta.write(transaction, meta)
        }
        standing.store(position.rawValue, ordering: .releasing)
    }

    package func reset() throws(StoreError) {
        let newMeta = FoldMeta(version: viewsVersion, position: .beforeFirst, ledger: ledger)
        try store.write("deleting the views", sizeBytes: 0) { (transaction) throws(LMDBError) in
            try transaction.clear(rows)
            try newMeta.write(transaction, meta)
        }
        standing.store(0, ordering: .releasing)
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try store.usage()
    }

    /// Makes the map larger; waits for open snapshots to end and holds new ones back meanwhile.
    package func grow(mapSizeBytes: UInt64) throws(StoreError) {
        try store.grow(mapSizeBytes: mapSizeBytes)
    }

    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still open, which leaves the environment open.
    @discardableResult
    package func close() -> Bool {
        store.close()
    }
}
