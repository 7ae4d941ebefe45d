/// Keeps the memory of what is folded and not yet checkpointed within bounds: the projector waits here while the
/// overlay that takes facts is full and the one before it is still on its way to `views/`.
final class CheckpointRoom: Sendable {
    private struct State {
        var isFull = false
        var isClosed = false
    }

    private let state = Monitor(State())

    /// Waits until facts may be added. - Returns: false once closed while full.
    func waitForRoom() -> Bool {
        state.wait { state in
            if !state.isFull { return true }
            return state.isClosed ? false : nil
        } ?? false
    }

    func setFull(_ isFull: Bool) {
        state.notify { $0.isFull = isFull }
    }

    /// Lets the projector go even if there is no room.
    func close() {
        state.notify { $0.isClosed = true }
    }
}
