extension Situation {
    /// A collaboration as ambassador that has not ended and whose term is not over.
    var isAmbassador: Bool {
        collaborations.contains { collaboration in
            guard collaboration.agreement.kind == .ambassador, collaboration.ending == nil else { return false }
            guard let end = collaboration.termEnd else { return true }
            return asOf.at <= end
        }
    }

    /// Whether the most recently due deliverables were all missed: by due, campaign, then met before missed.
    var hasMissedLately: Bool {
        var wanted = view.advocacy.missedDeliverables
        guard wanted > 0 else { return false }
        for collaboration in pastDues() {
            wanted -= collaboration.missed
            if wanted <= 0 { return true }
            if !collaboration.metPosts.isEmpty { return false }
        }
        return false
    }

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

    /// Whether a live post of the policy's days names a brand that has a campaign.
    var mentionsCampaignBrandLately: Bool {
        posts.contains { post in
            post.isLive && post.age <= view.advocacy.dormantDays && namesCampaignBrand(post)
        }
    }

    private func namesCampaignBrand(_ post: JudgedPost) -> Bool {
        post.publication.brands.contains { isCampaignBrand[Int(evidence.brandLists[$0])] }
    }

    /// Posts that mention some brand unpaid, among them and the sponsored ones for campaigns' brands.
    func earnedShare() -> BasisPoints? {
        var (unpaid, sponsored) = (0, 0)
        for post in posts where post.isLive {
            if post.publication.isSponsored {
                if namesCampaignBrand(post) { sponsored += 1 }
            } else if post.publication.brands.contains(where: { isUnpaidMention(post, brandAt: $0) }) {
                unpaid += 1
            }
        }
        return BasisPoints(unpaid, of: unpaid + sponsored)
    }

    /// Collaborations with a live post by due, among those with a delivery whose due has passed.
    func seedingPostRate() -> BasisPoints? {
        var (seeded, posted) = (0, 0)
        for collaboration in collaborations {
            guard collaboration.firstDelivery != nil, let due = collaboration.due, due < asOf.at else { continue }
            seeded += 1
            let isPosted = campaignPosts[collaboration.campaign].contains {
                let post = posts[Int($0)]
                return post.isLive && post.publication.stamp.time <= due
            }
            if isPosted { posted += 1 }
        }
        return BasisPoints(posted, of: seeded)
    }
}

extension Collaboration {
    /// The last instant of the agreed term; nil: no end was agreed.
    var termEnd: Instant? {
        agreement.termDays.map { agreement.stamp.time.adding(days: $0) }
    }
}
