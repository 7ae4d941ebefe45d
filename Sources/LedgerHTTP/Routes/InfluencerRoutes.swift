import CampaignDomain
import LedgerAPI
import LedgerEngine

/// `/v1/influencers` and what lies below.
enum InfluencerRoutes {
    static let all = [
        InfluencerListRoute.route,
        .influencer(
            "/v1/influencers/{id}", "getInfluencer", "An influencer's tier, trust, advocacy and compensation.",
            schema: "Influencer", judge: { $0.assess() }, body: { try InfluencerBody($0, $1, $2) }),
        .influencer(
            "/v1/influencers/{id}/trust", "getTrust", "An influencer's trust.", schema: "InfluencerTrust",
            judge: { $0.trust() }, body: { InfluencerTrustBody(influencerId: $0, trust: try TrustBody($1, $2)) },
            explained: ReasonRoutes.explainTrust),
        .influencer(
            "/v1/influencers/{id}/advocacy", "getAdvocacy", "An influencer's advocacy.", schema: "InfluencerAdvocacy",
            judge: { $0.advocacy() },
            body: { id, advocacy, _ in InfluencerAdvocacyBody(influencerId: id, advocacy: AdvocacyBody(advocacy)) },
            explained: ReasonRoutes.explainAdvocacy),
        .influencer(
            "/v1/influencers/{id}/compensation", "getCompensation", "An influencer's compensation.",
            schema: "InfluencerCompensation", judge: { $0.compensation() },
            body: { id, compensation, _ in InfluencerCompensationBody(id, compensation) },
            explained: ReasonRoutes.explainCompensation),
        Route(
            "/v1/influencers/{id}/posts", "listPosts", "An influencer's posts, newest first.",
            .json(schema: "PostList"), parameters: ParameterSpec.list,
            problems: RouteProblems.list + [.influencerNotFound]
        ) { call in
            let id = try call.identifier(.influencerNotFound)
            let list = try call.filteredList()
            let after = try list.place { PostPlace(key: $0, head: $1) }
            let query = call.query(list.cursor)
            let answer = try await call.ledger.posts(of: id, query, after: after, limit: call.limit)
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
}

/// The problems that kinds of routes have in common.
enum RouteProblems {
    static let question: [ProblemCode] = [.positionBeyondHead, .minPositionTimeout, .storageFailure, .corruptRecord]
    static let list: [ProblemCode] = question + [.invalidCursor]
    /// Of questions that an influencer and a campaign narrow.
    static let scope: [ProblemCode] = [.influencerNotFound, .campaignNotFound]
}
