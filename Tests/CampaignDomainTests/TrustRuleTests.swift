import Testing

@testable import CampaignDomain

/// Which events count: the rules of Projections, section 3, at their limits.
@Suite("Trust rules")
struct TrustRuleTests {
    private func good(_ beta: Beta, age: Int) -> UInt128 {
        beta.good / UInt128(TrustPolicy.standard.evidenceWeights[age]!)
    }

    @Test("A post removed on the thirtieth day met its deliverable, one removed on the day before did not")
    func removals() {
        for (removed, met) in [(31, 0), (32, 1)] {
            var scenario = Scenario()
            scenario.agree("c1", day: 1)
            scenario.post("p1", day: 2, connection: "fee", campaign: "c1")
            scenario.add("post.removed", day: removed, ["postId": "p1", "by": "unknown"])
            #expect(scenario.situation(day: 40).collaborations[0].metPosts.count == met, "removed on day \(removed)")
        }
    }

    @Test("A deliverable is missed right after its due, not at it, and not when cancelled before")
    func dues() {
        var scenario = Scenario()
        scenario.agree("c1", day: 1, deliverables: 3, deadlineDays: 10)
        scenario.post("p1", day: 11, connection: "fee", campaign: "c1")
        #expect(scenario.situation(day: 11).collaborations[0].missed == 0)
        #expect(scenario.situation(day: 12).collaborations[0].missed == 2)
        #expect(good(scenario.situation(day: 12).reliability(), age: 1) == 1)
        let due = Scenario.time(11)
        let after = AsOf(at: Instant(microseconds: due.microseconds + 1))
        #expect(TestLedger(scenario.events).situation("ada", after).collaborations[0].missed == 2)
        var ended = scenario
        ended.add("collaboration.ended", day: 11, ["campaignId": "c1", "reason": "cancelled"])
        #expect(ended.situation(day: 12).collaborations[0].missed == 2, "cancelled at the due")
        scenario.add("collaboration.ended", day: 10, ["campaignId": "c1", "reason": "cancelled"])
        #expect(scenario.situation(day: 12).collaborations[0].missed == 0, "cancelled before the due")
    }

