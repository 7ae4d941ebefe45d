/// What the evidence band counts (Projections, section 3, "Evidence band"). The names are those of answers.
public enum EvidenceKind: String, CaseIterable, Sendable {
    /// Messages received, sponsored posts and deliverables, met or missed, within the days of evidence.
    case messages, sponsoredPosts, deliverables
    /// The posts that engagement quality looks at.
    case engagementPosts
}

extension Situation {
    /// Conversations' messages, sponsored posts and deliverables within the days of evidence, and the mature posts.
    func evidenceCount() -> Int128 {
        var count: Int128 = 0
        eachCounted { _, units, _ in count += Int128(units) }
        return count
    }

    /// All that the evidence band counts: its kind, how much it is, and where it comes from.
    @inline(__always)
    func eachCounted(
        _ body: (_ kind: EvidenceKind, _ units: Int64, _ source: TrustEvidence.Source) -> Void
    ) {
        let days = view.trust.evidenceDays
        for (place, conversation) in evidence.conversations.enumerated() where today - conversation.stamp.day <= days {
            body(.messages, conversation.received, .conversation(place))
        }
        for (place, post) in posts.enumerated() where post.isLive {
            if post.publication.isSponsored && post.age <= days { body(.sponsoredPosts, 1, .post(place)) }
            if isMature(post) { body(.engagementPosts, 1, .post(place)) }
        }
        for (place, collaboration) in collaborations.enumerated() {
            for post in collaboration.metPosts where posts[post].age <= days { body(.deliverables, 1, .post(post)) }
            if let due = collaboration.due, collaboration.missed > 0, today - due.day <= days {
                body(.deliverables, Int64(collaboration.missed), .due(place))
            }
        }
    }
}
