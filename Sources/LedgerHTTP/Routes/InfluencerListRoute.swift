import CampaignDomain
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// `/v1/influencers`: everyone, sorted and filtered.
enum InfluencerListRoute {
    static let route = Route(
        "/v1/influencers", "listInfluencers",
        "Everyone of whom an event counts, sorted and filtered; by identifier without sort.",
        .json(schema: "InfluencerList"), parameters: ParameterSpec.list + parameters,
        problems: RouteProblems.list + [.listsBehind, .missingParameter, .campaignNotFound]
    ) { call in
        let cursor = try call.cursor()
        let query = call.query(cursor)
        var listing = InfluencerListing(sort: try sort(call), filter: try filter(call), limit: call.limit)
        listing.after = try place(cursor, isSorted: listing.sort != nil)
        let answer = try await call.ledger.influencers(query, listing)
        let body = try body(answer, call, query, isSorted: listing.sort != nil)
        return Response(
            status: .ok, headers: [.contentType: MediaType.json],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: body.text)))
    }

    private static let sortNames = ["trust", "stage", "engagements", "due"]

    private static let parameters = [
        ParameterSpec(
            "sort", .word(sortNames),
            "Greatest first, then by identifier: trust; stage, within it trust; engagements of live posts of age up to "
                + "365 days; due in the currency, of those who have postings in it."),
        ParameterSpec("currency", .currency, "That of sort=due, which cannot do without it; of no other."),
        ParameterSpec("tier", .word(Tier.allCases.map(\.rawValue)), "Those of this tier."),
        ParameterSpec("stage", .word(Stage.allCases.map(\.name)), "Those at this stage."),
        ParameterSpec("flag", .word(AdvocacyFlag.allCases.map(\.rawValue)), "Those with this flag."),
        ParameterSpec("platform", .identifier, "Those registered with this platform."),
        ParameterSpec("topic", .topic, "Those with this home topic."),
        ParameterSpec("campaign", .identifier, "Those with a collaboration in this campaign."),
        ParameterSpec("scoreMin", .score, "Those with at least this score."),
        ParameterSpec("scoreMax", .score, "Those with at most this score."),
    ]

    private static func sort(_ call: RouteCall) throws(ProblemDetails) -> InfluencerSort? {
        let sort = call.parameters.text("sort")
        let currency = call.parameters.currency("currency")
        guard sort == "due" else {
            guard currency == nil else {
                throw ProblemDetails(
                    .invalidParameter, detail: "currency is given without sort=due.",
                    remedy: "Give sort=due with it, or leave it out.")
            }
            switch sort {
            case "trust": return .trust
            case "stage": return .stage
            case "engagements": return .engagements
            default: return nil
            }
        }
        guard let currency else { throw call.parameters.missing("currency") }
        return .due(currency)
    }

    private static func filter(_ call: RouteCall) throws(ProblemDetails) -> InfluencerFilter {
        let parameters = call.parameters
        var filter = InfluencerFilter()
        filter.tier = parameters.text("tier").flatMap { Tier(rawValue: $0) }
        filter.stage = parameters.text("stage").flatMap { name in Stage.allCases.first { $0.name == name } }
        filter.flag = parameters.text("flag").flatMap { AdvocacyFlag(rawValue: $0) }
        filter.scoreMin = parameters.score("scoreMin")
        filter.scoreMax = parameters.score("scoreMax")
        if let least = filter.scoreMin, let most = filter.scoreMax, least > most {
            throw ProblemDetails(
                .invalidParameter, detail: "scoreMin is greater than scoreMax.",
                remedy: "Give the lower bound as scoreMin, the upper as scoreMax.")
        }
        filter.platform = parameters.text("platform")
        filter.topic = parameters.text("topic")
        filter.campaignID = parameters.text("campaign")
        return filter
    }

    /// Where the page begins.
    private static func place(_ cursor: PageCursor?, isSorted: Bool) throws(ProblemDetails) -> ListPlace? {
        guard let cursor else { return nil }
        let key = isSorted ? Int128(cursor.key) : cursor.key.isEmpty ? 0 : nil
        guard let key else {
            throw ProblemDetails(.invalidCursor, detail: "The cursor does not say where in the list it goes on.")
        }
        return ListPlace(key: key, id: cursor.after)
    }

    private static func body(
        _ answer: Answer<InfluencerPage>, _ call: RouteCall, _ query: Query, isSorted: Bool
    ) throws -> Answered<ItemList<InfluencerItemBody>> {
        let identities = EventIdentities(call.ledger)
        return Answered(
            standing: Standing(answer),
            body: ItemList(
                items: try answer.value.items.map { try InfluencerItemBody($0, identities) },
                next: answer.value.next.map { last in
                    call.cursorText(after: last.id, query, key: isSorted ? String(last.key) : "")
                }))
    }
}
