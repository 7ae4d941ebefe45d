import CampaignDomain
import LedgerAPI
import LedgerEngine

extension CampaignBody {
    init(_ item: CampaignItem) {
        let campaign = item.campaign
        self.init(
            campaignId: item.id, brandId: campaign?.brandID, topics: campaign?.topics ?? [],
            budget: campaign.map { MoneyBody($0.budget) }, startsOn: campaign?.startsOn.iso8601,
            endsOn: campaign?.endsOn.iso8601, opened: campaign?.opened.time.rfc3339,
            closed: item.closed?.rfc3339)
    }
}

extension MoneyBody {
    init(_ money: Money) {
        self.init(currency: money.currency.code, amount: money.currency.decimal(Int128(money.minorUnits)))
    }
}

extension CampaignInfluencerBody {
    init(_ member: CampaignInfluencer) {
        self.init(
            influencerId: member.id, kind: member.collaboration.map { "\($0.kind)" },
            agreed: member.collaboration?.agreed.rfc3339, ended: member.collaboration?.ended?.rfc3339,
            endReason: member.collaboration?.endReason.map { "\($0)" }, tier: member.tier.rawValue,
            score: member.score.decimal,
            stage: member.stage.name, compensation: CompensationSums.byCurrency(member.compensation))
    }
}
