package import CampaignDomain
import EventLog

/// How many of a campaign's influencers stand at each stage.
package struct CampaignFunnel: Sendable, Equatable {
    /// By the stage's rank, one for each stage.
    package var counts = [Int](repeating: 0, count: Stage.allCases.count)

    /// Of whom an event names the campaign.
    package var influencers: Int { counts.reduce(0, +) }
}

extension Ledger {
    /// A campaign's efficiency; nil if no event names it.
    package func efficiency(
        ofCampaign id: String, _ query: Query
    ) async throws(QueryFault) -> Answer<CampaignEfficiency>? {
        let reading = try await reading(query)
        guard try reading.campaign(id) != nil else { return nil }
        let own = try reading.evidence(ofCampaign: id)
        var sums = EfficiencySums(media: own)
        try await reading.eachInfluencer(in: Scope(campaignID: id)) { (_, situation) throws(QueryFault) in
            sums.add(situation, campaignID: id, flights: own.flights)
        }
        try reading.checkOrder()
        return answer(sums.efficiency, of: reading)
    }

    /// Where a campaign's influencers stand; nil if no event names it.
    package func funnel(ofCampaign id: String, _ query: Query) async throws(QueryFault) -> Answer<CampaignFunnel>? {
        let reading = try await reading(query)
        guard try reading.campaign(id) != nil else { return nil }
        var funnel = CampaignFunnel()
        try await reading.eachInfluencer(in: Scope(campaignID: id)) { (_, situation) throws(QueryFault) in
            funnel.counts[situation.advocacy().stage.rawValue] += 1
        }
        try reading.checkOrder()
        return answer(funnel, of: reading)
    }
}
