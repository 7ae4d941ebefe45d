import CampaignDomain
import EventLog
import Hummingbird
import LedgerAPI
import LedgerEngine

/// `/v1/influencers/{id}/trust/history`.
enum TrustHistoryRoute {
    /// What is shown of the past without `from`.
    private static let days = 365
    /// From point to point without `step`, in seconds: a week.
    private static let stepSeconds: Int64 = 7 * 86_400

    static let route = Route(
        "/v1/influencers/{id}/trust/history", "getTrustHistory",
        "An influencer's trust over time, as known at a position: each point is the answer for its instant.",
        .json(schema: "TrustHistory"),
        parameters: [
            ParameterSpec("from", .instant, "The first instant; 365 days before to without it."),
            ParameterSpec("to", .instant, "The last instant; at, or now, without it."),
            ParameterSpec("step", .duration, "From point to point; 7d without it."),
            ParameterSpec(
                "changes", .flag, "From the first point on, each instant at which trust is another. Not with step."),
        ] + ParameterSpec.list, problems: RouteProblems.list + [.influencerNotFound]
    ) { call in
        let id = try call.identifier(.influencerNotFound)
        let cursor = try call.cursor()
        let query = call.query(cursor)
        let span = try span(call, query, cursor)
        guard let answer = try await call.ledger.trustHistory(of: id, span, query, limit: call.limit) else {
            throw call.missing(.influencerNotFound)
        }
        let next = answer.value.next.map { TrustHistoryPlace(next: $0, to: span.to).text }
        // All pages are of the moment of the first: else what is recorded meanwhile would show in some of the points only.
        let moment = Query(at: answer.at, position: answer.position)
        let identities = EventIdentities(call.ledger)
        return try .json(
            try call.list(answer.with(Page(items: answer.value.points, next: next)), moment) {
                TrustPointBody(at: $0.at.rfc3339, trust: try TrustBody($0.trust, identities))
            })
    }

    private static func span(
        _ call: RouteCall, _ query: Query, _ cursor: PageCursor?
    ) throws(ProblemDetails) -> TrustHistorySpan {
        var pace = TrustHistorySpan.Pace.step(call.parameters.duration("step") ?? stepSeconds)
        if call.parameters.flag("changes") {
            guard call.parameters.duration("step") == nil else {
                throw ProblemDetails(
                    .invalidParameter, detail: "step is given with changes.", remedy: "Leave one of the two out.")
            }
            pace = .change
        }
        if let cursor {
            guard let place = TrustHistoryPlace(cursor.after) else {
                throw ProblemDetails(.invalidCursor, detail: "The cursor names no instant.")
            }
            return TrustHistorySpan(from: place.next, to: place.to, pace: pace, isContinued: true)
        }
        let to = call.parameters.instant("to") ?? query.at ?? call.ledger.now
        let from = call.parameters.instant("from") ?? max(.earliest, to.adding(days: -days))
        guard from <= to else {
            throw ProblemDetails(
                .invalidParameter, detail: "from is \(from.rfc3339), to is \(to.rfc3339).",
                remedy: "Give a from that is not behind to.")
        }
        return TrustHistorySpan(from: from, to: to, pace: pace)
    }
}

/// Where a page of a history goes on, and where the history ends: the clock must not move that from page to page.
private struct TrustHistoryPlace {
    let next: Instant
    let to: Instant

    init(next: Instant, to: Instant) {
        self.next = next
        self.to = to
    }

    /// As cursors have it: microseconds since 1970.
    var text: String { "\(next.microseconds)-\(to.microseconds)" }

    init?(_ text: String) {
        let parts = text.split(separator: "-").compactMap { Int64($0) }.map { Instant(microseconds: $0) }
        guard parts.count == 2, parts[0] >= .earliest, parts[0] <= parts[1], parts[1] <= .latest else { return nil }
        (next, to) = (parts[0], parts[1])
    }
}
