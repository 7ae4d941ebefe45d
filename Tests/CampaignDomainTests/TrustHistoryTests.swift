import Testing

@testable import CampaignDomain

@Suite("Trust over time")
struct TrustHistoryTests {
    private func history(_ ledger: TestLedger, _ id: String, position: FactPosition? = nil) -> TrustHistory {
        TrustHistory(rows: ledger.rows["influencer/" + id] ?? [], ledger.directory, position: position, order: ledger)
    }

    @Test("Each point is the single answer for its instant and position", arguments: UInt64(1)...40)
    func samples(
        seed: UInt64
    ) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 150))
        let from = RandomHistory.end.adding(days: -510)
        for position in [nil, FactPosition(UInt64(ledger.head / 2))] {
            for id in ledger.ids(.influencer) {
                let page = history(ledger, id, position: position).samples(
                    from: from, to: RandomHistory.end, stepSeconds: 7 * 86_400 + 3600)
                #expect(page.next == nil)
                for point in page.points {
                    let single = ledger.situation(id, AsOf(at: point.at, position: position))
                    #expect(point.trust == single.trust(), "\(id) at \(point.at.rfc3339), seed \(seed)")
                }
            }
        }
    }

    @Test("Between the points of the changes nothing changes", arguments: UInt64(1)...20)
    func changes(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 60))
        let (from, to) = (RandomHistory.end.adding(days: -510), RandomHistory.end)
        let page = history(ledger, "ada").changes(from: from, to: to)
        #expect(page.next == nil)
        #expect(zip(page.points, page.points.dropFirst()).allSatisfy { $0.at < $1.at && $0.trust != $1.trust })
        var random = Random(seed: seed)
        for _ in 0..<60 {
            let at = Instant(microseconds: Int64.random(in: from.microseconds...to.microseconds, using: &random))
            let situation = ledger.situation("ada", AsOf(at: at))
            let point = page.points.last { $0.at <= at }
            #expect(point?.trust == (situation.evidence.isEmpty ? nil : situation.trust()), "seed \(seed)")
        }
    }

    @Test("A long history is given in pages that join")
    func pages() {
        var story = Scenario()
        story.post("p1", day: 0, connection: "gift", disclosure: "clear")
        let whole = history(TestLedger(story.events), "ada")
        let hours = whole.samples(from: Scenario.time(0), to: Scenario.time(50), stepSeconds: 3600)
        #expect(hours.points.count == TrustHistory.instantsMax)
        let rest = whole.samples(from: hours.next!, to: Scenario.time(50), stepSeconds: 3600)
        #expect(hours.points.count + rest.points.count == 50 * 24 + 1 && rest.next == nil)
        #expect(rest.points[0].at.microseconds - hours.points.last!.at.microseconds == 3_600_000_000)
    }

    @Test("Changes looked for in parts are those found in one go", arguments: UInt64(1)...20)
    func parts(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 60))
        let whole = history(ledger, "ada")
        let (from, to) = (RandomHistory.end.adding(days: -510), RandomHistory.end)
        var random = Random(seed: seed)
        var points: [TrustPoint] = []
        var next: Instant? = from
        var isContinued = false
        while let begin = next {
            var walk = whole.changesWalk(from: begin, to: to, isContinued: isContinued)
            for _ in 0..<Int.random(in: 1...40, using: &random) {
                if let point = walk.advance() { points.append(point) }
            }
            (next, isContinued) = (walk.next, true)
        }
        #expect(points == whole.changes(from: from, to: to).points, "seed \(seed)")
    }

    @Test("Samples begin with the first step that has an event, however early they are asked for")
    func skipping() {
        var story = Scenario()
        story.post("p1", day: 10)
        let whole = history(TestLedger(story.events), "ada")
        let page = whole.samples(from: .earliest, to: Scenario.time(12), stepSeconds: 1)
        #expect(page.points.first?.at == Scenario.time(10))
        #expect(page.points.count == TrustHistory.instantsMax)
        let days = whole.samples(
            from: Scenario.time(9).adding(days: -7000), to: Scenario.time(12), stepSeconds: 7 * 86_400)
        #expect(days.points.isEmpty && days.next == nil, "the step behind the event is behind the end")
    }

    @Test("Before the first event there is nothing, and a step may lead beyond all time")
    func edges() {
        var story = Scenario()
        story.post("p1", day: 10)
        let whole = history(TestLedger(story.events), "ada")
        let early = whole.samples(from: Scenario.time(0), to: Scenario.time(9), stepSeconds: 86_400)
        #expect(early.points.isEmpty && early.next == nil)
        let once = whole.samples(from: Scenario.time(10), to: .latest, stepSeconds: .max / 2_000_000)
        #expect(once.points.count == 1 && once.next == nil)
        #expect(whole.changes(from: Scenario.time(0), to: Scenario.time(9)).points.isEmpty)
    }

    @Test("A campaign counts from the very instant of its opening, and others change nothing")
    func directory() {
        var story = Scenario()
        story.add(
            "fee.accrued", day: 1,
            ["campaignId": "c1", "feeId": "f", "kind": "fee", "amount": Scenario.euro("5.00")])
        story.post("p", day: 5, brand: "b", disclosure: "missing")
        story.open("elsewhere", brand: "b", day: 7)
        story.open("c1", brand: "b", day: 10)
        let whole = history(TestLedger(story.events), "ada")
        let page = whole.samples(from: Scenario.time(5), to: Scenario.time(12), stepSeconds: 86_400)
        // Whose brand pays is known only with the campaign, and with it that the post needs disclosure.
        #expect(page.points.map { $0.trust.openBreaches.count } == [0, 0, 0, 0, 0, 1, 1, 1])
        let changes = whole.changes(from: Scenario.time(5), to: Scenario.time(12))
        #expect(changes.points.first { !$0.trust.openBreaches.isEmpty }?.at == Scenario.time(10))
        #expect(!changes.points.contains { $0.at == Scenario.time(7) })
    }

    @Test("A timeline has at each instant the evidence that is read for it", arguments: UInt64(1)...40)
    func timeline(
        seed: UInt64
    ) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 150))
        let view = ledger.directory.view(AsOf(at: RandomHistory.end), order: ledger)
        for id in ledger.ids(.influencer) {
            var timeline = EvidenceTimeline(rows: ledger.rows["influencer/" + id]!, position: nil, order: ledger)
            for day in stride(from: -510, through: 0, by: 17) {
                let at = RandomHistory.end.adding(days: day)
                timeline.advance(to: at)
                let read = ledger.evidence(id, AsOf(at: at))
                #expect(timeline.evidence.count == read.count)
                #expect(timeline.evidence.nextFactTime == read.nextFactTime)
                let (one, other) = (Situation(timeline.evidence, view), Situation(read, view))
                #expect(one.compensation() == other.compensation(), "seed \(seed)")
                #expect(one.advocacy() == other.advocacy(), "seed \(seed)")
                #expect(one.postings() == other.postings(), "seed \(seed)")
                #expect(one.exceptions(of: id) == other.exceptions(of: id), "seed \(seed)")
            }
        }
    }
}
