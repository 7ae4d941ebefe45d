import LedgerAPI
import LedgerClient
import LedgerReports

/// A history whose last point is at the end of its span: what a plot ends with is then what every other answer for
/// that instant says.
extension Session {
    /// Trust at the instant that a span ends at; nil where no event of the influencer counts as of it.
    func trust(of id: String, _ standing: StandingOptions) async throws -> Answered<InfluencerTrustBody>? {
        var path = RequestPath("v1", "influencers", id, "trust")
        standing.add(to: &path)
        do {
            return try await get(path, as: Answered<InfluencerTrustBody>.self)
        } catch LedgerClientError.problem(let problem, _) where problem.status == 404 {
            return nil
        }
    }
}

extension HistoryOptions {
    /// What is shown of the past without --from, and the step where none is given; both in seconds.
    private static let spanSeconds: Int64 = 365 * 86_400
    private static let stepSeconds: Int64 = 7 * 86_400

    /// The points up to an instant. Without --from they begin so many steps before it that the last one meets it.
    /// - Parameter end: RFC 3339 in UTC; nil where it is not known, and then the daemon chooses.
    func path(of id: String, to end: String?) -> RequestPath {
        var path = RequestPath("v1", "influencers", id, "trust", "history")
        path.add("from", from ?? end.flatMap { beginning(before: $0) })
        path.add("to", end ?? to)
        path.add("step", step)
        path.add("changes", changes ? "true" : nil)
        return path
    }

    private func beginning(before end: String) -> String? {
        guard !changes else { return nil }
        let step = step.flatMap { OptionValue.seconds(ofStep: $0) } ?? Self.stepSeconds
        return WireTime.instant(end, minus: max(1, Self.spanSeconds / step) * step)
    }
}

extension [TrustPointBody] {
    /// These points of a whole span and the one at its end, unless a step or a change fell there.
    func ending(with end: TrustPointBody?) -> [TrustPointBody] {
        guard let end, last?.at != end.at else { return self }
        return self + [end]
    }
}
