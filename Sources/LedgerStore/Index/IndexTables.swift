internal import EventLog
internal import LMDB

/// A run and the entries to write for it.
struct PlannedRun {
    let family: IndexFamily
    var run: IndexRun
    /// The segments not yet written, the last ones of the run, with all their entries one after another.
    let newSegments: [IndexRun.Segment]
    let entries: [IndexEntry]

    /// An upper bound of the bytes to write: each segment with its filter and a page's remainder, and the row.
    var sizeBytes: Int {
        newSegments.reduce(run.row.count) { sum, segment in
            let lines = family.hasFilter ? BloomFilter.lines(for: segment.count) : 0
            return sum + IndexSegment.sizeBytes(count: segment.count, filterLines: lines) + Self.pageSizeBytes
        }
    }

    private static let pageSizeBytes = 4096
}

/// The tables of the index.
struct IndexTables: Sendable {
    let segments: Database
    let meta: Database

    /// Puts the planned segments and the run's row.
    func write(_ planned: PlannedRun, _ transaction: borrowing WriteTransaction) throws(LMDBError) {
        var offset = 0
        for segment in planned.newSegments {
            try put(segment, planned.entries, offset, planned.family, transaction)
            offset += segment.count
        }
        try write(planned.run, planned.family, transaction)
    }

    /// Puts a run's row alone.
    func write(
        _ run: IndexRun, _ family: IndexFamily, _ transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        try lending(IndexRunKey(family: family, number: run.number).bytes) { (key) throws(LMDBError) in
            try lending(run.row) { (row) throws(LMDBError) in try transaction.put(row, for: key, in: meta) }
        }
    }

    /// Deletes a run's row.
    func deleteRow(
        of run: IndexRun, _ family: IndexFamily, _ transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        try lending(IndexRunKey(family: family, number: run.number).bytes) { (key) throws(LMDBError) in
            _ = try transaction.delete(key, in: meta)
        }
    }

    /// Deletes segments.
    func delete(
        _ doomed: some Sequence<IndexRun.Segment>, _ transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        for segment in doomed {
            var number = segment.number
            try withBytes(of: &number) { (key) throws(LMDBError) in
                _ = try transaction.delete(key, in: segments)
            }
        }
    }

    private func put(
        _ segment: IndexRun.Segment, _ entries: [IndexEntry], _ offset: Int, _ family: IndexFamily,
        _ transaction: borrowing WriteTransaction
    ) throws(LMDBError) {
        let lines = family.hasFilter ? BloomFilter.lines(for: segment.count) : 0
        let size = IndexSegment.sizeBytes(count: segment.count, filterLines: lines)
        var number = segment.number
        try withBytes(of: &number) { (key) throws(LMDBError) in
            try transaction.put(reserving: size, for: key, in: segments) { memory in
                entries.withUnsafeBufferPointer { all in
                    let own = UnsafeBufferPointer(rebasing: all[offset..<offset + segment.count])
                    IndexSegment.write(own, filterLines: lines, into: memory)
                }
            }
        }
    }
}

extension IndexManifest {
    /// Reads the rows of the runs; nil if one cannot be understood.
    init?(meta: FoldMeta, reading cursor: borrowing Cursor) throws(LMDBError) {
        self.meta = meta
        var item = try cursor.first()
        while let found = item {
            if let key = IndexRunKey(bytes: found.key) {
                guard let run = IndexRun(number: key.number, row: Array(found.value)) else { return nil }
                self[key.family].append(run)
            }
            item = try cursor.next()
        }
        arrange()
    }

    /// A live run of new entries; nil if there are none.
    mutating func plan(
        _ entries: [IndexEntry], _ family: IndexFamily, after: Position, through: Position
    ) -> PlannedRun? {
        guard !entries.isEmpty else { return nil }
        var run = IndexRun(number: takeRunNumber(), firstPosition: after.next, lastPosition: through)
        run.segments = cut(entries)
        return PlannedRun(family: family, run: run, newSegments: run.segments, entries: entries)
    }

    /// Gives sorted entries to new segments, full ones but for the last.
    mutating func cut(_ entries: [IndexEntry]) -> [IndexRun.Segment] {
        var segments: [IndexRun.Segment] = []
        for offset in stride(from: 0, to: entries.count, by: IndexSegment.entriesMax) {
            let count = min(IndexSegment.entriesMax, entries.count - offset)
            segments.append(IndexRun.Segment(number: takeSegmentNumber(), first: entries[offset], count: count))
        }
        return segments
    }
}
