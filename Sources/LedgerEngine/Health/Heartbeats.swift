import Synchronization

/// When each of the engine's threads gave its last sign of life. A thread that hangs in the storage, or is gone, gives
/// none: whoever asks sees it, without any help of the thread.
///
/// A beat is two relaxed stores, once a batch or a piece of work, never once an event.
package final class Heartbeats: Sendable {
    /// The threads that have to go on for the ledger to be right.
    package enum Component: Int, CaseIterable, Sendable {
        case writer, projector, checkpointer, indexer, lists
    }

    /// A thread's last sign of life, monotonic, in nanoseconds; 0 before the first.
    private struct Beat: ~Copyable {
        let nanoseconds = Atomic<UInt64>(0)
        /// It waits for work, which may take long: no sign of life is needed.
        let isResting = Atomic<Bool>(false)
    }

    private let writer = Beat()
    private let projector = Beat()
    private let checkpointer = Beat()
    private let indexer = Beat()
    private let lists = Beat()

    private func with<Result>(_ component: Component, _ body: (borrowing Beat) -> Result) -> Result {
        switch component {
        case .writer: body(writer)
        case .projector: body(projector)
        case .checkpointer: body(checkpointer)
        case .indexer: body(indexer)
        case .lists: body(lists)
        }
    }

    func beat(_ component: Component) {
        with(component) { beat in
            beat.nanoseconds.store(monotonicNanoseconds(), ordering: .relaxed)
            beat.isResting.store(false, ordering: .relaxed)
        }
    }

    /// The component has nothing to do and waits until it has; the next beat ends that.
    func rest(_ component: Component) {
        with(component) { $0.isResting.store(true, ordering: .relaxed) }
    }

    /// How long ago the last sign of life was, in nanoseconds: 0 while it rests, nil before the first.
    func age(of component: Component) -> UInt64? {
        with(component) { beat in
            let last = beat.nanoseconds.load(ordering: .relaxed)
            guard last > 0 else { return nil }
            if beat.isResting.load(ordering: .relaxed) { return 0 }
            let now = monotonicNanoseconds()
            return now > last ? now - last : 0
        }
    }

    /// A sentence for each component whose last sign of life is longer ago than the bound.
    func missing(secondsMax: Int) -> [String] {
        Component.allCases.compactMap { component in
            // Sorting a large programme takes the lists some seconds between two signs, as the first to wait for a core;
            // they may be a minute old when everyone's answers change.
            let bound = component == .lists ? 6 * secondsMax : secondsMax
            guard let age = age(of: component), age > 0, age / 1_000_000_000 >= UInt64(bound) else { return nil }
            return "the \(component) has given no sign of life for \(age / 1_000_000_000) s (bound: \(bound) s)"
        }
    }
}
