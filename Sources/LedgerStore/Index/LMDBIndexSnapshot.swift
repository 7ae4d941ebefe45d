internal import EventLog
internal import LMDB

/// The entries of an `LMDBIndexStorage` at one position, read where they lie in the map.
///
/// `@unchecked Sendable`: usable from any thread but by one at a time, as the protocol says; `MDB_NOTLS` allows that.
final class LMDBIndexSnapshot: IndexSnapshot, @unchecked Sendable {
    private let store: StoreEnvironment
    private let tables: IndexTables
    private var reader: Reader?
    // Pointers into the map, valid as long as `reader` is held.
    private var identity = RunTable(runs: [])
    private var stream = RunTable(runs: [])
    private(set) var position = Position.beforeFirst

    init(store: StoreEnvironment, tables: IndexTables) {
        self.store = store
        self.tables = tables
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

    func identityCandidates(_ key: IndexKey, _ body: (Position) -> ScanDecision) {
        for run in identity.runs {
            guard identity.mayContain(key.key, run) else { continue }
            let isDone = identity.forEachEntry(run, from: IndexEntry(key: key.key, value: 0)) { entry in
                entry.check == key.check ? body(entry.position) : .proceed
            }
            if isDone { return }
        }
    }

    func streamCount(_ key: IndexKey) -> Int {
        stream.runs.reduce(0) { $0 + stream.count(key, $1) }
    }

    func streamPositions(_ key: IndexKey, after: Position, limit: Int) -> [Position] {
        var positions: [Position] = []
        guard limit > 0, after < .indexable else { return positions }
        let start = IndexEntry(key: key.key, value: after.next.rawValue << IndexEntry.checkBits)
        for run in stream.runs where run.lastPosition > after {
            let isDone = stream.forEachEntry(run, from: start) { entry in
                if entry.check == key.check { positions.append(entry.position) }
                return positions.count < limit ? .proceed : .stop
            }
            if isDone { break }
        }
        return positions
    }

    func end() {
        identity = RunTable(runs: [])
        stream = RunTable(runs: [])
        position = .beforeFirst
        guard let reader else { return }
        self.reader = nil
        store.giveBack(reader)
    }

    private func load(_ reader: Reader) throws(StoreError) {
        let manifest = try tables.readManifest(reader.transaction, store)
        let identityRuns = try tables.locate(manifest.live(.identity), reader.transaction, store)
        let streamRuns = try tables.locate(manifest.live(.stream), reader.transaction, store)
        identity = RunTable(runs: identityRuns)
        stream = RunTable(runs: streamRuns)
        position = manifest.meta.position
    }
}

extension IndexTables {
    /// The manifest as a snapshot sees it.
    func readManifest(
        _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> IndexManifest {
        do throws(LMDBError) {
            if let found = try FoldMeta.read(transaction, meta) {
                let manifest = try transaction.withCursor(meta) { (cursor) throws(LMDBError) in
                    try IndexManifest(meta: found, reading: cursor)
                }
                if let manifest { return manifest }
            }
        } catch {
            throw store.storeError(error, "reading the manifest")
        }
        throw .corruptFold(place: store.path, reason: "its manifest cannot be read")
    }

    /// Finds the segments of runs in the map. The pointers are valid as long as the snapshot is.
    func locate(
        _ runs: [IndexRun], _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> [LocatedRun] {
        var located: [LocatedRun] = []
        for run in runs {
            var segments: [IndexSegment] = []
            for segment in run.segments { segments.append(try locate(segment, transaction, store)) }
            located.append(LocatedRun(run: run, segments: segments))
        }
        return located
    }

    private func locate(
        _ segment: IndexRun.Segment, _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> IndexSegment {
        var number = segment.number
        let value: UnsafeRawBufferPointer?
        do throws(LMDBError) {
            value = try withBytes(of: &number) { (key) throws(LMDBError) in
                try transaction.unsafeValue(for: key, in: segments)
            }
        } catch {
            throw store.storeError(error, "finding a segment")
        }
        guard let value else {
            throw .corruptFold(place: store.path, reason: "segment \(segment.number) is not there")
        }
        let found = try IndexSegment(value: value, place: store.path)
        guard found.count == segment.count, found.firstKey == segment.first.key else {
            throw .corruptFold(place: store.path, reason: "segment \(segment.number) is not what its run says")
        }
        return found
    }
}
