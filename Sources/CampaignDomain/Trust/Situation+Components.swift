// What each component of trust counts (Projections, section 3).

extension Situation {
    private func weight(_ day: Day) -> UInt64? {
        view.trust.evidenceWeights[today - day]
    }

    func responsiveness() -> Beta {
        var beta = Beta()
        for conversation in evidence.conversations {
            guard let weight = weight(conversation.stamp.day) else { continue }
            beta.add(
                good: conversation.replied, bad: conversation.received - conversation.replied, weight: weight)
        }
        return beta
    }

    func nicheFit() -> Beta {
        var beta = Beta()
        for reply in evidence.replies where reply.answer == .declined && reply.reason == .offNiche {
            guard let weight = weight(reply.stamp.day) else { continue }
            beta.add(good: 1, weight: weight)
        }
        guard let home = homeTopics() else { return beta }
        for post in posts where post.isLive && post.publication.isSponsored {
            guard let weight = weight(post.day) else { continue }
            let isOnTopic = post.publication.topics.contains { home.contains(Int(evidence.topicLists[$0])) }
            beta.add(good: isOnTopic ? 1 : 0, bad: isOnTopic ? 0 : 1, weight: weight)
        }
        return beta
    }

    /// The most frequent topics of organic posts, ties by text; the declared niches while these posts are few. Nil when
    /// there are no niches either.
    func homeTopics() -> [Int]? {
        var counts = [Int](repeating: 0, count: evidence.topicNames.count)
        var organic = 0
        for post in posts
        where post.isLive && !post.publication.isSponsored && post.age <= view.trust.evidenceDays {
            organic += 1
            for place in post.publication.topics { counts[Int(evidence.topicLists[place])] += 1 }
        }
        guard organic >= view.trust.homePosts else {
            return evidence.registrations[evidence.registration].map { registration in
                registration.niches.map { Int(evidence.topicLists[$0]) }
            }
        }
        let topics = counts.indices.filter { counts[$0] > 0 }
        let ranked = topics.sorted {
            counts[$0] != counts[$1] ? counts[$0] > counts[$1] : evidence.topicNames.precedes($0, $1)
        }
        return Array(ranked.prefix(view.trust.homeTopics))
    }

    func authenticitySample() -> AuthenticitySample {
        var sample = AuthenticitySample(posts: 0, sponsored: 0, brands: 0)
        var isSeen = [Bool](repeating: false, count: evidence.brandNames.count)
        for post in posts where post.isLive && post.age <= view.trust.authenticityDays {
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
        let policy = view.trust
        let audience = evidence.audiences[evidence.audience]
        var sample = EngagementSample(
            posts: 0, likes: 0, comments: 0, anomalies: 0, followers: audience?.followers,
            suspiciousBp: audience?.suspiciousBp ?? 0)
        var likes: [Int64] = []
        for post in posts
        where post.isLive && post.age >= policy.engagementFromDays && post.age <= policy.engagementToDays {
            guard let counters = post.snapshot?.counters else { continue }
            sample.posts += 1
            sample.likes += Int128(counters.likes)
            sample.comments += Int128(counters.comments)
            likes.append(counters.likes)
        }
        sample.anomalies = EngagementSample.anomalies(likes: likes, policy)
        return sample
    }

    /// In half units: an ambiguous disclosure is half good, half bad.
    func disclosure() -> Beta {
        var beta = Beta(unitsPerWhole: 2)
        for post in posts where post.isLive && post.needsDisclosure {
            guard let weight = weight(post.day) else { continue }
            switch post.verdict {
            case .clear: beta.add(good: 2, weight: weight)
            case .missing: beta.add(bad: 2, weight: weight)
            case .ambiguous: beta.add(good: 1, bad: 1, weight: weight)
            case .notRequired, nil: break
            }
        }
        return beta
    }

    func reliability() -> Beta {
        var beta = Beta()
        for collaboration in collaborations {
            for place in collaboration.metPosts {
                guard let weight = weight(posts[place].day) else { continue }
                beta.add(good: 1, weight: weight)
            }
            guard let due = collaboration.due, collaboration.missed > 0, let weight = weight(due.day) else { continue }
            beta.add(bad: Int64(collaboration.missed), weight: weight)
        }
        return beta
    }
}
