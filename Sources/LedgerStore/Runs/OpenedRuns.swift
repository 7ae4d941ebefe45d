internal import EventLog
internal import LMDB

/// An environment of runs as it was found, or begun in an empty directory.
struct OpenedRuns<Segment: SegmentReference> {
    let store: StoreEnvironment
    let tables: RunTables
    let manifest: RunManifest<Segment>

    /// What a fold must be to be used.
    struct Expected {
        let name: String
        /// The version of what is begun.
        let version: UInt32
        /// The versions of what may be found.
        let readableVersions: Set<UInt32>
        let ledger: UInt64
        let families: Int
    }

    /// - Parameter place: the directory that messages name; nil: `path`.
    /// - Throws: `.corruptFold` if it is another ledger's, has another version, or a manifest that cannot be read.
    init(
        path: String, place: String? = nil, _ expected: Expected, mapSizeBytes: UInt64, mapSizeBytesMax: UInt64,
        readersMax: Int
    ) throws(StoreError) {
        let opened: (RunTables, RunManifest<Segment>?)
        do throws(LMDBError) {
            store = try StoreEnvironment(
                path: path, place: place, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytesMax,
                readersMax: readersMax, tables: 2)
            opened = try store.environment.withWriteTransaction {
                (transaction) throws(LMDBError) -> (RunTables, RunManifest<Segment>?) in
                let tables = try RunTables(openIn: transaction)
                let manifest: RunManifest<Segment>? = try tables.manifestOrBegin(
                    transaction, version: expected.version, readable: expected.readableVersions,
                    ledger: expected.ledger, families: expected.families)
                return (tables, manifest)
            }
        } catch {
            throw error.isUnusableFile
                ? .corruptFold(place: path, reason: error.description)
                : .storage(operation: "opening the \(expected.name) in \(path)", cause: error.description)
        }
        guard let found = opened.1 else {
            store.close()
            throw .corruptFold(
                place: path,
                reason: "it is of another ledger or another version than \(expected.version), or cannot be read")
        }
        tables = opened.0
        manifest = found
    }

    /// Opens a fold that nobody writes meanwhile to read it alone: its directory stays as it is.
    ///
    /// - Throws: as above.
    init(alone path: String, _ expected: Expected) throws(StoreError) {
        let found: FoldMeta?
        do throws(LMDBError) {
            let store = try StoreEnvironment(alone: path, tables: 2)
            let tables = try RunTables(readingFrom: store.environment)
            (self.store, self.tables) = (store, tables)
            found = try store.environment.withReadTransaction { (transaction) throws(LMDBError) in
                try FoldMeta.read(transaction, tables.meta)
            }
        } catch {
            throw error.isUnusableFile || error.isNotFound
                ? .corruptFold(place: path, reason: error.description)
                : .storage(operation: "opening the \(expected.name) in \(path)", cause: error.description)
        }
        do throws(StoreError) {
            guard let found else {
                throw .corruptFold(place: path, reason: "what it says of its own position cannot be read")
            }
            guard expected.readableVersions.contains(found.version) else {
                throw .corruptFold(
                    place: path, reason: "it is of version \(found.version), this program knows \(expected.version)")
            }
            guard found.ledger == expected.ledger else {
                throw .corruptFold(place: path, reason: "it is another ledger's")
            }
            let store = self.store
            let reader = try store.takeReader("reading the manifest")
            defer { store.giveBack(reader) }
            manifest = try tables.readManifest(reader.transaction, store, families: expected.families)
        } catch {
            store.close()
            throw error
        }
    }
}
