import Foundation
import LedgerAPI
import Testing

@Suite(.serialized)
struct QueryRouteTests {
    @Test func anInfluencersAnswersAreOfOneMoment() async throws {
        try await withSamples { daemon in
            let target = "/v1/influencers/ana"
            let whole = try await daemon.answer(InfluencerBody.self, "\(target)?at=\(Samples.at)")
            #expect(whole.standing.at == Samples.at)
            #expect(whole.standing.position == 8)
            #expect(whole.standing.head == 8)
            #expect(whole.body.tier == "micro")
            #expect(whole.body.trust.openBreaches == ["p1"])
            #expect(whole.body.trust.caps.first?.events == [EventIdentity(source: "urn:test", id: "6")])
            #expect(whole.body.compensation["EUR"]?.due == "250.00")
            let trust = try await daemon.answer(InfluencerTrustBody.self, "\(target)/trust?at=\(Samples.at)")
            #expect(trust.body.trust == whole.body.trust)
            let advocacy = try await daemon.answer(
                InfluencerAdvocacyBody.self, "\(target)/advocacy?at=\(Samples.at)")
            #expect(advocacy.body.advocacy == whole.body.advocacy)
            let money = try await daemon.answer(
                InfluencerCompensationBody.self, "\(target)/compensation?at=\(Samples.at)")
            #expect(money.body.byCampaign == whole.body.byCampaign)
            #expect(money.standing == whole.standing)
            let before = try await daemon.answer(InfluencerBody.self, "\(target)?at=\(Samples.at)&position=3")
            #expect(before.standing.position == 3)
            #expect(before.standing.head == 8)
            #expect(before.body.compensation.isEmpty)
        }
    }

    @Test func aListPagesThroughEveryoneAndEachItemIsTheSingleAnswer() async throws {
        try await withSamples { daemon in
            let first = try await daemon.answer(
                ItemList<InfluencerBody>.self, "/v1/influencers?limit=1&at=\(Samples.at)")
            #expect(first.body.items.map(\.influencerId) == ["ana"])
            let next = try #require(first.body.next)
            let second = try await daemon.answer(
                ItemList<InfluencerBody>.self, "/v1/influencers?limit=1&cursor=\(next)")
            #expect(second.body.items.map(\.influencerId) == ["bob"])
            #expect(second.standing.at == Samples.at)
            #expect(second.body.next == nil)
            let single = try await daemon.answer(InfluencerBody.self, "/v1/influencers/bob?at=\(Samples.at)")
            #expect(second.body.items[0] == single.body)

            let elsewhere = try await daemon.get("/v1/campaigns?cursor=\(next)")
            #expect(elsewhere.status == 422)
            #expect(try elsewhere.json()["code"] as? String == "invalidCursor")
            for at in ["today", "2026-02-30T00:00:00Z", " "] {
                let forged = PageCursor(list: "/v1/influencers", after: "ana", at: at).text
                let refused = try await daemon.get("/v1/influencers?cursor=\(forged)")
                #expect(refused.status == 422 && refused.text.contains("invalidCursor"), "\(at)")
            }
            let otherMoment = try await daemon.get("/v1/influencers?cursor=\(next)&at=2026-03-01T00:00:00Z")
            #expect(otherMoment.status == 422)
        }
    }

