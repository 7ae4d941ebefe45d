import Testing

@testable import CampaignDomain

@Suite("Exceptions")
struct ExceptionTests {
    static let now = AsOf(at: RandomHistory.end)

    /// Kind, day since (noon, days from 2026-01-01) and events by position, of `ada` on a day.
    private func register(_ story: Scenario, day: Int) -> [String] {
        story.situation(day: day).exceptions(of: "ada").map { describe($0) }
    }

    private func campaign(_ story: Scenario, _ id: String, day: Int) -> [String] {
        let (ledger, asOf) = (TestLedger(story.events), AsOf(at: Scenario.time(day)))
        var register = CampaignExceptions(
            id, own: ledger.media(id, asOf), ledger.directory.view(asOf, order: ledger), order: ledger)
        for situation in ledger.situations(asOf).values { register.add(situation) }
        return register.finish().map { describe($0) }
    }

    private func describe(_ exception: LedgerException) -> String {
        let day = exception.since.day - Scenario.time(0).day
        return "\(exception.kind) \(day) \(exception.events.map { "\($0.rawValue)" }.joined(separator: ","))"
    }

    private var registered: Scenario {
        var story = Scenario()
        story.add("influencer.registered", day: 0, ["platform": "instagram", "niches": ["tea"]])
        return story
    }

    @Test("Random histories reach every kind")
    func reach() {
        var kinds: Set<ExceptionKind> = []
        for seed in UInt64(1)...60 {
            let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
            let view = ledger.directory.view(Self.now, order: ledger)
            kinds.formUnion(ledger.exceptions(ledger.situations(Self.now), view, Self.now).map(\.kind))
        }
        #expect(Set(ExceptionKind.allCases).subtracting(kinds) == [])
    }

    @Test(
        "An exception is open since an instant up to that of the answer, and of events that count",
        arguments: UInt64(1)...40) func bounds(seed: UInt64)
    {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        var random = Random(seed: seed)
        let asOf = AsOf(
            at: RandomHistory.end.adding(days: -random.int(0...300)),
            position: FactPosition(UInt64(random.int(1...ledger.head))))
        let view = ledger.directory.view(asOf, order: ledger)
        for exception in ledger.exceptions(ledger.situations(asOf), view, asOf) {
            #expect(exception.since <= asOf.at, "\(exception), seed \(seed)")
            #expect(!exception.events.isEmpty && exception.events.allSatisfy { $0 <= asOf.position! })
            #expect(Set(exception.events).count == exception.events.count)
        }
    }

    @Test("Kinds are sorted as their names are")
    func kinds() {
        #expect(ExceptionKind.allCases == ExceptionKind.allCases.sorted())
        #expect(ExceptionKind.allCases.count == 24)
    }

