import Testing

@testable import CampaignDomain

@Suite("Directory and evidence")
struct DirectoryTests {
    @Test("A campaign is its earliest opening, from its time on, and closed by the earliest closing")
    func openings() {
        var scenario = Scenario()
        scenario.open("c1", brand: "late", day: 9)
        scenario.open("c1", brand: "early", day: 3)
        scenario.add("campaign.closed", day: 8, ["campaignId": "c1", "reason": "budget"])
        scenario.add("campaign.closed", day: 6, ["campaignId": "c1", "reason": "over"])
        let ledger = TestLedger(scenario.events)
        func view(_ day: Int, known: UInt64? = nil) -> DirectoryView {
            let asOf = AsOf(at: Scenario.time(day), position: known.map { FactPosition($0) })
            return ledger.directory.view(asOf, order: ledger)
        }
        #expect(view(2).campaign("c1") == nil)
        #expect(view(3).brand(ofCampaign: "c1") == "early")
        #expect(view(20).brand(ofCampaign: "c1") == "early")
        #expect(view(20, known: 1).brand(ofCampaign: "c1") == "late")
        #expect(view(5).campaign("c1")?.closed == nil)
        #expect(view(20).campaign("c1")?.closed?.time == Scenario.time(6))
        #expect(view(20).hasCampaign(ofBrand: "early") && !view(20).hasCampaign(ofBrand: "late"))
        #expect(view(20).campaignIDs == ["c1"])
        #expect(ledger.directory.nextChange(after: Scenario.time(0)) == Scenario.time(3))
        #expect(ledger.directory.nextChange(after: Scenario.time(3)) == Scenario.time(6))
        #expect(ledger.directory.nextChange(after: Scenario.time(9)) == nil)
    }

    @Test("A policy is in force from the later of its time and effectiveFrom; the newest by time wins")
    func policies() {
        var scenario = Scenario()
        func publish(version: Int64, day: Int, from: Int) {
            scenario.add(
                "policy.published", day: day,
                [
                    "kind": "tax", "version": .int(version), "effectiveFrom": .string(Scenario.time(from).rfc3339),
                    "body": ["thresholds": [["fromYear": 0, "usd": "1.00"]]],
                ])
        }
        publish(version: 1, day: 2, from: 5)
        publish(version: 2, day: 7, from: 1)
        publish(version: 3, day: 4, from: 1)
        let ledger = TestLedger(scenario.events)
        let versions = (1...8).map { day in
            ledger.directory.view(AsOf(at: Scenario.time(day)), order: ledger).policyVersion(.tax)
        }
        #expect(versions == [0, 0, 0, 3, 3, 3, 2, 2])
        #expect(ledger.directory.nextChange(after: Scenario.time(1)) == Scenario.time(4))
        #expect(ledger.directory.nextChange(after: Scenario.time(4)) == Scenario.time(5))
        #expect(ledger.directory.nextChange(after: Scenario.time(7)) == nil)
    }

