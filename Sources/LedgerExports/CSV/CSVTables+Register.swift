package import LedgerAPI

/// A record an exception; its events as positions, and as `source id` one after another.
package enum ExceptionTable: CSVTable {
    package static let stream = "exceptions"
    package static let columns = [
        "kind", "since", "influencerId", "campaignId", "thingId", "aboutCampaignId", "quantity", "currency", "amount",
        "positions", "events",
    ]

    package static func records(of row: ExceptionBody) -> [CSVRecord] {
        var record = CSVRecord()
        for text in [
            row.kind, row.since, row.influencerId, row.campaignId, row.about.thingId, row.about.campaignId,
        ] {
            record.add(text: text)
        }
        record.add(number: row.about.quantity)
        record.add(text: row.about.currency)
        record.add(decimal: row.about.amount)
        record.add(texts: row.positions.map { String($0) })
        // Neither a source nor an id holds a space.
        record.add(texts: row.events.flatMap { [$0.source, $0.id] })
        return [record]
    }
}

/// A record a post.
package enum PostTable: CSVTable {
    package static let stream = "posts"
    package static let columns = [
        "influencerId", "postId", "position", "source", "id", "published", "platform", "topics", "brandIds",
        "campaignId", "connection", "live", "removed", "needsDisclosure", "verdict", "engagements", "countersTime",
        "likes", "comments", "shares", "saves", "views", "reach", "impressions",
    ]

    package static func records(of row: ExportedPostBody) -> [CSVRecord] {
        var record = CSVRecord()
        let post = row.post
        record.add(text: row.influencerId)
        record.add(text: post.postId)
        record.add(number: row.position)
        for text in [row.source, row.id, post.published, post.platform] {
            record.add(text: text)
        }
        record.add(texts: post.topics)
        record.add(texts: post.brandIds)
        record.add(text: post.campaignId)
        record.add(text: post.connection)
        record.add(flag: post.live)
        record.add(text: post.removed)
        record.add(flag: post.needsDisclosure)
        record.add(text: post.verdict)
        record.add(number: post.engagements)
        record.add(text: post.counters?.time)
        for value in post.counterValues {
            record.add(number: value)
        }
        return [record]
    }
}

extension PostBody {
    /// likes, comments, shares, saves, views, reach, impressions; nil where nobody said.
    var counterValues: [Int64?] {
        [
            counters?.likes, counters?.comments, counters?.shares, counters?.saves, counters?.views, counters?.reach,
            counters?.impressions,
        ]
    }
}
