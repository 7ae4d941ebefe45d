import Foundation
import LedgerAPI
import Testing

/// The list of influencers over HTTP: what it takes, in which order it shows whom, and how its pages follow one another.
@Suite(.serialized)
struct InfluencerListRouteTests {
    private typealias List = Answered<ItemList<InfluencerItemBody>>

    /// The sample programme, and four more influencers who are owed money.
    private static func withProgramme(_ body: @Sendable (TestDaemon) async throws -> Void) async throws {
        try await withDaemon { daemon in
            let fees = [("cem", "5.00"), ("dora", "250.00"), ("eve", "70.00"), ("fay", "70.00")]
            let more = fees.map { name, amount in
                Samples.event(
                    "fee.accrued", id: "fee-\(name)", time: "2026-01-04T12:00:00Z",
                    #"{"influencerId":"\#(name)","campaignId":"c2","feeId":"f","kind":"fee","amount":{"currency":"EUR","amount":"\#(amount)"}}"#
                )
            }
            #expect(try await daemon.post(Samples.lines + more.joined(separator: "\n")).status == 201)
            try await daemon.settled(12)
            try await body(daemon)
        }
    }

    private static func list(_ query: String, _ daemon: TestDaemon) async throws -> List {
        let response = try await daemon.get("/v1/influencers?\(query)")
        #expect(response.status == 200, "\(query): \(response.text)")
        return try WireCoding.decode(List.self, from: Data(response.body))
    }

    private static func ids(_ query: String, _ daemon: TestDaemon) async throws -> [String] {
        try await list(query, daemon).body.items.map(\.influencer.influencerId)
    }

    @Test(
        "Each sort and filter shows who it should, now and as of a moment",
        arguments: ["minPosition=12", "position=12"])
    func sortsAndFilters(moment: String) async throws {
        try await Self.withProgramme { daemon in
            let questions: [(String, [String])] = [
                ("sort=due&currency=EUR", ["ana", "dora", "eve", "fay", "cem"]),
                ("sort=due&currency=USD", []),
                ("sort=engagements&limit=1", ["ana"]),
                ("tier=micro", ["ana"]), ("tier=unknown", ["bob", "cem", "dora", "eve", "fay"]),
                ("platform=instagram", ["ana", "bob"]), ("topic=books", ["ana", "bob"]), ("topic=art", []),
                ("campaign=c1", ["ana"]), ("campaign=c2", []), ("flag=ambassador", []),
                ("sort=due&currency=EUR&tier=unknown&scoreMin=50&scoreMax=50.0000", ["dora", "eve", "fay", "cem"]),
                ("tier=unknown&scoreMin=50.0001", []), ("scoreMin=90", []),
            ]
            for (question, expected) in questions {
                let ids = try await Self.ids("\(question)&\(moment)", daemon)
                #expect(ids == expected, "\(question)&\(moment)")
            }
            let trusted = try await Self.list("sort=trust&\(moment)", daemon).body.items
            #expect(trusted.count == 6)
            #expect(trusted.map(\.influencer.trust.raw) == trusted.map(\.influencer.trust.raw).sorted(by: >))
            let staged = try await Self.list("sort=stage&\(moment)", daemon).body.items
            #expect(staged.map(\.influencer.advocacy.stageRank) == [4, 0, 0, 0, 0, 0])
        }
    }

    @Test("An item is the single answer of the list's moment, and says what it is sorted by")
    func itemsAreSingleAnswers() async throws {
        try await Self.withProgramme { daemon in
            let list = try await Self.list("sort=engagements&minPosition=12", daemon)
            #expect(list.standing.position == 12)
            let moment = "at=\(list.standing.at)&position=12"
            for item in list.body.items {
                let id = item.influencer.influencerId
                let single = try await daemon.get("/v1/influencers/\(id)?\(moment)")
                let body = try WireCoding.decode(Answered<InfluencerBody>.self, from: Data(single.body))
                #expect(item.influencer == body.body && list.standing == body.standing)
            }
            // Without at the clock counts, and posts grow older than what is counted.
            let dated = try await Self.list("sort=engagements&at=\(Samples.at)", daemon)
            let ana = try #require(dated.body.items.first)
            #expect(ana.engagements == 320 && ana.platform == "instagram" && ana.homeTopics == ["books"])
            #expect(list.body.items.last?.platform == nil)
        }
    }

