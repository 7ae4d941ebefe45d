package import CampaignDomain
import EventLog

/// Which points of an influencer's trust are asked for.
package struct TrustHistorySpan: Sendable {
    /// How it goes on from one point to the next.
    package enum Pace: Sendable, Equatable {
        /// Seconds, at least 1.
        case step(Int64)
        /// To the next instant at which the answer is another one.
        case change
    }

    package var from: Instant
    package var to: Instant
    package var pace: Pace
    /// Whether `from` is where the page before stopped.
    package var isContinued: Bool

    package init(from: Instant, to: Instant, pace: Pace, isContinued: Bool = false) {
        self.from = from
        self.to = to
        self.pace = pace
        self.isContinued = isContinued
    }
}

extension Ledger {
    /// Points judged before others have their turn: with 10,000 events some milliseconds of work.
    private static let pointsPerTurn = 16
    /// What a page of points names at most, in events of caps and posts in breach, but for its last point.
    private static let namesMax = 20_000

    /// An influencer's trust over time, as known at the question's position; nil if no event of theirs counts as of the
    /// question.
    ///
    /// A page ends after `limit` points, after `TrustHistory.instantsMax` instants that were looked at, or when its points
    /// name very much; `next` says where to go on.
    package func trustHistory(
        of id: String, _ span: TrustHistorySpan, _ query: Query, limit: Int
    ) async throws(QueryFault) -> Answer<TrustHistoryPage>? {
        let reading = try await reading(query)
        let rows = try reading.rows(.influencer, id)
        guard try reading.judge(rows, { _ in true }) != nil else { return nil }
        // Newer than the reading's, perhaps: its position cuts the directory as it does the facts.
        let directory = projection.lock.withLock { $0.directory }
        let history = TrustHistory(
            rows: rows.pieces, directory, position: reading.asOf.position, order: reading.order)
        var walk = history.walk(span)
        var points: [TrustPoint] = []
        var names = 0
        for instant in 0..<TrustHistory.instantsMax where walk.next != nil && points.count < limit {
            if instant % Self.pointsPerTurn == 0 { try await reading.giveWay() }
            guard let point = walk.advance() else { continue }
            points.append(point)
            names += point.trust.openBreaches.count + point.trust.caps.reduce(0) { $0 + $1.events.count }
            if names >= Self.namesMax { break }
        }
        if let failure = reading.order.failure { throw QueryFault(failure) }
        return answer(TrustHistoryPage(points: points, next: walk.next), of: reading)
    }
}

extension TrustHistory {
    fileprivate func walk(_ span: TrustHistorySpan) -> TrustHistoryWalk {
        switch span.pace {
        case .step(let seconds): walk(from: span.from, to: span.to, stepSeconds: seconds)
        case .change: changesWalk(from: span.from, to: span.to, isContinued: span.isContinued)
        }
    }
}
