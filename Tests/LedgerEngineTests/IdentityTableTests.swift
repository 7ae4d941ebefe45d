import EventLog
import Testing

@testable import LedgerEngine

@Suite struct IdentityTableTests {
    /// Keys that land in few slots, the last of the table among them, so that chains are long and wrap past the end.
    private static func entry(_ number: Int, _ generator: inout SplitMix) -> IndexEntry {
        let slot = UInt64.max - generator.next() % 3
        return IndexEntry(key: slot &- UInt64(number / 64) << 40, value: UInt64(number + 1) << IndexEntry.checkBits)
    }

    @Test("What was refused is forgotten and nothing else, however the table grew meanwhile", arguments: 1...8)
    func removesOnlyTheNewest(seed: Int) {
        var generator = SplitMix(seed: UInt64(seed))
        var table = IdentityTable()
        var kept: [IndexEntry] = []
        var number = 0
        while kept.count < 6000 {
            let batch = (0..<Int(500 + generator.next() % 1500)).map { Self.entry(number + $0, &generator) }
            number += batch.count
            for entry in batch { table.insert(entry) }
            // Half of the batches are refused, those in which the table grew among them.
            if generator.next() % 2 == 0 {
                for _ in batch { table.removeNewest() }
            } else {
                kept += batch
            }
            #expect(table.count == kept.count)
            for entry in kept.prefix(20) + kept.suffix(20) {
                var found = false
                table.candidates(entry.indexKey) { if $0 == entry.position { found = true } }
                #expect(found, "seed \(seed): the identity at position \(entry.position) was lost")
            }
        }
    }
}