    @Test(
        "A campaign within its budget needs no influencer, and is settled when its sums say so",
        arguments: UInt64(1)...40) func budgets(seed: UInt64)
    {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let (view, situations) = (ledger.directory.view(Self.now, order: ledger), ledger.situations(Self.now))
        for id in ledger.campaignIDs(situations, Self.now) {
            let own = ledger.media(id, Self.now)
            let sums = ledger.efficiencySums(id, situations, Self.now).compensation
            var told = CampaignExceptions(id, own: own, view, sums: sums, order: ledger)
            var untold = CampaignExceptions(id, own: own, view, order: ledger)
            for situation in situations.values {
                if !told.isSettled { told.add(situation) }
                untold.add(situation)
            }
            #expect(told.finish() == untold.finish(), "\(id), seed \(seed)")
            let over = untold.finish().first { $0.kind == .overBudget }
            if let budget = view.campaign(id)?.budget {
                #expect((over == nil) == sums.isWithin(budget), "\(id), seed \(seed)")
                let cost = sums.currencies.first { $0.currency == budget.currency }?.cost ?? 0
                if let over { #expect(over.detail.amount == cost - Int128(budget.minorUnits), "seed \(seed)") }
            }
        }
    }

    @Test("Of a thing under another campaign, repeats are told by what they refer to")
    func otherCampaign() {
        var story = registered
        story.add(
            "fee.accrued", day: 1, ["campaignId": "c1", "feeId": "f", "kind": "fee", "amount": Scenario.euro("5.00")])
        story.add("fee.cancelled", day: 2, ["campaignId": "c2", "feeId": "f"])
        story.add("fee.cancelled", day: 3, ["campaignId": "c1", "feeId": "f"])
        story.add("fee.cancelled", day: 4, ["campaignId": "c1", "feeId": "f"])
        #expect(register(story, day: 9) == ["repeated 4 4,5", "unknownFee 2 3"])
    }

    @Test("A payout of what is due at that instant is none, whatever the identities say")
    func dueAtTheInstant() {
        var story = registered
        story.add(
            "payout.initiated", day: 1, id: "a", ["campaignId": "c1", "payoutId": "y", "amount": Scenario.euro("5.00")])
        story.add(
            "fee.accrued", day: 1, id: "b",
            ["campaignId": "c1", "feeId": "f", "kind": "fee", "amount": Scenario.euro("5.00")])
        #expect(register(story, day: 9).isEmpty)
        story.add("fee.cancelled", day: 2, ["campaignId": "c1", "feeId": "f"])
        #expect(register(story, day: 9).isEmpty, "a later clawback is not the payout's fault")
        story.add("payout.initiated", day: 3, ["campaignId": "c1", "payoutId": "z", "amount": Scenario.euro("0.01")])
        let exceptions = story.situation(day: 9).exceptions(of: "ada")
        #expect(exceptions.map { describe($0) } == ["payoutExceedsDue 3 5"])
        #expect(exceptions[0].detail.amount == -501 && exceptions[0].detail.thingID == "z")
    }

    @Test("A later fee does not heal a payout that exceeded what was due, nor one of another campaign or currency")
    func dueApart() {
        var story = registered
        for (campaign, currency, day) in [("c2", "EUR", 1), ("c1", "USD", 1), ("c1", "EUR", 3)] {
            story.add(
                "fee.accrued", day: day,
                [
                    "campaignId": .string(campaign), "feeId": .string("f\(campaign)\(currency)"), "kind": "fee",
                    "amount": ["currency": .string(currency), "amount": "9.00"],
                ])
        }
        story.add("payout.initiated", day: 2, ["campaignId": "c1", "payoutId": "y", "amount": Scenario.euro("5.00")])
        #expect(register(story, day: 9) == ["payoutExceedsDue 2 5"])
    }

    @Test("A counter that is not told is not smaller; one that both snapshots tell may be")
    func counters() {
        var story = registered
        story.post("p", day: 1)
        story.add("engagement.recorded", day: 2, ["postId": "p", "likes": 5, "comments": 1, "reach": 70])
        story.add("engagement.recorded", day: 3, ["postId": "p", "likes": 5, "comments": 1])
        story.add("engagement.recorded", day: 4, ["postId": "p", "likes": 6, "comments": 1, "reach": 60])
        #expect(register(story, day: 9).isEmpty)
        story.add("engagement.recorded", day: 5, ["postId": "p", "likes": 6, "comments": 1, "reach": 59])
        #expect(register(story, day: 9) == ["engagementDecreased 5 6"])
    }

    @Test("Money settled without a post is open from the due on, and closed by a live one")
    func paidWithoutPost() {
        var story = registered
        story.agree("c1", day: 1, deadlineDays: 10)
        story.add(
            "fee.accrued", day: 1, ["campaignId": "c1", "feeId": "f", "kind": "fee", "amount": Scenario.euro("5.00")])
        story.add("payout.initiated", day: 2, ["campaignId": "c1", "payoutId": "y", "amount": Scenario.euro("5.00")])
        story.add("payout.settled", day: 3, ["campaignId": "c1", "payoutId": "y"])
        #expect(register(story, day: 11).isEmpty, "due at that very instant")
        #expect(register(story, day: 12) == ["paidWithoutPost 11 5"])
        story.post("p", day: 20, connection: "fee", campaign: "c1", disclosure: "clear")
        #expect(register(story, day: 20).isEmpty)
        story.add("post.removed", day: 21, ["postId": "p", "by": "influencer"])
        #expect(register(story, day: 21) == ["paidWithoutPost 11 5"])
    }

    @Test("Removed posts raise nothing about their duties")
    func removed() {
        var story = registered
        story.post("p", day: 1, connection: "gift", campaign: "c9", disclosure: "missing")
        story.add("disclosure.assessed", day: 2, ["postId": "p", "verdict": "notRequired"])
        #expect(
            register(story, day: 3) == ["notRequiredButConnected 2 3", "openBreach 1 2", "postOutsideCampaign 1 2"])
        story.add("post.removed", day: 4, ["postId": "p", "by": "platform"])
        #expect(register(story, day: 5).isEmpty)
    }

    @Test("An open breach names the assessment that says so, and ends with its days")
    func openBreach() {
        var story = registered
        story.post("p", day: 1, connection: "gift", disclosure: "clear")
        story.add("disclosure.assessed", day: 5, ["postId": "p", "verdict": "missing"])
        #expect(register(story, day: 91) == ["openBreach 5 2,3"])
        #expect(register(story, day: 92).isEmpty)
    }