    @Test func campaignsPostsPoliciesAndTheBalanceAreAnswered() async throws {
        try await withSamples { daemon in
            let at = "at=\(Samples.at)"
            let campaign = try await daemon.answer(CampaignBody.self, "/v1/campaigns/c1?\(at)")
            #expect(campaign.body.budget == MoneyBody(currency: "EUR", amount: "1000.00"))
            #expect(campaign.body.startsOn == "2026-01-01")
            let campaigns = try await daemon.answer(ItemList<CampaignBody>.self, "/v1/campaigns?\(at)")
            #expect(campaigns.body.items == [campaign.body])
            let members = try await daemon.answer(
                ItemList<CampaignInfluencerBody>.self, "/v1/campaigns/c1/influencers?\(at)")
            #expect(members.body.items.map(\.influencerId) == ["ana"])
            #expect(members.body.items.first?.kind == "paid")
            let money = try await daemon.answer(
                CampaignCompensationBody.self, "/v1/campaigns/c1/compensation?\(at)")
            #expect(money.body.compensation["EUR"]?.sums.due == "250.00")
            #expect(money.body.compensation["EUR"]?.media == "0.00")
            let posts = try await daemon.answer(ItemList<PostBody>.self, "/v1/influencers/ana/posts?\(at)")
            #expect(posts.body.items.first?.engagements == 320)
            #expect(posts.body.items.first?.verdict == "missing")
            let balance = try await daemon.answer(TrialBalanceBody.self, "/v1/trial-balance?\(at)")
            #expect(balance.body.trialBalance == ["EUR": ["Expenses:Fees": 25_000, "Liabilities:Due": -25_000]])
            let policy = try await daemon.answer(PolicyBody.self, "/v1/policies/trust?\(at)")
            #expect(policy.body.inForce.version == 0)
            #expect(policy.body.inForce.body["weights"]?["authenticity"] == .integer(25))
            let policies = try await daemon.answer(ItemList<PolicyBody>.self, "/v1/policies?\(at)")
            #expect(policies.body.items.map(\.kind) == ["advocacy", "tax", "trust"])
        }
    }

    /// Posts of ana's that nobody sponsored, in the order of their publication; the last three at one instant.
    private static let morePosts = ["a", "b", "c", "d", "e"].enumerated().map { number, name in
        Samples.event(
            "post.published", id: "more-\(name)", time: "2026-01-1\(min(number, 2))T08:00:00Z",
            #"{"influencerId":"ana","postId":"\#(name)","platform":"instagram","topics":["books"],"connection":"none"}"#
        )
    }

