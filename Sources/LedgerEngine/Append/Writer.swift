import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore
import Logging

/// The one writer of the log: takes all requests that wait, decides them one after another, commits what is new in one
/// durable transaction, answers. Runs on a thread of its own; `step` knows of no thread.
///
///     pool ──► decide ──► append + sync ──► answer ──► tail, projector
///
/// Invariants: W1 a request is acknowledged only after the commit that holds it returned. W2 positions are given inside
/// the group and are dense. W3 recorded time never decreases. W4 after a failed commit nothing is acknowledged that was
/// in it, and after one of unknown outcome nothing is committed any more.
final class Writer {
    private let queue: AppendQueue
    private let log: any LogStorage
    private let tail: IndexTail
    private let clock: any LedgerClock
    private let health: Health
    private let metrics: LedgerMetrics
    private let logger: Logger
    private let onCommit: @Sendable (CommittedBatch) -> Void
    private let onFatal: @Sendable (String) -> Void
    private var recorded: RecordedEvents
    private var lastRecordedTime: Instant

    init(
        queue: AppendQueue, log: any LogStorage, tail: IndexTail, recorded: consuming RecordedEvents,
        lastRecordedTime: Instant, clock: any LedgerClock, health: Health, metrics: LedgerMetrics = LedgerMetrics(),
        logger: Logger,
        onCommit: @escaping @Sendable (CommittedBatch) -> Void, onFatal: @escaping @Sendable (String) -> Void
    ) {
        self.queue = queue
        self.log = log
        self.tail = tail
        self.recorded = recorded
        self.lastRecordedTime = lastRecordedTime
        self.clock = clock
        self.health = health
        self.metrics = metrics
        self.logger = logger
        self.onCommit = onCommit
        self.onFatal = onFatal
    }

    /// How long the writer waits before it looks at the index again, in nanoseconds.
    private static let idleNanoseconds: UInt64 = 1_000_000_000

    /// The thread's loop, until the queue is closed and empty.
    func run() {
        while let requests = queue.takeAll(waitingAtMost: Self.idleNanoseconds) {
            health.beat(.writer)
            step(requests)
            if requests.isEmpty { lookForRoom() }
        }
    }

    /// While the ledger is read-only nobody may be posting, so the writer looks itself whether there is room again.
    private func lookForRoom() {
        guard health.readOnlyReason != nil, health.fatal == nil else { return }
        guard tail.count <= AppendLimits.tailEventsMax else { return }
        do {
            try log.checkRoom()
            health.setReadOnly(nil)
            logger.notice("there is room again: the ledger takes events")
        } catch {
            health.setReadOnly("\(error)")
        }
    }

    /// A request with its decision, waiting for the commit of the group it was decided in: a refusal may name an event
    /// of the group too, so it is no earlier than the commit.
    private struct Decided {
        let request: AppendRequest
        let outcome: Result<AppendReceipt, AppendRefusal>
        /// Its events in the group; nil if it adds none.
        var accepted: AcceptedEvents?
    }

    /// Decides the requests and commits them in as few groups as the limits allow.
    func step(_ requests: [AppendRequest]) {
        var decided: [Decided] = []
        followIndex(always: requests.isEmpty)
        for request in requests {
            decided.append(decide(request))
            if recorded.group.count >= AppendLimits.groupEventsMax
                || recorded.group.byteCount >= AppendLimits.groupBytesMax
            {
                commit(decided)
                decided.removeAll(keepingCapacity: true)
            }
        }
        commit(decided)
    }

    private func followIndex(always: Bool) {
        do {
            try recorded.followIndex(tail: tail, always: always)
        } catch {
            // The snapshot from before stays right: it and the tail together hold everything.
            logger.warning("index snapshot could not be refreshed", metadata: ["error": "\(error)"])
        }
    }

