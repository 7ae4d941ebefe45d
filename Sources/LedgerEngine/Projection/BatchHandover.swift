import EventLog

/// Committed batches on their way from the writer to the projector, in memory and bounded: what does not fit is read
/// from the log instead.
final class BatchHandover: Sendable {
    private struct State {
        var batches: [CommittedBatch] = []
        var bytes = 0
        var isClosed = false
        var refusesMore = false
    }

    private let state = Monitor(State())
    private let bytesMax: Int

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    func put(_ batch: CommittedBatch) {
        state.notify { state in
            guard !state.refusesMore, state.bytes + batch.byteCount <= bytesMax || state.batches.isEmpty else {
                // The batches that wait are older, so the projector reaches this one through the log.
                state.batches.removeAll()
                state.bytes = 0
                return
            }
            state.batches.append(batch)
            state.bytes += batch.byteCount
        }
    }

    /// The position of the first event that waits here.
    var firstWaiting: Position? { state.withLock { $0.batches.first?.first } }

    /// Takes the oldest batch; `.some(nil)` when none came in that time, nil when closed and empty.
    func take(waitingAtMost nanoseconds: UInt64) -> CommittedBatch?? {
        let taken: CommittedBatch?? = state.wait(atMost: nanoseconds) { state in
            if !state.batches.isEmpty {
                let batch = state.batches.removeFirst()
                state.bytes -= batch.byteCount
                return .some(batch)
            }
            return state.isClosed ? .some(nil) : nil
        }
        switch taken {
        case .some(.some(let batch)): return .some(.some(batch))
        case .some(.none): return .none
        case .none: return .some(.none)
        }
    }

    /// Keeps nothing any more: nobody will take it.
    func refuseMore() {
        state.withLock { state in
            state.refusesMore = true
            state.batches.removeAll()
            state.bytes = 0
        }
    }

    func close() {
        state.notify { $0.isClosed = true }
    }
}
