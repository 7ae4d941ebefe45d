import Foundation
import LedgerAPI
import Testing

/// Why an answer is what it is: explanations, and the events and postings behind them.
@Suite(.serialized)
struct ReasonRouteTests {
    private static let ana = "/v1/influencers/ana"

    @Test func explainedTrustAddsUpAndNamesItsEvents() async throws {
        try await withSamples { daemon in
            let plain = try await daemon.answer(InfluencerTrustBody.self, "\(Self.ana)/trust?at=\(Samples.at)")
            let why = try await daemon.answer(
                ExplainedTrustBody.self, "\(Self.ana)/trust?at=\(Samples.at)&explain=true")
            #expect(why.body.trust == plain.body.trust)
            #expect(why.standing == plain.standing)
            let explanation = why.body.explanation
            for component in explanation.components {
                #expect(component.parts.map(\.points).reduce(0, +) == component.value, "\(component.component)")
                #expect(component.weight * component.value == component.contribution)
            }
            #expect(explanation.components.map(\.contribution).reduce(0, +) == why.body.trust.beforeCaps)
            #expect(why.body.trust.beforeCaps + explanation.capping == why.body.trust.raw)
            #expect(explanation.evidence.map(\.count).reduce(0, +) == why.body.trust.evidenceCount)
            // The post is its own assessment: it says that its disclosure is missing.
            let cap = try #require(explanation.caps.first)
            #expect(cap.events == EventReasonBody(reason: "cap.openBreach", positions: [6], more: false))
            #expect(explanation.homeTopics.topics == ["books"])
            #expect(explanation.homeTopics.source == "registration")
            #expect(explanation.homeTopics.events.positions == [2])
            #expect(explanation.engagement.followers == 12_000)
            #expect(explanation.authenticity.sponsored == 1)
            let rate = explanation.components.flatMap(\.parts).first { $0.part == "engagementRate" }
            #expect(rate?.events.positions == [3, 6, 7])
        }
    }

