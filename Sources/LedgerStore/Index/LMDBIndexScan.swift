internal import EventLog
internal import LMDB

extension LMDBIndexStorage {
    package func beginScan() throws(StoreError) -> any IndexScan {
        try LMDBIndexScan(store, tables)
    }
}

/// The entries of an `LMDBIndexStorage` in order, read where they lie in the map. Each segment's checksum is compared.
final class LMDBIndexScan: IndexScan {
    let position: Position
    private let store: StoreEnvironment
    private let reader: Reader
    /// By family. Their pointers lead into the map, valid as long as `reader` is held.
    private var mergers: [RunMerger] = []

    init(_ store: StoreEnvironment, _ tables: RunTables) throws(StoreError) {
        let reader = try store.takeReader("going through the index")
        do throws(StoreError) {
            let manifest: IndexManifest = try tables.readManifest(
                reader.transaction, store, families: IndexFamily.allCases.count)
            for family in IndexFamily.allCases {
                let runs = try tables.locate(manifest[family.rawValue], reader.transaction, store)
                mergers.append(RunMerger(runs: runs, storePath: store.path))
            }
            position = manifest.meta.position
        } catch {
            store.giveBack(reader)
            throw error
        }
        self.store = store
        self.reader = reader
    }

    deinit {
        store.giveBack(reader)
    }

    func next(_ family: IndexFamily, limit: Int) throws(StoreError) -> [IndexEntry] {
        try mergers[family.rawValue].take(limit)
    }
}
