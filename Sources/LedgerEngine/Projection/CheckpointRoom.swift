/// Keeps the memory of what is folded and not yet checkpointed within bounds: the projector waits here while the overlay
/// that takes facts is full. Another one of that size may be on its way to `views/` meanwhile.
final class CheckpointRoom: Sendable {
    private struct State {
        var isFull = false
        var isClosed = false
    }

    private let state = Monitor(State())
    private let bytesMax: Int

    init(bytesMax: Int) {
        self.bytesMax = bytesMax
    }

    /// Waits until facts may be added. - Returns: false if closed and full: what is not folded then is at the next start.
    func waitForRoom() -> Bool {
        state.wait { state in
            if !state.isFull { return true }
            return state.isClosed ? false : nil
        } ?? false
    }

    /// Takes note of how much waits.
    func update(_ bytes: Int) {
        let isFull = bytes >= bytesMax
        state.notify { $0.isFull = isFull }
    }

    /// Lets the projector go.
    func close() {
        state.notify { $0.isClosed = true }
    }
}
