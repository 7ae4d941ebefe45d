/// The body of `/v1/influencers/{id}/trust?explain=true`.
package struct ExplainedTrustBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var trust: TrustBody
    package var explanation: TrustExplanationBody

    package init(influencerId: String, trust: TrustBody, explanation: TrustExplanationBody) {
        self.influencerId = influencerId
        self.trust = trust
        self.explanation = explanation
    }
}

/// Why trust is what it is: parts that add up exactly to the answer (Projections, section 0, rule 5; section 3).
package struct TrustExplanationBody: Codable, Sendable, Equatable {
    /// In the order of the specification's table; Σ `contribution` = the answer's `beforeCaps`.
    package var components: [TrustComponentBody]
    /// What the caps take away, zero or less: `beforeCaps` + `capping` = `raw`.
    package var capping: Int64
    /// The caps that apply, binding or not.
    package var caps: [TrustCapReasonBody]
    /// Σ `count` = the answer's `evidenceCount`.
    package var evidence: [EvidenceReasonBody]
    package var homeTopics: HomeTopicsBody
    package var authenticity: AuthenticityBody
    package var engagement: EngagementBody

    package init(
        components: [TrustComponentBody], capping: Int64, caps: [TrustCapReasonBody], evidence: [EvidenceReasonBody],
        homeTopics: HomeTopicsBody, authenticity: AuthenticityBody, engagement: EngagementBody
    ) {
        self.components = components
        self.capping = capping
        self.caps = caps
        self.evidence = evidence
        self.homeTopics = homeTopics
        self.authenticity = authenticity
        self.engagement = engagement
    }
}

/// One component of trust: `weight` · `value` = `contribution`, in ten-thousandths of the score.
package struct TrustComponentBody: Codable, Sendable, Equatable {
    /// A name of the answer's `components`.
    package var component: String
    /// Of the policy, 0 to 100.
    package var weight: Int64
    /// 0 to 10,000 basis points; Σ `points` of the parts.
    package var value: Int64
    package var contribution: Int64
    /// In the order in which they are added up.
    package var parts: [TrustPartBody]

    package init(component: String, weight: Int64, value: Int64, contribution: Int64, parts: [TrustPartBody]) {
        self.component = component
        self.weight = weight
        self.value = value
        self.contribution = contribution
        self.parts = parts
    }
}

/// A part of a component.
package struct TrustPartBody: Codable, Sendable, Equatable {
    /// Such as `prior`, `replied` or `sponsoredShare`.
    package var part: String
    /// What is counted: messages, posts, brands, deliverables; comments for `commentsRatio`, the share in basis points for
    /// `suspiciousFollowers`.
    package var count: Int128
    /// Σ r·W of a beta (Projections, section 2), 0 elsewhere. W is 10⁹ at age 0.
    package var good: UInt128
    /// Σ s·W of a beta, 0 elsewhere.
    package var bad: UInt128
    /// In basis points of the component; below zero what it takes away.
    package var points: Int64
    package var events: EventReasonBody

    package init(part: String, count: Int128, good: UInt128, bad: UInt128, points: Int64, events: EventReasonBody) {
        self.part = part
        self.count = count
        self.good = good
        self.bad = bad
        self.points = points
        self.events = events
    }
}

/// A cap that applies.
package struct TrustCapReasonBody: Codable, Sendable, Equatable {
    /// `openBreach` or `suspiciousFollowers`.
    package var cap: String
    /// The most the score times 10,000 can be.
    package var limit: Int64
    /// The posts in breach with their assessments, or the measurement of the audience.
    package var events: EventReasonBody

    package init(cap: String, limit: Int64, events: EventReasonBody) {
        self.cap = cap
        self.limit = limit
        self.events = events
    }
}

/// A kind of what the evidence band counts.
package struct EvidenceReasonBody: Codable, Sendable, Equatable {
    /// `messages`, `sponsoredPosts`, `deliverables` or `engagementPosts`.
    package var kind: String
    package var count: Int128
    package var events: EventReasonBody

    package init(kind: String, count: Int128, events: EventReasonBody) {
        self.kind = kind
        self.count = count
        self.events = events
    }
}

/// The topics that niche fit compares with.
package struct HomeTopicsBody: Codable, Sendable, Equatable {
    package var topics: [String]
    /// `organicPosts`, `registration` or `none`.
    package var source: String
    package var events: EventReasonBody

    package init(topics: [String], source: String, events: EventReasonBody) {
        self.topics = topics
        self.source = source
        self.events = events
    }
}

/// What authenticity is worked out from: live posts of the policy's days.
package struct AuthenticityBody: Codable, Sendable, Equatable {
    package var posts: Int
    /// Those of them that are sponsored.
    package var sponsored: Int
    /// Distinct brands on the sponsored ones.
    package var brands: Int

    package init(posts: Int, sponsored: Int, brands: Int) {
        self.posts = posts
        self.sponsored = sponsored
        self.brands = brands
    }
}

/// What engagement quality is worked out from: mature posts with counters, against the audience.
package struct EngagementBody: Codable, Sendable, Equatable {
    package var posts: Int
    package var likes: Int128
    package var comments: Int128
    /// Posts whose likes stand out.
    package var anomalies: Int
    /// Null: the audience was never measured.
    @Nullable package var followers: Int64?
    /// Suspicious followers among them, in basis points.
    package var suspiciousBp: Int64

    package init(posts: Int, likes: Int128, comments: Int128, anomalies: Int, followers: Int64?, suspiciousBp: Int64) {
        self.posts = posts
        self.likes = likes
        self.comments = comments
        self.anomalies = anomalies
        self._followers = Nullable(wrappedValue: followers)
        self.suspiciousBp = suspiciousBp
    }
}
