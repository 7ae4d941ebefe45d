import Synchronization

/// A lock that is given in the order in which it was asked for. The projector takes it again and again while it folds;
/// with an unfair lock a query could wait for ever behind it.
///
/// A lock in order is handed to one who may be asleep, and a wake-up takes much longer than most holders need the lock:
/// so who has to wait looks for it a moment before going to sleep.
final class FairLock<State>: @unchecked Sendable {
    // @unchecked: `state` is only touched by the holder of the ticket that is served.
    private var state: State
    private let nextTicket = Atomic<UInt64>(0)
    private let served = Atomic<UInt64>(0)
    /// How many sleep, or are about to.
    private let sleepers = Atomic<Int>(0)
    private let bed = Monitor<Void>(())

    /// How often who waits looks before going to sleep: some microseconds in all.
    private static var looksBeforeSleep: Int { 2_000 }

    init(_ state: State) {
        self.state = state
    }

    func withLock<Result, Failure: Error>(_ body: (inout State) throws(Failure) -> Result) throws(Failure) -> Result {
        let ticket = nextTicket.add(1, ordering: .relaxed).oldValue
        if served.load(ordering: .acquiring) != ticket { wait(for: ticket) }
        defer { serveNext() }
        return try body(&state)
    }

    private func wait(for ticket: UInt64) {
        for _ in 0..<Self.looksBeforeSleep where served.load(ordering: .acquiring) == ticket { return }
        // Counted before looking again: either this look sees the ticket, or `serveNext` sees the sleeper.
        sleepers.add(1, ordering: .sequentiallyConsistent)
        _ = bed.wait { _ in served.load(ordering: .sequentiallyConsistent) == ticket ? true : nil }
        sleepers.subtract(1, ordering: .relaxed)
    }

    private func serveNext() {
        served.add(1, ordering: .sequentiallyConsistent)
        if sleepers.load(ordering: .sequentiallyConsistent) > 0 { bed.notify { _ in } }
    }
}
