import EventLog
import LedgerStore

/// Brings read models and an index that lie beside the serving ones to where those stand, compares, and lets them take
/// over.
///
///     fold      with the serving ones' checkpoints as the aim, while those move on
///     compare   at the position of one snapshot of what serves
///     catchUp   until little is missing
///     takeOver  while neither checkpoint nor index moves: the rest, then the directories' names, then the memory
///
/// Whatever throws before the take-over leaves what serves as it was. Used by one thread.
final class Replacement {
    private let ledger: Ledger
    private let progress: ReplayProgress
    private let source: FoldPlace.Source
    private let views: LMDBViewStorage
    private let rows: FoldBeside
    private let index: IndexBeside

    /// Events that may be missing when checkpoints are held up for them: some tens of milliseconds.
    private static let missingMax: UInt64 = 20_000
    /// Rounds of catching up, each of which has to leave less than half of what the one before left; or it does not rest.
    private static let roundsMax = 100
    /// How long to wait for what serves to come as far as what lies beside, between looks, in nanoseconds.
    private static let waitNanoseconds: UInt64 = 20_000_000

    init(
        _ ledger: Ledger, _ progress: ReplayProgress, _ source: FoldPlace.Source, views: LMDBViewStorage,
        index: LMDBIndexStorage
    ) {
        (self.ledger, self.progress, self.source, self.views) = (ledger, progress, source, views)
        rows = FoldBeside(log: ledger.log, views: views, tables: ledger.tables, progress: progress)
        self.index = IndexBeside(log: ledger.log, index: index, progress: progress)
    }

    func run() throws -> RebuildResult {
        progress.begin(.fold, total: missing.rows + missing.index)
        try fold()
        let comparison = try compare()
        try catchUp()
        try takeOver()
        return comparison
    }

    private var served: any ViewStorage { ledger.projection.views }

    /// Events that what lies beside does not have and what serves has.
    private var missing: (rows: UInt64, index: UInt64) {
        (
            served.position.rawValue - min(rows.position, served.position).rawValue,
            ledger.index.position.rawValue - min(index.position, ledger.index.position).rawValue
        )
    }

    /// Folds up to where the serving ones stand now; waits for them if they are behind.
    private func fold() throws {
        try fold(waitingFor: { self.served.position }, rows.position) { try self.rows.fold(through: $0) }
        try fold(waitingFor: { self.ledger.index.position }, index.position) { try self.index.fold(through: $0) }
    }

    private func fold(waitingFor serving: () -> Position, _ own: Position, _ fold: (Position) throws -> Void) throws {
        while serving() < own { try progress.rest(worked: Self.waitNanoseconds) }
        try fold(serving())
    }

    private func compare() throws -> RebuildResult {
        let served = try served.snapshot()
        try rows.fold(through: served.position)
        let built = try views.snapshot()
        progress.begin(.compare, total: 0)
        var comparison = RowComparison(progress)
        try comparison.compare(expected: built, found: served)
        let digest = try RowDigest(built, progress)
        return RebuildResult(
            position: built.position, rows: digest.rows, sha256: digest.sha256, differences: comparison.differences)
    }

    private func catchUp() throws {
        progress.begin(.catchUp, total: missing.rows + missing.index)
        var last = UInt64.max
        for _ in 0..<Self.roundsMax {
            let rest = max(missing.rows, missing.index)
            if rest <= Self.missingMax { return }
            if rest > last / 2 { (rows.isHurried, index.isHurried) = (true, true) }
            last = rest
            try fold()
        }
        throw ReplayFault.failed(
            "events come faster than they can be folded beside: let it take a larger share, or more cores")
    }

    private func takeOver() throws {
        let folding = ledger.folding.withLock { $0 }
        guard let checkpointer = folding.checkpointer, let indexer = folding.indexer else {
            throw ReplayFault.failed("the ledger is being opened or closed; ask for it again")
        }
        progress.begin(.takeOver, total: missing.rows + missing.index)
        (rows.isHurried, index.isHurried) = (true, true)
        try indexer.pausing {
            try checkpointer.pausing {
                // The last place where it can be called off.
                try fold()
                try exchange()
            }
        }
    }

    /// - Precondition: both stand where the serving ones do, and stay there.
    private func exchange() throws {
        let directory = try Projection.directory(of: views.snapshot())
        let (viewsFold, indexFold) = (ledger.directory.views.fold, ledger.directory.index.fold)
        try viewsFold.takeOver(from: source) {
            ledger.projection.takeOver(directory) { viewsFold.exchange(source) }
            ledger.exceptionRegister.forget()
        }
        try indexFold.takeOver(from: source) { indexFold.exchange(source) }
    }
}
