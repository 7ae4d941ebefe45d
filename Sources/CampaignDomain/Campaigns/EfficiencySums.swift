/// What efficiency of a campaign is worked out from (Projections, section 7): sums over its influencers that can be made
/// one by one, in any order, in parts that are added up.
public struct EfficiencySums: Sendable, Equatable {
    public private(set) var compensation: CampaignCompensation
    /// Live posts of the campaign's collaborations with counters, and what these add up to.
    public private(set) var posts = 0
    public private(set) var engagements: Int128 = 0
    public private(set) var impressions: Int128 = 0
    public private(set) var reach: Int128 = 0
    public private(set) var views: Int128 = 0
    /// Of the posts whose topics meet the campaign's.
    public private(set) var onTopicReach: Int128 = 0
    /// Influencers with a collaboration, and those of them in the micro-influencer band.
    public private(set) var influencers = 0
    public private(set) var bandInfluencers = 0
    /// Reaches of mature posts beside a paid ad, and of the others; sorted when they are judged.
    private(set) var treated: [Int64] = []
    private(set) var control: [Int64] = []

    /// Days from which on a post's reach is compared, and during which an ad counts as beside it.
    static let upliftDays = 5

    /// - Parameter media: the campaign's own evidence; nil: its stream has none.
    public init(media: CampaignEvidence?) { compensation = CampaignCompensation(media: media) }

    /// Adds an influencer.
    ///
    /// - Parameters:
    ///   - campaignID: the campaign.
    ///   - flights: its paid ads, as its own evidence has them.
    public mutating func add(_ situation: Situation, campaignID: String, flights: [CampaignEvidence.Flight]) {
        compensation.add(situation.compensation(), campaignID: campaignID)
        guard let campaign = situation.evidence.campaignNames.find(campaignID),
            situation.collaborations.contains(where: { $0.campaign == campaign })
        else { return }
        influencers += 1
        if situation.tier.isMicroInfluencerBand { bandInfluencers += 1 }
        let topics = situation.topicPlaces(situation.view.campaign(campaignID)?.topics ?? [])
        for place in situation.campaignPosts[campaign] {
            let post = situation.posts[Int(place)]
            guard post.isLive, let counters = post.snapshot?.counters else { continue }
            add(counters, isOnTopic: situation.names(post, topics))
            guard post.age >= EfficiencySums.upliftDays, let reach = counters.reach else { continue }
            if flights.contains(where: { $0.isBeside(post) }) { treated.append(reach) } else { control.append(reach) }
        }
    }

    /// Adds the sums of other influencers of the same campaign. - Precondition: only one of both was made with media.
    public mutating func merge(_ other: EfficiencySums) {
        compensation.merge(other.compensation)
        posts += other.posts
        engagements += other.engagements
        impressions += other.impressions
        reach += other.reach
        views += other.views
        onTopicReach += other.onTopicReach
        influencers += other.influencers
        bandInfluencers += other.bandInfluencers
        treated += other.treated
        control += other.control
    }

    private mutating func add(_ counters: EngagementCounters, isOnTopic: Bool) {
        posts += 1
        engagements += Int128(counters.engagements)
        impressions += Int128(counters.impressions ?? 0)
        reach += Int128(counters.reach ?? 0)
        views += Int128(counters.views ?? 0)
        if isOnTopic { onTopicReach += Int128(counters.reach ?? 0) }
    }

    /// Equal when they conclude the same: the order in which reaches were added does not matter.
    public static func == (left: EfficiencySums, right: EfficiencySums) -> Bool {
        left.efficiency == right.efficiency && left.compensation.currencies == right.compensation.currencies
            && left.influencers == right.influencers && left.bandInfluencers == right.bandInfluencers
            && left.treated.sorted() == right.treated.sorted() && left.control.sorted() == right.control.sorted()
    }
}

extension CampaignEvidence.Flight {
    /// Whether the ads overlap [published, published + 5 days].
    fileprivate func isBeside(_ post: JudgedPost) -> Bool {
        let published = post.publication.stamp.time
        return from <= published.adding(days: EfficiencySums.upliftDays) && to >= published
    }
}

extension Situation {
    /// The indexes of those topics that posts name.
    fileprivate func topicPlaces(_ topics: [String]) -> [Int] { topics.compactMap { evidence.topicNames.find($0) } }

    fileprivate func names(_ post: JudgedPost, _ topics: [Int]) -> Bool {
        post.publication.topics.contains { topics.contains(Int(evidence.topicLists[$0])) }
    }
}
