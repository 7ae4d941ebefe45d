import CampaignDomain
import LedgerAPI
import LedgerEngine

extension CampaignEfficiencyBody {
    init(_ efficiency: CampaignEfficiency) {
        let costs = efficiency.costs.map { ($0.currency.code, CampaignCostBody($0)) }
        self.init(
            cost: Dictionary(uniqueKeysWithValues: costs), posts: efficiency.posts,
            engagements: efficiency.engagements, impressions: efficiency.impressions, reach: efficiency.reach,
            views: efficiency.views, onTopicReach: efficiency.onTopicReach,
            bandShareBp: efficiency.bandShare?.rawValue, paidUplift: PaidUpliftBody(efficiency.paidUplift))
    }
}

extension CampaignCostBody {
    fileprivate init(_ cost: CampaignCost) {
        self.init(
            cost: cost.currency.decimal(cost.cost), costPaid: cost.currency.decimal(cost.costPaid),
            costPerEngagement: cost.costPerEngagement.map { UnitCostBody($0) },
            costPerMille: cost.costPerMille.map { UnitCostBody($0) })
    }
}

extension UnitCostBody {
    fileprivate init(_ cost: UnitCost) {
        self.init(minor: cost.cost, count: cost.count, decimal: cost.decimal)
    }
}

extension PaidUpliftBody {
    fileprivate init(_ uplift: PaidUplift) {
        self.init(
            treated: uplift.treated, control: uplift.control, insufficient: uplift.isInsufficient,
            upliftBp: uplift.uplift, medianUpliftBp: uplift.medianUplift)
    }
}

extension CampaignFunnelBody {
    init(_ id: String, _ funnel: CampaignFunnel) {
        self.init(
            campaignId: id, influencers: funnel.influencers,
            stages: Stage.allCases.map { stage in
                FunnelStageBody(stage: stage.name, stageRank: stage.rawValue, count: funnel.counts[stage.rawValue])
            })
    }
}
