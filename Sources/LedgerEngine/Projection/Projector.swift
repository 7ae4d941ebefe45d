import CampaignCoding
import EventLog
import LedgerStore
import Logging

/// Follows the log's head and folds each event into the rows once, in order.
///
/// Committed batches are handed over in memory as long as they are few; what was not handed over is read from the log.
/// A record that cannot be folded stops the projector loudly: its position and reason are in health and log.
final class Projector {
    private let projection: Projection
    private let log: any LogStorage
    private let handover: BatchHandover
    private let decoder: FactDecoder
    private let waiters: PositionWaiters
    private let health: Health
    private let logger: Logger
    private var facts = FoldedFacts()
    private var position: Position

    /// Records folded under one hold of the lock: queries wait no longer than that takes, tens of microseconds.
    private static let recordsPerHold = 256
    /// How long to wait for a batch before looking at the head anyway, in nanoseconds.
    private static let idleNanoseconds: UInt64 = 100_000_000

    init(
        projection: Projection, log: any LogStorage, handover: BatchHandover, tables: CatalogueTables,
        waiters: PositionWaiters, health: Health, logger: Logger
    ) {
        self.projection = projection
        self.log = log
        self.handover = handover
        decoder = FactDecoder(tables: tables)
        self.waiters = waiters
        self.health = health
        self.logger = logger
        position = projection.position
    }

    /// The thread's loop, until the handover is closed and all that was committed is folded.
    func run() {
        do {
            while true {
                try catchUp()
                guard let batch = handover.take(waitingAtMost: Self.idleNanoseconds) else { break }
                if let batch { try fold(batch) }
            }
            try catchUp()
        } catch {
            health.set(.projector, "the read models stand still at position \(position.rawValue): \(error)")
            logger.critical(
                "the projector stopped", metadata: ["position": "\(position.rawValue)", "error": "\(error)"])
            handover.refuseMore()
        }
    }

    /// Folds what the log has beyond the present position, but for what is about to be handed over.
    func catchUp() throws {
        while position < log.head, handover.firstWaiting.map({ position.next < $0 }) ?? true {
            guard projection.room.waitForRoom() else { return }
            facts.removeAll()
            var failure: RecordDecodingError?
            try log.read(from: position.next, limit: Self.recordsPerHold) { position, record in
                do throws(RecordDecodingError) {
                    try facts.add(record, at: position, decoder: decoder)
                    return .proceed
                } catch {
                    failure = error
                    return .stop
                }
            }
            if let failure { throw failure }
            guard !facts.additions.isEmpty else { return }
            publish()
        }
    }

    /// Folds a batch that was handed over; leaves one that does not follow to `catchUp`, which reads the log. That happens
    /// when the handover was full and forgot the batches before it.
    func fold(_ batch: RecordBatch) throws {
        guard batch.first <= position.next else { return }
        var next = max(batch.first, position.next)
        while next <= batch.last {
            guard projection.room.waitForRoom() else { return }
            facts.removeAll()
            let end = min(next.advanced(by: Self.recordsPerHold - 1), batch.last)
            while next <= end {
                guard let record = batch.record(at: next) else { break }
                try facts.add(record, at: next, decoder: decoder)
                next = next.next
            }
            publish()
        }
    }

    private func publish() {
        projection.add(facts)
        position = facts.last
        waiters.reached(position)
    }
}