    @Test("A sale waits for a commission, and reversals are judged without one")
    func commission() {
        var story = registered
        let order: JSONValue = "o"
        story.add(
            "sale.attributed", day: 1,
            ["campaignId": "c1", "orderId": order, "net": Scenario.euro("10.00"), "channel": "code"])
        for (day, amount) in [(2, "6.00"), (3, "6.00")] {
            story.add(
                "sale.reversed", day: day,
                ["campaignId": "c1", "orderId": order, "net": Scenario.euro(amount), "reason": "refund"])
        }
        #expect(register(story, day: 4) == ["overReversed 3 4", "unknownCommission 1 2"])
        #expect(story.situation(day: 4).exceptions(of: "ada")[0].detail.amount == 200)
        story.agree("c1", day: 5, commissionBp: 1000)
        #expect(register(story, day: 6) == ["overReversed 3 4"])
    }

    @Test("What takes a campaign above its budget last is what is named")
    func overBudget() {
        var story = registered
        story.open("c1", brand: "b")  // 100.00
        func fee(_ id: String, day: Int, _ amount: String, in story: inout Scenario) {
            story.add(
                "fee.accrued", day: day,
                ["campaignId": "c1", "feeId": .string(id), "kind": "bonus", "amount": Scenario.euro(amount)])
        }
        fee("f1", day: 1, "100.00", in: &story)
        #expect(campaign(story, "c1", day: 9).isEmpty)
        fee("f2", day: 2, "0.01", in: &story)
        #expect(campaign(story, "c1", day: 9) == ["overBudget 2 4"])
        story.add("fee.cancelled", day: 3, ["campaignId": "c1", "feeId": "f1"])
        #expect(campaign(story, "c1", day: 9).isEmpty)
        #expect(campaign(story, "c1", day: 2) == ["overBudget 2 4"])
        fee("f3", day: 4, "100.00", in: &story)
        #expect(campaign(story, "c1", day: 9) == ["overBudget 4 6"])
        story.send("s", "c1", day: 8)
        story.move("product.lost", "s", "c1", day: 8)
        #expect(campaign(story, "c1", day: 9) == ["overBudget 4 6"], "what was lost is no cost")
    }

    @Test("A cost that waited takes the budget when what it waited for came")
    func waitingCost() {
        var story = registered
        story.open("c1", brand: "b")
        story.add(
            "sale.attributed", day: 1,
            ["campaignId": "c1", "orderId": "o", "net": Scenario.euro("2000.00"), "channel": "code"])
        story.agree("c1", day: 6, commissionBp: 1000)
        #expect(campaign(story, "c1", day: 9) == ["overBudget 6 3"])
        #expect(campaign(story, "c1", day: 5).isEmpty)
    }

    @Test(
        "A campaign that is only named is unknown since the earliest event that names it, and its repeats are its own")
    func campaigns() {
        var story = registered
        story.post("p", day: 3, campaign: "c1")
        story.add("outreach.sent", day: 2, ["campaignId": "c1"])
        #expect(campaign(story, "c1", day: 9) == ["unknownCampaign 2 3"])
        story.add("campaign.closed", day: 1, ["campaignId": "c1", "reason": "over"])
        #expect(campaign(story, "c1", day: 9) == ["unknownCampaign 1 4"])
        story.open("c1", brand: "b", day: 5)
        story.add("campaign.closed", day: 6, ["campaignId": "c1", "reason": "over"])
        #expect(campaign(story, "c1", day: 9) == ["repeated 6 4,6"])
        #expect(campaign(story, "c1", day: 4) == ["unknownCampaign 1 4"])
    }

    @Test("The register is filtered by kind, influencer, campaign and since")
    func filters() throws {
        var story = registered
        story.post("p", day: 1, connection: "gift", campaign: "c9", disclosure: "missing")
        story.add("fee.cancelled", day: 4, ["campaignId": "c1", "feeId": "f"])
        let all = story.situation(day: 9).exceptions(of: "ada")
        func kept(_ filter: ExceptionFilter) -> [ExceptionKind] { all.filter { filter.matches($0) }.map(\.kind) }
        #expect(kept(ExceptionFilter()) == [.openBreach, .postOutsideCampaign, .unknownFee])
        #expect(kept(ExceptionFilter(kinds: [.unknownFee, .openBreach])) == [.openBreach, .unknownFee])
        #expect(
            kept(ExceptionFilter(influencerID: "ada")).count == 3 && kept(ExceptionFilter(influencerID: "bea")).isEmpty)
        #expect(kept(ExceptionFilter(campaignID: "c9")) == [.openBreach, .postOutsideCampaign])
        #expect(kept(ExceptionFilter(since: Scenario.time(4))) == [.unknownFee])
        #expect(kept(ExceptionFilter(since: Instant(microseconds: Scenario.time(4).microseconds + 1))).isEmpty)
    }
}
