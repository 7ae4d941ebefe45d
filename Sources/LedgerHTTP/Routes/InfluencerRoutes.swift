import CampaignDomain
import LedgerAPI
import LedgerEngine

/// `/v1/influencers` and what lies below.
enum InfluencerRoutes {
    static let all = [
        Route(
            "/v1/influencers", "listInfluencers", "Everyone of whom an event counts, by identifier.",
            .json(schema: "InfluencerList"), parameters: ParameterSpec.list, problems: RouteProblems.list
        ) { call in
            let cursor = try call.cursor()
            let query = call.query(cursor)
            let answer = try await call.ledger.influencers(query, after: cursor?.after, limit: call.limit)
            return try .json(
                try call.list(answer, query) { try InfluencerBody($0.id, $0.answer, EventIdentities(call.ledger)) })
        },
        Route(
            "/v1/influencers/{id}", "getInfluencer", "An influencer's tier, trust, advocacy and compensation.",
            .json(schema: "Influencer"), parameters: ParameterSpec.question, problems: problems
        ) { call in
            try .json(try await answered(call) { try InfluencerBody($0, $1, EventIdentities(call.ledger)) })
        },
        Route(
            "/v1/influencers/{id}/trust", "getTrust", "An influencer's trust.", .json(schema: "InfluencerTrust"),
            parameters: ParameterSpec.question, problems: problems
        ) { call in
            try .json(
                try await answered(call) {
                    InfluencerTrustBody(influencerId: $0, trust: try TrustBody($1.trust, EventIdentities(call.ledger)))
                })
        },
        Route(
            "/v1/influencers/{id}/advocacy", "getAdvocacy", "An influencer's advocacy.",
            .json(schema: "InfluencerAdvocacy"), parameters: ParameterSpec.question, problems: problems
        ) { call in
            try .json(
                try await answered(call) {
                    InfluencerAdvocacyBody(influencerId: $0, advocacy: AdvocacyBody($1.advocacy))
                })
        },
        Route(
            "/v1/influencers/{id}/compensation", "getCompensation", "An influencer's compensation.",
            .json(schema: "InfluencerCompensation"), parameters: ParameterSpec.question, problems: problems
        ) { call in
            try .json(try await answered(call) { InfluencerCompensationBody($0, $1.compensation) })
        },
        Route(
            "/v1/influencers/{id}/posts", "listPosts", "An influencer's posts, newest first.",
            .json(schema: "PostList"), parameters: ParameterSpec.list,
            problems: RouteProblems.list + [.influencerNotFound]
        ) { call in
            let id = try call.identifier(.influencerNotFound)
            let cursor = try call.cursor()
            let query = call.query(cursor)
            let answer = try await call.ledger.posts(of: id, query, after: cursor?.after, limit: call.limit)
            guard let answer else { throw call.missing(.influencerNotFound) }
            return try .json(try call.list(answer, query) { PostBody($0) })
        },
        Route(
            "/v1/influencers/{id}/events", "listInfluencerEvents", "The events of an influencer's stream.", .events,
            parameters: EventRoutes.parameters, problems: [.influencerNotFound, .notAcceptable, .corruptRecord]
        ) { call in
            let id = try call.identifier(.influencerNotFound)
            let stream = try EventStream(call, subject: "influencer/\(id)")
            try await stream.waitForMinPosition()
            // Of the log, not of the read models: retracted events stay readable.
            guard try call.ledger.hasEvents(subject: "influencer/\(id)") else {
                throw call.missing(.influencerNotFound)
            }
            return try await stream.response()
        },
    ]

    private static let problems = RouteProblems.question + [.influencerNotFound]

    /// One influencer's answer, as the body that is asked for.
    private static func answered<Body: Codable & Sendable>(
        _ call: RouteCall, _ body: (String, InfluencerAnswer) throws -> Body
    ) async throws -> Answered<Body> {
        let id = try call.identifier(.influencerNotFound)
        guard let answer = try await call.ledger.influencer(id, call.query()) else {
            throw call.missing(.influencerNotFound)
        }
        return Answered(standing: Standing(answer), body: try body(id, answer.value))
    }
}

/// The problems that kinds of routes have in common.
enum RouteProblems {
    static let question: [ProblemCode] = [.positionBeyondHead, .minPositionTimeout, .storageFailure, .corruptRecord]
    static let list: [ProblemCode] = question + [.invalidCursor]
}
