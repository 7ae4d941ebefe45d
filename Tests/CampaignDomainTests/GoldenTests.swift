import CampaignDomain
import Testing

@Suite("Golden histories")
struct GoldenTests {
    @Test(
        "A golden history has the expected answer",
        .enabled(if: SharedFolder.isThere, "the shared folder is not here"), arguments: GoldenHistory.all)
    func matches(history: GoldenHistory) {
        expect(TestLedger(history.events), answers: history)
    }

    @Test(
        "Arrival in another order leaves the answer unchanged",
        .enabled(if: SharedFolder.isThere, "the shared folder is not here"),
        arguments: GoldenHistory.all.filter { $0.asOf.position == nil })
    func shuffled(history: GoldenHistory) {
        expect(TestLedger(history.events.reversed()), answers: history)
        for seed in UInt64(1)...20 {
            var random = Random(seed: seed)
            let found = expect(TestLedger(history.events.shuffled(using: &random)), answers: history)
            if !found { Issue.record("seed \(seed)") }
        }
    }

    @Test("All seventeen histories are read", .enabled(if: SharedFolder.isThere, "the shared folder is not here"))
    func complete() {
        #expect(GoldenHistory.all.count == 17)
    }

    /// Compares the whole answer.
    @discardableResult
    private func expect(_ ledger: TestLedger, answers history: GoldenHistory) -> Bool {
        var expected = history.expected.object!
        let (at, head) = (expected.removeValue(forKey: "at"), expected.removeValue(forKey: "head"))
        #expect(at == .string(history.asOf.at.rfc3339))
        #expect(head == .int(history.asOf.position.map { Int64($0.rawValue) } ?? Int64(ledger.head)))
        let differences = JSONValue.differences(ledger.answer(history.asOf), .object(expected))
        #expect(differences.isEmpty, "\(history.name): \(differences.joined(separator: "\n"))")
        return differences.isEmpty
    }
}
