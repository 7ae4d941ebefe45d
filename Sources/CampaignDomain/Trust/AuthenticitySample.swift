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
        guard posts > 0, posts >= policy.authenticityPosts else { return .neutral }
        return BasisPoints(share(policy) * brand(policy) / 10_000)
    }

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