    @Test("Pages follow one another in the order of the list, and a cursor serves its own question only")
    func pages() async throws {
        try await Self.withProgramme { daemon in
            for moment in ["minPosition=12", "position=12&at=\(Samples.at)"] {
                var seen: [String] = []
                var cursor = ""
                repeat {
                    let page = try await Self.list("sort=due&currency=EUR&limit=2&\(moment)\(cursor)", daemon)
                    seen += page.body.items.map(\.influencer.influencerId)
                    cursor = page.body.next.map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(seen == ["ana", "dora", "eve", "fay", "cem"])
            }
            let first = try await Self.list("sort=due&currency=EUR&limit=2", daemon)
            let next = try #require(first.body.next)
            for other in ["sort=trust", "sort=due&currency=USD", "sort=due&currency=EUR&tier=micro", ""] {
                let refused = try await daemon.get("/v1/influencers?\(other)&cursor=\(next)")
                #expect(refused.status == 422, "\(other)")
                #expect(try refused.json()["code"] as? String == "invalidCursor")
            }
            let forged = PageCursor(list: "/v1/influencers?sort=trust", after: "ana", key: "much").text
            #expect(try await daemon.get("/v1/influencers?sort=trust&cursor=\(forged)").status == 422)
        }
    }

    @Test(
        "A campaign that nothing names is not known, one that nobody has a collaboration in is empty",
        arguments: ["minPosition=12", "position=12", "at=2026-02-01T00:00:00Z"])
    func unknownCampaigns(moment: String) async throws {
        try await Self.withProgramme { daemon in
            for query in ["campaign=c9", "campaign=c9&sort=trust", "campaign=c9&tier=micro&limit=1"] {
                let missing = try await daemon.get("/v1/influencers?\(query)&\(moment)")
                #expect(missing.status == 404, "\(query)&\(moment): \(missing.text)")
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(missing.body))
                #expect(problem.code == "campaignNotFound" && problem.detail.contains("c9"))
            }
            #expect(try await Self.ids("campaign=c2&\(moment)", daemon) == [])
            #expect(try await Self.ids("campaign=c1&tier=unknown&\(moment)", daemon) == [])
            // Before the campaign was opened.
            let early = try await daemon.get("/v1/influencers?campaign=c1&at=2025-12-31T00:00:00Z")
            #expect(early.status == 404)
        }
    }

    @Test("What is due is asked for in a currency: without one the question cannot be answered")
    func currencyIsNeeded() async throws {
        try await withDaemon { daemon in
            let refused = try await daemon.get("/v1/influencers?sort=due&tier=micro")
            #expect(refused.status == 400, "\(refused.text)")
            let problem = try WireCoding.decode(ProblemDetails.self, from: Data(refused.body))
            #expect(problem.code == "missingParameter" && problem.detail.contains("currency"))
            #expect(problem.remedy.contains("ISO 4217"))
        }
    }

    @Test(
        "What a list cannot be sorted or filtered by is refused with what it takes",
        arguments: [
            "sort=name", "sort=trust&currency=EUR", "currency=EUR", "sort=due&currency=XYZ", "tier=tiny",
            "stage=fan", "flag=famous", "platform=%20", "topic=Books", "campaign=a%2Fb", "scoreMin=100.0001",
            "scoreMin=-1", "scoreMax=1e2", "scoreMax=50.", "scoreMax=.5", "scoreMin=50.00001", "sort=trust,stage",
            "scoreMin=50.0001&scoreMax=50", "tier=micro&scoreMax=9&scoreMin=10",
        ])
    func refusals(query: String) async throws {
        try await withDaemon { daemon in
            let refused = try await daemon.get("/v1/influencers?\(query)")
            #expect(refused.status == 422, "\(query): \(refused.text)")
            let problem = try WireCoding.decode(ProblemDetails.self, from: Data(refused.body))
            #expect(problem.code == "invalidParameter" && problem.remedy.hasPrefix("Give "), "\(query): \(problem)")
        }
    }
}
