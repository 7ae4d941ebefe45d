import CampaignDomain
import EventLog
import LedgerStore

extension Ledger {
    /// Fixes what a question is asked of: waits for `minPosition`, takes position, `at` and directory of one moment.
    func reading(_ query: Query) async throws(QueryFault) -> Reading {
        let head = log.head
        if let position = query.position, position > head {
            throw .positionBeyondHead(position, head: head)
        }
        let needed = max(query.position ?? .beforeFirst, query.minPosition ?? .beforeFirst)
        if projection.position < needed {
            let timeout = UInt64(configuration.minPositionTimeoutSeconds) * 1_000_000_000
            guard await viewWaiters.wait(for: needed, atMost: timeout) else {
                if Task.isCancelled { throw .closed }
                throw .minPositionTimeout(needed, stands: projection.position)
            }
        }
        let (directory, version, stands) = projection.lock.withLock {
            ($0.directory, $0.directoryVersion, $0.position)
        }
        let at = query.at ?? clock.now()
        let order = LogIdentityOrder(log: log)
        let position = query.position ?? stands
        let asOf = AsOf(at: at, position: FactPosition(position.rawValue))
        let view =
            query.position == nil
            ? directoryViews.view(directory, version: version, at: at, order: order)
            : directory.view(asOf, order: order)
        if let failure = order.failure { throw QueryFault(failure) }
        return Reading(projection: projection, order: order, asOf: asOf, view: view, position: position)
    }

    /// Puts what it is an answer of to a value.
    func answer<Value: Sendable>(_ value: Value, of reading: Reading) -> Answer<Value> {
        Answer(
            value: value, position: reading.position, head: max(log.head, reading.position), at: reading.asOf.at,
            policyVersion: PolicyVersions(reading.view))
    }
}
