/// An item of `/v1/influencers/{id}/posts`.
package struct PostBody: Codable, Sendable, Equatable {
    package var postId: String
    /// When it was published, RFC 3339 in UTC.
    package var published: String
    package var platform: String
    package var topics: [String]
    package var brandIds: [String]
    @Nullable package var campaignId: String?
    /// `none`, `gift`, `fee` or `affiliate`.
    package var connection: String
    /// Whether it had not been removed at the instant asked for.
    package var live: Bool
    @Nullable package var removed: String?
    package var needsDisclosure: Bool
    /// `clear`, `ambiguous`, `missing` or `notRequired`; null without a verdict.
    @Nullable package var verdict: String?
    /// likes + comments + shares + saves of the newest counters.
    package var engagements: Int64
    /// The newest counters; null without a snapshot.
    @Nullable package var counters: EngagementCounters?

    package init(
        postId: String, published: String, platform: String, topics: [String], brandIds: [String],
        campaignId: String?, connection: String, live: Bool, removed: String?, needsDisclosure: Bool, verdict: String?,
        engagements: Int64, counters: EngagementCounters?
    ) {
        self.postId = postId
        self.published = published
        self.platform = platform
        self.topics = topics
        self.brandIds = brandIds
        self._campaignId = Nullable(wrappedValue: campaignId)
        self.connection = connection
        self.live = live
        self._removed = Nullable(wrappedValue: removed)
        self.needsDisclosure = needsDisclosure
        self._verdict = Nullable(wrappedValue: verdict)
        self.engagements = engagements
        self._counters = Nullable(wrappedValue: counters)
    }
}

/// A post's cumulative counters as last seen; null where the snapshot did not say.
package struct EngagementCounters: Codable, Sendable, Equatable {
    /// When they were seen, RFC 3339 in UTC; null where that is not kept.
    @Nullable package var time: String?
    package var likes: Int64
    package var comments: Int64
    @Nullable package var shares: Int64?
    @Nullable package var saves: Int64?
    @Nullable package var views: Int64?
    @Nullable package var reach: Int64?
    @Nullable package var impressions: Int64?

    package init(
        time: String?, likes: Int64, comments: Int64, shares: Int64?, saves: Int64?, views: Int64?, reach: Int64?,
        impressions: Int64?
    ) {
        self._time = Nullable(wrappedValue: time)
        self.likes = likes
        self.comments = comments
        self._shares = Nullable(wrappedValue: shares)
        self._saves = Nullable(wrappedValue: saves)
        self._views = Nullable(wrappedValue: views)
        self._reach = Nullable(wrappedValue: reach)
        self._impressions = Nullable(wrappedValue: impressions)
    }
}
