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
    private let tables: CatalogueTables
    private let waiters: PositionWaiters
    private let health: Health
    private let logger: Logger
    /// For short stretches of the log, decoded on this thread.
    private let facts = DecodedFacts()
    private let decoder: FactDecoder
    private var position: Position
    /// Threads that decode a long stretch of the log; 1 is this one.
    private let decoders: Int

    /// How long to wait for a batch before looking at the head anyway, in nanoseconds.
    private static let idleNanoseconds: UInt64 = 100_000_000
    /// From so many records on, other threads decode them.
    private static let stretchMin = 16_384
    /// How much of the log is given to them at once; the next stretch begins at the head that is there by then.
    private static let stretchMax = 1 << 20

    init(
        projection: Projection, log: any LogStorage, handover: BatchHandover, tables: CatalogueTables,
        waiters: PositionWaiters, health: Health, logger: Logger
    ) {
        self.projection = projection
        self.log = log
        self.handover = handover
        self.tables = tables
        decoder = FactDecoder(tables: tables)
        self.waiters = waiters
        self.health = health
        self.logger = logger
        position = projection.position
        decoders = processorCount()
    }

    /// The thread's loop, until the handover is closed and all that was committed is folded.
    func run() {
        do {
            while true {
                health.beat(.projector)
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
            let count = Int(log.head.rawValue - position.rawValue)
            let isFolded =
                count >= Self.stretchMin && decoders > 1
                ? try foldStretch(min(count, Self.stretchMax)) : try foldPiece(min(count, LogDecoding.pieceRecords))
            guard isFolded else { return }
        }
    }

    /// Folds a batch that was handed over; leaves one that does not follow to `catchUp`, which reads the log. That happens
    /// when the handover was full and forgot the batches before it.
    func fold(_ batch: CommittedBatch) throws {
        for request in batch.requests where request.first <= position.next {
            let start = Int(position.next.rawValue - request.first.rawValue)
            guard request.withFacts({ add($0, from: start) }) else { return }
        }
    }

    /// Decodes records of the log on this thread and folds them.
    ///
    /// - Returns: false if the ledger is being closed.
    private func foldPiece(_ count: Int) throws -> Bool {
        try facts.read(log, from: position.next, count: count, decoder: decoder)
        return try addDecoded(facts)
    }

    /// Lets other threads decode a stretch of the log and folds it.
    private func foldStretch(_ count: Int) throws -> Bool {
        let decoding = LogDecoding(
            log, from: position.next, through: position.advanced(by: count), tables: tables, decoders: decoders)
        defer { decoding.close() }
        while let piece = try decoding.take() {
            guard try addDecoded(piece) else { return false }
            decoding.giveBack(piece)
        }
        return true
    }

    private func addDecoded(_ piece: DecodedFacts) throws -> Bool {
        let isAdded = piece.withFacts { add($0, from: 0) }
        if let failure = piece.failure { throw failure }
        return isAdded
    }

    /// Adds facts to the rows, a bounded number under one hold of the lock.
    private func add(_ source: some FactSource, from start: Int) -> Bool {
        var index = start
        health.beat(.projector)
        while index < source.count {
            guard projection.room.waitForRoom() else { return false }
            index = projection.add(source, from: index)
            position = source.first.advanced(by: index - 1)
            waiters.reached(position)
        }
        return true
    }
}
