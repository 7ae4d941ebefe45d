internal import LMDB

/// A segment to be stored: how much room it needs, and how it is written there.
///
/// `fill` writes every byte, and the same ones if it is called again.
struct PlannedSegment<Segment: SegmentReference> {
    let reference: Segment
    let sizeBytes: Int
    let fill: (UnsafeMutableRawBufferPointer) -> Void
}

/// What one transaction changes: segments added, segments deleted, rows of runs put or deleted. All of one family.
struct RunChange<Segment: SegmentReference> {
    var family: Int
    var added: [PlannedSegment<Segment>] = []
    var deleted: [Segment] = []
    /// As they are afterwards; those without segments are deleted.
    var runs: [Run<Segment>] = []

    /// LMDB's own header in front of a value that has pages of its own.
    static var pageHeaderSizeBytes: Int { 16 }
    private static var pageSizeBytes: Int { 4096 }

    /// An upper bound of the bytes to write, but for the tree's own pages.
    var sizeBytes: Int {
        let segments = added.reduce(0) { $0 + Self.pages($1.sizeBytes) }
        return runs.reduce(segments) { $0 + Self.pages($1.row.count) }
    }

    private static func pages(_ sizeBytes: Int) -> Int {
        (sizeBytes + pageHeaderSizeBytes + pageSizeBytes - 1) / pageSizeBytes * pageSizeBytes
    }
}

/// The two tables of a store of runs: segments under growing numbers; the position and a row a run.
struct RunTables: Sendable {
    let segments: Database
    let meta: Database

    init(openIn transaction: borrowing WriteTransaction) throws(LMDBError) {
        segments = try transaction.openDatabase("segments", [.create, .integerKey])
        meta = try transaction.openDatabase("meta", .create)
    }

    /// The tables of an environment that is only read.
    init(readingFrom environment: Environment) throws(LMDBError) {
        let tables = try environment.openDatabasesForReading([("segments", .integerKey), ("meta", [])])
        (segments, meta) = (tables[0], tables[1])
    }

    /// Makes a change.
    func apply<Segment>(
        _ change: RunChange<Segment>, _ transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        for segment in change.deleted {
            var number = segment.number
            try withBytes(of: &number) { (key) throws(LMDBError) in
                _ = try transaction.delete(key, in: segments)
            }
        }
        for segment in change.added {
            var number = segment.reference.number
            try withBytes(of: &number) { (key) throws(LMDBError) in
                try transaction.put(reserving: segment.sizeBytes, for: key, in: segments, [], segment.fill)
            }
        }
        for run in change.runs {
            try lending(RunKey(family: change.family, number: run.number).bytes) { (key) throws(LMDBError) in
                if run.segments.isEmpty {
                    _ = try transaction.delete(key, in: meta)
                } else {
                    try lending(run.row) { (row) throws(LMDBError) in try transaction.put(row, for: key, in: meta) }
                }
            }
        }
    }

    /// Deletes everything and puts the row of the position.
    func clear(_ transaction: borrowing WriteTransaction, _ empty: FoldMeta) throws(LMDBError) {
        try transaction.clear(segments)
        try transaction.clear(meta)
        try empty.write(transaction, meta)
    }

    /// The manifest as a write transaction sees it, begun if there is none; nil if it cannot be understood, or is of
    /// a version that is not readable, or of another ledger.
    func manifestOrBegin<Segment>(
        _ transaction: borrowing WriteTransaction, version: UInt32, readable: Set<UInt32>, ledger: UInt64,
        families: Int
    ) throws(LMDBError) -> RunManifest<Segment>? {
        guard let found = try FoldMeta.readOrBegin(transaction, meta, version: version, ledger: ledger),
            readable.contains(found.version), found.ledger == ledger
        else { return nil }
        return try transaction.withCursor(meta) { (cursor) throws(LMDBError) in
            try RunManifest(meta: found, families: families, reading: cursor)
        }
    }

    /// The manifest as a snapshot sees it.
    func readManifest<Segment>(
        _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment, families: Int
    ) throws(StoreError) -> RunManifest<Segment> {
        do throws(LMDBError) {
            if let found = try FoldMeta.read(transaction, meta) {
                let manifest = try transaction.withCursor(meta) { (cursor) throws(LMDBError) in
                    try RunManifest<Segment>(meta: found, families: families, reading: cursor)
                }
                if let manifest { return manifest }
            }
        } catch {
            throw store.storeError(error, "reading the manifest")
        }
        throw .corruptFold(place: store.path, reason: "its manifest cannot be read")
    }

    /// The stored value of a segment, in the map: valid as long as the snapshot is.
    func find(
        _ segment: some SegmentReference, _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> UnsafeRawBufferPointer {
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
        return value
    }
}
