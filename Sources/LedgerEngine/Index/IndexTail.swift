import EventLog
import LedgerStore

/// What was committed to the log and is not yet in the index: the tail that lookups ask beside it.
///
/// The writer adds a batch after each commit, the indexer takes them to the index, queries of a stream's events read
/// both. Invariant: index position + the batches here = head; a batch leaves only after the index holds it.
final class IndexTail: Sendable {
    private struct State {
        var batches: [TailBatch] = []
        var entryCount = 0
        /// How many events the indexer waits for.
        var threshold = Int.max
        var isClosed = false
    }

    private let state = Monitor(State())

    func add(_ batch: TailBatch) {
        state.notify(if: { state in
            state.batches.append(batch)
            state.entryCount += batch.identity.count
            return state.entryCount >= state.threshold
        })
    }

    /// The batches now, oldest first.
    var batches: [TailBatch] { state.withLock { $0.batches } }

    /// How many events wait for the index.
    var count: Int { state.withLock { $0.entryCount } }

    /// Waits until enough events wait for a checkpoint of the index, or the time is over, or the tail is closed.
    ///
    /// - Returns: the batches to index, possibly none; nil once closed.
    func batches(whenAtLeast threshold: Int, waitingAtMost nanoseconds: UInt64) -> [TailBatch]? {
        let ready: [TailBatch]?? = state.wait(atMost: nanoseconds) { state in
            state.threshold = threshold
            if state.isClosed { return .some(nil) }
            return state.entryCount >= threshold ? .some(state.batches) : nil
        }
        return ready ?? state.withLock { $0.batches }
    }

    /// Forgets the batches that the index now holds.
    func drop(through position: Position) {
        state.withLock { state in
            state.batches.removeAll { $0.last <= position }
            state.entryCount = state.batches.reduce(0) { $0 + $1.identity.count }
        }
    }

    /// Whether fewer events wait than call for a checkpoint, and the tail is not closed.
    func isCalm(below threshold: Int) -> Bool {
        state.withLock { !$0.isClosed && $0.entryCount < threshold }
    }

    /// Waits until the tail is closed or the time is over.
    func waitForClose(atMost nanoseconds: UInt64) {
        _ = state.wait(atMost: nanoseconds) { $0.isClosed ? true : nil }
    }

    func close() {
        state.notify { $0.isClosed = true }
    }
}
