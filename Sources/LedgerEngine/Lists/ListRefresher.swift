import CampaignDomain
import EventLog
import LedgerStore
import Logging

/// Keeps the lists of influencers fresh, on a thread of its own and of lower priority: works out anew whose facts,
/// campaigns or day changed, and publishes the next generation.
///
/// After each generation it rests four times as long as that took, or as long where somebody waits for one, unless the list
/// would be too old: the more is done at once, the more often it is one influencer's. When nobody asked for a while it works
/// once a minute.
final class ListRefresher {
    private let ledger: Ledger
    private let lists: InfluencerLists
    /// Whose summaries may differ from the published ones, left over from rounds that did not get through too.
    private var pending = ListMarks.Marked.everyone
    /// The generation before the published one, until questions that still read it are through: letting go of the last
    /// reference takes some milliseconds, which are this thread's to spend.
    private var retired: ListGeneration?
    /// When those come into the lists of whom all events are dated ahead: nothing else would say so then.
    private var awaited: [String: Instant] = [:]
    private var lastEnd: UInt64 = 0
    private var lastNanoseconds: UInt64 = 0
    /// When the read models were first seen to have caught up with the log of the start.
    private var caughtUp: UInt64?

    /// How far the clock may be set back without anything being worked out anew, in microseconds: until it has caught up
    /// lists keep their `at`.
    static let clockStepMax: Int64 = 1_000_000
    private static let tickNanoseconds: UInt64 = 100_000_000
    /// From having caught up to the first table.
    private static let calmNanoseconds: UInt64 = 2_000_000_000
    /// Between generations, if little has to be done.
    private static let intervalNanoseconds: UInt64 = 1_000_000_000
    /// Between generations when nobody asked for a list lately.
    private static let unaskedIntervalNanoseconds: UInt64 = 60_000_000_000
    /// The oldest that a list should become: below what is promised, since one round may take longer than the last.
    private static let ageNanoseconds: UInt64 = 8_000_000_000
    /// The same where the rest is a long one, which leaves room for a round that takes much longer on a busy machine.
    private static let calmAgeNanoseconds: UInt64 = 6_000_000_000
    /// How much longer than a generation takes the rest is, where nobody waits.
    private static let restsPerRound: UInt64 = 4
    private static let retryNanoseconds: UInt64 = 1_000_000_000
    /// Influencers whose facts are read under one hold of the projection's lock: this thread is the first that has to wait
    /// for a core, and while it does so with the lock in its hand, so do all others.
    private static let influencersPerHold = 32

    init(_ ledger: Ledger) {
        self.ledger = ledger
        lists = ledger.lists
    }

    /// The thread's loop, until the lists are closed.
    func run() {
        while waitForTurn() {
            let began = monotonicNanoseconds()
            do throws(QueryFault) {
                try refresh()
                ledger.health.clear(.lists)
            } catch .closed {
                return
            } catch {
                ledger.health.set(.lists, "the lists of influencers could not be brought on: \(error)")
                ledger.logger.error("refreshing the lists failed", metadata: ["error": "\(error)"])
                _ = lists.state.wait(atMost: Self.retryNanoseconds) { $0.isClosed ? true : nil }
            }
            lists.state.withLock { $0.isPolicyTakingEffect = false }
            lastEnd = monotonicNanoseconds()
            lastNanoseconds = lastEnd - began
        }
    }

    /// Waits until the next generation is due or wanted. - Returns: false when the lists are closed.
    private func waitForTurn() -> Bool {
        while true {
            ledger.health.beat(.lists)
            let now = monotonicNanoseconds()
            if now > lastEnd + Self.tickNanoseconds { retired = nil }
            let earliest = lastEnd + rest
            let isFarBehind = ledger.isFarBehind
            let isCalm = isCalmAfterStart(now)
            let wait = now < earliest ? min(earliest - now, Self.tickNanoseconds) : Self.tickNanoseconds
            let isOpen = lists.state.wait(atMost: wait) { [self] state -> Bool? in
                if state.isClosed { return false }
                guard monotonicNanoseconds() >= earliest, !isFarBehind else { return nil }
                let isDue =
                    state.generation == nil ? isCalm : monotonicNanoseconds() >= lastEnd + interval(state)
                guard state.isDemanded || isDue else { return nil }
                state.isDemanded = false
                return true
            }
            if let isOpen { return isOpen }
        }
    }

