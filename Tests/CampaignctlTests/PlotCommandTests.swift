import LedgerAPI
import StubDaemon
import Testing

@testable import campaignctl

/// What `trust --plot` shows of histories that meet the end of their span, that do not, and that have none.
@Suite struct PlotCommandTests {
    @Test(arguments: [(true, "15 points"), (false, "14 points")])
    func `a plot ends with the answer for its end, which is added where no step meets it`(
        isMissed: Bool, count: String
    ) async throws {
        let daemon = try await StubDaemon { request in
            guard request.path.contains("/history") else { return CommandTests.answer(request) }
            var points = FixedAnswers.history
            if !isMissed { points[points.count - 1].at = FixedAnswers.standing.at }
            return CommandTests.json(CommandTests.answered(ItemList(items: points, next: nil)))
        }
        let text = try await CommandTests().run(["trust", "ada", "--plot"], daemon).output
        #expect(text.hasPrefix("Trust of ada over time: 49.0000 of 100 at 2026-06-30T12:00:00Z\n"))
        #expect(text.contains(/2026-06-01T12:00Z +2026-06-30T12:00Z\n/))
        #expect(text.contains(count))
        try await daemon.stop()
    }

    @Test func `a plot that goes on is named by its end, which is not joined to the points before the gap`()
        async throws
    {
        let daemon = try await StubDaemon { request in
            guard request.path.contains("/history") else { return CommandTests.answer(request) }
            return CommandTests.json(CommandTests.answered(ItemList(items: FixedAnswers.history, next: "more")))
        }
        let text = try await CommandTests().run(["trust", "ada", "--plot"], daemon).output
        #expect(text.hasPrefix("Trust of ada over time: 49.0000 of 100 at 2026-06-30T12:00:00Z\n"))
        #expect(text.contains("2026-06-27T12:00Z\n") && text.contains("140 points"))
        try await daemon.stop()
    }

    @Test func `a plot that ends before the first event has no points`() async throws {
        let daemon = try await StubDaemon { request in
            guard request.path.contains("/history") else {
                return .problem(status: 404, CommandTests.text(ProblemDetails(.influencerNotFound, detail: "Not yet.")))
            }
            return CommandTests.json(CommandTests.answered(ItemList(items: [TrustPointBody](), next: nil)))
        }
        let text = try await CommandTests().run(["trust", "ada", "--plot", "--to", "2020-01-01T00:00:00Z"], daemon)
            .output
        #expect(text.hasPrefix("Trust of ada: no points in this span."))
        #expect(daemon.requests.last?.path == "/v1/influencers/ada/trust/history?to=2020-01-01T00%3A00%3A00Z")
        try await daemon.stop()
    }
}
