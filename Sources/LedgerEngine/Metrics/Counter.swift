import Synchronization

/// A number that only grows, counted from any thread without order: once a batch or a request, never once an event.
package final class Counter: Sendable {
    private let count = Atomic<UInt64>(0)

    package init() {}

    @inline(__always)
    package func add(_ amount: UInt64 = 1) {
        count.wrappingAdd(amount, ordering: .relaxed)
    }

    package var value: UInt64 { count.load(ordering: .relaxed) }
}
