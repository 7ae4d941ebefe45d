import Testing

@testable import CampaignDomain

@Suite("Compensation")
struct CompensationTests {
    private let euro = Currency("EUR")!

    private func lines(_ scenario: Scenario, day: Int = 300) -> [String] {
        scenario.situation(day: day).postings().map {
            let (day, amount) = ($0.day - Scenario.time(0).day, euro.decimal(Int128($0.amount.minorUnits)))
            return "\(day) \($0.debit.name) \($0.credit.name) \(amount)"
        }
    }

    @Test("A commission reversed in three parts ends at exactly zero")
    func parts() {
        var scenario = Scenario()
        scenario.agree("c1", day: 0, commissionBp: 1000)
        sale(&scenario, "o1", "9.99", day: 1)
        for day in 2...4 { reversal(&scenario, "o1", "3.33", day: day) }
        #expect(
            lines(scenario) == [
                "1 Expenses:Commissions Liabilities:Pending 1.00", "2 Liabilities:Pending Expenses:Commissions 0.33",
                "3 Liabilities:Pending Expenses:Commissions 0.34", "4 Liabilities:Pending Expenses:Commissions 0.33",
            ])
    }

    @Test("Of a reversal and an approval at one time the one of the lesser identity comes first")
    func tie() {
        for (reversal, account) in [("a", "Liabilities:Pending"), ("z", "Liabilities:Due")] {
            var scenario = Scenario()
            scenario.agree("c1", day: 0, commissionBp: 1000)
            sale(&scenario, "o1", "50.00", day: 1)
            scenario.add("commission.approved", day: 5, id: "m", ["campaignId": "c1", "orderId": "o1"])
            self.reversal(&scenario, "o1", "20.00", day: 5, id: reversal)
            #expect(lines(scenario).contains("5 \(account) Expenses:Commissions 2.00"), "reversal \(reversal)")
            let amounts = scenario.situation(day: 9).compensation().currencies[0].amounts
            #expect(amounts.due == 300 && amounts.commissionsPending == 0)
        }
    }

    @Test("Reversals beyond the net count up to it, one in another currency does not count")
    func reversals() {
        var scenario = Scenario()
        scenario.agree("c1", day: 0, commissionBp: 1000)
        sale(&scenario, "o1", "50.00", day: 1)
        scenario.add(
            "sale.reversed", day: 2,
            [
                "campaignId": "c1", "orderId": "o1", "net": ["currency": "USD", "amount": "40.00"], "reason": "refund",
            ])
        #expect(lines(scenario) == ["1 Expenses:Commissions Liabilities:Pending 5.00"])
        reversal(&scenario, "o1", "99.00", day: 3)
        reversal(&scenario, "o1", "1.00", day: 4)
        #expect(lines(scenario).dropFirst() == ["3 Liabilities:Pending Expenses:Commissions 5.00"])
    }

    @Test("Of gifts returned in their year only so many lessen it as were delivered in it")
    func gifts() {
        var scenario = Scenario()
        scenario.send("s1", "c1", day: -30, quantity: 3)
        scenario.move("product.delivered", "s1", "c1", day: -20, quantity: 2)
        scenario.move("product.delivered", "s1", "c1", day: 5, quantity: 1)
        scenario.move("product.returned", "s1", "c1", day: 6, quantity: 3)
        let years = scenario.situation(day: 9).compensation().reportable
        #expect(years.map(\.year) == [2025] && years[0].currencies.map(\.gifts) == [5000])
        #expect(years[0].currencies[0].total == 5000 && !years[0].isReportable && years[0].thresholdUSD == 60_000)
    }

    @Test("What waits for a later event has that event's day, and is not there before")
    func waiting() {
        var scenario = Scenario()
        sale(&scenario, "o1", "50.00", day: 1)
        reversal(&scenario, "o1", "10.00", day: 3)
        scenario.add("commission.approved", day: 9, ["campaignId": "c1", "orderId": "o1"])
        scenario.agree("c1", day: 6, commissionBp: 1000)
        scenario.move("product.delivered", "s1", "c1", day: 2)
        scenario.send("s1", "c1", day: 4)
        #expect(lines(scenario, day: 3).isEmpty)
        #expect(
            lines(scenario) == [
                // Delivered and sent on one day: by the times of the events themselves.
                "4 Expenses:Gifts Assets:Transit 10.00", "4 Assets:Transit Assets:Inventory 10.00",
                "6 Expenses:Commissions Liabilities:Pending 5.00", "6 Liabilities:Pending Expenses:Commissions 1.00",
                "9 Liabilities:Pending Liabilities:Due 4.00",
            ])
    }

    @Test("A cancellation or resolution under another campaign is of something unknown")
    func otherCampaign() {
        var scenario = Scenario()
        scenario.add(
            "fee.accrued", day: 1,
            ["campaignId": "c1", "feeId": "f1", "kind": "bonus", "amount": Scenario.euro("30.00")])
        scenario.add("fee.cancelled", day: 2, ["campaignId": "c2", "feeId": "f1"])
        scenario.add(
            "payout.initiated", day: 3, ["campaignId": "c1", "payoutId": "y1", "amount": Scenario.euro("30.00")])
        scenario.add("payout.failed", day: 4, ["campaignId": "c2", "payoutId": "y1", "reason": "iban"])
        scenario.add("payout.settled", day: 5, ["campaignId": "c1", "payoutId": "y1"])
        #expect(
            lines(scenario) == [
                "1 Expenses:Bonuses Liabilities:Due 30.00", "3 Liabilities:Due Liabilities:InFlight 30.00",
                "5 Liabilities:InFlight Assets:Cash 30.00",
            ])
        scenario.add("fee.cancelled", day: 7, ["campaignId": "c1", "feeId": "f1"])
        #expect(lines(scenario).last == "7 Liabilities:Due Expenses:Bonuses 30.00")
        let amounts = scenario.situation(day: 8).compensation().currencies[0].amounts
        #expect(amounts.due == -3000 && amounts.receivable == 3000 && amounts.paid == 3000 && amounts.feesAccrued == 0)
    }

    @Test("Quantities beyond what a shipment holds count up to it")
    func quantities() {
        var scenario = Scenario()
        scenario.send("s1", "c1", day: 9, quantity: 3)
        scenario.move("product.returned", "s1", "c1", day: 1, quantity: 1)
        scenario.move("product.delivered", "s1", "c1", day: 2, quantity: 2)
        scenario.move("product.lost", "s1", "c1", day: 3, quantity: 5)
        scenario.move("product.delivered", "s1", "c1", day: 4, quantity: 1)
        scenario.move("product.returned", "s1", "c1", day: 5, quantity: 9)
        scenario.move("product.returned", "s1", "c1", day: 6, quantity: 1)
        let counted = scenario.situation(day: 20).evidence.movements.map(\.counted)
        #expect(counted == [0, 2, 1, 0, 2, 0])
        #expect(scenario.situation(day: 8).postings().isEmpty)
    }

    @Test("A reportable year has the threshold of the greatest year not after it, or none")
    func thresholds() {
        let policy = TaxPolicy(version: 3, [2030, 500, 2026, 200, 2010, 700])
        #expect(policy.threshold(year: 2009) == nil)
        #expect(policy.threshold(year: 2010)?.minorUnits == 700)
        #expect(policy.threshold(year: 2029)?.minorUnits == 200)
        #expect(policy.threshold(year: 9999)?.minorUnits == 500)
        #expect(TaxPolicy.standard.threshold(year: 2025)?.minorUnits == 60_000)
        #expect(TaxPolicy.standard.threshold(year: 2026)?.minorUnits == 200_000)
    }

    @Test("Media are a campaign's own, the earliest of a flight, and sums over influencers do not net receivables")
    func campaign() throws {
        var scenario = Scenario()
        for (day, spend) in [(4, "9.00"), (3, "7.50")] {
            scenario.add(
                "adflight.recorded", day: day,
                [
                    "campaignId": "c1", "flightId": "x1", "from": "2026-01-01T00:00:00Z", "to": "2026-01-02T00:00:00Z",
                    "spend": Scenario.euro(spend), "impressions": 10,
                ])
        }
        scenario.add(
            "payout.initiated", day: 3, ["campaignId": "c1", "payoutId": "y1", "amount": Scenario.euro("5.00")])
        var fee = HistoryEvent(id: "fee", type: "fee.accrued", time: Scenario.time(5), data: [:])
        fee.data = [
            "influencerId": "bea", "campaignId": "c1", "feeId": "f1", "kind": "fee", "amount": Scenario.euro("8.00"),
        ]
        let ledger = TestLedger(scenario.events + [fee])
        let asOf = AsOf(at: Scenario.time(9))
        var campaign = CampaignCompensation(media: ledger.media("c1", asOf))
        for id in ["ada", "bea"] { campaign.add(ledger.situation(id, asOf).compensation(), campaignID: "c1") }
        let sums = try #require(campaign.currencies.first)
        #expect(sums.media == 750 && sums.amounts.due == 300 && sums.amounts.receivable == 500)
        #expect(ledger.media("c1", asOf).mediaPostings(campaignID: "c1").map(\.amount.minorUnits) == [750])
        #expect(ledger.media("c1", AsOf(at: Scenario.time(2))).isEmpty)
        #expect(ledger.media("c1", AsOf(at: Scenario.time(2))).nextFactTime == Scenario.time(3))
    }

    @Test("Accounts sort by their names")
    func accounts() {
        let names = Account.allCases.map(\.name)
        #expect(names == names.sorted() && Set(names).count == names.count)
        #expect(Account.allCases.map { Int($0.rawValue) } == Array(0..<names.count))
    }

    private func sale(_ scenario: inout Scenario, _ order: String, _ net: String, day: Int) {
        scenario.add(
            "sale.attributed", day: day,
            ["campaignId": "c1", "orderId": .string(order), "net": Scenario.euro(net), "channel": "code"])
    }

    private func reversal(_ scenario: inout Scenario, _ order: String, _ net: String, day: Int, id: String? = nil) {
        scenario.add(
            "sale.reversed", day: day, id: id,
            ["campaignId": "c1", "orderId": .string(order), "net": Scenario.euro(net), "reason": "refund"])
    }
}