    /// Decides a request; its new events are in the group if it is accepted.
    private func decide(_ request: AppendRequest) -> Decided {
        if let fatal = health.fatal { return Decided(request: request, outcome: .failure(.failed(fatal))) }
        if tail.count > AppendLimits.tailEventsMax {
            return Decided(request: request, outcome: .failure(.readOnly(reason: tailIsFull())))
        }
        let count = recorded.group.count
        let first = recorded.group.next
        lastRecordedTime = max(clock.now(), lastRecordedTime)
        do {
            let decision = try AppendDecision(request.batch, recordedTime: lastRecordedTime, recorded: &recorded)
            if decision.faults.isEmpty, !request.validateOnly {
                let accepted = decision.newCount > 0 ? decision.accepted : nil
                return Decided(request: request, outcome: .success(receipt(decision, first)), accepted: accepted)
            }
            recorded.truncateGroup(toCount: count)
            return Decided(
                request: request,
                outcome: decision.faults.isEmpty ? .success(receipt(decision, nil)) : .failure(refusal(decision)))
        } catch {
            recorded.truncateGroup(toCount: count)
            return Decided(
                request: request, outcome: .failure(.failed("what is recorded could not be read: \(error)")))
        }
    }

    /// Says so, and that nothing is taken until the index follows.
    private func tailIsFull() -> String {
        let reason =
            "index/ is more than \(AppendLimits.tailEventsMax) events behind, since it cannot be written "
            + "(\(health.troubles.joined(separator: "; "))): make room for it"
        health.setReadOnly(reason)
        return reason
    }

    private func commit(_ decided: [Decided]) {
        guard recorded.group.count > 0 else { return answer(decided) }
        let batch = recorded.takeGroup()
        let began = monotonicNanoseconds()
        do {
            try log.append(batch)
        } catch {
            recorded.discard(batch)
            return refuse(decided, after: error)
        }
        note(batch, nanoseconds: monotonicNanoseconds() - began)
        tail.add(recorded.committed(batch))
        // First the answers: clients wait for them.
        answer(decided)
        let accepted = decided.compactMap(\.accepted)
        onCommit(
            CommittedBatch(
                first: batch.first, last: batch.last, requests: accepted,
                byteCount: accepted.reduce(0) { $0 + $1.batch.byteCount }))
    }

    /// Counts a commit and says that the ledger goes on.
    private func note(_ batch: RecordBatch, nanoseconds: UInt64) {
        health.beat(.writer)
        metrics.batches.add()
        metrics.events.add(UInt64(batch.count))
        metrics.commits.note(nanoseconds: nanoseconds)
        metrics.syncs.note(nanoseconds: log.lastSyncNanoseconds)
        if health.readOnlyReason != nil {
            health.setReadOnly(nil)
            logger.notice("there is room again: the ledger takes events")
        }
    }

    private func answer(_ decided: [Decided]) {
        let head = log.head
        queue.willAnswer()
        var (acknowledged, repeats) = (0, 0)
        defer {
            metrics.appends.add(UInt64(acknowledged))
            metrics.repeats.add(UInt64(repeats))
        }
        for item in decided {
            var outcome = item.outcome
            if case .success(var receipt) = outcome {
                if !item.request.validateOnly {
                    acknowledged += 1
                    repeats += receipt.repeats.count
                }
                receipt.head = head
                outcome = .success(receipt)
            }
            item.request.completion(outcome)
        }
    }

    private func refuse(_ decided: [Decided], after error: StoreError) {
        let refusal: AppendRefusal
        if case .outOfSpace = error {
            refusal = .readOnly(reason: "\(error)")
            if health.readOnlyReason == nil {
                logger.critical("the ledger is read-only", metadata: ["error": "\(error)"])
            }
            health.setReadOnly("\(error)")
        } else {
            refusal = .failed("\(error)")
            logger.critical("the log failed; the process ends", metadata: ["error": "\(error)"])
            health.setFatal("\(error)")
            onFatal("\(error)")
        }
        for item in decided { item.request.completion(.failure(refusal)) }
    }

    /// - Parameter first: the position of the request's first new event; nil if nothing is recorded.
    private func receipt(_ decision: AppendDecision, _ first: Position?) -> AppendReceipt {
        var runs: [ClosedRange<UInt64>] = []
        if let first, decision.newCount > 0 {
            runs = [first.rawValue...first.rawValue + UInt64(decision.newCount) - 1]
        }
        return AppendReceipt(
            head: .beforeFirst, recorded: first == nil ? 0 : decision.newCount, runs: runs, repeats: decision.repeats,
            ahead: decision.ahead)
    }

    private func refusal(_ decision: AppendDecision) -> AppendRefusal {
        let sorted = decision.faults.enumerated().sorted { left, right in
            (left.element.index ?? -1, left.offset) < (right.element.index ?? -1, right.offset)
        }
        return .faults(
            sorted.prefix(CodingLimits.reportedFaultsMax).map(\.element), total: decision.faults.count)
    }
}
