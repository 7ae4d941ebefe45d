/// All that is concluded of one influencer at a moment.
public struct InfluencerAnswer: Sendable {
    public let tier: Tier
    public let trust: TrustAnswer
    public let advocacy: AdvocacyAnswer
    public let compensation: CompensationAnswer
    public let profile: InfluencerProfile
}

/// What lists of influencers are sorted and filtered by, beside the scores.
public struct InfluencerProfile: Sendable, Equatable {
    /// When it was registered; nil: known only by events.
    public let registered: Instant?
    /// Of the registration; nil: known only by events.
    public let platform: String?
    public let country: String?
    public let niches: [String]
    /// The most frequent topics of organic posts, or the niches; sorted by frequency.
    public let homeTopics: [String]
    /// Nil: never measured.
    public let followers: Int64?
    /// Campaigns with a collaboration, sorted.
    public let collaborations: [String]
    /// Engagements of live posts of age ≤ `InfluencerProfile.engagementDays`.
    public let engagements: Int128

    /// Days of engagements that lists are sorted by.
    public static let engagementDays = 365
}

extension Situation {
    /// Everything at once.
    public func assess() -> InfluencerAnswer {
        InfluencerAnswer(
            tier: tier, trust: trust(), advocacy: advocacy(), compensation: compensation(), profile: profile())
    }

    public func profile() -> InfluencerProfile {
        let registration = evidence.registrations[evidence.registration]
        let campaigns = collaborations.map(\.campaign).sorted { evidence.campaignNames.precedes($0, $1) }
        var engagements: Int128 = 0
        for post in posts where post.isLive && post.age <= InfluencerProfile.engagementDays {
            engagements += Int128(post.snapshot?.counters.engagements ?? 0)
        }
        return InfluencerProfile(
            registered: registration?.stamp.time,
            platform: registration.map { evidence.platformNames.name($0.platform) }, country: registration?.country,
            niches: registration.map { topics($0.niches) } ?? [],
            homeTopics: (homeTopics() ?? []).map { evidence.topicNames.name($0) },
            followers: evidence.audiences[evidence.audience]?.followers,
            collaborations: campaigns.map { evidence.campaignNames.name($0) }, engagements: engagements)
    }

    /// The first instant after `at` at which the influencer's answer can differ without new facts or a change of the
    /// directory: the next day, a due, the end of a term, an event dated ahead.
    public func nextChange() -> Instant {
        var next = Day(today.number + 1).start
        if let time = evidence.nextFactTime { next = min(next, time) }
        for collaboration in collaborations {
            for last in [collaboration.due, collaboration.termEnd] {
                // What holds up to an instant changes right after it.
                guard let last, last >= asOf.at else { continue }
                next = min(next, Instant(microseconds: last.microseconds + 1))
            }
        }
        return next
    }

    func topics(_ places: Range<Int>) -> [String] {
        places.map { evidence.topicNames.name(Int(evidence.topicLists[$0])) }
    }
}