    @Test("Policies without events are the defaults of the specification")
    func defaults() {
        let view = Directory().view(AsOf(at: Scenario.time(0)), order: TestLedger([]))
        for kind in PolicyKind.allCases { #expect(view.policyVersion(kind) == 0) }
        let trust = view.trust
        #expect(trust.weights == [20, 15, 25, 20, 15, 5] && trust.evidenceDays == 730 && trust.homePosts == 5)
        #expect(trust.benchmarksBp == [400, 300, 220, 180, 150, 120] && trust.ratioHighBp == 40_000)
        #expect(trust.anomalyDeviation == 60_000 && trust.removalDays == 30 && trust.breachCap == 490_000)
        #expect(trust.suspiciousCap == 390_000 && trust.evidenceMedium == 10 && trust.evidenceHigh == 50)
        #expect(view.advocacy.unpaidDays == 30 && view.advocacy.missedDeliverables == 2)
        #expect(view.tax.thresholds.map(\.fromYear) == [2026, 0])
    }

    @Test("An influencer is known by events that count, not by retractions or what is dated ahead")
    func known() {
        var scenario = Scenario()
        scenario.post("p1", day: 5)
        var retraction = HistoryEvent(
            id: "r", type: "event.retracted", time: Scenario.time(30),
            data: ["influencerId": "ada", "position": 1, "reason": "error", "actor": "ops"])
        retraction.retracts = scenario.events[0].identity
        let ledger = TestLedger(scenario.events + [retraction])
        #expect(ledger.evidence("ada", AsOf(at: Scenario.time(9))).isEmpty)
        let before = AsOf(at: Scenario.time(4), position: FactPosition(1))
        #expect(ledger.evidence("ada", before).isEmpty)
        #expect(ledger.evidence("ada", before).nextFactTime == Scenario.time(5))
        #expect(ledger.evidence("ada", AsOf(at: Scenario.time(5), position: FactPosition(1))).count == 1)
        #expect(ledger.evidence("ada", AsOf(at: Scenario.time(4))).nextFactTime == nil)
        #expect(ledger.evidence("nobody", before).isEmpty)
    }

    @Test("Posts are listed newest first with what holds of them")
    func posts() {
        var scenario = Scenario()
        scenario.open("c1", brand: "b1")
        scenario.post("p1", day: 3, connection: "gift", brand: "b1", campaign: "c1", disclosure: "missing")
        scenario.add("disclosure.assessed", day: 4, ["postId": "p1", "verdict": "notRequired"])
        scenario.add("post.removed", day: 6, ["postId": "p1", "by": "brand"])
        scenario.post("p2", day: 5)
        scenario.add("disclosure.assessed", day: 6, ["postId": "p2", "verdict": "notRequired"])
        scenario.add("engagement.recorded", day: 7, ["postId": "p2", "likes": 5, "comments": 2, "shares": 1])
        scenario.add("engagement.recorded", day: 6, ["postId": "p2", "likes": 9, "comments": 9])
        let posts = scenario.situation(day: 9).postSummaries()
        #expect(posts.map(\.postID) == ["p2", "p1"])
        #expect(posts[0].isLive && posts[0].verdict == .notRequired && posts[0].engagements == 8)
        #expect(posts[0].recorded == Scenario.time(7) && posts[0].counters?.views == nil)
        #expect(!posts[0].needsDisclosure && posts[0].topics == ["tea"] && posts[0].campaignID == nil)
        #expect(!posts[1].isLive && posts[1].needsDisclosure && posts[1].verdict == .missing)
        #expect(posts[1].removed == Scenario.time(6) && posts[1].brandIDs == ["b1"] && posts[1].counters == nil)
    }

    @Test("A profile says what lists sort and filter by")
    func profile() {
        var scenario = Scenario()
        scenario.add(
            "influencer.registered", day: 1, ["platform": "tiktok", "country": "DE", "niches": ["zen", "books"]])
        scenario.add("audience.measured", day: 1, ["followers": 700])
        scenario.agree("c2", day: 2)
        scenario.agree("c1", day: 2)
        scenario.post("p1", day: 3)
        scenario.add("engagement.recorded", day: 4, ["postId": "p1", "likes": 5, "comments": 2])
        let profile = scenario.situation(day: 9).assess().profile
        #expect(profile.platform == "tiktok" && profile.country == "DE" && profile.followers == 700)
        #expect(profile.niches == ["zen", "books"] && profile.homeTopics == ["zen", "books"])
        #expect(profile.collaborations == ["c1", "c2"] && profile.engagements == 7)
        for number in 2...5 { scenario.post("p\(number)", day: 4) }
        #expect(scenario.situation(day: 9).profile().homeTopics == ["tea"])
    }

    @Test("Names are numbered as they come, and found again among thousands")
    func names() {
        var table = NameTable()
        let names = (0..<5000).map { "name-\($0 * 7919 % 5000)" }
        for (index, name) in names.enumerated() {
            let bytes = Array(name.utf8)
            #expect(table.index(of: bytes, at: 0, count: bytes.count) == index)
        }
        for (index, name) in names.enumerated() { #expect(table.find(name) == index && table.name(index) == name) }
        #expect(table.count == 5000 && table.find("name-5000") == nil && NameTable().find("x") == nil)
        #expect(table.precedes(table.find("name-10")!, table.find("name-2")!))
    }
}
