import CampaignCoding
import EventLog
import LedgerStore

/// Decodes a stretch of the log on several threads, ahead of the one that adds the facts in order: decoding is most of
/// the work of a rebuild, and needs neither order nor lock.
///
///     decoders   claim the next piece · read and decode it · give it
///     taker      takes the pieces in order · gives them back to be filled again
///
/// At most `piecesMax` pieces are under way, so memory stays bounded however far the taker is behind.
final class LogDecoding: Sendable {
    /// Records of one piece: long enough that handing it over costs nothing, short enough to stay in a core's cache.
    static let pieceRecords = 512
    private static let piecesPerDecoder = 4

    private struct State {
        /// The first position of the piece that is claimed next.
        var next: Position
        /// The first position of the piece that is taken next.
        var taken: Position
        var done: [Position: Result<DecodedFacts, StoreError>] = [:]
        var idle: [DecodedFacts]
        var isClosed = false
    }

    private let log: any LogStorage
    private let tables: CatalogueTables
    private let last: Position
    private let state: Monitor<State>
    private let threads: Monitor<[WorkerThread]>

    /// Starts decoding from `first` through `last`.
    ///
    /// - Parameter niceness: of the threads (`WorkerThread`).
    init(
        _ log: any LogStorage, from first: Position, through last: Position, tables: CatalogueTables, decoders: Int,
        niceness: Int32 = 0
    ) {
        self.log = log
        self.tables = tables
        self.last = last
        state = Monitor(
            State(
                next: first, taken: first,
                idle: (0..<decoders * Self.piecesPerDecoder).map { _ in DecodedFacts() }))
        threads = Monitor([])
        threads.withLock { threads in
            threads = (0..<decoders).map { number in
                WorkerThread(name: "decoder-\(number)", niceness: niceness) { [self] in run() }
            }
        }
    }

    /// The next piece in order, waited for; nil behind the last. Give it back when its facts are added.
    func take() throws(StoreError) -> DecodedFacts? {
        let taken = state.wait { state -> Result<DecodedFacts?, StoreError>? in
            if state.taken > last { return .success(nil) }
            return state.done.removeValue(forKey: state.taken)?.map { $0 }
        }
        guard let piece = try taken?.get() else { return nil }
        state.withLock { $0.taken = $0.taken.advanced(by: Self.pieceRecords) }
        return piece
    }

    func giveBack(_ piece: DecodedFacts) {
        state.notify { $0.idle.append(piece) }
    }

    /// Ends the decoders, whatever they have not done.
    func close() {
        state.notify { $0.isClosed = true }
        threads.withLock { threads in
            for thread in threads { thread.join() }
            threads = []
        }
    }

    private func run() {
        let decoder = FactDecoder(tables: tables)
        while let (first, piece) = claim() {
            let result: Result<DecodedFacts, StoreError>
            do throws(StoreError) {
                let count = min(Self.pieceRecords, Int(last.rawValue - first.rawValue) + 1)
                try piece.read(log, from: first, count: count, decoder: decoder)
                result = .success(piece)
            } catch {
                result = .failure(error)
            }
            state.notify { $0.done[first] = result }
        }
    }

    private func claim() -> (Position, DecodedFacts)? {
        let claimed = state.wait { state -> (first: Position, piece: DecodedFacts?)? in
            if state.isClosed || state.next > last { return (state.next, nil) }
            guard let piece = state.idle.popLast() else { return nil }
            defer { state.next = state.next.advanced(by: Self.pieceRecords) }
            return (state.next, piece)
        }
        return claimed.flatMap { claimed in claimed.piece.map { (claimed.first, $0) } }
    }
}
