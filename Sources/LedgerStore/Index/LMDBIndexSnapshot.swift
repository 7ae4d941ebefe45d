internal import EventLog
internal import LMDB

/// The entries of an `LMDBIndexStorage` at one position, read where they lie in the map.
///
/// `@unchecked Sendable`: usable from any thread but by one at a time, as the protocol says; `MDB_NOTLS` allows that.
final class LMDBIndexSnapshot: IndexSnapshot, @unchecked Sendable {
    private let store: StoreEnvironment
    private let tables: RunTables
    private let checked: CheckedSegments
    private var reader: Reader?
    // Pointers into the map, valid as long as `reader` is held.
    private var identity: RunTable
    private var stream: RunTable
    private(set) var position = Position.beforeFirst

    init(store: StoreEnvironment, tables: RunTables, checked: CheckedSegments) {
        self.store = store
        self.tables = tables
        self.checked = checked
        identity = RunTable(runs: [], checked)
        stream = RunTable(runs: [], checked)
    }

    deinit {
        end()
    }

    func refresh() throws(StoreError) {
        // The new one first: if it cannot be had, the old one stays, with all that it knows.
        let fresh = try store.takeReader("beginning a snapshot of the index")
        do throws(StoreError) {
            try load(fresh)
        } catch {
            store.giveBack(fresh)
            throw error
        }
        let old = reader
        reader = fresh
        if let old { store.giveBack(old) }
    }

    func identityMayContain(_ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>) {
        identity.mayContain(keys, answers)
    }

    func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) throws(StoreError) {
        for run in identity.runs {
            guard identity.mayContain(key.key, run) else { continue }
            let isDone = try identity.forEachEntry(run, from: IndexEntry(key: key.key, value: 0)) { entry in
                entry.check == key.check ? body(entry.position) : .proceed
            }
            if isDone { return }
        }
    }

    func streamCount(_ key: IndexKey) throws(StoreError) -> Int {
        var count = 0
        for run in stream.runs { count += try stream.count(key, run) }
        return count
    }

    func streamPositions(_ key: IndexKey, after: Position, limit: Int) throws(StoreError) -> [Position] {
        var positions: [Position] = []
        guard limit > 0, after < .indexable else { return positions }
        let start = IndexEntry(key: key.key, value: after.next.rawValue << IndexEntry.checkBits)
        for run in stream.runs where run.lastPosition > after {
            let isDone = try stream.forEachEntry(run, from: start) { entry in
                if entry.check == key.check { positions.append(entry.position) }
                return positions.count < limit ? .proceed : .stop
            }
            if isDone { break }
        }
        return positions
    }

    func end() {
        identity = RunTable(runs: [], checked)
        stream = RunTable(runs: [], checked)
        position = .beforeFirst
        guard let reader else { return }
        self.reader = nil
        store.giveBack(reader)
    }

    private func load(_ reader: Reader) throws(StoreError) {
        let manifest: IndexManifest = try tables.readManifest(
            reader.transaction, store, families: IndexFamily.allCases.count)
        let identityRuns = try tables.locate(manifest[IndexFamily.identity.rawValue], reader.transaction, store)
        let streamRuns = try tables.locate(manifest[IndexFamily.stream.rawValue], reader.transaction, store)
        try checked.checkHeads(identityRuns + streamRuns)
        identity = RunTable(runs: identityRuns, checked)
        stream = RunTable(runs: streamRuns, checked)
        position = manifest.meta.position
    }
}
