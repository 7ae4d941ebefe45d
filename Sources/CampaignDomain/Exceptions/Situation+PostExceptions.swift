// Counters of posts, and posts' duties. Removed posts raise none about duties (Projections, section 6).

extension Situation {
    func addCounters(to list: inout ExceptionList) {
        let order = evidence.order
        let snapshots = evidence.snapshots.sorted {
            $0.post != $1.post ? $0.post < $1.post : order.precedes($0.stamp, $1.stamp)
        }
        var before: Snapshot?
        for snapshot in snapshots {
            if let before, before.post == snapshot.post, snapshot.counters.isBelow(before.counters) {
                list.add(.engagementDecreased, snapshot.stamp, thing: evidence.postNames.name(snapshot.post))
            }
            if let publication = evidence.publications[evidence.posts[snapshot.post].publication],
                snapshot.stamp.time < publication.stamp.time
            {
                list.add(.engagementBeforePost, snapshot.stamp, thing: evidence.postNames.name(snapshot.post))
            }
            before = snapshot
        }
    }

    func addDuties(to list: inout ExceptionList) {
        var isConnected = [Bool](repeating: false, count: evidence.posts.count)
        for post in posts where post.isLive {
            let publication = post.publication
            let thing = evidence.postNames.name(publication.post)
            isConnected[publication.post] = post.needsDisclosure
            if isOpenBreach(post) { addBreach(post, thing, to: &list) }
            if let campaign = publication.campaign, evidence.collaborations[campaign].agreement == .none {
                list.add(.postOutsideCampaign, publication.stamp, thing: thing, campaign: campaign)
            }
        }
        for review in evidence.reviews where review.verdict == .notRequired && isConnected[review.post] {
            let publication = evidence.publications[evidence.posts[review.post].publication]
            list.add(
                .notRequiredButConnected, review.stamp, thing: evidence.postNames.name(review.post),
                campaign: publication?.campaign)
        }
    }

    private func addBreach(_ post: JudgedPost, _ thing: String, to list: inout ExceptionList) {
        let (published, campaign) = (post.publication.stamp, post.publication.campaign)
        if let review = evidence.review(of: post) {
            list.add(
                .openBreach, published, review.stamp, since: max(published.time, review.stamp.time), thing: thing,
                campaign: campaign)
        } else {
            list.add(.openBreach, published, thing: thing, campaign: campaign)
        }
    }
}

extension EngagementCounters {
    /// Whether a counter that both tell is smaller than before. What a platform does not tell is not smaller.
    fileprivate func isBelow(_ before: EngagementCounters) -> Bool {
        func isBelow(_ counter: KeyPath<EngagementCounters, Int64?>) -> Bool {
            guard let now = self[keyPath: counter], let before = before[keyPath: counter] else { return false }
            return now < before
        }
        return likes < before.likes || comments < before.comments || isBelow(\.shares) || isBelow(\.saves)
            || isBelow(\.views) || isBelow(\.reach) || isBelow(\.impressions)
    }
}
