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

extension TimingTests {
    @Test(
        "A history of 400 points and explanations are made, and the time they take printed", arguments: [100, 10_000])
    func histories(facts: Int) {
        let typical = TypicalHistory(facts: facts)
        let clock = ContinuousClock()
        let begin = clock.now
        let history = TrustHistory(
            rows: typical.rows, typical.directory, position: nil, order: TypicalHistory.ByPosition())
        let page = history.samples(from: typical.asOf.at.adding(days: -399), to: typical.asOf.at, stepSeconds: 86_400)
        let sampled = clock.now - begin
        #expect(page.points.count == 400)
        let evidence = Evidence(rows: typical.rows, asOf: typical.asOf, order: TypicalHistory.ByPosition())
        let situation = Situation(evidence, typical.view)
        #expect(page.points.last?.trust == situation.trust())
        var names = SummaryNames()
        let works: [(String, () -> Void)] = [
            ("trust", { _ = situation.trust() }), ("explained trust", { _ = situation.explainedTrust() }),
            ("explained advocacy", { _ = situation.explainedAdvocacy() }),
            ("explained compensation", { _ = situation.explainedCompensation() }),
            ("exceptions", { _ = situation.exceptions(of: "ada") }),
            ("summary", { _ = InfluencerSummary(situation, names: &names) }),
            ("assessment", { _ = situation.assess() }),
        ]
        for (name, work) in works {
            let start = clock.now
            for _ in 0..<10 { work() }
            print("\(facts) facts: \(name) \((clock.now - start) / 10)")
        }
        print("\(facts) facts: 400 points \(sampled)")
    }
}