    @Test func theEventsBehindAReasonArePagedAndNamed() async throws {
        try await withSamples { daemon in
            let target = "\(Self.ana)/trust/events?reason=part.engagementRate&at=\(Samples.at)"
            let all = try await daemon.answer(ItemList<EventReferenceBody>.self, target)
            #expect(all.body.items.map(\.position) == [3, 6, 7])
            #expect(
                all.body.items.last
                    == EventReferenceBody(
                        position: 7, source: "urn:test", id: "7", type: "engagement.recorded",
                        time: "2026-01-12T12:00:00Z"))
            var found: [UInt64] = []
            var cursor: String?
            repeat {
                let next = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try await daemon.answer(
                    ItemList<EventReferenceBody>.self, "\(target)&limit=1\(next)")
                #expect(page.body.items.count == 1)
                found += page.body.items.map(\.position)
                cursor = page.body.next
            } while cursor != nil
            #expect(found == [3, 6, 7])
            let first = try await daemon.answer(ItemList<EventReferenceBody>.self, "\(target)&limit=1")
            let next = try #require(first.body.next)
            let other = try await daemon.get("\(Self.ana)/trust/events?reason=homeTopics&cursor=\(next)")
            #expect(other.status == 422, "a cursor of one reason serves no other")
            #expect(try other.json()["code"] as? String == "invalidCursor")
        }
    }

    @Test func anExplainedStageNamesItsRulesAndTheirEvents() async throws {
        try await withSamples { daemon in
            let why = try await daemon.answer(
                ExplainedAdvocacyBody.self, "\(Self.ana)/advocacy?at=\(Samples.at)&explain=true")
            #expect(why.body.explanation.stages.map(\.stageRank) == Array(0...7))
            #expect(why.body.explanation.stages.last { $0.holds }?.stage == why.body.advocacy.stage)
            #expect(why.body.explanation.flags.filter(\.holds).map(\.flag) == why.body.advocacy.flags)
            #expect(why.body.advocacy.flags.contains("atRisk"))
            for rule in why.body.explanation.stages {
                #expect(rule.holds == rule.ways.contains { $0.holds })
                for way in rule.ways { #expect(way.holds == way.conditions.allSatisfy(\.holds)) }
                for condition in rule.ways.flatMap(\.conditions) {
                    let isMet =
                        condition.comparison == "atMost"
                        ? condition.found <= condition.bound : condition.found >= condition.bound
                    #expect(condition.holds == isMet, "\(rule.stage) \(condition.count)")
                }
            }
            let agreed = why.body.explanation.stages[2].ways[0].conditions[0]
            #expect(agreed.events == EventReasonBody(reason: "count.collaborations", positions: [4], more: false))
            let seeding = why.body.explanation.metrics.first { $0.metric == "seedingPostRate" }
            #expect(seeding?.whole == 0 && seeding?.valueBp == nil)
            let events = try await daemon.answer(
                ItemList<EventReferenceBody>.self,
                "\(Self.ana)/advocacy/events?reason=count.activePosts&at=\(Samples.at)")
            #expect(events.body.items.map(\.id) == ["6"])
        }
    }

    private static let mentions = [(1, "acme"), (5, "acme"), (9, "other"), (20, "acme")].map { day, brand in
        let date = day < 10 ? "0\(day)" : "\(day)"
        return Samples.event(
            "post.published", id: "mention-\(day)", time: "2026-01-\(date)T08:00:00Z",
            #"{"influencerId":"cleo","postId":"m\#(day)","platform":"instagram","topics":["books"],"#
                + #""brandIds":["\#(brand)"],"connection":"none"}"#)
    }

    @Test func mentionsAreThoseOfTheBrandAskedFor() async throws {
        try await withDaemon { daemon in
            let opened = ["acme", "other"].enumerated().map { number, brand in
                Samples.event(
                    "campaign.opened", id: "open-\(brand)", time: "2026-01-01T00:00:00Z",
                    #"{"campaignId":"c\#(number)","brandId":"\#(brand)","topics":["books"],"#
                        + #""budget":{"currency":"EUR","amount":"1.00"},"startsOn":"2026-01-01","endsOn":"2026-12-31"}"#
                )
            }
            #expect(try await daemon.post((opened + Self.mentions).joined(separator: "\n")).status == 201)
            try await daemon.settled(6)
            let cleo = "/v1/influencers/cleo/advocacy"
            let why = try await daemon.answer(ExplainedAdvocacyBody.self, "\(cleo)?at=\(Samples.at)&explain=true")
            let ways = why.body.explanation.stages[6].ways
            #expect(ways.map(\.brandId) == ["acme", "other"])
            #expect(ways.map { $0.conditions[0].events.positions } == [[3, 4, 6], [5]])
            for (brand, positions) in [("&brand=acme", [3, 4, 6]), ("&brand=other", [5]), ("", [3, 4, 5, 6])] {
                let list = try await daemon.answer(
                    ItemList<EventReferenceBody>.self,
                    "\(cleo)/events?reason=count.mentions\(brand)&at=\(Samples.at)")
                #expect(list.body.items.map { Int($0.position) } == positions, "\(brand)")
            }
        }
    }

    @Test func aSumLeadsToItsPostingsAndTheseToTheirEvents() async throws {
        try await withSamples { daemon in
            let why = try await daemon.answer(
                ExplainedCompensationBody.self, "\(Self.ana)/compensation?at=\(Samples.at)&explain=true")
            let due = SumExplanationBody(
                value: "250.00",
                parts: [SumPartBody(debit: "Expenses:Fees", credit: "Liabilities:Due", count: 1, amount: "250.00")])
            #expect(why.body.explanation.compensation["EUR"]?["due"] == due)
            #expect(why.body.explanation.byCampaign["c1"]?["EUR"]?["due"] == due)
            #expect(why.body.explanation.compensation["EUR"]?["paid"] == SumExplanationBody(value: "0.00", parts: []))
            #expect(why.body.explanation.compensation["EUR"]?.count == 9)
            let posting = PostingBody(
                position: 5, source: "urn:test", id: "5", type: "fee.accrued", time: "2026-01-04T12:00:00Z",
                day: "2026-01-04", influencerId: "ana", campaignId: "c1", debit: "Expenses:Fees",
                credit: "Liabilities:Due", currency: "EUR", amount: "250.00", minor: 25_000)
            let postings = "\(Self.ana)/compensation/postings?at=\(Samples.at)"
            for query in ["", "&sum=due&currency=EUR", "&sum=due&currency=EUR&campaign=c1", "&campaign=c1"] {
                let list = try await daemon.answer(ItemList<PostingBody>.self, postings + query)
                #expect(list.body.items == [posting], "\(query)")
            }
            for query in [
                "&sum=due&currency=USD", "&sum=paid&currency=EUR", "&sum=due&currency=EUR&campaign=c2",
                "&currency=JPY", "&year=2026&currency=EUR", "&position=4",
            ] {
                let list = try await daemon.answer(ItemList<PostingBody>.self, postings + query)
                #expect(list.body.items.isEmpty, "\(query)")
            }
        }
    }

    @Test func positionAndAtHoldForReasonsToo() async throws {
        try await withSamples { daemon in
            let early = try await daemon.answer(
                ExplainedTrustBody.self, "\(Self.ana)/trust?explain=true&position=5&at=\(Samples.at)")
            #expect(early.standing.position == 5)
            #expect(early.body.explanation.caps.isEmpty)
            #expect(early.body.explanation.authenticity.posts == 0)
            for query in ["position=5", "at=2026-01-05T11:59:59Z"] {
                let list = try await daemon.answer(
                    ItemList<EventReferenceBody>.self, "\(Self.ana)/trust/events?reason=part.recentPosts&\(query)")
                #expect(list.body.items.isEmpty, "\(query)")
            }
        }
    }

    @Test func aReasonThatIsNoneIsAProblemThatSaysWhatIs() async throws {
        try await withSamples { daemon in
            let problems: [(target: String, status: Int, remedy: String)] = [
                ("\(Self.ana)/trust/events", 400, "part.replied"),
                ("\(Self.ana)/advocacy/events?brand=acme", 400, "count.mentions"),
                ("/v1/influencers/nobody/advocacy/events", 400, "count.mentions"),
                ("\(Self.ana)/trust/events?reason=luck", 422, "part.replied"),
                ("\(Self.ana)/advocacy/events?reason=part.replied", 422, "count.mentions"),
                ("\(Self.ana)/advocacy/events?reason=count.mentions&brand=a%20b", 422, "an identifier"),
                ("\(Self.ana)/compensation/postings?sum=due", 400, "ISO 4217"),
                ("\(Self.ana)/compensation/postings?year=2026", 400, "ISO 4217"),
                ("\(Self.ana)/compensation/postings?sum=love&currency=EUR", 422, "giftsAtCost"),
                ("\(Self.ana)/compensation/postings?sum=due&currency=XXX", 422, "ISO 4217"),
                ("\(Self.ana)/compensation/postings?sum=due&currency=EUR&year=2026", 422, "or a year"),
                ("\(Self.ana)/compensation/postings?year=2026&currency=EUR&campaign=c1", 422, "or a year"),
                ("\(Self.ana)/compensation/postings?year=12&currency=EUR", 422, "1970"),
                ("\(Self.ana)/trust?explain=yes", 422, "true or false"),
                ("\(Self.ana)/trust/events?reason=homeTopics&position=99", 422, ""),
                ("/v1/influencers/nobody/trust?explain=true", 404, ""),
                ("/v1/influencers/nobody/advocacy?explain=true", 404, ""),
                ("/v1/influencers/nobody/compensation?explain=true", 404, ""),
                ("/v1/influencers/nobody/trust/events?reason=homeTopics", 404, ""),
                ("/v1/influencers/nobody/compensation/postings", 404, ""),
            ]
            for (target, status, remedy) in problems {
                let answer = try await daemon.get(target)
                #expect(answer.status == status, "\(target)")
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
                #expect(remedy.isEmpty || problem.remedy.contains(remedy), "\(target): \(problem.remedy)")
                #expect((problem.code == "missingParameter") == (status == 400), "\(target): \(problem.code)")
            }
        }
    }
}
