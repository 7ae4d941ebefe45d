import Testing

@testable import CampaignDomain

@Suite("Pages of the register")
struct ExceptionPageTests {
    private static let now = AsOf(at: RandomHistory.end)

    @Test("Pages of any size make up the register, whatever the order in which entries come", arguments: UInt64(1)...30)
    func pages(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let view = ledger.directory.view(Self.now, order: ledger)
        let whole = ledger.exceptions(ledger.situations(Self.now), view, Self.now)
        #expect(Set(whole.map(\.place)).count == whole.count, "two entries at one place, seed \(seed)")
        var random = Random(seed: seed)
        for limit in [1, 3, 1000] {
            var paged: [LedgerException] = []
            while true {
                var page = ExceptionPage(after: paged.last?.place, limit: limit, order: ledger)
                for exception in whole.shuffled(using: &random) { page.add(exception) }
                let items = page.finish()
                #expect(items.count <= limit)
                paged += items
                if items.count < limit { break }
            }
            #expect(paged == whole, "seed \(seed), limit \(limit)")
        }
    }

    /// The order of positions; counts how often it is asked.
    private final class CountingOrder: IdentityOrder {
        var asked = 0

        func identityPrecedes(_ a: FactPosition, _ b: FactPosition) -> Bool {
            asked += 1
            return a < b
        }
    }

    @Test("What comes behind the last of a full page costs one comparison, however many stand at one instant")
    func full() {
        let (count, limit) = (10_000, 100)
        var random = Random(seed: 1)
        let all = (1...UInt64(count)).map { position in
            LedgerException(.unknownFee, .influencer("ada"), since: Self.now.at, events: [FactPosition(position)])
        }.shuffled(using: &random)
        let order = CountingOrder()
        var page = ExceptionPage(limit: limit, order: order)
        for exception in all { page.add(exception) }
        #expect(page.finish().map(\.events) == (1...UInt64(limit)).map { [FactPosition($0)] })
        #expect(order.asked < 3 * count)
    }
}