    @Test func postsGoOnBehindThePlaceOfAPostThatIsGone() async throws {
        try await withSamples { daemon in
            #expect(try await daemon.post(Self.morePosts.joined(separator: "\n")).status == 201)
            try await daemon.settled(13)
            let target = "/v1/influencers/ana/posts"
            typealias Posts = ItemList<PostBody>
            let whole = try await daemon.answer(Posts.self, target).body.items.map(\.postId)
            #expect(whole == ["e", "d", "c", "b", "a", "p1"])
            for limit in 1...6 {
                var (paged, cursor): ([String], String) = ([], "")
                repeat {
                    let page = try await daemon.answer(Posts.self, "\(target)?limit=\(limit)\(cursor)")
                    paged += page.body.items.map(\.postId)
                    cursor = page.body.next.map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(paged == whole, "limit \(limit)")
            }
            let next = try #require(try await daemon.answer(Posts.self, "\(target)?limit=2").body.next)
            // "d", behind which it goes on, is taken back.
            let retracted = Samples.event(
                "event.retracted", id: "r", time: "2026-01-20T12:00:00Z",
                #"{"influencerId":"ana","position":12,"reason":"mistake","actor":"ops"}"#)
            #expect(try await daemon.post(retracted).status == 201)
            try await daemon.settled(14)
            let rest = try await daemon.answer(Posts.self, "\(target)?cursor=\(next)")
            #expect(rest.body.items.map(\.postId) == ["c", "b", "a", "p1"])
            #expect(rest.body.next == nil)
            for place in ["p1", "5", "5 99", "5 0", "x 1"] {
                let forged = PageCursor(list: target, after: place).text
                let refused = try await daemon.get("\(target)?cursor=\(forged)")
                #expect(refused.status == 422 && refused.text.contains("invalidCursor"), "\(place)")
            }
        }
    }

    private static let problems: [(target: String, status: Int, code: String)] = [
        ("/v1/influencers/nobody", 404, "influencerNotFound"), ("/v1/influencers/a%20b", 404, "influencerNotFound"),
        ("/v1/influencers/nobody/trust", 404, "influencerNotFound"),
        ("/v1/influencers/nobody/posts", 404, "influencerNotFound"),
        ("/v1/influencers/nobody/events", 404, "influencerNotFound"), ("/v1/campaigns/none", 404, "campaignNotFound"),
        ("/v1/campaigns/none/influencers", 404, "campaignNotFound"),
        ("/v1/campaigns/none/compensation", 404, "campaignNotFound"), ("/v1/policies/love", 404, "policyNotFound"),
        ("/v1/events/99", 404, "eventNotFound"), ("/v1/events/0", 404, "eventNotFound"),
        ("/v1/events/one", 404, "eventNotFound"), ("/v1/nothing", 404, "unknownRoute"), ("/", 404, "unknownRoute"),
        ("/v1/influencers/", 404, "unknownRoute"), ("/v1/influencers?colour=red", 400, "unknownParameter"),
        ("/v1/influencers?limit=1&limit=2", 400, "repeatedParameter"),
        ("/v1/influencers?limit=0", 422, "invalidParameter"),
        ("/v1/influencers?limit=1001", 422, "invalidParameter"), ("/v1/influencers?limit=x", 422, "invalidParameter"),
        ("/v1/influencers?cursor=abc", 422, "invalidCursor"), ("/v1/influencers?at=today", 422, "invalidParameter"),
        ("/v1/influencers?at=%zz", 400, "badRequest"), ("/v1/influencers?position=-1", 422, "invalidParameter"),
        ("/v1/influencers?position=99", 422, "positionBeyondHead"),
        ("/v1/influencers/ana?minPosition=99", 504, "minPositionTimeout"),
        ("/v1/events?type=nothing.happened", 422, "invalidParameter"),
        ("/v1/events?subject=nobody", 422, "invalidParameter"),
        ("/v1/status?at=\(Samples.at)", 400, "unknownParameter"),
    ]

    @Test func whatCannotBeAnsweredIsAProblem() async throws {
        try await withSamples { daemon in
            for (target, status, code) in Self.problems {
                let answer = try await daemon.get(target)
                #expect(answer.status == status, "\(target)")
                #expect(answer.headers["content-type"] == "application/problem+json", "\(target)")
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
                #expect(problem.code == code, "\(target)")
                #expect(problem.status == status, "\(target)")
                #expect(!problem.remedy.isEmpty, "\(target)")
            }
        }
    }

    @Test func aWrongMethodIsToldTheRightOnes() async throws {
        try await withDaemon { daemon in
            let answer = try await daemon.send("DELETE /v1/events HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(answer.status == 405)
            #expect(answer.headers["allow"] == "POST, GET, HEAD")
            let posted = try await daemon.send(
                "POST /v1/status HTTP/1.1\r\nhost: l\r\ncontent-length: 2\r\n\r\n{}")
            #expect(posted.status == 405)
            let body = try await daemon.send("GET /v1/status HTTP/1.1\r\nhost: l\r\ncontent-length: 2\r\n\r\n{}")
            #expect(body.status == 400)
            #expect(try body.json()["code"] as? String == "unexpectedBody")
        }
    }

    @Test func headIsGetWithoutItsBody() async throws {
        try await withSamples { daemon in
            for target in ["/v1/status", "/v1/events", "/v1/influencers", "/v1/nothing"] {
                let connection = try daemon.connect()
                let next = "GET /livez HTTP/1.1\r\nhost: l\r\n\r\n"
                try await connection.send("HEAD \(target) HTTP/1.1\r\nhost: l\r\n\r\n\(next)")
                let head = try await connection.receiveHead()
                #expect(head.status == (target == "/v1/nothing" ? 404 : 200), "\(target)")
                #expect(try await connection.receive().text == #"{"reasons":[],"status":"ok"}"#, "\(target)")
            }
        }
    }

    @Test func statusAndHealthAreAnswered() async throws {
        try await withSamples { daemon in
            let response = try await daemon.get("/v1/status")
            let status = try WireCoding.decode(StatusBody.self, from: Data(response.body))
            #expect(status.head == 8)
            #expect(status.readModels.map(\.name) == ["views", "index", "lists"])
            #expect(status.sizes.map(\.name) == ["log", "views", "index"])
            #expect(!status.readOnly)
            #expect(try await daemon.get("/livez").status == 200)
            let ready = try await daemon.get("/readyz")
            #expect(ready.status == 200, "\(ready.text)")
            let absolute = try await daemon.get("http://ledger/v1/status")
            #expect(absolute.status == 200)
        }
    }
}
