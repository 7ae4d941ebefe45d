/// How much of what an influencer posts is sponsored, and for how many brands (Projections, section 3, authenticity).
public struct AuthenticitySample: Sendable, Equatable {
    public var posts: Int
    public var sponsored: Int
    /// Distinct brands on the sponsored posts.
    public var brands: Int

    public init(posts: Int, sponsored: Int, brands: Int) {
        self.posts = posts
        self.sponsored = sponsored
        self.brands = brands
    }

    public func value(_ policy: TrustPolicy) -> BasisPoints {
        guard isEnough(policy) else { return .neutral }
        return BasisPoints(share(policy) * brand(policy) / 10_000)
    }

    /// The value as a sum: what the posts are worth, what the share of sponsored ones takes away, and what their brands
    /// take of the rest, rounding included.
    func points(_ policy: TrustPolicy) -> (posts: Int64, share: Int64, brands: Int64) {
        guard isEnough(policy) else { return (BasisPoints.neutral.rawValue, 0, 0) }
        let share = share(policy)
        return (10_000, share - 10_000, value(policy).rawValue - share)
    }

    /// Whether there are posts enough to say anything.
    private func isEnough(_ policy: TrustPolicy) -> Bool { posts > 0 && posts >= policy.authenticityPosts }

    /// Full up to the free share, nothing from the end on, falling between.
    func share(_ policy: TrustPolicy) -> Int64 {
        let quota = Int64(10_000 * sponsored / posts)
        if quota <= policy.shareFreeBp { return 10_000 }
        if quota >= policy.shareEndBp { return 0 }
        return 10_000 * (policy.shareEndBp - quota) / (policy.shareEndBp - policy.shareFreeBp)
    }

    /// Less for each brand beyond the free ones, down to the floor.
    func brand(_ policy: TrustPolicy) -> Int64 {
        let beyond = Int64(brands) - policy.brandsFree
        guard beyond > 0 else { return 10_000 }
        // A policy may state a floor above the whole: a value stays a share.
        return min(10_000, max(policy.brandFloorBp, 10_000 - policy.brandStepBp * beyond))
    }
}
