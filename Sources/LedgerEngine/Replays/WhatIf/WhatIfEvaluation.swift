import CampaignDomain
import EventLog
import LedgerStore

/// Judges everyone twice, under the policies in force and under others, and writes down of whom something differs.
///
/// As many threads as its pace says take some identifiers at a time; what they find goes to one file as it comes. In memory
/// are a key of 24 bytes for each influencer who changes, which put the rows in order at last, and what the threads have in
/// hand.
final class WhatIfEvaluation: Sendable {
    private let reading: Reading
    private let other: DirectoryView
    private let progress: ReplayProgress
    private let kinds: [PolicyKind]
    private let state: Monitor<State>

    private struct State {
        let rows: OrderedRowsWriter
        var keys: [ChangeKey] = []
        /// Those of whom an event counts.
        var influencers: UInt64 = 0
        /// Identifiers that nobody took yet, the last one that was read, and how many were taken.
        var waiting: ArraySlice<String> = []
        var last: String?
        var taken: UInt32 = 0
        var hasMore = true
        var failure: (any Error)?
    }

    /// Influencers of which a thread reads the facts at once: some tens, since it does so under the projection's lock.
    private static let influencersPerHold = 32
    /// How long a thread works between rests, in nanoseconds, if no influencer takes longer.
    private static let pieceNanoseconds: UInt64 = 2_000_000

    init(
        _ reading: Reading, under policies: [WhatIfQuestion.Replacement], progress: ReplayProgress,
        rows: sending OrderedRowsWriter
    ) {
        self.reading = reading
        self.progress = progress
        kinds = policies.map(\.kind)
        other = reading.view.replacing(
            Dictionary(policies.map { ($0.kind, $0.parameters) }, uniquingKeysWith: { $1 }))
        state = Monitor(State(rows: rows))
    }

    /// - Throws: `ReplayFault`, `QueryFault` or `StoreError`, the first that any thread met.
    func run() throws -> WhatIfResult {
        progress.begin(.evaluate, total: try count())
        progress.advance(by: 0, to: reading.position)
        let helpers = (1..<max(1, progress.pace.cores)).map { number in
            WorkerThread(name: "whatif-\(number)", niceness: ReplayPace.niceness) { self.work() }
        }
        work()
        helpers.forEach { $0.join() }
        return try state.withLock { (state) throws in
            if let failure = state.failure { throw failure }
            state.keys.sort()
            try state.rows.finish(order: state.keys.lazy.map(\.offset))
            return WhatIfResult(
                position: reading.position, at: reading.asOf.at, influencers: state.influencers,
                changed: UInt64(state.keys.count), policies: kinds)
        }
    }

    /// How many identifiers there are; of some of them no event counts.
    private func count() throws -> UInt64 {
        var (count, last): (UInt64, String?) = (0, nil)
        while true {
            let began = monotonicNanoseconds()
            let ids = try reading.identifiers([ViewKeys.influencer], after: last, limit: Reading.identifiersPerStep)
            count += UInt64(ids.count)
            if ids.count < Reading.identifiersPerStep { return count }
            last = ids.last
            try progress.rest(worked: monotonicNanoseconds() - began)
        }
    }

    /// A thread's part: until nobody is left, or a thread failed.
    private func work() {
        do {
            var (worked, judged): (UInt64, UInt64) = (0, 0)
            while let part = try take() {
                var began = monotonicNanoseconds()
                for (index, rows) in try reading.rows(ofInfluencers: part.ids[...]).enumerated() {
                    try judge(part.ids[index], rows, ordinal: part.first + UInt32(index))
                    worked += monotonicNanoseconds() - began
                    judged += 1
                    if worked >= Self.pieceNanoseconds {
                        progress.advance(by: judged)
                        try progress.rest(worked: worked)
                        (worked, judged) = (0, 0)
                    }
                    began = monotonicNanoseconds()
                }
            }
            progress.advance(by: judged)
            try progress.rest(worked: worked)
        } catch {
            state.withLock { state in
                state.failure = state.failure ?? error
                (state.waiting, state.hasMore) = ([], false)
            }
        }
    }

    /// The next identifiers, and how many come before them; nil: there are no more.
    private func take() throws -> (first: UInt32, ids: [String])? {
        try state.withLock { (state) throws in
            if state.waiting.isEmpty, state.hasMore {
                // Each look for identifiers goes through the whole overlay: a thousand at a time, few looks.
                let step = Reading.identifiersPerStep
                state.waiting = try reading.identifiers([ViewKeys.influencer], after: state.last, limit: step)[...]
                state.hasMore = state.waiting.count == step
                state.last = state.waiting.last
            }
            guard !state.waiting.isEmpty else { return nil }
            let part = Array(state.waiting.prefix(Self.influencersPerHold))
            state.waiting = state.waiting.dropFirst(part.count)
            defer { state.taken += UInt32(part.count) }
            return (state.taken, part)
        }
    }

    private func judge(_ id: String, _ rows: StreamRows, ordinal: UInt32) throws {
        let evidence = Evidence(rows: rows.pieces, asOf: reading.asOf, order: reading.order)
        let change =
            evidence.isEmpty
            ? nil
            : InfluencerChange(
                from: Situation(evidence, reading.view).assess(), to: Situation(evidence, other).assess())
        try reading.checkOrder()
        let row = change.map { WhatIfChange(influencerID: id, change: $0).stored }
        try state.withLock { (state) throws in
            if !evidence.isEmpty { state.influencers += 1 }
            guard let change, let row else { return }
            let offset = try row.withBytes { (row) throws(StoreError) in try state.rows.append(row) }
            state.keys.append(ChangeKey(change.size, ordinal: ordinal, offset: offset))
        }
    }
}

/// Where a change stands among the others: the greatest first, those of a size by their identifiers.
struct ChangeKey: Comparable {
    /// The score's difference, and in the lowest three bits the stages'.
    private let scoreAndStages: UInt32
    /// How many identifiers come before.
    private let ordinal: UInt32
    /// Minor units; all that is beyond 64 bits is the same.
    private let money: UInt64
    /// Of its row.
    let offset: UInt64

    private static let stageBits: UInt32 = 3

    init(_ size: InfluencerChange.Size, ordinal: UInt32, offset: UInt64) {
        scoreAndStages = UInt32(size.score) << Self.stageBits | UInt32(size.stages)
        money = UInt64(clamping: size.money)
        self.ordinal = ordinal
        self.offset = offset
    }

    static func < (left: ChangeKey, right: ChangeKey) -> Bool {
        (right.scoreAndStages, right.money, left.ordinal) < (left.scoreAndStages, left.money, right.ordinal)
    }
}

extension WhatIfChange {
    /// The row: the identifier, then the change.
    var stored: [UInt8] {
        var writer = FactWriter()
        var id = influencerID
        id.withUTF8 { writer.append(text: UnsafeRawBufferPointer($0)) }
        change.write(to: &writer)
        return writer.bytes
    }

    init(stored: [UInt8]) {
        var reader = FactReader(stored)
        influencerID = reader.readName()
        change = InfluencerChange(from: &reader)
    }
}
