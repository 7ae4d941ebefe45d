import Synchronization

/// How long something took, in buckets with fixed bounds; noted from any thread without order.
package final class TimeHistogram: @unchecked Sendable {
    // @unchecked: the pointer is written once, and what it points to are atomics.
    private let counts: UnsafeMutablePointer<Atomic<UInt64>>
    private let total = Atomic<UInt64>(0)

    /// The buckets' upper bounds, inclusive, in nanoseconds, ascending; what is above the last has a bucket of its own.
    package static let bounds: [UInt64] = [
        100_000, 250_000, 500_000, 1_000_000, 2_500_000, 5_000_000, 10_000_000, 25_000_000, 50_000_000, 100_000_000,
        250_000_000, 500_000_000, 1_000_000_000, 2_500_000_000, 5_000_000_000, 10_000_000_000,
    ]

    package init() {
        counts = .allocate(capacity: Self.bounds.count + 1)
        for index in 0...Self.bounds.count { (counts + index).initialize(to: Atomic(0)) }
    }

    deinit {
        counts.deinitialize(count: Self.bounds.count + 1)
        counts.deallocate()
    }

    package func note(nanoseconds: UInt64) {
        var bucket = 0
        while bucket < Self.bounds.count, nanoseconds > Self.bounds[bucket] { bucket += 1 }
        counts[bucket].wrappingAdd(1, ordering: .relaxed)
        total.wrappingAdd(nanoseconds, ordering: .relaxed)
    }

    /// What was noted until now.
    package struct Reading: Sendable, Equatable {
        /// How many were at most as long as each bound, and last how many there were in all.
        package var cumulative: [UInt64]
        package var totalNanoseconds: UInt64

        package var count: UInt64 { cumulative.last ?? 0 }
    }

    package var reading: Reading {
        var sum: UInt64 = 0
        let cumulative = (0...Self.bounds.count).map { index in
            sum += counts[index].load(ordering: .relaxed)
            return sum
        }
        return Reading(cumulative: cumulative, totalNanoseconds: total.load(ordering: .relaxed))
    }
}