    @Test("A gift is due after its first counted delivery; a paid collaboration after the agreement or the delivery")
    func firstDelivery() {
        for (kind, dueWithout) in [("gift", nil), ("ambassador", nil), ("paid", 11), ("affiliate", 11)]
            as [(String, Int?)]
        {
            var scenario = Scenario()
            scenario.agree("c1", day: 1, kind: kind)
            #expect(scenario.situation(day: 50).collaborations[0].due == dueWithout.map { Scenario.time($0) })
            scenario.move("product.delivered", "s1", "c1", day: 20)
            #expect(
                scenario.situation(day: 50).collaborations[0].due == dueWithout.map { Scenario.time($0) }, "not sent")
            scenario.send("s1", "c1", day: 30)
            scenario.move("product.delivered", "s1", "c1", day: 19)
            #expect(scenario.situation(day: 50).collaborations[0].due == Scenario.time(29), "\(kind)")
        }
    }

    @Test("A breach is open for ninety days, while the post is live and its verdict missing")
    func breaches() {
        var scenario = Scenario()
        scenario.post("p1", day: 0, connection: "gift", disclosure: "missing")
        #expect(scenario.situation(day: 90).trust().openBreaches == ["p1"])
        #expect(scenario.situation(day: 91).trust().openBreaches.isEmpty)
        scenario.add("disclosure.assessed", day: 5, ["postId": "p1", "verdict": "clear"])
        scenario.add("disclosure.assessed", day: 9, ["postId": "p1", "verdict": "notRequired"])
        #expect(scenario.situation(day: 4).trust().openBreaches == ["p1"])
        #expect(scenario.situation(day: 9).trust().openBreaches.isEmpty)
        scenario.add("disclosure.assessed", day: 7, ["postId": "p1", "verdict": "missing"])
        #expect(scenario.situation(day: 9).trust().openBreaches == ["p1"])
        scenario.add("post.removed", day: 10, ["postId": "p1", "by": "influencer"])
        #expect(scenario.situation(day: 10).trust().openBreaches.isEmpty)
    }

    @Test("Breaches of one time are named by identity, whatever their arrival")
    func breachOrder() {
        var scenario = Scenario()
        for id in ["m", "z", "a"] {
            scenario.add(
                "post.published", day: 3, id: id,
                [
                    "postId": .string("post-" + id), "platform": "instagram", "topics": ["tea"], "connection": "fee",
                    "disclosure": "missing",
                ])
        }
        #expect(scenario.situation(day: 9).trust().openBreaches == ["post-a", "post-m", "post-z"])
    }

    @Test("Home topics are the three most frequent of five organic posts, ties by text")
    func homeTopics() {
        var scenario = Scenario()
        let topics: [[JSONValue]] = [["zen", "dogs"], ["cats", "dogs"], ["bees", "cats"], ["ants"], ["yaks"]]
        for (number, topics) in topics.enumerated() {
            let connection: JSONValue = "none"
            scenario.add(
                "post.published", day: number,
                [
                    "postId": .string("p\(number)"), "platform": "instagram", "topics": .array(topics),
                    "connection": connection,
                ])
        }
        #expect(scenario.situation(day: 9).profile().homeTopics == ["cats", "dogs", "ants"])
        #expect(scenario.situation(day: 3).homeTopics() == nil)
        #expect(scenario.situation(day: 4 + 731).homeTopics() == nil, "too old")
    }

    @Test("Posts count for engagement from their fifth to their 365th day")
    func engagementAges() {
        var scenario = Scenario()
        scenario.post("p1", day: 0)
        scenario.add("engagement.recorded", day: 1, ["postId": "p1", "likes": 5, "comments": 2])
        let counted = [4, 5, 365, 366].map { scenario.situation(day: $0).engagementSample().posts }
        #expect(counted == [0, 1, 1, 0])
    }

    @Test("The evidence band counts messages, sponsored posts, deliverables and mature posts within their days")
    func evidenceCount() {
        var scenario = Scenario()
        scenario.add(
            "conversation.recorded", day: 0,
            [
                "from": "2026-01-01T00:00:00Z", "commentsReceived": 3, "commentsReplied": 1,
                "directMessagesReceived": 2, "directMessagesReplied": 2,
            ])
        scenario.agree("c1", day: 0, deliverables: 2)
        scenario.post("p1", day: 1, connection: "fee", campaign: "c1")
        scenario.add("engagement.recorded", day: 2, ["postId": "p1", "likes": 5, "comments": 2])
        // 5 messages, 1 sponsored, 1 met and 1 missed, 1 mature.
        #expect(scenario.situation(day: 20).trust().evidenceCount == 9)
        #expect(scenario.situation(day: 20).trust().evidence == .low)
        scenario.post("p2", day: 3, connection: "gift")
        #expect(scenario.situation(day: 20).trust().evidence == .medium)
        #expect(scenario.situation(day: 742).trust().evidenceCount == 0, "all too old")
    }

    @Test("The cap of suspicious followers holds from half of them on, by the newest measurement")
    func suspicious() {
        for (share, isCapped) in [(4999, false), (5000, true)] as [(Int64, Bool)] {
            var scenario = Scenario()
            scenario.add("audience.measured", day: 5, ["followers": 900, "suspiciousBp": .int(share)])
            scenario.add("audience.measured", day: 4, ["followers": 900, "suspiciousBp": 9000])
            let trust = scenario.situation(day: 9).trust()
            #expect(trust.caps.map(\.kind) == (isCapped ? [.suspiciousFollowers] : []), "\(share)")
            #expect(trust.raw == (isCapped ? Score(390_000) : Score(500_000)))
            #expect(trust.caps.flatMap(\.events) == (isCapped ? [FactPosition(1)] : []))
        }
    }
}
