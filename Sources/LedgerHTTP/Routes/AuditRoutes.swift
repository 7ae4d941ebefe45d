import CampaignDomain
import LedgerAPI
import LedgerEngine

/// The register of exceptions and statements.
enum AuditRoutes {
    static let all = [
        Route(
            "/v1/exceptions", "listExceptions", "What is at fault in what was recorded, by kind, since, events.",
            .json(schema: "ExceptionList"),
            parameters: ParameterSpec.list + [
                ParameterSpec("kind", .words(ExceptionKind.allCases.map(\.rawValue)), "Exceptions of these kinds."),
                .influencer, .campaign,
                ParameterSpec("since", .instant, "Exceptions that are open since this instant or later."),
            ],
            problems: RouteProblems.list + RouteProblems.scope
        ) { call in
            let filter = call.exceptionFilter
            let list = try call.filteredList()
            let after = try list.place { ExceptionPlace(key: $0, head: $1) }
            let query = call.query(list.cursor)
            let answer = try await call.ledger.exceptions(filter, query, after: after, limit: call.limit)
            let identities = EventIdentities(call.ledger)
            let items = try answer.value.items.map { try ExceptionBody($0, identities) }
            let next = answer.value.next.map { list.next($0, at: query.at, position: query.position) }
            return try .json(Answered(standing: Standing(answer), body: ItemList(items: items, next: next)))
        },
        Route(
            "/v1/statements", "getStatement",
            "A span's opening balances, postings by day and closing balances, of an influencer, a campaign or all.",
            .json(schema: "Statement"),
            parameters: ParameterSpec.list + [
                ParameterSpec("from", .day, "The first day, UTC.", isRequired: true),
                ParameterSpec("to", .day, "The last day, UTC.", isRequired: true), .influencer, .campaign,
            ],
            problems: RouteProblems.list + RouteProblems.scope, handler: statement),
    ]

    /// All pages are of the moment of the first: the cursor holds the position and `at` that it had.
    private static let statement: Route.Handler = { call in
        let (from, to) = try call.span()
        let list = try call.filteredList()
        let after = try list.place { PostingPlace(key: $0, head: $1) }
        let answer = try await call.ledger.statement(
            from: from, to: to, of: call.scope, call.query(list.cursor), after: after, limit: call.limit)
        let slice = answer.value
        let body = StatementBody(
            from: from.iso8601, to: to.iso8601, influencerId: call.scope.influencerID,
            campaignId: call.scope.campaignID, accounts: slice.statement.lines.map { StatementAccountBody($0) },
            postingCount: slice.statement.postingCount,
            items: try slice.items.map { try PostingBody($0.posting, influencerID: $0.influencerID, call.ledger) },
            next: slice.next.map { list.next($0.key, at: answer.at, position: answer.position) })
        return try .json(Answered(standing: Standing(answer), body: body))
    }
}

extension RouteCall {
    /// Whose postings, posts or exceptions are asked for.
    var scope: Scope {
        Scope(influencerID: parameters.text("influencer"), campaignID: parameters.text("campaign"))
    }

    fileprivate var exceptionFilter: ExceptionFilter {
        let kinds = parameters.words("kind").compactMap { ExceptionKind(rawValue: $0) }
        return ExceptionFilter(
            kinds: kinds.isEmpty ? nil : Set(kinds), influencerID: scope.influencerID, campaignID: scope.campaignID,
            since: parameters.instant("since"))
    }

    /// The days of a statement.
    fileprivate func span() throws(ProblemDetails) -> (from: Day, to: Day) {
        // Both are required, so both are there.
        guard let from = parameters.day("from"), let to = parameters.day("to"), from <= to else {
            throw ProblemDetails(
                .invalidParameter, detail: "from is after to.", remedy: "Give the first day as from, the last as to.")
        }
        return (from, to)
    }
}
