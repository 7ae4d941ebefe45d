/// What an influencer and a campaign agreed, as lists of a campaign's influencers show it.
public struct CollaborationSummary: Sendable, Equatable {
    public let kind: CollaborationKind
    public let agreed: Instant
    public let ended: Instant?
    public let endReason: EndReason?
}

extension Evidence {
    /// Whether an event of the influencer that counts names the campaign.
    public func names(campaign id: String) -> Bool {
        campaignNames.find(id) != nil
    }

    /// The campaigns that events of the influencer name which count, each once.
    public var namedCampaigns: [String] { (0..<campaignNames.count).map { campaignNames.name($0) } }

    /// The collaboration of a campaign; nil if none is agreed.
    public func collaboration(inCampaign id: String) -> CollaborationSummary? {
        guard let campaign = campaignNames.find(id), campaign < collaborations.count else { return nil }
        let state = collaborations[campaign]
        guard let agreed = agreements[state.agreement] else { return nil }
        let ended = endings[state.ending]
        return CollaborationSummary(
            kind: agreed.kind, agreed: agreed.stamp.time, ended: ended?.stamp.time, endReason: ended?.reason)
    }
}
