import Testing

@testable import CampaignDomain

@Suite("Summaries of influencers")
struct SummaryTests {
    static let now = AsOf(at: RandomHistory.end)

    @Test("A summary says what the answer says", arguments: UInt64(1)...60)
    func same(seed: UInt64) {
        var names = SummaryNames()
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        for situation in ledger.situations(Self.now).values {
            let (summary, answer) = (InfluencerSummary(situation, names: &names), situation.assess())
            #expect(summary.score == answer.trust.raw && summary.band == answer.trust.evidence)
            #expect(summary.stage == answer.advocacy.stage && summary.flags == answer.advocacy.flags)
            #expect(summary.tier == answer.tier && Int128(summary.engagements) == answer.profile.engagements)
            #expect(summary.platform == answer.profile.platform.flatMap { names.find($0) })
            #expect(Array(summary.homeTopics) == answer.profile.homeTopics.map { names.find($0) })
            #expect(Array(summary.collaborations) == answer.profile.collaborations.map { names.find($0) })
            #expect(summary.dues.map(\.currency) == answer.compensation.currencies.map(\.currency))
            #expect(summary.dues.map(\.amount) == answer.compensation.currencies.map(\.amounts.due))
            #expect(summary.nextChange == situation.nextChange())
        }
    }

    private func summary(_ story: Scenario, _ names: inout SummaryNames) -> InfluencerSummary {
        InfluencerSummary(story.situation(day: 20), names: &names)
    }

    private var story: Scenario {
        var story = Scenario()
        story.open("c1", brand: "b")
        story.add("influencer.registered", day: 0, ["platform": "instagram", "niches": ["tea"]])
        story.agree("c1", day: 1)
        story.add(
            "fee.accrued", day: 1, ["campaignId": "c1", "feeId": "f", "kind": "fee", "amount": Scenario.euro("5.00")])
        story.post("p", day: 2, connection: "fee", campaign: "c1", disclosure: "missing")
        return story
    }

    @Test("Lists are sorted by trust, stage and within it trust, engagements, and due in a currency")
    func keys() throws {
        var names = SummaryNames()
        let (one, euro) = (summary(story, &names), try #require(Currency("EUR")))
        #expect(one.key(.trust) == Int128(one.score.rawValue))
        #expect(one.key(.stage) == Int128(one.stage.rawValue) * (1 << 32) + Int128(one.score.rawValue))
        #expect(one.key(.engagements) == 0 && one.key(.due(euro)) == 500 && one.key(.due(.usd)) == nil)
    }

    @Test("Each filter keeps and leaves out, and names that nobody has match nobody")
    func filters() {
        var names = SummaryNames()
        let one = summary(story, &names)
        func keeps(_ change: (inout InfluencerFilter) -> Void) -> Bool {
            var filter = InfluencerFilter()
            change(&filter)
            return filter.resolved(names)?.matches(one) ?? false
        }
        #expect(keeps { _ in })
        #expect(keeps { $0.tier = .unknown } && !keeps { $0.tier = .micro })
        #expect(keeps { $0.stage = .activated } && !keeps { $0.stage = .repeat })
        #expect(keeps { $0.flag = .atRisk } && !keeps { $0.flag = .ambassador })
        #expect(keeps { $0.scoreMin = one.score } && !keeps { $0.scoreMin = Score(one.score.rawValue + 1) })
        #expect(keeps { $0.scoreMax = one.score } && !keeps { $0.scoreMax = Score(one.score.rawValue - 1) })
        #expect(keeps { $0.platform = "instagram" } && !keeps { $0.platform = "tea" } && !keeps { $0.platform = "x" })
        #expect(keeps { $0.topic = "tea" } && !keeps { $0.topic = "c1" })
        #expect(keeps { $0.campaignID = "c1" } && !keeps { $0.campaignID = "tea" })
    }

    @Test("A summary is small: a hundred thousand of them fit in few megabytes")
    func size() {
        #expect(MemoryLayout<InfluencerSummary>.stride <= 64)
        #expect(MemoryLayout<InfluencerSummary.Due>.stride <= 32)
    }
}
