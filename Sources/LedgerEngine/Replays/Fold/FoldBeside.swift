package import CampaignCoding
package import EventLog
package import LedgerStore

/// Folds the log beside what serves: read models of their own in a directory of their own, with bounded memory, at a pace,
/// able to go on where an earlier one ended.
///
/// It does what projector and checkpointer do, but with no lock: nobody reads what it has not checkpointed. Used by one
/// thread.
package final class FoldBeside {
    private let log: any LogStorage
    private let views: any ViewStorage
    private let tables: CatalogueTables
    private let progress: ReplayProgress
    private let checkpointBytesMax: Int
    private let decoder: FactDecoder
    private let facts = DecodedFacts()
    private var overlay = Overlay()
    /// What a checkpoint that threw was to write, and to which position: it may be committed, so it is written again just
    /// as it was before anything else is.
    private var unwritten: (overlay: Overlay, position: Position)?
    private var meter: ReplayMeter

    /// The last position folded; `views` may stand before it until `fold` returns.
    package private(set) var position: Position

    /// From so many records on other threads decode them, if there may be any.
    private static let stretchMin = 16_384
    /// How much of the log is given to them at once.
    private static let stretchMax = 1 << 18
    /// What a step of merging writes at most, about.
    private static let mergeStepBytes = 16 << 20

    /// - Parameters:
    ///   - views: where to; it goes on at their position. Nobody else writes to them.
    ///   - progress: is advanced by the events folded, and says how fast. Its phase is the caller's to begin.
    ///   - checkpointBytesMax: bytes of folded facts that are held in memory.
    package init(
        log: any LogStorage, views: any ViewStorage, tables: CatalogueTables, progress: ReplayProgress,
        checkpointBytesMax: Int = 32 << 20
    ) {
        self.log = log
        self.views = views
        self.tables = tables
        self.progress = progress
        self.checkpointBytesMax = min(checkpointBytesMax, LedgerConfiguration.checkpointBytesLimit)
        decoder = FactDecoder(tables: tables)
        meter = ReplayMeter(progress)
        position = views.position
    }

    /// Whether it no longer rests: see `ReplayMeter.isHurried`.
    var isHurried: Bool {
        get { meter.isHurried }
        set { meter.isHurried = newValue }
    }

    /// Folds up to exactly `target` and checkpoints there. Call it again to go on, also after it threw.
    ///
    /// - Parameter target: from `position` on, at most the log's head.
    /// - Throws: `ReplayFault`: `.cancelled` between pieces of some milliseconds, `.failed` for an event that cannot be
    ///   folded or a target that cannot be reached; `StoreError`.
    package func fold(through target: Position) throws {
        guard target >= position, target <= log.head else {
            throw ReplayFault.failed(
                "a fold at position \(position) cannot go to \(target) in a log whose head is \(log.head)")
        }
        meter.begin()
        if unwritten != nil { try checkpoint() }
        while position < target {
            let count = Int(target.rawValue - position.rawValue)
            if progress.pace.cores > 1, count >= Self.stretchMin {
                try foldStretch(min(count, Self.stretchMax))
            } else {
                try foldPiece(min(count, LogDecoding.pieceRecords))
            }
        }
        if views.position < target { try checkpoint() }
    }

    /// Decodes on this thread.
    private func foldPiece(_ count: Int) throws {
        try facts.read(log, from: position.next, count: count, decoder: decoder)
        try add(facts)
    }

    /// Lets other threads decode.
    private func foldStretch(_ count: Int) throws {
        let decoding = LogDecoding(
            log, from: position.next, through: position.advanced(by: count), tables: tables,
            decoders: progress.pace.cores, niceness: ReplayPace.niceness)
        defer { decoding.close() }
        while let piece = try decoding.take() {
            try add(piece)
            decoding.giveBack(piece)
        }
    }

    private func add(_ piece: DecodedFacts) throws {
        let count = piece.withFacts { facts in
            overlay.add(facts)
            return facts.count
        }
        position = position.advanced(by: count)
        progress.advance(by: UInt64(count), to: position)
        if let failure = piece.failure {
            throw ReplayFault.failed("the event at position \(position.next) cannot be folded: \(failure)")
        }
        if overlay.byteCount >= checkpointBytesMax { try checkpoint() }
        try meter.pause()
    }

    /// Takes what is folded to `views`, and merges.
    private func checkpoint() throws {
        if let last = unwritten {
            try write(last.overlay, last.position)
            if last.position == position { return }
        }
        let full = overlay
        overlay = Overlay(rows: full.rows.count)
        try write(full, position)
        while try views.mergeStep() {
            meter.wrote(Self.mergeStepBytes)
            try meter.pause()
        }
    }

    private func write(_ full: Overlay, _ end: Position) throws {
        unwritten = (full, end)
        try views.checkpoint(rows: CheckpointPieces(full), position: end)
        unwritten = nil
        meter.wrote(full.byteCount)
        try meter.pause()
    }
}
