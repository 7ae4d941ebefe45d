internal import EventLog

/// The runs of a family for lookups, flat in memory: no reference counting on the way.
///
/// The pointers in it belong to the snapshot that made it.
final class RunTable {
    /// Where a run's segments lie in `segments`.
    struct Run {
        let start: Int
        let count: Int
        /// The entries of the first segment that have gone to another run.
        let consumed: Int
        let lastPosition: Position
        let scale: SegmentScale
    }

    // Enough that the fetches overlap, few enough that what was fetched is still in the nearest cache.
    private static let blockKeys = 128

    let runs: [Run]
    private let segments: UnsafeMutableBufferPointer<IndexSegment>
    // The first entry of each segment, apart from the rest so that a search touches few cache lines.
    private let firsts: UnsafeMutableBufferPointer<IndexEntry>
    // Whether the segment's entries may be read: their checksum has been compared.
    private let isChecked: UnsafeMutableBufferPointer<Bool>
    private let checked: CheckedSegments
    // Kept so that the compiler does not leave out the looks.
    private var looked: UInt8 = 0

    init(runs located: [LocatedRun], _ checked: CheckedSegments) {
        self.checked = checked
        let known = checked.checkedEntries
        var runs: [Run] = []
        let total = located.reduce(0) { $0 + $1.segments.count }
        segments = .allocate(capacity: total)
        firsts = .allocate(capacity: total)
        isChecked = .allocate(capacity: total)
        var start = 0
        for element in located {
            for (index, segment) in element.segments.enumerated() {
                segments.initializeElement(at: start + index, to: segment)
                firsts.initializeElement(at: start + index, to: element.run.segments[index].first)
                isChecked.initializeElement(at: start + index, to: known.contains(segment.number))
            }
            runs.append(
                Run(
                    start: start, count: element.segments.count, consumed: element.run.consumed,
                    lastPosition: element.run.lastPosition, scale: SegmentScale(element.run)))
            start += element.segments.count
        }
        self.runs = runs
    }

    deinit {
        segments.deallocate()
        firsts.deallocate()
        isChecked.deallocate()
    }

    // A segment whose entries may be read.
    private func segment(_ index: Int) throws(StoreError) -> IndexSegment {
        if !isChecked[index] {
            try checked.checkEntries(segments[index])
            isChecked[index] = true
        }
        return segments[index]
    }

    /// Whether a run of a family with filters may hold the key: false is certain.
    @inline(__always)
    func mayContain(_ key: UInt64, _ run: Run) -> Bool {
        BloomFilter.mayContain(key, line: line(of: key, run))
    }

    // A key that fills the end of a segment may go on in the next one, which then begins with it; the segment found is the
    // last that begins at or before the key, so that it holds the key if any does.
    @inline(__always)
    private func line(of key: UInt64, _ run: Run) -> UnsafeRawPointer {
        let segment = segments[run.start + segmentIndex(IndexEntry(key: key, value: .max), run)]
        return BloomFilter.line(of: key, in: segment.bytes + IndexSegment.headerSizeBytes, lines: segment.filterLines)
    }

    /// Whether each of many keys may be in one of the runs: false is certain.
    ///
    /// A line of a filter is seldom in a cache, and a processor fetches many at once if little comes between: so first
    /// where they lie, then one look at each, then the answers. That is four times as fast in ten runs of a million entries.
    func mayContain(_ keys: UnsafeBufferPointer<IndexKey>, _ answers: UnsafeMutableBufferPointer<Bool>) {
        answers.update(repeating: false)
        var looks: UInt8 = 0
        withUnsafeTemporaryAllocation(of: UnsafeRawPointer.self, capacity: Self.blockKeys) { lines in
            for run in runs {
                for start in stride(from: 0, to: keys.count, by: Self.blockKeys) {
                    let count = min(Self.blockKeys, keys.count - start)
                    for index in 0..<count { lines[index] = line(of: keys[start + index].key, run) }
                    for index in 0..<count { looks ^= lines[index].load(as: UInt8.self) }
                    for index in 0..<count where BloomFilter.mayContain(keys[start + index].key, line: lines[index]) {
                        answers[start + index] = true
                    }
                }
            }
        }
        looked = looks
    }

