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
}
