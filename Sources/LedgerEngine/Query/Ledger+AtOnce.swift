package import CampaignDomain
package import EventLog
import LedgerStore

/// What a question comes to where it may neither wait nor take long.
package enum AtOnce<Value: Sendable>: Sendable {
    case answer(Answer<Value>)
    /// No event of the one asked for counts.
    case unknown
    /// It would wait for a position, make a view of the directory or read much: ask again where that is allowed.
    case later
}

extension Ledger {
    /// One influencer, judged at once on the caller's thread: for event loops, which many requests share.
    ///
    /// - Parameters:
    ///   - factBytesMax: facts beyond which the answer is `later`; an influencer has some tens of bytes an event.
    ///   - judge: what is asked of the influencer; called at most once.
    package func influencerAtOnce<Value: Sendable>(
        _ id: String, _ query: Query, factBytesMax: Int, judge: (Situation) -> Value
    ) throws(QueryFault) -> AtOnce<Value> {
        guard let reading = try readingAtOnce(query, isQuick: true) else { return .later }
        let rows = try reading.rows(.influencer, id)
        guard rows.pieces.reduce(0, { $0 + $1.count }) <= factBytesMax else { return .later }
        return try reading.judge(rows, judge).map { .answer(answer($0, of: reading)) } ?? .unknown
    }

    /// One influencer, judged; nil if no event of theirs counts.
    package func influencer<Value: Sendable>(
        _ id: String, _ query: Query, judge: @Sendable (Situation) -> Value
    ) async throws(QueryFault) -> Answer<Value>? {
        let reading = try await reading(query)
        return try reading.judge(reading.rows(.influencer, id), judge).map { answer($0, of: reading) }
    }

    /// What an event is in every ledger; nil beyond the head.
    package func identity(at position: Position) throws(QueryFault) -> (source: String, id: String)? {
        guard position >= .first, position <= log.head else { return nil }
        do {
            return try log.withRecord(at: position) {
                (String(decoding: $0.source, as: UTF8.self), String(decoding: $0.id, as: UTF8.self))
            }
        } catch {
            throw QueryFault(error)
        }
    }
}

extension Reading {
    /// Judges an influencer's facts; nil if none counts.
    func judge<Value>(_ rows: StreamRows, _ judge: (Situation) -> Value) throws(QueryFault) -> Value? {
        let evidence = Evidence(rows: rows.pieces, asOf: asOf, order: order)
        let value = evidence.isEmpty ? nil : judge(Situation(evidence, view))
        if let failure = order.failure { throw QueryFault(failure) }
        return value
    }
}
