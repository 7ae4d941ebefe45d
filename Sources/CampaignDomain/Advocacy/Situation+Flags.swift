extension Situation {
    /// A collaboration as ambassador that has not ended and whose term is not over.
    func isAmbassador(_ collaboration: Collaboration) -> Bool {
        guard collaboration.agreement.kind == .ambassador, collaboration.ending == nil else { return false }
        guard let end = collaboration.termEnd else { return true }
        return asOf.at <= end
    }

    /// Whether the most recently due deliverables were all missed: by due, campaign, then met before missed.
    var hasMissedLately: Bool {
        let wanted = view.advocacy.missedDeliverables
        return wanted > 0 && missedInARow(collaborations: missedLately()) >= wanted
    }

    /// The collaborations of the deliverables missed since the last that was met, the latest due first.
    func missedLately() -> [Collaboration] {
        var missed: [Collaboration] = []
        for collaboration in pastDues() {
            if collaboration.missed > 0 { missed.append(collaboration) }
            if !collaboration.metPosts.isEmpty { break }
        }
        return missed
    }

    func missedInARow(collaborations: [Collaboration]) -> Int { collaborations.reduce(0) { $0 + $1.missed } }

    /// Collaborations whose due has passed, the latest first.
    private func pastDues() -> [Collaboration] {
        let past = collaborations.compactMap { collaboration in
            collaboration.due.flatMap { $0 < asOf.at ? (due: $0, collaboration: collaboration) : nil }
        }
        let latestFirst = past.sorted {
            $0.due != $1.due
                ? $0.due > $1.due
                : evidence.campaignNames.precedes($1.collaboration.campaign, $0.collaboration.campaign)
        }
        return latestFirst.map(\.collaboration)
    }

    /// A live post of the policy's days that names a brand with a campaign: who has one is not dormant.
    func isRecentBrandPost(_ post: JudgedPost) -> Bool {
        post.isLive && post.age <= view.advocacy.dormantDays && namesCampaignBrand(post)
    }

    private func namesCampaignBrand(_ post: JudgedPost) -> Bool {
        post.publication.brands.contains { isCampaignBrand[Int(evidence.brandLists[$0])] }
    }

    /// Accepted among answered outreach.
    func acceptRate() -> MetricShare {
        MetricShare(
            metric: .acceptRate, part: evidence.replies.count { $0.answer == .accepted }, whole: evidence.replies.count)
    }

    /// Posts that mention some brand unpaid, among them and the sponsored ones for campaigns' brands.
    func earnedShare() -> MetricShare {
        var (unpaid, sponsored) = (0, 0)
        eachEarnedOrSponsored { post in if post.publication.isSponsored { sponsored += 1 } else { unpaid += 1 } }
        return MetricShare(metric: .earnedShare, part: unpaid, whole: unpaid + sponsored)
    }

    /// The posts that the earned share counts.
    @inline(__always)
    func eachEarnedOrSponsored(_ body: (JudgedPost) -> Void) {
        for post in posts where post.isLive {
            let isCounted =
                post.publication.isSponsored
                ? namesCampaignBrand(post) : post.publication.brands.contains { isUnpaidMention(post, brandAt: $0) }
            if isCounted { body(post) }
        }
    }

    /// Collaborations with a live post by due, among those with a delivery whose due has passed.
    func seedingPostRate() -> MetricShare {
        var (seeded, posted) = (0, 0)
        eachSeeded { _, post in
            seeded += 1
            if post != nil { posted += 1 }
        }
        return MetricShare(metric: .seedingPostRate, part: posted, whole: seeded)
    }

    /// Collaborations with a delivery whose due has passed, each with the first live post by due.
    @inline(__always)
    func eachSeeded(_ body: (Collaboration, JudgedPost?) -> Void) {
        for collaboration in collaborations {
            guard collaboration.firstDelivery != nil, let due = collaboration.due, due < asOf.at else { continue }
            let place = campaignPosts[collaboration.campaign].first {
                let post = posts[Int($0)]
                return post.isLive && post.publication.stamp.time <= due
            }
            body(collaboration, place.map { posts[Int($0)] })
        }
    }
}

extension Collaboration {
    /// The last instant of the agreed term; nil: no end was agreed.
    var termEnd: Instant? {
        agreement.termDays.map { agreement.stamp.time.adding(days: $0) }
    }
}
