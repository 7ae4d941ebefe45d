/// One post as answers list it.
public struct PostSummary: Sendable, Equatable {
    public let postID: String
    public let published: Stamp
    public let platform: String
    public let topics: [String]
    public let brandIDs: [String]
    public let campaignID: String?
    public let connection: Connection
    /// The earliest removal; nil: the post is live.
    public let removed: Instant?
    /// Sponsored, or of a brand that the influencer was compensated for by its time.
    public let needsDisclosure: Bool
    /// Of the newest assessment that counts, else what the post says; nil: neither says anything.
    public let verdict: Verdict?
    /// When the newest counters were seen, and what they say.
    public let recorded: Instant?
    public let counters: EngagementCounters?

    public var isLive: Bool { removed == nil }
    /// Likes + comments + shares + saves.
    public var engagements: Int64 { counters?.engagements ?? 0 }
}

extension Situation {
    /// All posts with a known publication, newest first.
    public func postSummaries() -> [PostSummary] {
        let order = evidence.order
        let newestFirst = posts.sorted { order.precedes($1.publication.stamp, $0.publication.stamp) }
        return newestFirst.map { post in
            let publication = post.publication
            return PostSummary(
                postID: evidence.postNames.name(publication.post), published: publication.stamp,
                platform: evidence.platformNames.name(publication.platform), topics: topics(publication.topics),
                brandIDs: publication.brands.map { evidence.brandNames.name(Int(evidence.brandLists[$0])) },
                campaignID: publication.campaign.map { evidence.campaignNames.name($0) },
                connection: publication.connection, removed: post.removal?.time,
                needsDisclosure: post.needsDisclosure, verdict: post.verdict, recorded: post.snapshot?.stamp.time,
                counters: post.snapshot?.counters)
        }
    }
}
