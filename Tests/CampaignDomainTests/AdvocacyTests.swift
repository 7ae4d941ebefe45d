import Testing

@testable import CampaignDomain

@Suite("Advocacy")
struct AdvocacyTests {
    @Test("Each stage is reached by its rule", arguments: Stage.allCases)
    func stages(stage: Stage) {
        var scenario = Scenario()
        scenario.open("c1", brand: "b1")
        if stage < .contacted { scenario.add("audience.measured", day: 1, ["followers": 1]) }
        if stage >= .contacted { scenario.add("outreach.sent", day: 1, ["campaignId": "c1"]) }
        if stage >= .agreed { scenario.agree("c1", day: 2) }
        if stage >= .seeded {
            scenario.send("s1", "c1", day: 3)
            scenario.move("product.delivered", "s1", "c1", day: 4)
        }
        if stage >= .activated { scenario.post("p1", day: 5, connection: "fee", campaign: "c1") }
        if stage >= .repeat {
            scenario.post("p2", day: 6, connection: "fee", campaign: "c1")
            scenario.post("p3", day: 31, connection: "fee", campaign: "c1")
        }
        if stage >= .advocate {
            for day in [35, 49] { scenario.post("m\(day)", day: day, brand: "b1") }
        }
        if stage >= .trueFan {
            for day in [65, 91] { scenario.post("m\(day)", day: day, brand: "b1") }
        }
        #expect(scenario.situation(day: 95).advocacy().stage == stage)
    }

    @Test("Two mentions of a brand are an advocate's from fourteen days apart, and more than thirty after a gift")
    func gap() {
        for (first, last, stage) in [(35, 48, Stage.seeded), (35, 49, .advocate), (34, 49, .seeded)] {
            var scenario = Scenario()
            scenario.open("c1", brand: "b1")
            scenario.send("s1", "c1", day: 3)
            scenario.move("product.delivered", "s1", "c1", day: 4)
            scenario.post("p1", day: first, brand: "b1")
            scenario.post("p2", day: last, brand: "b1")
            #expect(scenario.situation(day: 95).advocacy().stage == stage, "\(first) and \(last)")
        }
    }

    @Test("A true fan's mentions lie in three calendar months")
    func months() {
        for (days, stage) in [([35, 49, 65, 75], Stage.advocate), ([35, 49, 65, 91], .trueFan)] {
            var scenario = Scenario()
            scenario.open("c1", brand: "b1")
            for day in days { scenario.post("p\(day)", day: day, brand: "b1") }
            #expect(scenario.situation(day: 95).advocacy().stage == stage, "\(days)")
        }
    }

    @Test("Of deliverables due at one time those of the greatest campaign are the most recent")
    func missedLately() {
        for (met, isAtRisk) in [("c1", true), ("c3", false)] {
            var scenario = Scenario()
            for campaign in ["c1", "c2", "c3"] { scenario.agree(campaign, day: 1) }
            scenario.post("p1", day: 2, connection: "fee", campaign: met)
            #expect(scenario.situation(day: 11).advocacy().flags.contains(.atRisk) == false, "not due yet")
            #expect(scenario.situation(day: 12).advocacy().flags.contains(.atRisk) == isAtRisk, "met \(met)")
        }
    }

    @Test("An ambassador is one until the end of the term or of the collaboration")
    func ambassador() {
        var scenario = Scenario()
        scenario.add(
            "collaboration.agreed", day: 1,
            ["campaignId": "c1", "kind": "ambassador", "deliverables": 1, "deadlineDays": 5, "termDays": 30])
        #expect(scenario.situation(day: 31).advocacy().flags == [.ambassador])
        #expect(scenario.situation(day: 32).advocacy().flags == [])
        scenario.add("collaboration.ended", day: 20, ["campaignId": "c1", "reason": "completed"])
        #expect(scenario.situation(day: 19).advocacy().flags == [.ambassador])
        #expect(scenario.situation(day: 20).advocacy().flags == [])
    }

    @Test("Dormant is who was active and named no campaign's brand for half a year")
    func dormant() {
        var scenario = Scenario()
        scenario.open("c1", brand: "b1")
        scenario.agree("c1", day: 1)
        scenario.post("p1", day: 2, connection: "fee", brand: "b1", campaign: "c1")
        #expect(scenario.situation(day: 182).advocacy().flags == [])
        #expect(scenario.situation(day: 183).advocacy().flags == [.dormant])
        scenario.post("p2", day: 183, brand: "b2")
        #expect(scenario.situation(day: 183).advocacy().flags == [.dormant])
        scenario.open("c2", brand: "b2", day: 183)
        #expect(scenario.situation(day: 183).advocacy().flags == [])
    }
}
