import Testing

@testable import CampaignDomain

@Suite("Efficiency of campaigns")
struct EfficiencyTests {
    static let now = AsOf(at: RandomHistory.end)

    @Test("Sums of parts of a campaign's influencers make the same figures in any order", arguments: UInt64(1)...40)
    func merge(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let situations = ledger.situations(Self.now)
        for id in ledger.ids(.campaign) {
            let own = ledger.media(id, Self.now)
            let whole = ledger.efficiencySums(id, situations, Self.now)
            var sums: EfficiencySums?
            for (_, situation) in situations.sorted(by: { $0.key > $1.key }) {
                var part = EfficiencySums(media: sums == nil ? own : nil)
                part.add(situation, campaignID: id, flights: own.flights)
                if sums == nil { sums = part } else { sums?.merge(part) }
            }
            #expect(sums == whole, "\(id), seed \(seed)")
            #expect(sums?.efficiency == whole.efficiency, "\(id), seed \(seed)")
        }
    }

    @Test("Random histories have posts beside ads and posts beside none")
    func reach() {
        var (treated, control, insufficient) = (0, 0, 0)
        for seed in UInt64(1)...120 {
            let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
            let situations = ledger.situations(Self.now)
            for id in ledger.ids(.campaign) {
                let uplift = ledger.efficiencySums(id, situations, Self.now).efficiency.paidUplift
                treated += uplift.treated
                control += uplift.control
                insufficient += uplift.isInsufficient ? 1 : 0
            }
        }
        #expect(treated > 10, "\(treated)")
        #expect(control > 20, "\(control)")
        #expect(insufficient > 20 && insufficient < 480, "\(insufficient)")
    }

    @Test("A cost by a count is rounded half to even at the fourth place")
    func unitCosts() throws {
        let euro = try #require(Currency("EUR"))
        #expect(UnitCost(1, of: euro, per: 0) == nil)
        #expect(UnitCost(0, of: euro, per: 3)?.decimal == "0.0000")
        // 0.01 / 200 = 0.00005: between 0.0000 and 0.0001; 0.03 / 200 = 0.00015: between 0.0001 and 0.0002.
        #expect(UnitCost(1, of: euro, per: 200)?.decimal == "0.0000")
        #expect(UnitCost(3, of: euro, per: 200)?.decimal == "0.0002")
        #expect(UnitCost(1, of: euro, per: 199)?.decimal == "0.0001")
        #expect(UnitCost(22_122, of: euro, per: 13_200, scale: 1000)?.decimal == "16.7591")
        #expect(UnitCost(7, of: try #require(Currency("JPY")), per: 2)?.decimal == "3.5000")
        #expect(UnitCost(7, of: try #require(Currency("KWD")), per: 2)?.decimal == "0.0035")
    }

    @Test("Uplift is null where it would divide by zero, and falls below zero where ads go with less reach")
    func uplift() {
        let none = PaidUplift(treated: [], control: [1, 2, 3, 4, 5])
        #expect(none.uplift == nil && none.medianUplift == nil && none.isInsufficient)
        let zero = PaidUplift(treated: [1, 2, 3, 4, 5], control: [0, 0, 0, 0, 9])
        #expect(zero.uplift == 10_000 * 15 * 5 / (9 * 5) - 10_000 && zero.medianUplift == nil && !zero.isInsufficient)
        let less = PaidUplift(treated: [10, 10, 10, 10], control: [30, 10, 20, 40, 50, 60])
        // Means 10 and 35, lower medians 10 and 30.
        #expect(less.uplift == 10_000 * 40 * 6 / (210 * 4) - 10_000 && less.medianUplift == 3333 - 10_000)
        #expect(less.isInsufficient && less.treated == 4 && less.control == 6)
    }

    @Test("Only live posts of a collaboration with counters are counted, and ads touch at either end")
    func posts() {
        var story = Scenario()
        story.open("c1", brand: "b")
        story.agree("c1", day: 0)
        story.add("audience.measured", day: 0, ["followers": 20_001])
        for (post, day) in [("early", 4), ("first", 5), ("last", 20), ("late", 21), ("fresh", 36)] {
            story.post(post, day: day, campaign: "c1")
            story.add(
                "engagement.recorded", day: 38, ["postId": .string(post), "likes": 2, "comments": 1, "reach": 10])
        }
        story.post("unseen", day: 6, campaign: "c1")
        story.post("elsewhere", day: 6)
        story.add("engagement.recorded", day: 38, ["postId": "elsewhere", "likes": 50, "comments": 1, "reach": 10])
        story.add(
            "adflight.recorded", day: 30,
            [
                "campaignId": "c1", "flightId": "x", "from": .string(Scenario.time(10).rfc3339),
                "to": .string(Scenario.time(20).rfc3339), "spend": Scenario.euro("6.00"), "impressions": 9,
            ])
        let ledger = TestLedger(story.events)
        let asOf = AsOf(at: Scenario.time(40))
        let efficiency = ledger.efficiencySums("c1", ledger.situations(asOf), asOf).efficiency
        #expect(efficiency.posts == 5 && efficiency.engagements == 15 && efficiency.reach == 50)
        #expect(efficiency.paidUplift.treated == 2 && efficiency.paidUplift.control == 2, "the fresh one is not mature")
        #expect(efficiency.onTopicReach == 50 && efficiency.bandShare == BasisPoints(0))
        #expect(efficiency.costs.map(\.cost) == [600] && efficiency.costs.map(\.costPaid) == [600])
        #expect(efficiency.costs[0].costPerEngagement?.decimal == "0.4000" && efficiency.costs[0].costPerMille == nil)
    }
}
