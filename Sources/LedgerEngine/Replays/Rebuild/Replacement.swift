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
/// Whatever throws before the take-over leaves what serves as it was. Each of the two takes over for itself, the views
/// first; an attempt after the daemon's end goes on with what has not (`TakeOverNote`). Used by one thread.
final class Replacement {
    typealias Opening<Storage: FoldStorage> = (ReplaceableFold<Storage>) throws -> Storage

    private let ledger: Ledger
    private let progress: ReplayProgress
    private let source: FoldPlace.Source
    private let number: UInt64
    private let views: ReplaceableFold<LMDBViewStorage>
    private let index: ReplaceableFold<LMDBIndexStorage>
    /// What an earlier attempt said when its views took over.
    private let before: RebuildResult?
    /// What is to take over, and its folds; nil where an earlier attempt has done it.
    private var newViews: LMDBViewStorage?
    private var rows: FoldBeside?
    private var entries: IndexBeside?

    /// Events that may be missing when checkpoints are held up for them: some tens of milliseconds.
    private static let missingMax: UInt64 = 20_000
    /// Rounds of catching up, each of which has to leave less than half of what the one before left; or it does not rest.
    private static let roundsMax = 100
    /// Bytes of the disk that are left to the log and to what serves.
    private static let roomForOthers: UInt64 = 256 << 20
    /// How long to wait for what serves to come as far as what lies beside, between looks, in nanoseconds.
    private static let waitNanoseconds: UInt64 = 20_000_000

    /// - Parameters:
    ///   - number: the replay's.
    ///   - isResuming: whether this is a further attempt of it.
    init(
        _ ledger: Ledger, _ progress: ReplayProgress, _ source: FoldPlace.Source, number: UInt64, isResuming: Bool,
        openViews: Opening<LMDBViewStorage>, openIndex: Opening<LMDBIndexStorage>
    ) throws {
        (self.ledger, self.progress, self.source, self.number) = (ledger, progress, source, number)
        (views, index) = (ledger.directory.views.fold, ledger.directory.index.fold)
        let notes = isResuming ? try [views.note(), index.note()].map { $0.flatMap(TakeOverNote.init) } : [nil, nil]
        before = notes[0].flatMap { $0.replay == number ? $0.result : nil }
        if before == nil {
            let storage = try openViews(views)
            newViews = storage
            rows = FoldBeside(log: ledger.log, views: storage, tables: ledger.tables, progress: progress)
        }
        if before == nil || notes[1]?.replay != number {
            entries = IndexBeside(log: ledger.log, index: try openIndex(index), progress: progress)
        }
    }

    func run() throws -> RebuildResult {
        if source == .next { try checkRoom() }
        progress.begin(.fold, total: missing)
        try fold()
        let result = try before ?? compare()
        try catchUp()
        try takeOver(result)
        return result
    }

    /// Does not begin what would fill the disk that the log needs.
    private func checkRoom() throws {
        let needed = try views.current.usage().usedBytes + index.current.usage().usedBytes
        let built = try newViews?.usage().usedBytes ?? 0
        let free = try FileSystem.freeBytes(ledger.directory.path)
        if let fault = Self.roomFault(needed: needed, built: built, free: free) { throw fault }
    }

    /// - Parameters:
    ///   - needed: bytes that serve now; as many will lie beside them.
    ///   - built: those that lie there already.
    ///   - free: bytes of the file system.
    static func roomFault(needed: UInt64, built: UInt64, free: UInt64) -> ReplayFault? {
        let missing = needed - min(built, needed) + roomForOthers
        guard free < missing else { return nil }
        return .failed(
            "what is built beside takes about \(missing >> 20) MiB with room for the log, and \(free >> 20) MiB are free: "
                + "make room, for instance by removing the replay that keeps what the last rebuild replaced")
    }

    /// Events that what lies beside does not have and what serves has.
    private var missing: UInt64 {
        let rows = rows.map { Self.missing($0.position, ledger.projection.views.position) } ?? 0
        return rows + (entries.map { Self.missing($0.position, ledger.index.position) } ?? 0)
    }

    private static func missing(_ own: Position, _ serving: Position) -> UInt64 {
        serving.rawValue - min(own, serving).rawValue
    }

    /// Folds up to where the serving ones stand now; waits for them if they are behind.
    private func fold() throws {
        if let rows {
            try rows.fold(through: aim(after: rows.position) { self.ledger.projection.views.position })
        }
        if let entries { try entries.fold(through: aim(after: entries.position) { self.ledger.index.position }) }
    }

    private func aim(after own: Position, _ serving: () -> Position) throws -> Position {
        while serving() < own { try progress.rest(worked: Self.waitNanoseconds) }
        return serving()
    }

    private func compare() throws -> RebuildResult {
        guard let rows, let newViews else { preconditionFailure("what has taken over was compared before") }
        let served = try ledger.projection.views.snapshot()
        try rows.fold(through: served.position)
        let built = try newViews.snapshot()
        progress.begin(.compare, total: 0)
        var comparison = RowComparison(progress)
        try comparison.compare(expected: built, found: served)
        let digest = try RowDigest(built, progress)
        return RebuildResult(
            position: built.position, rows: digest.rows, sha256: digest.sha256, differences: comparison.differences)
    }

    private func catchUp() throws {
        progress.begin(.catchUp, total: missing)
        var last = UInt64.max
        for _ in 0..<Self.roundsMax {
            let rest = missing
            if rest <= Self.missingMax { return }
            if rest > last / 2 { hurry() }
            last = rest
            try fold()
        }
        throw ReplayFault.failed(
            "events come faster than they can be folded beside: let it take a larger share, or more cores")
    }

    private func hurry() {
        rows?.isHurried = true
        entries?.isHurried = true
    }

    private func takeOver(_ result: RebuildResult) throws {
        let folding = ledger.folding.withLock { $0 }
        guard let checkpointer = folding.checkpointer, let indexer = folding.indexer else {
            throw ReplayFault.failed("the ledger is being opened or closed; ask for it again")
        }
        let note = TakeOverNote(replay: number, result: result).text
        progress.begin(.takeOver, total: missing)
        hurry()
        try indexer.pausing {
            try checkpointer.pausing {
                // The last place where it can be called off.
                try fold()
                try exchange(note)
            }
        }
    }

    /// - Precondition: both stand where the serving ones do, and stay there.
    private func exchange(_ note: String) throws {
        if let newViews {
            let directory = try Projection.directory(of: newViews.snapshot())
            try views.takeOver(from: source, note: note) {
                ledger.projection.takeOver(directory) { views.exchange(source) }
                ledger.exceptionRegister.forget()
            }
        }
        if entries != nil { try index.takeOver(from: source, note: note) { index.exchange(source) } }
    }
}
