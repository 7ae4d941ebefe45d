import Testing

@testable import CampaignDomain

/// Figures for people; nothing is asserted of them, machines differ.
@Suite("Timings", .serialized)
struct TimingTests {
    @Test("An influencer is assessed, and the time it takes printed", arguments: [10, 100, 1000, 10_000])
    func assess(facts: Int) {
        let history = TypicalHistory(facts: facts)
        let clock = ContinuousClock()
        let rounds = max(3, 20_000 / facts)
        var evidenceBest = Duration.seconds(1000)
        var totalBest = Duration.seconds(1000)
        var answer: InfluencerAnswer?
        for _ in 0..<rounds {
            let begin = clock.now
            let evidence = Evidence(rows: history.rows, asOf: history.asOf, order: TypicalHistory.ByPosition())
            evidenceBest = min(evidenceBest, clock.now - begin)
            answer = Situation(evidence, history.view).assess()
            totalBest = min(totalBest, clock.now - begin)
        }
        #expect(answer?.tier == .micro || facts < 16)
        print("\(facts) facts: evidence \(evidenceBest), with assessment \(totalBest) (best of \(rounds))")
    }
}
