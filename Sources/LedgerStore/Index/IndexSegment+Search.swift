internal import EventLog

extension IndexSegment {
    /// The index of the first entry that is not less than (key, value); `count` if all are less.
    ///
    /// Keys are hashes, so that a guess by proportion lands within a few entries; from there the steps double, which
    /// keeps it logarithmic where many entries have one key.
    func lowerBound(_ target: IndexEntry) -> Int {
        lowerBound(target, near: guessIndex(target.key))
    }

    /// The same, searched for around an index that is thought to be close.
    func lowerBound(_ target: IndexEntry, near guess: Int) -> Int {
        var low = 0
        var high = count
        var step = 8
        if entry(guess) < target {
            low = guess + 1
            while low + step < high {
                if entry(low + step) < target { low += step + 1 } else { high = low + step }
                step *= 2
            }
        } else {
            high = guess
            while high - step > low {
                if entry(high - step) < target { low = high - step + 1 } else { high -= step }
                step *= 2
            }
        }
        while low < high {
            let middle = low + (high - low) / 2
            if entry(middle) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func guessIndex(_ key: UInt64) -> Int {
        guard key > firstKey else { return 0 }
        guard key < lastKey else { return count - 1 }
        let scaled = (key - firstKey).multipliedFullWidth(by: UInt64(count - 1))
        return Int((lastKey - firstKey).dividingFullWidth(scaled).quotient)
    }
}
