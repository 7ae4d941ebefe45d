import Foundation
import LedgerAPI
import Testing

/// `/v1/influencers/{id}/trust/history`.
@Suite(.serialized)
struct TrustHistoryRouteTests {
    private static let ana = "/v1/influencers/ana"

    private static func history(
        _ query: String, _ daemon: TestDaemon
    ) async throws -> Answered<ItemList<TrustPointBody>> {
        let response = try await daemon.get("\(ana)/trust/history?\(query)")
        #expect(response.status == 200, "\(query): \(response.text)")
        return try WireCoding.decode(Answered<ItemList<TrustPointBody>>.self, from: Data(response.body))
    }

    /// All pages, each of so many points.
    private static func pages(_ query: String, limit: Int, _ daemon: TestDaemon) async throws -> [TrustPointBody] {
        var points: [TrustPointBody] = []
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try await history("\(query)&limit=\(limit)\(next)", daemon)
            #expect(page.body.items.count <= limit)
            points += page.body.items
            cursor = page.body.next
        } while cursor != nil
        return points
    }

    @Test func eachPointIsTheSingleAnswer() async throws {
        try await withSamples { daemon in
            for position in ["", "&position=5"] {
                let query = "from=2026-01-01T00:00:00Z&to=2026-02-20T00:00:00Z&step=36h\(position)"
                let page = try await Self.history(query, daemon)
                // The first step behind the registration, which is at noon of the first.
                #expect(page.body.items.first?.at == "2026-01-02T12:00:00Z")
                #expect(page.body.items.count == 33)
                #expect(page.body.next == nil)
                for point in page.body.items {
                    let answer = try await daemon.get("\(Self.ana)/trust?at=\(point.at)\(position)")
                    let single = try WireCoding.decode(Answered<InfluencerTrustBody>.self, from: Data(answer.body))
                    #expect(single.body.trust == point.trust, "\(point.at)\(position)")
                }
            }
        }
    }

    @Test func pagesJoinToTheWhole() async throws {
        try await withSamples { daemon in
            for query in [
                "to=2026-02-20T00:00:00Z&step=86400", "to=2026-02-20T00:00:00Z&changes=true",
                "at=2026-02-20T00:00:00Z&step=1d", "to=2026-02-20T00:00:00Z&changes=true&position=6",
            ] {
                let whole = try await Self.history("\(query)&limit=1000", daemon)
                #expect(whole.body.next == nil, "\(query)")
                #expect(whole.body.items.count > 4, "\(query)")
                #expect(try await Self.pages(query, limit: 3, daemon) == whole.body.items, "\(query)")
            }
        }
    }

    @Test func pagesAreOfTheMomentOfTheFirst() async throws {
        try await withSamples { daemon in
            let query = "from=2026-01-01T12:00:00Z&to=2026-02-20T00:00:00Z&step=1d"
            let whole = try await Self.history("\(query)&limit=1000", daemon)
            let first = try await Self.history("\(query)&limit=10", daemon)
            // Recorded between the pages: a breach mended long ago, which makes another score of every point since.
            let mended = Samples.event(
                "disclosure.assessed", id: "late", time: "2026-01-06T12:00:00Z",
                #"{"influencerId":"ana","postId":"p1","verdict":"clear"}"#)
            let posted = try await daemon.post(mended)
            #expect(posted.status == 201, "\(posted.text)")
            try await daemon.settled(9)
            #expect(try await Self.history("\(query)&limit=1000", daemon).body.items != whole.body.items)
            let next = try #require(first.body.next)
            let rest = try await Self.history("\(query)&limit=1000&cursor=\(next)", daemon)
            #expect(first.body.items + rest.body.items == whole.body.items)
            #expect(rest.standing.position == 8 && rest.standing.at == first.standing.at)
            #expect(rest.standing.head == 9)
        }
    }

    @Test func changesAreAllThereIs() async throws {
        try await withSamples { daemon in
            let changes = try await Self.history("to=2026-02-20T00:00:00Z&changes=true&limit=1000", daemon)
            let points = changes.body.items
            #expect(zip(points, points.dropFirst()).allSatisfy { $0.trust != $1.trust })
            let steps = try await Self.history(
                "from=2026-01-01T12:00:00Z&to=2026-02-20T00:00:00Z&step=2h&limit=1000", daemon)
            #expect(steps.body.items.count > 500)
            for step in steps.body.items {
                #expect(points.last { $0.at <= step.at }?.trust == step.trust, "\(step.at)")
            }
        }
    }

    @Test func withoutBoundsItIsTheYearUpToNow() async throws {
        try await withSamples { daemon in
            let year = try await Self.history("at=2026-07-01T00:00:00Z", daemon)
            // Weeks from a year before, the first of them with an event.
            #expect(year.body.items.first?.at == "2026-01-06T00:00:00Z")
            #expect(year.body.items.last?.at == "2026-06-30T00:00:00Z")
            #expect(year.body.items.count == 26)
            #expect(year.standing.at == "2026-07-01T00:00:00Z")
            let now = try await Self.history("", daemon)
            #expect(now.standing.position == 8)
        }
    }

    @Test func aLongSpanIsGivenInBoundedPages() async throws {
        try await withSamples { daemon in
            let page = try await Self.history("from=1970-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&step=1s", daemon)
            #expect(page.body.items.count == 100)
            // Years without an event are stepped over.
            #expect(page.body.items.first?.at == "2026-01-01T12:00:00Z")
            #expect(page.body.next != nil)
            let whole = try await Self.history(
                "from=1970-01-01T00:00:00Z&to=9999-12-31T23:59:59Z&step=1s&limit=1000", daemon)
            #expect(whole.body.items.count == 1000)
        }
    }

    @Test func whatIsNoHistoryIsAProblem() async throws {
        try await withSamples { daemon in
            let page = try await Self.history("to=2026-02-20T00:00:00Z&step=1d&limit=2", daemon)
            let next = try #require(page.body.next)
            let forged = PageCursor(list: "\(Self.ana)/trust/history", after: "5").text
            let problems = [
                ("step=0", 422, "invalidParameter"), ("step=1w", 422, "invalidParameter"),
                ("step=d", 422, "invalidParameter"), ("step=-1d", 422, "invalidParameter"),
                ("step=99999999999999999999d", 422, "invalidParameter"),
                ("step=1d&changes=true", 422, "invalidParameter"),
                ("from=2026-02-01T00:00:00Z&to=2026-01-01T00:00:00Z", 422, "invalidParameter"),
                ("limit=1001", 422, "invalidParameter"), ("position=9", 422, "positionBeyondHead"),
                // Of another step, and none of ours.
                ("to=2026-02-20T00:00:00Z&step=2d&cursor=\(next)", 422, "invalidCursor"),
                ("cursor=\(forged)", 422, "invalidCursor"), ("pace=1", 400, "unknownParameter"),
                ("at=2025-01-01T00:00:00Z", 404, "influencerNotFound"),
            ]
            for (query, status, code) in problems {
                let answer = try await daemon.get("\(Self.ana)/trust/history?\(query)")
                #expect(answer.status == status, "\(query)")
                #expect(try answer.json()["code"] as? String == code, "\(query)")
            }
            let nobody = try await daemon.get("/v1/influencers/nobody/trust/history")
            #expect(nobody.status == 404)
        }
    }
}
