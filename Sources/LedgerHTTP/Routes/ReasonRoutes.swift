import CampaignDomain
import Hummingbird
import LedgerAPI
import LedgerEngine

/// Why an influencer's answers are what they are, and the events and postings behind them.
enum ReasonRoutes {
    static let all = [
        Route(
            "/v1/influencers/{id}/trust/events", "listTrustEvents",
            "The events behind a reason of an influencer's trust, by position.",
            .json(schema: "EventReferenceList"),
            parameters: [reason(TrustReason.all)] + ParameterSpec.list, problems: problems
        ) { call in
            guard let reason = call.parameters.text("reason").flatMap({ TrustReason(name: $0) }) else {
                throw call.parameters.missing("reason")
            }
            return try await events(call) { id, query, after in
                try await call.ledger.events(of: id, behind: reason, query, after: after, limit: call.limit)
            }
        },
        Route(
            "/v1/influencers/{id}/advocacy/events", "listAdvocacyEvents",
            "The events behind a reason of an influencer's advocacy, by position.",
            .json(schema: "EventReferenceList"),
            parameters: [
                reason(AdvocacyReason.all), ParameterSpec("brand", .identifier, "Of mentions, those of this brand."),
            ] + ParameterSpec.list, problems: problems
        ) { call in
            let brand = call.parameters.text("brand")
            guard let reason = call.parameters.text("reason").flatMap({ AdvocacyReason(name: $0, brandID: brand) })
            else { throw call.parameters.missing("reason") }
            return try await events(call) { id, query, after in
                try await call.ledger.events(of: id, behind: reason, query, after: after, limit: call.limit)
            }
        },
        Route(
            "/v1/influencers/{id}/compensation/postings", "listPostings",
            "An influencer's postings, or those behind a sum, by position.", .json(schema: "PostingList"),
            parameters: PostingQuery.parameters + ParameterSpec.list, problems: problems + [.missingParameter]
        ) { call in
            let id = try call.identifier(.influencerNotFound)
            let selection = try PostingQuery.selection(call)
            let cursor = try call.cursor()
            let query = call.query(cursor)
            let answer = try await call.ledger.postings(
                of: id, selection, query, after: call.after(cursor), limit: call.limit)
            guard let answer else { throw call.missing(.influencerNotFound) }
            return try .json(try call.list(answer, query) { try PostingBody($0, influencerID: id, call.ledger) })
        },
    ]

    private static let problems = RouteProblems.list + [.influencerNotFound]

    private static func reason(_ all: [some ReasonName]) -> ParameterSpec {
        ParameterSpec("reason", .word(all.map(\.name)), "As explanations name it.", isRequired: true)
    }

    private static func events(
        _ call: RouteCall,
        _ page: (String, Query, FactPosition) async throws -> Answer<Page<EventReference>>?
    ) async throws -> Response {
        let id = try call.identifier(.influencerNotFound)
        let cursor = try call.cursor()
        let query = call.query(cursor)
        guard let answer = try await page(id, query, call.after(cursor)) else {
            throw call.missing(.influencerNotFound)
        }
        return try .json(try call.list(answer, query) { EventReferenceBody($0) })
    }

    static let explainTrust: Route.ExplainedHandler = { call, id in
        let answer = try await call.ledger.explainedTrust(
            of: id, call.query(), eventsMax: EventReasonBody.positionsMax)
        guard let answer else { throw call.missing(.influencerNotFound) }
        let body = ExplainedTrustBody(
            influencerId: id, trust: try TrustBody(answer.value.explanation.answer, EventIdentities(call.ledger)),
            explanation: TrustExplanationBody(answer.value))
        return try .json(Answered(standing: Standing(answer), body: body))
    }

    static let explainAdvocacy: Route.ExplainedHandler = { call, id in
        let answer = try await call.ledger.explainedAdvocacy(
            of: id, call.query(), eventsMax: EventReasonBody.positionsMax)
        guard let answer else { throw call.missing(.influencerNotFound) }
        let body = ExplainedAdvocacyBody(
            influencerId: id, advocacy: AdvocacyBody(answer.value.explanation.answer),
            explanation: AdvocacyExplanationBody(answer.value))
        return try .json(Answered(standing: Standing(answer), body: body))
    }

    static let explainCompensation: Route.ExplainedHandler = { call, id in
        let answer = try await call.ledger.influencer(id, call.query()) { $0.explainedCompensation() }
        guard let answer else { throw call.missing(.influencerNotFound) }
        let plain = InfluencerCompensationBody(id, answer.value.answer)
        let body = ExplainedCompensationBody(
            influencerId: id, compensation: plain.compensation, byCampaign: plain.byCampaign,
            reportable: plain.reportable, explanation: CompensationExplanationBody(answer.value))
        return try .json(Answered(standing: Standing(answer), body: body))
    }
}

extension ParameterSpec {
    static let explain = ParameterSpec("explain", .flag, "Give the reasons too.")
}

/// Which postings a request asks for.
private enum PostingQuery {
    static let parameters = [
        ParameterSpec(
            "sum", .word(CompensationSum.allCases.map(\.rawValue)), "Those behind this sum; with its currency."),
        ParameterSpec("year", .number(1970...9999), "Those behind what is reportable for it; with a currency."),
        ParameterSpec("currency", .currency, "Those of this currency."),
        ParameterSpec("campaign", .identifier, "Those of this campaign; not with a year."),
    ]

    static func selection(_ call: RouteCall) throws(ProblemDetails) -> PostingSelection {
        let campaign = call.parameters.text("campaign")
        let sum = call.parameters.text("sum").flatMap { CompensationSum(rawValue: $0) }
        let year = call.parameters.number("year")
        guard sum != nil || year != nil else {
            return .all(call.parameters.currency("currency"), campaignID: campaign)
        }
        guard let currency = call.parameters.currency("currency") else { throw call.parameters.missing("currency") }
        if let sum, year == nil { return .behind(.sum(sum, currency, campaignID: campaign)) }
        guard sum == nil, let year, campaign == nil else {
            throw ProblemDetails(
                .invalidParameter, detail: "year is given with \(sum == nil ? "campaign" : "sum").",
                remedy: "Give a sum with its currency, and a campaign if one is meant; or a year with a currency.")
        }
        return .behind(.reportable(year: year, currency))
    }
}
