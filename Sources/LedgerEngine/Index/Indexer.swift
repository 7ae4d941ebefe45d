import EventLog
import LedgerStore
import Logging

/// Takes the tail into the index in large sorted runs, behind the log, and merges the runs.
///
/// Its commits carry the index' own position, so a crash at any moment leaves an index that is right for that position;
/// the tail is read again from the log at the next start.
final class Indexer: Sendable {
    private let index: any IndexStorage
    private let tail: IndexTail
    private let thresholdEvents: Int
    private let health: Health
    private let metrics: LedgerMetrics
    private let logger: Logger
    /// Held for each step of the index: a checkpoint, a merge, a check.
    private let stepping = Monitor(())

    /// An index that stands still this long with events waiting is moved on even if they are few: a restart reads the
    /// tail again, so a small tail makes a quick one.
    static let idleNanoseconds: UInt64 = 30 * 1_000_000_000
    /// How long to wait after a checkpoint that failed, in nanoseconds.
    private static let retryNanoseconds: UInt64 = 1_000_000_000

    init(
        index: any IndexStorage, tail: IndexTail, thresholdEvents: Int, health: Health,
        metrics: LedgerMetrics = LedgerMetrics(),
        logger: Logger
    ) {
        self.index = index
        self.tail = tail
        self.thresholdEvents = thresholdEvents
        self.health = health
        self.metrics = metrics
        self.logger = logger
    }

    /// The thread's loop, until the tail is closed.
    func run() {
        // What an earlier run left to merge, and the check of what no lookup has read yet.
        health.beat(.indexer)
        _ = step([])
        while let batches = waitForBatches() {
            if !step(batches) { tail.waitForClose(atMost: Self.retryNanoseconds) }
        }
    }

    /// Batches to take in, or none for too long; nil once closed.
    private func waitForBatches() -> [TailBatch]? {
        health.heartbeats.rest(.indexer)
        defer { health.beat(.indexer) }
        return tail.batches(whenAtLeast: thresholdEvents, waitingAtMost: Self.idleNanoseconds)
    }

    /// One checkpoint of the index, and merges and checks as long as nothing more urgent waits: each is a step that can be
    /// taken up later.
    ///
    /// - Returns: false if it failed.
    func step(_ batches: [TailBatch]) -> Bool {
        do {
            try checkpoint(batches)
            while tail.isCalm(below: thresholdEvents), try mergeStep() { health.beat(.indexer) }
            while tail.isCalm(below: thresholdEvents), try checkStep() { health.beat(.indexer) }
            health.clear(.index)
            return true
        } catch {
            health.set(.index, "index/ could not be brought on: \(error)")
            logger.error("index checkpoint failed", metadata: ["error": "\(error)"])
            return false
        }
    }

    /// Takes in all that is left; at the end of the ledger's life.
    func finish() {
        do {
            try checkpoint(tail.batches)
        } catch {
            logger.error(
                "the last index checkpoint failed; the next start reads the log", metadata: ["error": "\(error)"])
        }
    }

    /// Runs `body` while the index takes no step.
    func pausing(_ body: () throws -> Void) rethrows {
        try stepping.withLock { _ in try body() }
    }

    private func mergeStep() throws(StoreError) -> Bool {
        try stepping.withLock { (_) throws(StoreError) in try index.mergeStep() }
    }

    private func checkStep() throws(StoreError) -> Bool {
        try stepping.withLock { (_) throws(StoreError) in try index.checkStep() }
    }

    private func checkpoint(_ batches: [TailBatch]) throws(StoreError) {
        guard let last = batches.last?.last else { return }
        let began = monotonicNanoseconds()
        let (identity, stream) = (batches.flatMap(\.identity), batches.flatMap(\.stream))
        try stepping.withLock { (_) throws(StoreError) in
            try index.checkpoint(identity: identity, stream: stream, position: last)
        }
        metrics.indexCheckpoints.note(nanoseconds: monotonicNanoseconds() - began)
        metrics.indexCheckpointBytes.add(
            UInt64((identity.count + stream.count) * MemoryLayout<IndexEntry>.stride))
        tail.drop(through: last)
    }
}
