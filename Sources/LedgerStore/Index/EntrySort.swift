internal import EventLog

/// Sorting of index entries by (key, value).
enum EntrySort {
    // A digit of 11 bits: its 2048 counters and write heads stay in the nearest cache.
    private static let digitBits = 11
    private static let digits = 6
    // Below this many entries a comparison sort is faster than six passes.
    private static let radixMin = 4096

    /// The entries in order. Fastest when they come by position: then a stable sort by key alone is enough.
    static func sorted(_ entries: [IndexEntry]) -> [IndexEntry] {
        guard entries.count >= radixMin, isByPosition(entries) else { return entries.sorted() }
        return Array(unsafeUninitializedCapacity: entries.count) { result, count in
            // Not cleared first: every pass that moves anything writes all of it.
            let spare = UnsafeMutableBufferPointer<IndexEntry>.allocate(capacity: entries.count)
            defer { spare.deallocate() }
            entries.withUnsafeBufferPointer { sort($0, into: result, spare) }
            count = entries.count
        }
    }

    // Through `spare` and back, as often as a digit differs.
    private static func sort(
        _ entries: UnsafeBufferPointer<IndexEntry>, into result: UnsafeMutableBufferPointer<IndexEntry>,
        _ spare: UnsafeMutableBufferPointer<IndexEntry>
    ) {
        var source = entries
        var isInResult = false
        for digit in 0..<digits {
            let target = isInResult ? spare : result
            guard pass(from: source, to: target, shift: UInt64(digit * digitBits)) else { continue }
            source = UnsafeBufferPointer(target)
            isInResult.toggle()
        }
        if !isInResult { _ = result.initialize(from: source) }
    }

    // Stable by one digit; false, having moved nothing, if all entries have the same one.
    private static func pass(
        from source: UnsafeBufferPointer<IndexEntry>, to target: UnsafeMutableBufferPointer<IndexEntry>, shift: UInt64
    ) -> Bool {
        let mask = UInt64(1 << digitBits - 1)
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: 1 << digitBits) { heads in
            heads.initialize(repeating: 0)
            for entry in source { heads[Int(entry.key >> shift & mask)] += 1 }
            if let first = source.first, heads[Int(first.key >> shift & mask)] == source.count { return false }
            var sum = 0
            for index in heads.indices {
                let count = heads[index]
                heads[index] = sum
                sum += count
            }
            for entry in source {
                let digit = Int(entry.key >> shift & mask)
                target.initializeElement(at: heads[digit], to: entry)
                heads[digit] += 1
            }
            return true
        }
    }

    private static func isByPosition(_ entries: [IndexEntry]) -> Bool {
        var previous: UInt64 = 0
        for entry in entries {
            let position = entry.position.rawValue
            if position < previous { return false }
            previous = position
        }
        return true
    }
}
