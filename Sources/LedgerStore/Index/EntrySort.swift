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
        var source = entries
        var target = [IndexEntry](repeating: IndexEntry(key: 0, value: 0), count: entries.count)
        for digit in 0..<digits {
            let moved = source.withUnsafeBufferPointer { source in
                target.withUnsafeMutableBufferPointer { target in
                    pass(from: source, to: target, shift: UInt64(digit * digitBits))
                }
            }
            if moved { swap(&source, &target) }
        }
        return source
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
                target[heads[digit]] = entry
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
