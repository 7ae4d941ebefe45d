package import CampaignDomain
import EventLog

extension Ledger {
    /// An influencer's trust, advocacy and compensation; nil if no event of theirs counts.
    package func influencer(
        _ id: String, _ query: Query
    ) async throws(QueryFault) -> Answer<InfluencerAnswer>? {
        let reading = try await reading(query)
        return try reading.assess(id).map { answer($0, of: reading) }
    }

    /// Influencers in the order of their identifiers.
    ///
    /// - Parameters:
    ///   - after: go on after this identifier.
    ///   - limit: at least 1.
    package func influencers(
        _ query: Query, after: String?, limit: Int
    ) async throws(QueryFault) -> Answer<Page<InfluencerItem>> {
        let reading = try await reading(query)
        let page: Page<InfluencerItem> = try await reading.page(
            [ViewKeys.influencer], after: after, limit: limit
        ) { (id) throws(QueryFault) in
            try reading.assess(id).map { InfluencerItem(id: id, answer: $0) }
        }
        return answer(page, of: reading)
    }

    /// An influencer's posts, newest first; nil if the influencer is not known. `next` is the last post's `key`.
    ///
    /// - Parameter after: go on behind this place, whether the post that stood there still counts or not.
    package func posts(
        of id: String, _ query: Query, after: PostPlace?, limit: Int
    ) async throws(QueryFault) -> Answer<Page<PostSummary>>? {
        let reading = try await reading(query)
        guard let situation = try reading.situation(of: id) else { return nil }
        let all = situation.postSummaries()
        let order = reading.order
        let start = after.map { place in all.partitioningIndex { order.precedes($0.published, place.published) } } ?? 0
        let items = Array(all[start...].prefix(limit))
        try reading.checkOrder()
        let isLast = start + items.count == all.count
        let next = isLast ? nil : items.last.map { PostPlace(published: $0.published).key }
        return answer(Page(items: items, next: next), of: reading)
    }
}

extension Reading {
    /// A page of what lies behind a key prefix: identifiers in order, those kept for which there is an item.
    func page<Item: Sendable>(
        _ prefix: [UInt8], after: String?, limit: Int, item: (String) throws(QueryFault) -> Item?
    ) async throws(QueryFault) -> Page<Item> {
        var items: [Item] = []
        var last = after
        while true {
            // One more than is asked for tells whether there is a next page.
            let ids = try identifiers(prefix, after: last, limit: limit + 1)
            for (number, id) in ids.enumerated() {
                if number % Self.itemsPerTurn == 0 { try await giveWay() }
                guard let found = try item(id) else {
                    last = id
                    continue
                }
                if items.count == limit { return Page(items: items, next: last) }
                items.append(found)
                last = id
            }
            if ids.count <= limit { return Page(items: items, next: nil) }
        }
    }
}
