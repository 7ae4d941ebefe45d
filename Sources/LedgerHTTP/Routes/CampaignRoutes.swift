import LedgerAPI
import LedgerEngine

/// `/v1/campaigns` and what lies below.
enum CampaignRoutes {
    static let all = [
        Route(
            "/v1/campaigns", "listCampaigns", "Every campaign that an event names, by identifier.",
            .json(schema: "CampaignList"), parameters: ParameterSpec.list, problems: RouteProblems.list
        ) { call in
            let cursor = try call.cursor()
            let query = call.query(cursor)
            let answer = try await call.ledger.campaigns(query, after: cursor?.after, limit: call.limit)
            return try .json(try call.list(answer, query) { CampaignBody($0) })
        },
        question(
            "/v1/campaigns/{id}", "getCampaign", "A campaign's opening and end.", schema: "Campaign",
            ask: { try await $0.campaign($1, $2) }, body: { CampaignBody($1) }),
        Route(
            "/v1/campaigns/{id}/influencers", "listCampaignInfluencers",
            "The influencers of whom an event names the campaign, by identifier.",
            .json(schema: "CampaignInfluencerList"), parameters: ParameterSpec.list,
            problems: RouteProblems.list + [.campaignNotFound]
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            let cursor = try call.cursor()
            let query = call.query(cursor)
            let answer = try await call.ledger.influencers(
                ofCampaign: id, query, after: cursor?.after, limit: call.limit)
            guard let answer else { throw call.missing(.campaignNotFound) }
            return try .json(try call.list(answer, query) { CampaignInfluencerBody($0) })
        },
        question(
            "/v1/campaigns/{id}/compensation", "getCampaignCompensation",
            "A campaign's compensation: the sums over its influencers, with media.", schema: "CampaignCompensation",
            ask: { try await $0.compensation(ofCampaign: $1, $2) }, body: { CampaignCompensationBody($0, $1) }),
        question(
            "/v1/campaigns/{id}/efficiency", "getCampaignEfficiency",
            "What a campaign's posts reached, and at what cost.", schema: "CampaignEfficiency",
            ask: { try await $0.efficiency(ofCampaign: $1, $2) },
            body: { CampaignEfficiencyAnswerBody(campaignId: $0, efficiency: CampaignEfficiencyBody($1)) }),
        question(
            "/v1/campaigns/{id}/funnel", "getCampaignFunnel",
            "How many of a campaign's influencers stand at each stage.", schema: "CampaignFunnel",
            ask: { try await $0.funnel(ofCampaign: $1, $2) }, body: { CampaignFunnelBody($0, $1) }),
    ]

    /// A route that asks something of one campaign.
    ///
    /// - Parameters:
    ///   - ask: what is asked; nil if no event names the campaign.
    ///   - body: what it comes to in the answer.
    private static func question<Value: Sendable, Body: Codable & Sendable>(
        _ path: String, _ operation: String, _ summary: String, schema: String,
        ask: @escaping @Sendable (Ledger, String, Query) async throws -> Answer<Value>?,
        body: @escaping @Sendable (String, Value) throws -> Body
    ) -> Route {
        Route(
            path, operation, summary, .json(schema: schema), parameters: ParameterSpec.question,
            problems: RouteProblems.question + [.campaignNotFound]
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            guard let answer = try await ask(call.ledger, id, call.query()) else {
                throw call.missing(.campaignNotFound)
            }
            return try .json(Answered(standing: Standing(answer), body: try body(id, answer.value)))
        }
    }
}
