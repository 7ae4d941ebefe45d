import NIOCore
import Synchronization

/// All open connections: how many there are, and how they are told that the daemon stops.
final class ConnectionRegistry: Sendable {
    private struct State {
        var connections: [ObjectIdentifier: any Channel] = [:]
        var taskCount = 0
        var isStopping = false
        var waiters: [CheckedContinuation<Void, Never>] = []
    }

    private let state = Mutex(State())

    /// Enters a connection unless there are as many as there may be, or the daemon stops.
    func enter(_ channel: any Channel, connectionsMax: Int) -> Bool {
        state.withLock { state in
            guard !state.isStopping, state.connections.count < connectionsMax else { return false }
            state.connections[ObjectIdentifier(channel)] = channel
            return true
        }
    }

    func leave(_ channel: any Channel) {
        change { $0.connections[ObjectIdentifier(channel)] = nil }
    }

    /// The answering of a request has begun: it may outlive its connection by a moment.
    func taskBegan() {
        change { $0.taskCount += 1 }
    }

    func taskEnded() {
        change { $0.taskCount -= 1 }
    }

    private func change(_ body: (inout State) -> Void) {
        let waiters = state.withLock { state -> [CheckedContinuation<Void, Never>] in
            body(&state)
            guard state.connections.isEmpty, state.taskCount == 0 else { return [] }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume() }
    }

    var count: Int { state.withLock { $0.connections.count } }

    /// Lets no more connections in and asks those there are to end after the request they are at.
    func quiesce() {
        let channels = state.withLock { state in
            state.isStopping = true
            return Array(state.connections.values)
        }
        for channel in channels { channel.pipeline.fireUserInboundEventTriggered(ConnectionShouldEnd()) }
    }

    /// Closes what is left, whatever it is doing.
    func closeAll() {
        let channels = state.withLock { Array($0.connections.values) }
        for channel in channels { channel.close(promise: nil) }
    }

    /// Returns when no connection is open and nothing is being answered.
    func whenEmpty() async {
        await withCheckedContinuation { continuation in
            let isEmpty = state.withLock { state in
                if state.connections.isEmpty, state.taskCount == 0 { return true }
                state.waiters.append(continuation)
                return false
            }
            if isEmpty { continuation.resume() }
        }
    }
}

/// Tells a connection that the daemon stops: its first handler gets it before the ones that follow it.
struct ConnectionShouldEnd: Sendable {}
