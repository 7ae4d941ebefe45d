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
        Route(
            "/v1/campaigns/{id}", "getCampaign", "A campaign's opening and end.", .json(schema: "Campaign"),
            parameters: ParameterSpec.question, problems: problems
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            guard let answer = try await call.ledger.campaign(id, call.query()) else {
                throw call.missing(.campaignNotFound)
            }
            return try .json(Answered(standing: Standing(answer), body: CampaignBody(answer.value)))
        },
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
        Route(
            "/v1/campaigns/{id}/compensation", "getCampaignCompensation",
            "A campaign's compensation: the sums over its influencers, with media.",
            .json(schema: "CampaignCompensation"), parameters: ParameterSpec.question, problems: problems
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            guard let answer = try await call.ledger.compensation(ofCampaign: id, call.query()) else {
                throw call.missing(.campaignNotFound)
            }
            return try .json(Answered(standing: Standing(answer), body: CampaignCompensationBody(id, answer.value)))
        },
        Route(
            "/v1/campaigns/{id}/efficiency", "getCampaignEfficiency",
            "What a campaign's posts reached, and at what cost.", .json(schema: "CampaignEfficiency"),
            parameters: ParameterSpec.question, problems: problems
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            guard let answer = try await call.ledger.efficiency(ofCampaign: id, call.query()) else {
                throw call.missing(.campaignNotFound)
            }
            let body = CampaignEfficiencyAnswerBody(
                campaignId: id, efficiency: CampaignEfficiencyBody(answer.value))
            return try .json(Answered(standing: Standing(answer), body: body))
        },
        Route(
            "/v1/campaigns/{id}/funnel", "getCampaignFunnel",
            "How many of a campaign's influencers stand at each stage.", .json(schema: "CampaignFunnel"),
            parameters: ParameterSpec.question, problems: problems
        ) { call in
            let id = try call.identifier(.campaignNotFound)
            guard let answer = try await call.ledger.funnel(ofCampaign: id, call.query()) else {
                throw call.missing(.campaignNotFound)
            }
            return try .json(Answered(standing: Standing(answer), body: CampaignFunnelBody(id, answer.value)))
        },
    ]

    private static let problems = RouteProblems.question + [.campaignNotFound]
}
