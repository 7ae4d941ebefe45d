/// A post's cumulative counters as seen at one time. What a platform does not tell is nil.
public struct EngagementCounters: Sendable, Equatable {
    public let likes: Int64
    public let comments: Int64
    public let shares: Int64?
    public let saves: Int64?
    public let views: Int64?
    public let reach: Int64?
    public let impressions: Int64?

    /// Likes + comments + shares + saves, absent ones as 0 (Projections, section 1); below 2⁵⁵.
    public var engagements: Int64 {
        likes + comments + (shares ?? 0) + (saves ?? 0)
    }
}
