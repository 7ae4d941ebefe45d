package import CampaignDomain
import EventLog
import LedgerStore

extension Ledger {
    /// Fixes what a question is asked of: waits for `minPosition`, takes position, `at` and directory of one moment.
    func reading(_ query: Query) async throws(QueryFault) -> Reading {
        if let reading = try readingAtOnce(query) { return reading }
        let needed = needed(query)
        let timeout = UInt64(settings.minPositionTimeoutSeconds) * 1_000_000_000
        if await viewWaiters.wait(for: needed, atMost: timeout), let reading = try readingAtOnce(query) {
            return reading
        }
        if Task.isCancelled { throw .closed }
        throw .minPositionTimeout(needed, stands: projection.position)
    }

    /// The clock.
    package var now: Instant { clock.now() }

    /// The position at which the read models have to stand for a question.
    private func needed(_ query: Query) -> Position {
        max(query.position ?? .beforeFirst, query.minPosition ?? .beforeFirst)
    }

    /// The same where the read models stand far enough; nil where a question would have to wait for them.
    ///
    /// - Parameter isQuick: nil, too, where the view of the directory has to be made first.
    func readingAtOnce(_ query: Query, isQuick: Bool = false) throws(QueryFault) -> Reading? {
        let (directory, version, stands, serving) = projection.lock.withLock {
            ($0.directory, $0.directoryVersion, $0.position, $0.serving)
        }
        if let position = query.position, position > stands {
            let head = log.head
            if position > head { throw .positionBeyondHead(position, head: head) }
        }
        guard stands >= needed(query) else { return nil }
        let now = clock.now()
        let at = query.at ?? now
        let order = LogIdentityOrder(log: log)
        let position = query.position ?? stands
        let asOf = AsOf(at: at, position: FactPosition(position.rawValue))
        let view: DirectoryView
        if query.position == nil, let kept = directoryViews.kept(version: version, at: at) {
            view = kept
        } else if isQuick {
            return nil
        } else if query.position == nil {
            view = directoryViews.view(directory, version: version, at: at, now: now, order: order)
        } else {
            view = directory.view(asOf, order: order)
        }
        if let failure = order.failure { throw QueryFault(failure) }
        return Reading(
            projection: projection, serving: serving, order: order, asOf: asOf, view: view, position: position)
    }

    /// Puts what it is an answer of to a value.
    func answer<Value: Sendable>(_ value: Value, of reading: Reading) -> Answer<Value> {
        Answer(
            value: value, position: reading.position, head: max(log.head, reading.position), at: reading.asOf.at,
            policyVersion: PolicyVersions(reading.view))
    }
}
