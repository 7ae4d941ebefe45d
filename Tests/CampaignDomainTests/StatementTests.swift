import Testing

@testable import CampaignDomain

@Suite("Statements")
struct StatementTests {
    static let now = AsOf(at: RandomHistory.end)

    private func day(_ offset: Int) -> Day { RandomHistory.end.adding(days: offset).day }

    /// A statement of everyone, or of one campaign.
    private func statement(_ ledger: TestLedger, _ span: StatementSpan) -> Statement {
        var statement = Statement(span)
        for situation in ledger.situations(Self.now).values { statement.add(situation) }
        for id in ledger.ids(.campaign) { statement.add(ledger.media(id, Self.now), campaignID: id) }
        return statement
    }

    @Test(
        "A statement closes where the next one opens, and the last closes at the trial balance",
        arguments: UInt64(1)...40) func joins(seed: UInt64) throws
    {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let early = statement(ledger, try #require(StatementSpan(from: day(-600), to: day(-200))))
        let late = statement(ledger, try #require(StatementSpan(from: day(-199), to: day(1))))
        #expect(early.lines.allSatisfy { $0.opening == 0 })
        let closings = early.lines.filter { $0.closing != 0 }.map {
            [$0.currency.code, $0.account.name, "\($0.closing)"]
        }
        let openings = late.lines.filter { $0.opening != 0 }.map {
            [$0.currency.code, $0.account.name, "\($0.opening)"]
        }
        #expect(closings == openings, "seed \(seed)")
        var balance = TrialBalance()
        for situation in ledger.situations(Self.now).values { balance.add(situation) }
        for id in ledger.ids(.campaign) { balance.add(ledger.media(id, Self.now)) }
        #expect(late.lines.map(\.closing) == balance.entries.map(\.balance), "seed \(seed)")
        #expect(late.lines.map(\.account) == balance.entries.map(\.account))
        for lines in [early.lines, late.lines] {
            #expect(lines.reduce(0) { $0 + $1.opening } == 0)
            #expect(lines.reduce(0) { $0 + $1.debits - $1.credits } == 0)
        }
    }

    @Test("The postings of all pages make up what was debited and credited", arguments: UInt64(1)...40)
    func pages(
        seed: UInt64
    ) throws {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        for campaignID in [nil, "c1"] {
            let span = try #require(StatementSpan(from: day(-300), to: day(-50), campaignID: campaignID))
            let statement = statement(ledger, span)
            var postings: [Posting] = []
            while true {
                var page = StatementPage(span, after: postings.last?.place, limit: 5, order: ledger)
                for (id, situation) in ledger.situations(Self.now) { page.add(situation, influencerID: id) }
                for id in ledger.ids(.campaign) { page.add(ledger.media(id, Self.now), campaignID: id) }
                let items = page.finish()
                #expect(items.allSatisfy { ($0.influencerID == nil) == ($0.posting.debit == .media) })
                postings += items.map(\.posting)
                if items.count < 5 { break }
            }
            #expect(postings.count == statement.postingCount, "seed \(seed)")
            #expect(zip(postings, postings.dropFirst()).allSatisfy { ledger.precedes($0.place, $1.place) })
            #expect(postings.allSatisfy { $0.day >= span.from && $0.day <= span.to })
            #expect(postings.allSatisfy { posting in campaignID.map { $0 == posting.campaignID } ?? true })
            for line in statement.lines {
                func total(_ account: KeyPath<Posting, Account>) -> Int128 {
                    postings.filter { $0[keyPath: account] == line.account && $0.amount.currency == line.currency }
                        .reduce(0) { $0 + Int128($1.amount.minorUnits) }
                }
                #expect(total(\.debit) == line.debits && total(\.credit) == line.credits, "seed \(seed)")
            }
        }
    }

    @Test("Statements of the same span add up in any order", arguments: UInt64(1)...10)
    func merge(seed: UInt64) throws {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        let span = try #require(StatementSpan(from: day(-300), to: day(-50)))
        var parts = ledger.situations(Self.now).values.map { situation in
            var part = Statement(span)
            part.add(situation)
            return part
        }
        for id in ledger.ids(.campaign) {
            var part = Statement(span)
            part.add(ledger.media(id, Self.now), campaignID: id)
            parts.append(part)
        }
        var random = Random(seed: seed)
        var sum = Statement(span)
        for part in parts.shuffled(using: &random) { sum.merge(part) }
        #expect(sum == statement(ledger, span))
    }

    @Test("What waited for a later event stands on that event's day")
    func waited() throws {
        var story = Scenario()
        story.open("c1", brand: "b")
        story.move("product.delivered", "s1", "c1", day: 10)
        story.send("s1", "c1", day: 20)
        let situation = story.situation(day: 30)
        let before = try #require(StatementSpan(from: Scenario.time(0).day, to: Scenario.time(19).day))
        var statement = Statement(before)
        statement.add(situation)
        #expect(statement.lines.isEmpty)
        let after = try #require(StatementSpan(from: Scenario.time(20).day, to: Scenario.time(20).day))
        statement = Statement(after)
        statement.add(situation)
        #expect(statement.postingCount == 2)
        #expect(statement.lines.first { $0.account == .gifts }?.closing == 1000)
    }

    @Test("A span that ends before it begins is none")
    func emptySpan() {
        #expect(StatementSpan(from: Day(2), to: Day(1)) == nil)
        #expect(StatementSpan(from: Day(1), to: Day(1)) != nil)
    }
}
