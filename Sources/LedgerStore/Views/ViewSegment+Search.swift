internal import Glibc

extension ViewSegment {
    /// The index of the first entry whose key is not less than `key`; `count` if all are less.
    func lowerBound(_ key: UnsafeRawBufferPointer) -> Int {
        let first = self.key(0)
        let shared = UnsafeRawBufferPointer(rebasing: first[..<sharedSizeBytes])
        let order = compareKeys(UnsafeRawBufferPointer(rebasing: key.prefix(sharedSizeBytes)), shared)
        // A key that ends within what all have in common comes before all.
        if order != 0 { return order < 0 ? 0 : count }
        let head = Self.head(of: key, after: sharedSizeBytes)
        var low = lowerBound(head)
        guard low < count, self.head(low) == head else { return low }
        var high = head == .max ? count : lowerBound(head + 1)
        while low < high {
            let middle = low + (high - low) / 2
            if compareKeys(self.key(middle), key) < 0 { low = middle + 1 } else { high = middle }
        }
        return low
    }

    // Identifiers are often numbered or random, so that a guess by proportion lands close; the steps from there double.
    private func lowerBound(_ target: UInt64) -> Int {
        var low = 0
        var high = count
        let guess = guessIndex(target)
        var step = 4
        if head(guess) < target {
            low = guess + 1
            while low + step < high {
                if head(low + step) < target { low += step + 1 } else { high = low + step }
                step *= 2
            }
        } else {
            high = guess
            while high - step > low {
                if head(high - step) < target { low = high - step + 1 } else { high -= step }
                step *= 2
            }
        }
        while low < high {
            let middle = low + (high - low) / 2
            if head(middle) < target { low = middle + 1 } else { high = middle }
        }
        return low
    }

    private func guessIndex(_ target: UInt64) -> Int {
        let first = head(0)
        let last = head(count - 1)
        guard target > first else { return 0 }
        guard target < last else { return count - 1 }
        let scaled = (target - first).multipliedFullWidth(by: UInt64(count - 1))
        return Int((last - first).dividingFullWidth(scaled).quotient)
    }
}
