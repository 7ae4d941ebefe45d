extension Situation {
    /// Trust at the moment, under the policy in force (Projections, section 3).
    public func trust() -> TrustAnswer {
        let policy = view.trust
        let sample = engagementSample()
        let components = TrustComponents(
            responsiveness: responsiveness().value, nicheFit: nicheFit().value,
            authenticity: authenticitySample().value(policy), engagementQuality: sample.value(policy),
            disclosure: disclosure().value, reliability: reliability().value)
        let beforeCaps = Score(components.weighted(by: policy.weights))
        let breaches = openBreaches()
        let caps = caps(breaches)
        let count = evidenceCount()
        return TrustAnswer(
            policyVersion: policy.version, components: components, beforeCaps: beforeCaps,
            raw: caps.reduce(beforeCaps) { min($0, $1.limit) }, caps: caps, evidence: band(count),
            evidenceCount: count, openBreaches: breaches.map { evidence.postNames.name($0.publication.post) })
    }

    /// The tier of the newest audience.
    public var tier: Tier {
        Tier(followers: evidence.audiences[evidence.audience]?.followers)
    }

    /// Live posts in breach of disclosure, earliest first.
    func openBreaches() -> [JudgedPost] {
        let breaches = posts.filter { isOpenBreach($0) }
        return breaches.count < 2
            ? breaches : breaches.sorted { evidence.order.precedes($0.publication.stamp, $1.publication.stamp) }
    }

    func isOpenBreach(_ post: JudgedPost) -> Bool {
        post.isLive && post.age <= view.trust.breachDays && post.needsDisclosure && post.verdict == .missing
    }

    private func caps(_ breaches: [JudgedPost]) -> [TrustCap] {
        var caps: [TrustCap] = []
        if !breaches.isEmpty {
            let events = breaches.map(\.publication.stamp.position)
            caps.append(TrustCap(kind: .openBreach, limit: Score(view.trust.breachCap), events: events))
        }
        if let cap = suspiciousCap() { caps.append(cap) }
        return caps
    }

    /// The cap for an audience of which too much is suspicious.
    func suspiciousCap() -> TrustCap? {
        guard let audience = evidence.audiences[evidence.audience], let share = audience.suspiciousBp,
            share >= view.trust.suspiciousCapBp
        else { return nil }
        let limit = Score(view.trust.suspiciousCap)
        return TrustCap(kind: .suspiciousFollowers, limit: limit, events: [audience.stamp.position])
    }

    private func band(_ count: Int128) -> EvidenceBand {
        if count < view.trust.evidenceMedium { return .low }
        return count < view.trust.evidenceHigh ? .medium : .high
    }
}
