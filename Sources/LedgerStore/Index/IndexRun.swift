internal import EventLog

/// The two indexes; each has runs of its own.
package enum IndexFamily: Int, CaseIterable, Sendable {
    /// Event identity → position.
    case identity = 0
    /// Stream → positions.
    case stream = 1

    /// Whether absent keys are asked for so often that a filter pays.
    var hasFilter: Bool { self == .identity }
}

/// Where a segment of the index lies and what it begins with. Runs of the index are compared by entries.
struct IndexSegmentReference: SegmentReference {
    let number: UInt64
    let first: IndexEntry
    let count: Int

    var size: Int { count }

    static let levelZeroSizeMax = 16_384
    static let rowSizeBytes = 32

    init(number: UInt64, first: IndexEntry, count: Int) {
        self.number = number
        self.first = first
        self.count = count
    }

    init?(from row: inout ByteReader) {
        guard let number = row.next(UInt64.self), let key = row.next(UInt64.self), let value = row.next(UInt64.self),
            let count = row.next(UInt64.self).flatMap(Int.init(exactly:)), count > 0
        else { return nil }
        self.init(number: number, first: IndexEntry(key: key, value: value), count: count)
    }

    func append(to row: inout ByteWriter) {
        row.append(number)
        row.append(first.key)
        row.append(first.value)
        row.append(UInt64(count))
    }
}

/// A run of the index.
typealias IndexRun = Run<IndexSegmentReference>
/// The runs of both indexes.
typealias IndexManifest = RunManifest<IndexSegmentReference>

extension RunManifest<IndexSegmentReference> {
    /// The segments of sorted entries, full ones but for the last.
    mutating func plan(_ entries: [IndexEntry], _ family: Int) -> [PlannedSegment<IndexSegmentReference>] {
        let hasFilter = IndexFamily(rawValue: family)?.hasFilter ?? false
        return stride(from: 0, to: entries.count, by: IndexSegment.entriesMax).map { offset in
            let count = min(IndexSegment.entriesMax, entries.count - offset)
            let lines = hasFilter ? BloomFilter.lines(for: count) : 0
            let reference = IndexSegmentReference(
                number: takeSegmentNumber(), first: entries[offset], count: count)
            return PlannedSegment(
                reference: reference,
                sizeBytes: IndexSegment.sizeBytes(count: count, filterLines: lines)
            ) { memory in
                entries.withUnsafeBufferPointer { all in
                    let own = UnsafeBufferPointer(rebasing: all[offset..<offset + count])
                    IndexSegment.write(own, filterLines: lines, number: reference.number, into: memory)
                }
            }
        }
    }

    /// A run of new entries in one family; a change of nothing if there are none.
    mutating func plan(
        adding entries: [IndexEntry], _ family: IndexFamily, after: Position, through: Position
    ) -> RunChange<IndexSegmentReference> {
        var change = RunChange<IndexSegmentReference>(family: family.rawValue)
        guard !entries.isEmpty else { return change }
        change.added = plan(entries, family.rawValue)
        var run = IndexRun(number: takeRunNumber(), firstPosition: after.next, lastPosition: through)
        run.segments = change.added.map(\.reference)
        change.runs = [run]
        return change
    }
}
