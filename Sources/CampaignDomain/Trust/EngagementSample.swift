/// What mature posts received, seen against the audience (Projections, section 3, engagementQuality).
public struct EngagementSample: Sendable, Equatable {
    public var posts: Int
    public var likes: Int128
    public var comments: Int128
    /// Posts whose likes stand out.
    public var anomalies: Int
    /// Nil: the audience was never measured.
    public var followers: Int64?
    public var suspiciousBp: Int64

    public init(
        posts: Int, likes: Int128, comments: Int128, anomalies: Int, followers: Int64?, suspiciousBp: Int64 = 0
    ) {
        self.posts = posts
        self.likes = likes
        self.comments = comments
        self.anomalies = anomalies
        self.followers = followers
        self.suspiciousBp = suspiciousBp
    }

    /// The value as a sum, in basis points: what the rate is worth, less three penalties, kept within 0…10000.
    struct Points: Equatable {
        var rate = BasisPoints.neutral.rawValue
        /// Zero or less, each.
        var anomalies: Int64 = 0
        var comments: Int64 = 0
        var suspicious: Int64 = 0
        /// Takes a sum below 0 or above 10000 back to that bound.
        var bounds: Int64 = 0

        var sum: Int64 { rate + anomalies + comments + suspicious + bounds }
    }

    public func value(_ policy: TrustPolicy) -> BasisPoints { BasisPoints(points(policy).sum) }

    /// Without posts or followers the neutral value alone.
    func points(_ policy: TrustPolicy) -> Points {
        var points = Points()
        guard posts > 0, let followers, followers > 0, let tier = Tier(followers: followers).benchmarkIndex else {
            return points
        }
        let rate = 10_000 * (likes + comments) / (Int128(posts) * Int128(followers))
        points.rate = base(ratio: 10_000 * rate / Int128(policy.benchmarksBp[tier]), policy)
        points.anomalies = -anomalyPenalty(policy)
        points.comments = -commentsPenalty(policy)
        points.suspicious = -penalty(
            suspiciousBp, free: policy.suspiciousFreeBp, factor: policy.suspiciousFactor, max: policy.suspiciousMaxBp)
        points.bounds = min(10_000, max(0, points.sum)) - points.sum
        return points
    }

    /// Rises to the whole at the lower ratio, falls again beyond the higher one.
    private func base(ratio: Int128, _ policy: TrustPolicy) -> Int64 {
        if ratio < policy.ratioLowBp { return Int64(10_000 * ratio / Int128(policy.ratioLowBp)) }
        if ratio <= policy.ratioHighBp { return 10_000 }
        return Int64(10_000 * Int128(policy.ratioHighBp) / ratio)
    }

    private func anomalyPenalty(_ policy: TrustPolicy) -> Int64 {
        penalty(
            Int64(10_000 * anomalies / posts), free: policy.anomalyFreeBp, factor: policy.anomalyFactor,
            max: policy.anomalyMaxBp)
    }

    /// Likes without comments and comments without likes are both bought.
    private func commentsPenalty(_ policy: TrustPolicy) -> Int64 {
        guard likes > 0 else { return 0 }
        let quota = 10_000 * comments / likes
        return quota < policy.commentsLowBp || quota > policy.commentsHighBp ? policy.commentsPenaltyBp : 0
    }

    private func penalty(_ value: Int64, free: Int64, factor: Int64, max most: Int64) -> Int64 {
        value > free ? min(most, factor * (value - free)) : 0
    }

    /// How many of the posts have likes far from their lower median, in lower medians of that distance.
    public static func anomalies(likes: [Int64], _ policy: TrustPolicy) -> Int {
        guard let usual = UsualLikes(likes, policy) else { return 0 }
        return likes.count { usual.isAnomaly($0) }
    }
}

/// What likes of an influencer's posts are usual: told from their lower median and the lower median of the distances
/// from it (Projections, section 3, "Anomaly").
struct UsualLikes {
    private let median: Int64
    /// The policy's multiple of the median distance.
    private let bound: Int128

    /// Nil when the posts are too few, or too much alike, to tell.
    init?(_ likes: [Int64], _ policy: TrustPolicy) {
        guard !likes.isEmpty, likes.count >= policy.anomalyPosts else { return nil }
        let sorted = likes.sorted()
        let median = sorted[(sorted.count - 1) / 2]
        let deviation = sorted.map { abs($0 - median) }.sorted()[(sorted.count - 1) / 2]
        guard deviation > 0 else { return nil }
        self.median = median
        bound = Int128(policy.anomalyDeviation) * Int128(deviation)
    }

    func isAnomaly(_ likes: Int64) -> Bool { UsualLikes.deviationScale * Int128(abs(likes - median)) > bound }

    /// Ten thousand times the median deviation of a normal distribution in standard deviations.
    private static let deviationScale: Int128 = 6745
}
