extension Situation {
    /// Advocacy at the moment, under the policy in force (Projections, section 4).
    public func advocacy() -> AdvocacyAnswer {
        let hasOpenBreach = posts.contains { isOpenBreach($0) }
        let active = activity()
        var flags: [AdvocacyFlag] = []
        if collaborations.contains(where: { isAmbassador($0) }) { flags.append(.ambassador) }
        if hasOpenBreach || hasMissedLately { flags.append(.atRisk) }
        if active.collaborations > 0 && !posts.contains(where: { isRecentBrandPost($0) }) { flags.append(.dormant) }
        return AdvocacyAnswer(
            policyVersion: view.advocacy.version, stage: stage(active, hasOpenBreach: hasOpenBreach), flags: flags,
            acceptRate: acceptRate().value, earnedShare: earnedShare().value, seedingPostRate: seedingPostRate().value)
    }

    /// The highest stage whose rule holds: the same rules as `stageRules`, the highest first and no further than needed.
    private func stage(_ active: Activity, hasOpenBreach: Bool) -> Stage {
        let policy = view.advocacy
        if !hasOpenBreach {
            let mentions = mentions()
            if mentions.contains(where: { $0.isTrueFan(policy) }) { return .trueFan }
            if mentions.contains(where: { $0.isAdvocate(policy) }) { return .advocate }
        }
        if active.collaborations >= policy.repeatCampaigns
            || (active.posts >= policy.repeatPosts && active.months >= policy.repeatMonths)
        {
            return .repeat
        }
        if active.collaborations > 0 { return .activated }
        if heldShipments(atMost: 1) > 0 { return .seeded }
        if !collaborations.isEmpty { return .agreed }
        return evidence.invitations.isEmpty ? .prospect : .contacted
    }

    /// Live posts in collaborations.
    struct Activity {
        /// Collaborations with such a post, the posts, and the calendar months in which they were published.
        var collaborations = 0
        var posts = 0
        var months = 0
    }

    func activity() -> Activity {
        var activity = Activity()
        var months: Set<Int> = []
        for collaboration in collaborations {
            let live = campaignPosts[collaboration.campaign].filter { posts[Int($0)].isLive }
            guard !live.isEmpty else { continue }
            activity.collaborations += 1
            activity.posts += live.count
            for place in live { months.insert(posts[Int(place)].day.month) }
        }
        activity.months = months.count
        return activity
    }

    /// How many shipments something is delivered and not returned of.
    ///
    /// - Parameter most: counts no further.
    func heldShipments(atMost most: Int = .max) -> Int {
        var (shipment, held, count): (Int, Int64, Int) = (-1, 0, 0)
        for movement in evidence.movements where count < most {
            if movement.shipment != shipment {
                if held > 0 { count += 1 }
                (shipment, held) = (movement.shipment, 0)
            }
            held += movement.held
        }
        return count + (count < most && held > 0 ? 1 : 0)
    }

    /// Whether a post mentions a brand unpaid: organic, outside every campaign, of a brand that has a campaign here,
    /// and more than the policy's days after the latest event by which the influencer was compensated for the brand.
    ///
    /// - Parameter place: of the brand in the evidence's list of brands.
    func isUnpaidMention(_ post: JudgedPost, brandAt place: Int) -> Bool {
        guard post.isLive, !post.publication.isSponsored, post.publication.campaign == nil,
            isCampaignBrand[Int(evidence.brandLists[place])]
        else { return false }
        guard let latest = compensated[place] else { return true }
        return post.day - latest.day > view.advocacy.unpaidDays
    }

    /// Unpaid mentions by brand.
    func mentions() -> [BrandMentions] {
        var mentions = [BrandMentions](repeating: BrandMentions(), count: evidence.brandNames.count)
        eachMention { post, brand in mentions[brand].add(post.day, age: post.age, view.advocacy) }
        return mentions
    }

    /// Each unpaid mention, by the times of the posts, and its brand's index.
    @inline(__always)
    func eachMention(_ body: (JudgedPost, Int) -> Void) {
        for post in posts {
            for place in post.publication.brands where isUnpaidMention(post, brandAt: place) {
                body(post, Int(evidence.brandLists[place]))
            }
        }
    }
}

extension Movement {
    /// What it adds to what the influencer holds of the shipment.
    var held: Int64 {
        switch kind {
        case .delivered: return counted
        case .returned: return -counted
        case .lost: return 0
        }
    }
}
