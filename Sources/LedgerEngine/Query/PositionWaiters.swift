import EventLog
import Synchronization

/// Tasks that wait until a position is reached: readers of their own writes, followers of the log.
final class PositionWaiters: Sendable {
    fileprivate struct Waiter {
        let position: Position
        let continuation: CheckedContinuation<Void, Never>
    }

    fileprivate struct State {
        var reached = Position.beforeFirst
        var waiters: [UInt64: Waiter] = [:]
        var nextID: UInt64 = 0
        var isClosed = false
    }

    private let state = Mutex(State())
    /// How many wait: folding asks this before it takes the lock.
    private let count = Atomic<Int>(0)

    init(reached: Position) {
        state.withLock { $0.reached = reached }
    }

    /// The position now, or nil once closed.
    private func isDone(_ position: Position) -> Bool {
        state.withLock { $0.reached >= position || $0.isClosed }
    }

    /// Moves on and wakes whoever waits for that.
    func reached(_ position: Position) {
        let ready = state.withLock { state in
            state.reached = max(state.reached, position)
            return count.load(ordering: .relaxed) == 0 ? [] : state.takeReady()
        }
        wake(ready)
    }

    /// Wakes all; nobody waits any more.
    func close() {
        let ready = state.withLock { state in
            state.isClosed = true
            return state.takeReady()
        }
        wake(ready)
    }

    private func wake(_ ready: [CheckedContinuation<Void, Never>]) {
        guard !ready.isEmpty else { return }
        count.subtract(ready.count, ordering: .relaxed)
        for continuation in ready { continuation.resume() }
    }

    /// Waits until the position is reached, the time is over, the waiters are closed, or the task is cancelled.
    ///
    /// - Parameter nanoseconds: nil waits without a bound.
    /// - Returns: whether the position is reached.
    func wait(for position: Position, atMost nanoseconds: UInt64?) async -> Bool {
        if isDone(position) { return hasReached(position) }
        let id = state.withLock { state in
            state.nextID += 1
            return state.nextID
        }
        let timer = nanoseconds.map { nanoseconds in
            Task { [weak self] in
                try? await Task.sleep(nanoseconds: nanoseconds)
                self?.release(id)
            }
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isReady = state.withLock { state in
                    if state.reached >= position || state.isClosed || Task.isCancelled { return true }
                    state.waiters[id] = Waiter(position: position, continuation: continuation)
                    count.add(1, ordering: .relaxed)
                    return false
                }
                if isReady { continuation.resume() }
            }
        } onCancel: {
            release(id)
        }
        timer?.cancel()
        return hasReached(position)
    }

    private func hasReached(_ position: Position) -> Bool {
        state.withLock { $0.reached >= position }
    }

    private func release(_ id: UInt64) {
        guard let waiter = state.withLock({ $0.waiters.removeValue(forKey: id) }) else { return }
        wake([waiter.continuation])
    }
}

extension PositionWaiters.State {
    fileprivate mutating func takeReady() -> [CheckedContinuation<Void, Never>] {
        var ready: [CheckedContinuation<Void, Never>] = []
        for (id, waiter) in waiters where waiter.position <= reached || isClosed {
            ready.append(waiter.continuation)
            waiters[id] = nil
        }
        return ready
    }
}