    /// Whether the first table may be made though nobody asks for it. One of what is only half folded would be made twice, and
    /// right after a start there is more urgent work.
    private func isCalmAfterStart(_ now: UInt64) -> Bool {
        if caughtUp == nil, ledger.hasCaughtUp { caughtUp = now }
        // Of an empty ledger it costs nothing, and then is not made in the midst of the first events.
        let calm = ledger.wasEmptyAtStart ? 0 : Self.calmNanoseconds
        return caughtUp.map { now >= $0 + calm } ?? false
    }

    /// Between generations in any case: as long as one takes, but not so long that lists become too old.
    private var rest: UInt64 { min(lastNanoseconds, longestRest(Self.ageNanoseconds)) }

    /// The longest rest after which no list becomes older than that, if the next generation takes as long as the last one.
    private func longestRest(_ ageNanoseconds: UInt64) -> UInt64 {
        ageNanoseconds - min(2 * lastNanoseconds, ageNanoseconds)
    }

    private func interval(_ state: InfluencerLists.State) -> UInt64 {
        guard state.isAskedLately else { return Self.unaskedIntervalNanoseconds }
        return max(
            Self.intervalNanoseconds, rest,
            min(Self.restsPerRound * lastNanoseconds, longestRest(Self.calmAgeNanoseconds)))
    }

    /// Makes and publishes the next generation.
    private func refresh() throws(QueryFault) {
        let order = LogIdentityOrder(log: ledger.log)
        let published = lists.generation
        let moment = try takeMoment(after: published, order)
        let reading = Reading(
            projection: ledger.projection, serving: moment.serving, order: order, asOf: moment.asOf,
            view: moment.view, position: moment.position)
        let last = published ?? ListGeneration(empty: moment)
        try addChanges(since: last, reading)
        var names = last.names
        var renewed: [ListGeneration.Renewed] = []
        var ids = try pendingIdentifiers(reading)[...]
        while !ids.isEmpty {
            if lists.state.withLock({ $0.isClosed }) { throw .closed }
            ledger.health.beat(.lists)
            let began = monotonicNanoseconds()
            let some = ids.prefix(Self.influencersPerHold)
            ids = ids.dropFirst(some.count)
            for (id, rows) in zip(some, try reading.rows(ofInfluencers: some)) {
                renewed.append(try renew(id, rows, reading, &names))
            }
            pauseUnlessAsked(worked: monotonicNanoseconds() - began)
        }
        let next = last.next(moment, renewed: renewed, names: names)
        let generation = ListGeneration(next, answers: try answers(of: next, after: last, reading))
        pending = .some([])
        retired = published
        lists.state.withLock { $0.generation = generation }
    }

    /// While nobody asks for lists, a fourth of a core is enough for them: others have questions of their own, the more so
    /// after a start, when everyone is worked out. Who asks ends the pause.
    private func pauseUnlessAsked(worked nanoseconds: UInt64) {
        _ = lists.state.wait(atMost: 3 * nanoseconds) { state in
            state.isClosed || state.isDemanded || state.isAskedLately ? true : nil
        }
    }

