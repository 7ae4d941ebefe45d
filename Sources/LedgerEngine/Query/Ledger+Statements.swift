package import CampaignDomain
import EventLog

/// A statement with a page of its postings.
package struct StatementSlice: Sendable {
    /// The accounts and the count of the whole span.
    package var statement: Statement
    /// By (day, time, source, id), each with the influencer whose it is; nil: media.
    package var items: [Item]
    /// Where the next page goes on; nil at the end.
    package var next: PostingPlace?

    package struct Item: Sendable {
        package var influencerID: String?
        package var posting: Posting
    }
}

extension Ledger {
    /// A statement of a scope's postings. Each page goes through all of them, so that none is missed or repeated.
    ///
    /// - Parameters:
    ///   - from: the first day; - to: the last, not before it.
    ///   - after: go on after this place.
    ///   - limit: at least 1.
    package func statement(
        from: Day, to: Day, of scope: Scope, _ query: Query, after: PostingPlace?, limit: Int
    ) async throws(QueryFault) -> Answer<StatementSlice> {
        let reading = try await reading(query)
        try reading.check(scope)
        guard let span = StatementSpan(from: from, to: to, campaignID: scope.campaignID) else {
            preconditionFailure("a statement from day \(from.number) to \(to.number)")
        }
        var statement = Statement(span)
        // One more than is asked for tells whether there is a next page.
        var page = StatementPage(span, after: after, limit: limit + 1, order: reading.order)
        try await reading.eachInfluencer(in: scope) { (id, situation) throws(QueryFault) in
            statement.add(situation)
            page.add(situation, influencerID: id)
        }
        try await reading.eachCampaign(in: scope) { (id, media) throws(QueryFault) in
            statement.add(media, campaignID: id)
            page.add(media, campaignID: id)
        }
        var items = page.finish().map { StatementSlice.Item(influencerID: $0.influencerID, posting: $0.posting) }
        try reading.checkOrder()
        let isLast = items.count <= limit
        if !isLast { items.removeLast() }
        let next = isLast ? nil : items.last?.posting.place
        return answer(StatementSlice(statement: statement, items: items, next: next), of: reading)
    }
}
