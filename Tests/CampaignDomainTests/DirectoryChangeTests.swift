import Testing

@testable import CampaignDomain

@Suite("What changes between two views of the directory")
struct DirectoryChangeTests {
    @Test("A further campaign of a known brand concerns who names it; a brand's first one, or its last gone, everyone")
    func campaigns() {
        var scenario = Scenario()
        scenario.open("c1", brand: "acme", day: 1)
        scenario.open("c2", brand: "acme", day: 3)
        scenario.add("campaign.closed", day: 4, ["campaignId": "c1", "reason": "over"])
        scenario.open("c3", brand: "new", day: 5)
        scenario.open("c4", brand: "acme", day: 7)
        scenario.open("c2", brand: "new", day: 2)
        let ledger = TestLedger(scenario.events)
        func view(_ day: Int, known: UInt64? = nil) -> DirectoryView {
            ledger.directory.view(
                AsOf(at: Scenario.time(day), position: known.map { FactPosition($0) }), order: ledger)
        }
        #expect(view(1).changes(since: view(1)) == .campaigns([]))
        #expect(view(1).changes(since: view(0)) == .everyone)
        #expect(view(0).changes(since: view(1)) == .everyone)
        #expect(view(3, known: 3).changes(since: view(1, known: 3)) == .campaigns(["c2"]))
        // Nothing that is concluded of an influencer asks for a campaign's end.
        #expect(view(4).changes(since: view(3)) == .campaigns([]))
        #expect(view(5, known: 5).changes(since: view(4, known: 5)) == .everyone)
        #expect(view(7).changes(since: view(5)) == .campaigns(["c4"]))
        // An opening that comes in late and is earlier takes the campaign to another brand.
        #expect(view(7).changes(since: view(7, known: 5)) == .campaigns(["c2"]))
    }

    @Test("Thresholds of tax concern no list")
    func tax() {
        var scenario = Scenario()
        scenario.add(
            "policy.published", day: 1,
            [
                "kind": "tax", "version": 1, "effectiveFrom": .string(Scenario.time(2).rfc3339),
                "body": ["thresholds": [["fromYear": 0, "usd": "1.00"]]],
            ])
        let ledger = TestLedger(scenario.events)
        let views = (1...2).map { ledger.directory.view(AsOf(at: Scenario.time($0)), order: ledger) }
        #expect(views[1].policyVersion(.tax) == 1)
        #expect(views[1].changes(since: views[0]) == .campaigns([]))
    }
}
