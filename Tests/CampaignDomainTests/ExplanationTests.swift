import Testing

@testable import CampaignDomain

/// Every number is the exact sum of its parts, and these can be led back to events (Projections, section 0, rule 5).
@Suite("Explanations")
struct ExplanationTests {
    static let seeds = UInt64(1)...60
    static let now = AsOf(at: RandomHistory.end)

    /// Everyone of a random history.
    private func situations(_ seed: UInt64) -> [Situation] {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        return ledger.situations(Self.now).sorted { $0.key < $1.key }.map(\.value)
    }

    @Test("The parts of trust add up to the score, and it can be worked out again from them", arguments: seeds)
    func trust(seed: UInt64) {
        for situation in situations(seed) {
            let explained = situation.explainedTrust()
            let answer = situation.trust()
            #expect(explained.answer == answer)
            for component in explained.components {
                let points = component.parts.reduce(0) { $0 + $1.points }
                #expect(
                    points == answer.components[component.component].rawValue, "\(component.component), seed \(seed)")
                #expect(component.parts.map(\.part) == TrustPart.parts(of: component.component))
                #expect(value(again: component, explained) == component.value, "\(component.component), seed \(seed)")
            }
            #expect(explained.components.reduce(0) { $0 + $1.contribution } == answer.beforeCaps.rawValue)
            #expect(answer.beforeCaps.rawValue + explained.capping == answer.raw.rawValue)
            #expect(explained.evidence.reduce(0) { $0 + $1.count } == answer.evidenceCount)
            let lowest = answer.caps.map(\.limit.rawValue).min() ?? .max
            #expect(explained.capping == min(0, lowest - answer.beforeCaps.rawValue))
        }
    }

    /// A component's value from what its parts state and nothing else.
    private func value(again component: TrustComponentExplanation, _ explained: TrustExplanation) -> BasisPoints {
        switch component.component {
        case .authenticity: return explained.authenticity.value(.standard)
        case .engagementQuality: return explained.engagement.value(.standard)
        case .responsiveness, .nicheFit, .disclosure, .reliability:
            let good = component.parts.reduce(UInt128(0)) { $0 + $1.good }
            let bad = component.parts.reduce(UInt128(0)) { $0 + $1.bad }
            return BasisPoints(Int64(10_000 * good / (good + bad)))
        }
    }

    @Test("The stage, the flags and the metrics follow from their conditions alone", arguments: seeds)
    func advocacy(
        seed: UInt64
    ) {
        for situation in situations(seed) {
            let explained = situation.explainedAdvocacy()
            let answer = situation.advocacy()
            #expect(explained.stages.map(\.stage) == Stage.allCases)
            #expect(explained.stages.last(where: \.holds)?.stage == answer.stage, "seed \(seed)")
            #expect(explained.flags.filter(\.holds).map(\.flag) == answer.flags, "seed \(seed)")
            let metrics = Dictionary(uniqueKeysWithValues: explained.metrics.map { ($0.metric, $0.value) })
            #expect(metrics[.acceptRate] == answer.acceptRate)
            #expect(metrics[.earnedShare] == answer.earnedShare)
            #expect(metrics[.seedingPostRate] == answer.seedingPostRate)
        }
    }

    @Test("What a condition counts, its events are there for", arguments: seeds)
    func advocacyEvents(seed: UInt64) {
        for situation in situations(seed) {
            let explained = situation.explainedAdvocacy()
            for rule in explained.stages {
                for way in rule.ways {
                    for condition in way.conditions {
                        let positions = situation.positions(
                            of: .count(condition.count, brandID: way.brandID), after: FactPosition(0), limit: 1000)
                        // The span of one mention is no days.
                        if condition.count == .mentionSpanDays { continue }
                        #expect(positions.isEmpty == (condition.found == 0), "\(condition.count), seed \(seed)")
                        switch condition.count {
                        case .invitations, .collaborations, .activePosts, .mentions, .lastingMentions:
                            #expect(positions.count == condition.found, "\(condition.count), seed \(seed)")
                        default: break
                        }
                    }
                }
            }
        }
    }

    @Test("Each sum of money is that of its parts, and these are those of their postings", arguments: seeds)
    func compensation(seed: UInt64) {
        for situation in situations(seed) {
            let explained = situation.explainedCompensation()
            let answer = situation.compensation()
            #expect(explained.answer == answer)
            #expect(explained.currencies.map(\.currency) == answer.currencies.map(\.currency))
            for (currency, sums) in zip(answer.currencies, explained.currencies) {
                check(sums, currency.amounts, nil, situation, seed)
            }
            for (campaign, sums) in zip(answer.byCampaign, explained.byCampaign) {
                #expect(campaign.campaignID == sums.campaignID)
                for (currency, sums) in zip(campaign.currencies, sums.currencies) {
                    check(sums, currency.amounts, campaign.campaignID, situation, seed)
                }
            }
        }
    }

    private func check(
        _ explained: CurrencyExplanation, _ amounts: Amounts, _ campaignID: String?, _ situation: Situation,
        _ seed: UInt64
    ) {
        #expect(explained.sums.map(\.sum) == CompensationSum.allCases)
        for sum in explained.sums {
            #expect(sum.value == amounts[sum.sum])
            #expect(sum.parts.reduce(0) { $0 + $1.amount } == sum.value, "\(sum.sum), seed \(seed)")
            if sum.sum == .receivable && sum.value == 0 { continue }
            let postings = situation.postings(
                of: .sum(sum.sum, explained.currency, campaignID: campaignID), after: FactPosition(0), limit: 1000)
            #expect(postings.count == sum.parts.reduce(0) { $0 + $1.count }, "\(sum.sum), seed \(seed)")
            for part in sum.parts {
                let own = postings.filter { $0.debit == part.debit && $0.credit == part.credit }
                let total = own.reduce(Int128(0)) { $0 + Int128($1.amount.minorUnits) }
                #expect(own.count == part.count && total == abs(part.amount), "\(sum.sum), seed \(seed)")
            }
        }
    }

    @Test("A year's receipts are those of its parts, and these are those of their events", arguments: seeds)
    func reportable(seed: UInt64) {
        for situation in situations(seed) {
            let explained = situation.explainedCompensation().reportable
            #expect(explained.map(\.answer) == situation.compensation().reportable)
            for year in explained {
                for entry in year.answer.currencies {
                    let parts = year.parts.filter { $0.currency == entry.currency }
                    #expect(parts.reduce(0) { $0 + $1.amount } == entry.total, "\(year.answer.year), seed \(seed)")
                    #expect(parts.filter { $0.kind == .cash }.reduce(0) { $0 + $1.amount } == entry.cash)
                    let events = situation.positions(
                        of: .reportable(year: year.answer.year, entry.currency), after: FactPosition(0), limit: 1000)
                    #expect(events.count == parts.reduce(0) { $0 + $1.count }, "seed \(seed)")
                }
            }
        }
    }

    @Test("Pages of positions make up the whole, ascending, none twice", arguments: UInt64(1)...20)
    func pages(
        seed: UInt64
    ) {
        for situation in situations(seed) {
            for component in TrustComponent.allCases {
                let whole = situation.positions(of: .component(component), after: FactPosition(0), limit: 10_000)
                #expect(zip(whole, whole.dropFirst()).allSatisfy { $0 < $1 })
                var paged: [FactPosition] = []
                while true {
                    let page = situation.positions(
                        of: .component(component), after: paged.last ?? FactPosition(0), limit: 3)
                    paged += page
                    if page.count < 3 { break }
                }
                #expect(paged == whole, "\(component), seed \(seed)")
            }
        }
    }

    @Test("A cap names the measurement, or the posts with what was found of them")
    func caps() {
        var story = Scenario()
        story.add("audience.measured", day: 0, ["followers": 900, "suspiciousBp": 5000])
        story.post("p1", day: 1, connection: "gift", disclosure: "clear")
        story.add("disclosure.assessed", day: 2, ["postId": "p1", "verdict": "missing"])
        let situation = story.situation(day: 3)
        let (none, all) = (FactPosition(0), 10)
        #expect(situation.positions(of: .cap(.suspiciousFollowers), after: none, limit: all) == [FactPosition(1)])
        let breach = situation.positions(of: .cap(.openBreach), after: none, limit: all)
        #expect(breach == [FactPosition(2), FactPosition(3)])
        #expect(situation.positions(of: .part(.missing), after: none, limit: all) == breach)
        #expect(situation.positions(of: .part(.clear), after: none, limit: all).isEmpty)
        #expect(situation.positions(of: .flag(.atRisk), after: none, limit: all) == breach)
        #expect(situation.explainedTrust().capping < 0)
    }

    @Test("Points are rounded down after each part, so that a third and two thirds lose nothing")
    func rounding() {
        var story = Scenario()
        story.add(
            "conversation.recorded", day: 1,
            [
                "from": "2026-01-01T00:00:00Z", "commentsReceived": 4, "commentsReplied": 1,
                "directMessagesReceived": 0, "directMessagesReplied": 0,
            ])
        let component = story.situation(day: 1).explainedTrust().components[0]
        // (1 + 1) of (4 + 2): 1666.6 for the prior, 3333.3 with the reply.
        #expect(component.value == BasisPoints(3333))
        #expect(component.parts.map(\.points) == [1666, 1667, 0])
        #expect(component.parts.map(\.count) == [0, 1, 3])
        #expect(component.parts.map(\.good) == [1_000_000_000, 1_000_000_000, 0])
        #expect(component.parts.map(\.bad) == [1_000_000_000, 0, 3_000_000_000])
        #expect(component.contribution == 20 * 3333)
    }
}