    /// The answers that a generation keeps: those of the one before where nothing changed, the others worked out.
    private func answers(
        of next: ListGeneration, after last: ListGeneration, _ reading: Reading
    ) throws(QueryFault) -> [String: InfluencerAnswer] {
        // An answer names the version, which a summary does not hang on.
        let isSameTax = next.view.policyVersion(.tax) == last.view.policyVersion(.tax)
        var answers: [String: InfluencerAnswer] = [:]
        for id in next.answered {
            if isSameTax, !pending.contains(id), let kept = last.answers[id] {
                answers[id] = kept
            } else {
                answers[id] = try reading.assess(id)
            }
        }
        return answers
    }

    private func renew(
        _ id: String, _ rows: StreamRows, _ reading: Reading, _ names: inout SummaryNames
    ) throws(QueryFault) -> ListGeneration.Renewed {
        let evidence = Evidence(rows: rows.pieces, asOf: reading.asOf, order: reading.order)
        let summary = evidence.isEmpty ? nil : InfluencerSummary(Situation(evidence, reading.view), names: &names)
        if let failure = reading.order.failure { throw QueryFault(failure) }
        awaited[id] = evidence.isEmpty ? evidence.nextFactTime : nil
        return ListGeneration.Renewed(id: id, summary: summary)
    }

    /// Position, directory and marks of one moment, and the clock's instant.
    private func takeMoment(
        after last: ListGeneration?, _ order: LogIdentityOrder
    ) throws(QueryFault) -> ListMoment {
        let (directory, version, position, serving, taken) = ledger.projection.lock.withLock { state in
            (state.directory, state.directoryVersion, state.position, state.serving, state.listMarks.take())
        }
        pending.formUnion(taken.marked)
        var at = ledger.clock.now()
        if let last, at < last.asOf.at {
            if last.asOf.at.microseconds - at.microseconds <= Self.clockStepMax {
                at = last.asOf.at
            } else {
                pending = .everyone
            }
        }
        let asOf = AsOf(at: at, position: FactPosition(position.rawValue))
        let kept = last.flatMap { last in
            last.directoryVersion == version && last.asOf.at <= at
                && last.directoryNextChange.map { at < $0 } ?? true ? last : nil
        }
        let moment = ListMoment(
            asOf: asOf, position: position, serving: serving, view: kept?.view ?? directory.view(asOf, order: order),
            directoryVersion: version,
            directoryNextChange: kept.map(\.directoryNextChange) ?? directory.nextChange(after: at))
        if let failure = order.failure { throw QueryFault(failure) }
        return moment
    }

    /// Adds those whom the directory or time itself changes.
    private func addChanges(since last: ListGeneration, _ reading: Reading) throws(QueryFault) {
        let isPolicyNew = [PolicyKind.trust, .advocacy].contains {
            reading.view.policyVersion($0) != last.view.policyVersion($0)
        }
        if isPolicyNew { lists.state.withLock { $0.isPolicyTakingEffect = true } }
        guard case .some(var ids) = pending else { return }
        switch reading.view.changes(since: last.view) {
        case .everyone: pending = .everyone
        case .campaigns(let campaigns):
            for campaign in campaigns { try ids.formUnion(reading.allIdentifiers(ViewKeys.members(of: campaign))) }
            for (number, summary) in last.summaries.enumerated() where summary.nextChange <= reading.asOf.at {
                ids.insert(last.ids[number])
            }
            for (id, time) in awaited where time <= reading.asOf.at { ids.insert(id) }
            pending = .some(ids)
        }
    }

    private func pendingIdentifiers(_ reading: Reading) throws(QueryFault) -> [String] {
        switch pending {
        case .some(let ids): ids.sorted()
        case .everyone: try reading.allIdentifiers([ViewKeys.influencer])
        }
    }
}

extension ListMarks.Marked {
    fileprivate func contains(_ id: String) -> Bool {
        switch self {
        case .some(let ids): ids.contains(id)
        case .everyone: true
        }
    }

    fileprivate mutating func formUnion(_ other: Self) {
        switch (self, other) {
        case (.some(let ids), .some(let more)): self = .some(ids.union(more))
        default: self = .everyone
        }
    }
}
