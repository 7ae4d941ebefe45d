/// The body of `/v1/campaigns/{id}/efficiency`.
package struct CampaignEfficiencyAnswerBody: Codable, Sendable, Equatable {
    package var campaignId: String
    package var efficiency: CampaignEfficiencyBody

    package init(campaignId: String, efficiency: CampaignEfficiencyBody) {
        self.campaignId = campaignId
        self.efficiency = efficiency
    }
}

/// A campaign's efficiency (Projections, section 7): over the live posts of its collaborations with counters.
package struct CampaignEfficiencyBody: Codable, Sendable, Equatable {
    /// By currency.
    package var cost: [String: CampaignCostBody]
    package var posts: Int
    package var engagements: Int128
    package var impressions: Int128
    package var reach: Int128
    package var views: Int128
    /// Of posts whose topics meet the campaign's.
    package var onTopicReach: Int128
    /// The share of its collaborations' influencers in the micro-influencer band; null without any.
    @Nullable package var bandShareBp: Int64?
    package var paidUplift: PaidUpliftBody

    package init(
        cost: [String: CampaignCostBody], posts: Int, engagements: Int128, impressions: Int128, reach: Int128,
        views: Int128, onTopicReach: Int128, bandShareBp: Int64?, paidUplift: PaidUpliftBody
    ) {
        self.cost = cost
        self.posts = posts
        self.engagements = engagements
        self.impressions = impressions
        self.reach = reach
        self.views = views
        self.onTopicReach = onTopicReach
        self._bandShareBp = Nullable(wrappedValue: bandShareBp)
        self.paidUplift = paidUplift
    }
}

/// What a campaign costs in one currency: decimals with all its minor digits.
package struct CampaignCostBody: Codable, Sendable, Equatable {
    /// Accrued: gifts at cost, fees of all kinds, commissions, media.
    package var cost: String
    /// Settled payouts, gifts at cost, media.
    package var costPaid: String
    /// Null without engagements.
    @Nullable package var costPerEngagement: UnitCostBody?
    /// Null without impressions.
    @Nullable package var costPerMille: UnitCostBody?

    package init(
        cost: String, costPaid: String, costPerEngagement: UnitCostBody?, costPerMille: UnitCostBody?
    ) {
        self.cost = cost
        self.costPaid = costPaid
        self._costPerEngagement = Nullable(wrappedValue: costPerEngagement)
        self._costPerMille = Nullable(wrappedValue: costPerMille)
    }
}

/// A cost by a count: the exact pair, and the quotient rounded.
package struct UnitCostBody: Codable, Sendable, Equatable {
    /// The cost in minor units.
    package var minor: Int128
    package var count: Int128
    /// In the currency's unit with four places, half to even; per mille a thousand times the quotient.
    package var decimal: String

    package init(minor: Int128, count: Int128, decimal: String) {
        self.minor = minor
        self.count = count
        self.decimal = decimal
    }
}

/// How far posts beside paid ads reach further than the others: an association, not an effect.
package struct PaidUpliftBody: Codable, Sendable, Equatable {
    /// Posts of each group.
    package var treated: Int
    package var control: Int
    /// Fewer than five posts in a group.
    package var insufficient: Bool
    /// Of the mean and of the lower median, in basis points; null where it would divide by zero.
    @Nullable package var upliftBp: Int128?
    @Nullable package var medianUpliftBp: Int128?

    package init(treated: Int, control: Int, insufficient: Bool, upliftBp: Int128?, medianUpliftBp: Int128?) {
        self.treated = treated
        self.control = control
        self.insufficient = insufficient
        self._upliftBp = Nullable(wrappedValue: upliftBp)
        self._medianUpliftBp = Nullable(wrappedValue: medianUpliftBp)
    }
}

/// The body of `/v1/campaigns/{id}/funnel`: how many of a campaign's influencers stand at each stage.
package struct CampaignFunnelBody: Codable, Sendable, Equatable {
    package var campaignId: String
    /// Of whom an event names the campaign; the sum of the counts.
    package var influencers: Int
    /// All eight, from `prospect` to `trueFan`.
    package var stages: [FunnelStageBody]

    package init(campaignId: String, influencers: Int, stages: [FunnelStageBody]) {
        self.campaignId = campaignId
        self.influencers = influencers
        self.stages = stages
    }
}

/// A stage and how many stand at it.
package struct FunnelStageBody: Codable, Sendable, Equatable {
    package var stage: String
    /// 0 to 7.
    package var stageRank: Int
    package var count: Int

    package init(stage: String, stageRank: Int, count: Int) {
        self.stage = stage
        self.stageRank = stageRank
        self.count = count
    }
}
