internal import EventLog

/// A run whose segments have been found in the map.
struct LocatedRun {
    let run: IndexRun
    let segments: [IndexSegment]
}

/// The live runs of a family for lookups, flat in memory: no reference counting on the way.
///
/// The pointers in it belong to the snapshot that made it.
final class RunTable {
    /// Where a run's segments lie in `segments`.
    struct Run {
        let start: Int
        let count: Int
        let lastPosition: Position
    }

    let runs: [Run]
    private let segments: UnsafeMutableBufferPointer<IndexSegment>
    // The first entry of each segment, apart from the rest so that a search touches few cache lines.
    private let firsts: UnsafeMutableBufferPointer<IndexEntry>

    init(runs located: [LocatedRun]) {
        var runs: [Run] = []
        let total = located.reduce(0) { $0 + $1.segments.count }
        segments = .allocate(capacity: total)
        firsts = .allocate(capacity: total)
        var start = 0
        for element in located {
            for (index, segment) in element.segments.enumerated() {
                segments.initializeElement(at: start + index, to: segment)
                firsts.initializeElement(at: start + index, to: segment.entry(0))
            }
            runs.append(Run(start: start, count: element.segments.count, lastPosition: element.run.lastPosition))
            start += element.segments.count
        }
        self.runs = runs
    }

    deinit {
        segments.deallocate()
        firsts.deallocate()
    }

    /// Whether the run may hold the key: false is certain.
    @inline(__always)
    func mayContain(_ key: UInt64, _ run: Run) -> Bool {
        let segment = segments[run.start + segmentIndex(IndexEntry(key: key, value: .max), run)]
        guard segment.filterLines > 0 else { return true }
        // A key that fills the end of a segment may go on in the next one, which then begins with it; the segment found
        // is the last that begins at or before the key, so that it holds the key if any does.
        return BloomFilter.mayContain(
            key, in: segment.bytes + IndexSegment.headerSizeBytes, lines: segment.filterLines)
    }

    /// Calls `body` with the entries of `from`'s key that are not less than `from`.
    ///
    /// - Returns: whether `body` said stop.
    func forEachEntry(_ run: Run, from: IndexEntry, _ body: (IndexEntry) -> ScanDecision) -> Bool {
        var index = segmentIndex(from, run)
        var place = segments[run.start + index].lowerBound(from)
        while index < run.count {
            let segment = segments[run.start + index]
            while place < segment.count {
                let entry = segment.entry(place)
                guard entry.key == from.key else { return false }
                if body(entry) == .stop { return true }
                place += 1
            }
            index += 1
            place = 0
        }
        return false
    }

    /// The number of the key's entries in a run.
    func count(_ key: IndexKey, _ run: Run) -> Int {
        let from = IndexEntry(key: key.key, value: 0)
        let end = IndexEntry(key: key.key, value: .max)
        var total = 0
        for index in segmentIndex(from, run)..<run.count {
            guard firsts[run.start + index].key <= key.key else { break }
            let segment = segments[run.start + index]
            let start = segment.lowerBound(from)
            let range = start..<segment.lowerBound(end, near: min(start, segment.count - 1))
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
        // Keys are hashes, so proportion guesses well; the search around it is bounded by bisection.
        let guess = Int(target.key.multipliedFullWidth(by: UInt64(run.count)).high)
        if isLastBefore(guess, target, run) { return guess }
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
