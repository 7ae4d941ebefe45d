import EventLog
import LedgerStore
import Logging

/// Takes folded facts to `views/` behind the fold, in key order, in one durable transaction with the position they stand
/// at, and merges what earlier checkpoints wrote. A crash leaves the rows of the position before: the log is folded again
/// from there.
final class Checkpointer: Sendable {
    private let projection: Projection
    private let bytesMax: Int
    private let intervalNanoseconds: UInt64
    private let health: Health
    private let metrics: LedgerMetrics
    private let logger: Logger
    /// Whether so much is to be folded that a checkpoint is only worth it when the overlay is full: larger runs, fewer
    /// merges. What a crash costs then is folding one overlay again.
    private let isFarBehind: @Sendable () -> Bool
    private let onTick: @Sendable () -> Void
    private let stop = Monitor(false)
    /// Held for a whole checkpoint: one at a time, whoever asks for it.
    private let stepping = Monitor(())

    /// How often to see whether the overlay is full, in nanoseconds.
    private static let tickNanoseconds: UInt64 = 10_000_000
    /// How often the head is noted, whatever the interval of checkpoints is, in nanoseconds.
    private static let noteNanoseconds: UInt64 = 500_000_000
    /// Steps of merging behind each checkpoint, if there are so many to do.
    private static let mergeStepsMin = 3
    /// How long to wait after a checkpoint that failed, in nanoseconds.
    private static let retryNanoseconds: UInt64 = 1_000_000_000

    init(
        projection: Projection, bytesMax: Int, intervalNanoseconds: UInt64, health: Health,
        metrics: LedgerMetrics = LedgerMetrics(), logger: Logger,
        isFarBehind: @escaping @Sendable () -> Bool = { false },
        onTick: @escaping @Sendable () -> Void
    ) {
        self.isFarBehind = isFarBehind
        self.projection = projection
        self.bytesMax = bytesMax
        self.intervalNanoseconds = intervalNanoseconds
        self.health = health
        self.metrics = metrics
        self.logger = logger
        self.onTick = onTick
    }

    /// The thread's loop, until `close`.
    func run() {
        var last = monotonicNanoseconds()
        var lastNote = last
        while stop.wait(atMost: Self.tickNanoseconds, for: { $0 ? true : nil }) == nil {
            health.beat(.checkpointer)
            let now = monotonicNanoseconds()
            if now - lastNote >= Self.noteNanoseconds {
                onTick()
                lastNote = monotonicNanoseconds()
            }
            let isDue = now - last >= intervalNanoseconds
            guard isFull || isDue else { continue }
            if isFull || !isFarBehind() {
                if !step() { _ = stop.wait(atMost: Self.retryNanoseconds, for: { $0 ? true : nil }) }
            }
            last = monotonicNanoseconds()
        }
    }

    func close() {
        stop.notify { $0 = true }
    }

    /// One checkpoint of all that is folded now; or, if one failed before, of what that one held.
    ///
    /// - Returns: false if it failed.
    @discardableResult
    func step() -> Bool {
        stepping.withLock { _ in checkpoint() }
    }

    /// Runs `body` while there is no checkpoint, right after one: so little is folded and not in `views/`, unless that
    /// one failed.
    func pausing(_ body: () throws -> Void) rethrows {
        try stepping.withLock { _ in
            _ = checkpoint(isMerging: false)
            try body()
        }
    }

    private func checkpoint(isMerging: Bool = true) -> Bool {
        do {
            if let (overlay, position) = freeze() {
                let began = monotonicNanoseconds()
                try projection.views.checkpoint(rows: CheckpointPieces(overlay), position: position)
                metrics.viewCheckpoints.note(nanoseconds: monotonicNanoseconds() - began)
                metrics.viewCheckpointBytes.add(UInt64(overlay.byteCount))
                // Letting go of it takes some milliseconds, which nobody should wait for.
                withExtendedLifetime(overlay) { projection.lock.withLock { $0.frozen = nil } }
            }
            if isMerging { try merge() }
            health.clear(.views)
            return true
        } catch {
            health.set(.views, "views/ could not be brought on: \(error)")
            logger.error("checkpoint of the read models failed", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Whether the overlay that takes facts has no more room.
    private var isFull: Bool { projection.lock.withLock { $0.active.byteCount } >= bytesMax }

    /// Merges runs behind the checkpoint until the next one is due; a few steps in any case. What a burst leaves unmerged
    /// is merged when it is over, whether events come or not.
    private func merge() throws(StoreError) {
        let began = monotonicNanoseconds()
        var steps = 0
        while try projection.views.mergeStep() {
            health.beat(.checkpointer)
            steps += 1
            let isDue = monotonicNanoseconds() - began >= intervalNanoseconds || isFull || stop.withLock { $0 }
            if steps >= Self.mergeStepsMin, isDue { return }
        }
    }

    /// Sets aside what is folded. A frozen overlay that could not be written is given again: its position is
    /// the one before the active overlay's first fact.
    private func freeze() -> (Overlay, Position)? {
        projection.lock.withLock { state in
            if let frozen = state.frozen { return (frozen, state.frozenPosition) }
            if state.active.isEmpty { return nil }
            let overlay = state.active
            state.frozen = overlay
            state.frozenPosition = state.position
            state.active = Overlay(rows: overlay.rows.count)
            projection.room.update(0)
            return (overlay, state.position)
        }
    }
}
