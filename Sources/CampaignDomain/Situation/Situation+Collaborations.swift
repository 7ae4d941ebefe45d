/// The places of posts in a situation, by the campaign they name, each campaign's by time.
struct PostsByCampaign {
    private var places: [Int32]
    private var starts: [Int32]

    init(_ posts: [JudgedPost], campaigns: Int) {
        starts = [Int32](repeating: 0, count: campaigns + 1)
        var total = 0
        for campaign in posts.lazy.compactMap(\.publication.campaign) {
            starts[campaign + 1] += 1
            total += 1
        }
        for campaign in 0..<campaigns { starts[campaign + 1] += starts[campaign] }
        places = [Int32](repeating: 0, count: total)
        var next = starts
        for (place, post) in posts.enumerated() {
            guard let campaign = post.publication.campaign else { continue }
            places[Int(next[campaign])] = Int32(place)
            next[campaign] += 1
        }
    }

    subscript(campaign: Int) -> ArraySlice<Int32> {
        places[Int(starts[campaign])..<Int(starts[campaign + 1])]
    }
}

extension Situation {
    static func collaborations(
        _ evidence: Evidence, _ view: DirectoryView, _ posts: [JudgedPost], _ campaignPosts: PostsByCampaign
    ) -> [Collaboration] {
        let firstDeliveries = firstDeliveries(evidence)
        return evidence.collaborations.compactMap { state in
            guard let agreement = evidence.agreements[state.agreement] else { return nil }
            let ending = evidence.endings[state.ending]
            let firstDelivery = firstDeliveries[agreement.campaign]
            guard let due = Collaboration.due(agreement, deliveredAt: firstDelivery) else {
                return Collaboration(
                    agreement: agreement, ending: ending, firstDelivery: nil, due: nil, metPosts: [], missed: 0)
            }
            let met = metPosts(agreement, due, posts, campaignPosts, removalDays: view.trust.removalDays)
            let isCancelled = ending.map { $0.reason == .cancelled && $0.stamp.time < due } ?? false
            let isMissing = due < evidence.asOf.at && !isCancelled
            return Collaboration(
                agreement: agreement, ending: ending, firstDelivery: firstDelivery, due: due, metPosts: met,
                missed: isMissing ? agreement.deliverables - met.count : 0)
        }
    }

    /// By campaign: the first delivery of which some quantity counts.
    private static func firstDeliveries(_ evidence: Evidence) -> [Stamp?] {
        var first = [Stamp?](repeating: nil, count: evidence.campaignNames.count)
        for movement in evidence.movements where movement.kind == .delivered && movement.counted > 0 {
            let known = first[movement.campaign]
            if known.map({ movement.stamp.time < $0.time }) ?? true { first[movement.campaign] = movement.stamp }
        }
        return first
    }

    /// The first posts in time, as many as were agreed, that were published at or before the due and stayed.
    private static func metPosts(
        _ agreement: Agreement, _ due: Instant, _ posts: [JudgedPost], _ campaignPosts: PostsByCampaign,
        removalDays: Int
    ) -> [Int] {
        var met: [Int] = []
        for place in campaignPosts[agreement.campaign] where met.count < agreement.deliverables {
            let post = posts[Int(place)]
            if post.publication.stamp.time > due { break }
            if let removal = post.removal, removal.day - post.day < removalDays { continue }
            met.append(Int(place))
        }
        return met
    }
}
