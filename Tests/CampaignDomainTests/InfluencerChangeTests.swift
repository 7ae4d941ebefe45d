import Testing

@testable import CampaignDomain

@Suite("In what influencers would differ under other policies")
struct InfluencerChangeTests {
    static let now = AsOf(at: RandomHistory.end)

    /// Every integer of a kind one less, where that is allowed, and the weights shifted.
    private static func other(_ kind: PolicyKind) -> [Int64] {
        guard let table = kind.parameterTable else { return [2020, 1] }
        var values = table.map { max($0.range.lowerBound, $0.standard - 1) }
        if kind == .trust { values.replaceSubrange(0..<6, with: [10, 10, 10, 10, 10, 50]) }
        return values
    }

    @Test("A change says exactly what the answers differ in, and reads back from its bytes", arguments: UInt64(1)...40)
    func compares(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let view = ledger.directory.view(Self.now, order: ledger)
        for kind in PolicyKind.allCases {
            let other = view.replacing([kind: Self.other(kind)])
            for id in ledger.ids(.influencer) {
                let evidence = ledger.evidence(id, Self.now)
                guard !evidence.isEmpty else { continue }
                let (was, now) = (Situation(evidence, view).assess(), Situation(evidence, other).assess())
                guard let change = InfluencerChange(from: was, to: now) else {
                    #expect(was.trust.raw == now.trust.raw && was.trust.components == now.trust.components)
                    #expect(was.advocacy.stage == now.advocacy.stage && was.advocacy.flags == now.advocacy.flags)
                    #expect(
                        was.compensation.reportable.map(\.isReportable)
                            == now.compensation.reportable.map(\.isReportable))
                    continue
                }
                #expect((change.score == nil) == (was.trust.raw == now.trust.raw))
                #expect(
                    change.components.count
                        == TrustComponent.allCases.count { was.trust.components[$0] != now.trust.components[$0] })
                #expect((change.stage?.after ?? was.advocacy.stage) == now.advocacy.stage)
                #expect(change.sums.isEmpty, "no policy moves money")
                var writer = FactWriter()
                change.write(to: &writer)
                var reader = FactReader(writer.bytes)
                #expect(InfluencerChange(from: &reader) == change)
                #expect(reader.isAtEnd)
            }
        }
    }

    @Test("Compared with itself an answer has not changed; policies replaced by the same ones change nobody")
    func same() {
        let ledger = TestLedger(RandomHistory.make(seed: 3, count: 250))
        let view = ledger.directory.view(Self.now, order: ledger)
        let same = view.replacing([
            .trust: PolicyKind.trust.standardParameters, .tax: PolicyKind.tax.standardParameters,
        ])
        for id in ledger.ids(.influencer) {
            let evidence = ledger.evidence(id, Self.now)
            let answer = Situation(evidence, view).assess()
            #expect(InfluencerChange(from: answer, to: answer) == nil)
            #expect(InfluencerChange(from: answer, to: Situation(evidence, same).assess()) == nil)
        }
    }

    @Test("A replaced policy holds whatever was published, and leaves the other kinds as they are")
    func replaces() {
        var scenario = Scenario()
        scenario.add(
            "policy.published", day: 1,
            [
                "kind": "tax", "version": 3, "effectiveFrom": .string(Scenario.time(1).rfc3339),
                "body": ["thresholds": [["fromYear": 0, "usd": "1.00"]]],
            ])
        let ledger = TestLedger(scenario.events)
        let view = ledger.directory.view(AsOf(at: Scenario.time(5)), order: ledger)
        #expect(view.policyVersion(.tax) == 3)
        let replaced = view.replacing([.trust: Self.other(.trust)])
        #expect(replaced.trust.weights == [10, 10, 10, 10, 10, 50])
        #expect(replaced.tax.threshold(year: 2026)?.minorUnits == 100 && replaced.policyVersion(.tax) == 3)
        let taxed = replaced.replacing([.tax: [0, 7]])
        #expect(taxed.tax.threshold(year: 2026)?.minorUnits == 7 && taxed.policyVersion(.tax) == 0)
        #expect(taxed.trust.weights == replaced.trust.weights)
    }

    @Test(
        "A score's difference weighs more than any number of stages, a stage more than any sum, and years count by their dollars"
    )
    func sizes() {
        func size(_ score: Int64, _ stages: Int, _ money: Int128) -> InfluencerChange.Size {
            InfluencerChange.Size(score: score, stages: stages, money: money)
        }
        #expect(size(1, 0, 0) > size(0, 7, .max))
        #expect(size(5, 1, 0) > size(5, 0, .max))
        #expect(size(5, 1, 3) > size(5, 1, 2))
    }
}
