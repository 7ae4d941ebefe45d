import Testing

@testable import CampaignDomain

/// Compared with the definition of Projections, section 1, applied event by event.
@Suite("Compensated for a brand")
struct CompensatedSpanTests {
    @Test("Each post's brands are compensated as the definition says", arguments: UInt64(1)...40)
    func definition(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 300))
        let asOf = AsOf(at: RandomHistory.end)
        for id in ledger.ids(.influencer) {
            let situation = ledger.situation(id, asOf)
            let evidence = situation.evidence
            for post in situation.posts {
                for place in post.publication.brands {
                    let brand = evidence.brandNames.name(Int(evidence.brandLists[place]))
                    let latest = latest(situation, brand, before: post.publication.stamp.time)
                    #expect(situation.compensated[place] == latest, "seed \(seed): \(brand)")
                }
            }
        }
    }

    @Test("Before is strict: an event of the post's own time does not compensate, nor does its end take away")
    func strict() {
        var scenario = Scenario()
        scenario.open("c1", brand: "b1")
        scenario.add(
            "fee.accrued", day: 5,
            ["campaignId": "c1", "feeId": "f1", "kind": "fee", "amount": Scenario.euro("1.00")])
        scenario.add("fee.cancelled", day: 8, ["campaignId": "c1", "feeId": "f1"])
        for day in 4...9 { scenario.post("p\(day)", day: day, brand: "b1") }
        let needing = scenario.situation(day: 20).posts.filter(\.needsDisclosure).map { $0.day - Scenario.time(0).day }
        #expect(needing == [6, 7, 8])
    }

    @Test("The sweep finds the latest event among many spans that begin and end", arguments: UInt64(1)...50)
    func sweep(seed: UInt64) {
        var random = Random(seed: seed)
        let spans = (0..<random.int(1...40)).map { _ in
            let begin = random.int(0...100)
            let end = random.once(in: 9) ? nil : begin + random.int(1...60)
            return CompensatedSpan(
                brand: 0, after: Scenario.time(begin), through: end.map { Scenario.time($0) },
                latest: Scenario.time(max(0, begin - random.int(0...40))))
        }.sorted { $0.after < $1.after }
        var sweep = CompensatedSweep(spans[...])
        for day in 0...170 {
            let time = Scenario.time(day)
            let holding = spans.filter { span in span.after < time && span.through.map { time <= $0 } ?? true }
            #expect(sweep.latest(before: time) == holding.map(\.latest).max(), "seed \(seed), day \(day)")
        }
    }

    private func latest(_ situation: Situation, _ brand: String, before time: Instant) -> Instant? {
        let evidence = situation.evidence
        func isOfBrand(_ campaign: Int) -> Bool {
            situation.view.brand(ofCampaign: evidence.campaignNames.name(campaign)) == brand
        }
        var latest: [Instant] = []
        for order in evidence.orders {
            guard let sale = evidence.sales[order], isOfBrand(sale.campaign) else { continue }
            latest.append(sale.stamp.time)
        }
        for fee in evidence.fees {
            guard let accrual = evidence.accruals[fee.accrual], isOfBrand(accrual.campaign) else { continue }
            if let cancelled = evidence.cancellations[fee.cancellation], cancelled.stamp.time < time { continue }
            latest.append(accrual.stamp.time)
        }
        for shipment in evidence.shipments.indices {
            let before = evidence.movements.filter {
                $0.shipment == shipment && $0.counted > 0 && $0.stamp.time < time
            }
            let delivered = before.filter { $0.kind == .delivered }
            let returned = before.filter { $0.kind == .returned }
            let held = delivered.reduce(0) { $0 + $1.counted } - returned.reduce(0) { $0 + $1.counted }
            guard held > 0, let campaign = delivered.first?.campaign, isOfBrand(campaign) else { continue }
            latest += delivered.map(\.stamp.time)
        }
        return latest.filter { $0 < time }.max()
    }
}