    /// Calls `body` with the entries of `from`'s key that are not less than `from`.
    ///
    /// - Returns: whether `body` said stop.
    func forEachEntry(
        _ run: Run, from: IndexEntry, _ body: (IndexEntry) -> ScanDecision
    ) throws(StoreError) -> Bool {
        for index in segmentIndex(from, run)..<run.count {
            // Entries before have gone to another run.
            let first = index == 0 ? run.consumed : 0
            guard index == 0 || firsts[run.start + index].key <= from.key else { return false }
            let segment = try segment(run.start + index)
            for place in max(segment.lowerBound(from), first)..<segment.count {
                let entry = segment.entry(place)
                guard entry.key == from.key else { return false }
                if body(entry) == .stop { return true }
            }
        }
        return false
    }

    /// The number of the key's entries in a run.
    func count(_ key: IndexKey, _ run: Run) throws(StoreError) -> Int {
        let from = IndexEntry(key: key.key, value: 0)
        let end = IndexEntry(key: key.key, value: .max)
        var total = 0
        for index in segmentIndex(from, run)..<run.count {
            guard firsts[run.start + index].key <= key.key else { break }
            let segment = try segment(run.start + index)
            let start = max(segment.lowerBound(from), index == 0 ? run.consumed : 0)
            let range = start..<max(start, segment.lowerBound(end, near: min(start, segment.count - 1)))
            guard let first = range.first else { continue }
            if segment.hasMixedChecks {
                for place in range where segment.entry(place).check == key.check { total += 1 }
            } else if segment.entry(first).check == key.check {
                total += range.count
            }
        }
        return total
    }

    /// The index in the run of the last segment that begins at or before `target`; 0 if all begin after it.
    @inline(__always)
    private func segmentIndex(_ target: IndexEntry, _ run: Run) -> Int {
        if run.count == 1 { return 0 }
        let guess = run.scale.guess(target.key, run.count)
        if isLastBefore(guess, target, run) { return guess }
        return bisectedIndex(target, run)
    }

    private func bisectedIndex(_ target: IndexEntry, _ run: Run) -> Int {
        var low = 0
        var high = run.count
        while low < high {
            let middle = (low + high) / 2
            if firsts[run.start + middle] <= target { low = middle + 1 } else { high = middle }
        }
        return max(low - 1, 0)
    }

    @inline(__always)
    private func isLastBefore(_ index: Int, _ target: IndexEntry, _ run: Run) -> Bool {
        guard firsts[run.start + index] <= target else { return false }
        return index + 1 == run.count || target < firsts[run.start + index + 1]
    }
}

/// Guesses the segment of a key by proportion: keys are hashes, and all segments of a run but the last are full.
struct SegmentScale {
    private let first: UInt64
    /// Segments for each 2^32 of the key, times 2^40.
    private let factor: UInt64

    // Entries are counted in 256ths of a full segment.
    private static let unitEntries = IndexSegment.entriesMax / 256

    init(_ run: IndexRun) {
        first = run.segments.first?.first.key ?? 0
        let units = UInt64(max(run.size / Self.unitEntries, 1))
        let span = (UInt64.max - first) >> 32 + 1
        factor = units.multipliedReportingOverflow(by: 1 << 32).partialValue / span
    }

    @inline(__always)
    func guess(_ key: UInt64, _ count: Int) -> Int {
        guard key > first else { return 0 }
        let scaled = ((key - first) >> 32).multipliedFullWidth(by: factor)
        return min(Int(scaled.high << 24 | scaled.low >> 40), count - 1)
    }
}
