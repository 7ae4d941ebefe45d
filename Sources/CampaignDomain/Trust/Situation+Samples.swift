// The posts that authenticity and engagement quality look at (Projections, section 3).

extension Situation {
    /// Whether authenticity looks at a post.
    func isRecent(_ post: JudgedPost) -> Bool { post.isLive && post.age <= view.trust.authenticityDays }

    /// Whether engagement quality looks at a post.
    func isMature(_ post: JudgedPost) -> Bool {
        post.isLive && post.age >= view.trust.engagementFromDays && post.age <= view.trust.engagementToDays
            && post.snapshot != nil
    }

    func authenticitySample() -> AuthenticitySample {
        var sample = AuthenticitySample(posts: 0, sponsored: 0, brands: 0)
        var isSeen = [Bool](repeating: false, count: evidence.brandNames.count)
        for post in posts where isRecent(post) {
            sample.posts += 1
            guard post.publication.isSponsored else { continue }
            sample.sponsored += 1
            for place in post.publication.brands {
                let brand = Int(evidence.brandLists[place])
                if !isSeen[brand] {
                    isSeen[brand] = true
                    sample.brands += 1
                }
            }
        }
        return sample
    }

    func engagementSample() -> EngagementSample {
        let audience = evidence.audiences[evidence.audience]
        var sample = EngagementSample(
            posts: 0, likes: 0, comments: 0, anomalies: 0, followers: audience?.followers,
            suspiciousBp: audience?.suspiciousBp ?? 0)
        var likes: [Int64] = []
        for post in posts where isMature(post) {
            guard let counters = post.snapshot?.counters else { continue }
            sample.posts += 1
            sample.likes += Int128(counters.likes)
            sample.comments += Int128(counters.comments)
            likes.append(counters.likes)
        }
        sample.anomalies = EngagementSample.anomalies(likes: likes, view.trust)
        return sample
    }

    /// Likes of the posts that engagement quality looks at, in their order.
    func matureLikes() -> [Int64] { posts.compactMap { isMature($0) ? $0.snapshot?.counters.likes : nil } }
}
