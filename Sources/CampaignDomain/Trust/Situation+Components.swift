// What each component of trust counts (Projections, section 3). Each rule is here once: the value of a component, its
// explanation and the events behind it are made from the same pieces.

extension Situation {
    private func weight(_ day: Day) -> UInt64? {
        view.trust.evidenceWeights[today - day]
    }

    func responsiveness() -> Beta {
        var beta = Beta()
        eachResponse { beta.add($0) }
        return beta
    }

    func nicheFit() -> Beta {
        var beta = Beta()
        eachNicheFit { beta.add($0) }
        return beta
    }

    /// In half units: an ambiguous disclosure is half good, half bad.
    func disclosure() -> Beta {
        var beta = Beta(unitsPerWhole: 2)
        eachDisclosure { beta.add($0) }
        return beta
    }

    func reliability() -> Beta {
        var beta = Beta()
        eachDeliverable { beta.add($0) }
        return beta
    }

    /// Messages of each conversation: those replied to, and the others.
    @inline(__always)
    func eachResponse(_ body: (TrustEvidence) -> Void) {
        for (place, conversation) in evidence.conversations.enumerated() {
            guard let weight = weight(conversation.stamp.day) else { continue }
            let source = TrustEvidence.Source.conversation(place)
            let unreplied = conversation.received - conversation.replied
            body(TrustEvidence(part: .replied, good: conversation.replied, bad: 0, weight: weight, source: source))
            body(TrustEvidence(part: .unreplied, good: 0, bad: unreplied, weight: weight, source: source))
        }
    }

    @inline(__always)
    func eachNicheFit(_ body: (TrustEvidence) -> Void) {
        for (place, reply) in evidence.replies.enumerated() where reply.answer == .declined && reply.reason == .offNiche
        {
            guard let weight = weight(reply.stamp.day) else { continue }
            body(TrustEvidence(part: .declinedOffNiche, good: 1, bad: 0, weight: weight, source: .reply(place)))
        }
        guard let home = homeTopics() else { return }
        for (place, post) in posts.enumerated() where post.isLive && post.publication.isSponsored {
            guard let weight = weight(post.day) else { continue }
            let isOnTopic = post.publication.topics.contains { home.contains(Int(evidence.topicLists[$0])) }
            body(
                TrustEvidence(
                    part: isOnTopic ? .onTopic : .offTopic, good: isOnTopic ? 1 : 0, bad: isOnTopic ? 0 : 1,
                    weight: weight, source: .post(place)))
        }
    }

    @inline(__always)
    func eachDisclosure(_ body: (TrustEvidence) -> Void) {
        for (place, post) in posts.enumerated() where post.isLive && post.needsDisclosure {
            guard let weight = weight(post.day) else { continue }
            let source = TrustEvidence.Source.post(place)
            switch post.verdict {
            case .clear: body(TrustEvidence(part: .clear, good: 2, bad: 0, weight: weight, source: source))
            case .missing: body(TrustEvidence(part: .missing, good: 0, bad: 2, weight: weight, source: source))
            case .ambiguous: body(TrustEvidence(part: .ambiguous, good: 1, bad: 1, weight: weight, source: source))
            case .notRequired, nil: break
            }
        }
    }

    @inline(__always)
    func eachDeliverable(_ body: (TrustEvidence) -> Void) {
        for (place, collaboration) in collaborations.enumerated() {
            for post in collaboration.metPosts {
                guard let weight = weight(posts[post].day) else { continue }
                body(TrustEvidence(part: .met, good: 1, bad: 0, weight: weight, source: .post(post)))
            }
            guard let due = collaboration.due, collaboration.missed > 0, let weight = weight(due.day) else { continue }
            let missed = Int64(collaboration.missed)
            body(TrustEvidence(part: .missed, good: 0, bad: missed, weight: weight, source: .due(place)))
        }
    }

    /// Organic posts whose topics are counted for the home topics.
    func isHomePost(_ post: JudgedPost) -> Bool {
        post.isLive && !post.publication.isSponsored && post.age <= view.trust.evidenceDays
    }

    /// The most frequent topics of organic posts, ties by text; the declared niches while these posts are few. Nil when
    /// there are no niches either.
    func homeTopics() -> [Int]? {
        var counts = [Int](repeating: 0, count: evidence.topicNames.count)
        var organic = 0
        for post in posts where isHomePost(post) {
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
}

extension Beta {
    @inline(__always)
    fileprivate mutating func add(_ evidence: TrustEvidence) {
        add(good: evidence.good, bad: evidence.bad, weight: evidence.weight)
    }
}
