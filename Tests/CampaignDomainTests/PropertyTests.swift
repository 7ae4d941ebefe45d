import Testing

@testable import CampaignDomain

/// What holds of every history. A failure names its seed: `RandomHistory.make(seed:count:)` makes it again.
@Suite("Properties of every history")
struct PropertyTests {
    static let seeds = UInt64(1)...60
    static let now = AsOf(at: RandomHistory.end)

    private func expectSame(_ found: JSONValue, _ expected: JSONValue, seed: UInt64) {
        let differences = JSONValue.differences(found, expected)
        #expect(differences.isEmpty, "seed \(seed): \(differences.joined(separator: "\n"))")
    }

    @Test("Random histories reach what they are meant to test")
    func reach() {
        var stages: Set<Stage> = []
        var flags: Set<String> = []
        var accounts: Set<Account> = []
        for seed in Self.seeds {
            let ledger = TestLedger(RandomHistory.make(seed: seed, count: 200))
            for id in ledger.ids(.influencer) {
                let situation = ledger.situation(id, Self.now)
                stages.insert(situation.advocacy().stage)
                flags.formUnion(situation.advocacy().flags.map(\.rawValue))
                flags.formUnion(situation.trust().caps.map(\.kind.rawValue))
                accounts.formUnion(situation.postings().flatMap { [$0.debit, $0.credit] })
            }
        }
        #expect(stages.contains(.advocate) && stages.contains(.repeat))
        #expect(flags == ["ambassador", "atRisk", "dormant", "openBreach", "suspiciousFollowers"])
        #expect(accounts == Set(Account.allCases).subtracting([.media, .mediaPayable]))
    }

    @Test("The order of arrival changes nothing", arguments: seeds)
    func order(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 200)
        var random = Random(seed: seed)
        let answer = TestLedger(events).answer(Self.now)
        expectSame(TestLedger(events.reversed()).answer(Self.now), answer, seed: seed)
        expectSame(TestLedger(events.shuffled(using: &random)).answer(Self.now), answer, seed: seed)
        let byTime = events.sorted { $0.time < $1.time }
        expectSame(TestLedger(byTime).answer(Self.now), answer, seed: seed)
    }

    @Test("A retracted event counts as if it and its retraction had never been", arguments: seeds)
    func retraction(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 200)
        let retracted = Set(events.compactMap(\.retracts))
        let absent = events.filter { $0.retracts == nil && !retracted.contains($0.identity) }
        #expect(!retracted.isEmpty && absent.count < events.count)
        expectSame(TestLedger(events).answer(Self.now), TestLedger(absent).answer(Self.now), seed: seed)
    }

    @Test("What was known at a position is the answer of the log's first events", arguments: seeds)
    func position(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 150)
        let ledger = TestLedger(events)
        var random = Random(seed: seed)
        for _ in 0..<4 {
            let known = random.int(1...events.count)
            // A retraction follows what it retracts: one that would not is left out of both.
            let prefix = Array(events.prefix(known))
            let identities = Set(prefix.map(\.identity))
            let possible = prefix.filter { $0.retracts.map { identities.contains($0) } ?? true }
            let asOf = AsOf(at: Self.now.at, position: FactPosition(UInt64(known)))
            expectSame(ledger.answer(asOf), TestLedger(possible).answer(Self.now), seed: seed)
        }
    }

    @Test("What was so at an instant is the answer of the events until then", arguments: seeds)
    func instant(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 150)
        let ledger = TestLedger(events)
        var random = Random(seed: seed)
        for _ in 0..<4 {
            let asOf = AsOf(at: random.pick(events).time)
            // Retractions count whatever their own time.
            let until = events.filter { $0.time <= asOf.at }
            let identities = Set(until.map(\.identity))
            let late = events.filter { event in
                event.time > asOf.at && event.retracts.map { identities.contains($0) } == true
            }
            let early = until.filter { $0.retracts.map { identities.contains($0) } ?? true }
            expectSame(ledger.answer(asOf), TestLedger(early + late).answer(asOf), seed: seed)
        }
    }

    @Test("Accounts sum to zero, over all and per event, and give the amounts of the answers", arguments: seeds)
    func doubleEntry(seed: UInt64) {
        let ledger = TestLedger(RandomHistory.make(seed: seed, count: 250))
        for id in ledger.ids(.influencer) {
            let situation = ledger.situation(id, Self.now)
            let postings = situation.postings()
            var events: Set<FactPosition> = []
            var balance = TrialBalance()
            for posting in postings {
                #expect(events.insert(posting.event.position).inserted, "seed \(seed): two postings of an event")
                #expect(posting.sides.reduce(0) { $0 + $1.amount } == 0)
                #expect(posting.amount.minorUnits > 0 && posting.debit != posting.credit)
                #expect(posting.day >= posting.event.day)
                balance.add(posting)
            }
            var whole = TrialBalance()
            whole.add(situation)
            #expect(balance == whole, "seed \(seed)")
            for currency in situation.compensation().currencies {
                let entries = whole.entries.filter { $0.currency == currency.currency }
                #expect(entries.reduce(0) { $0 + $1.balance } == 0, "seed \(seed)")
                func balance(_ account: Account) -> Int128 { entries.first { $0.account == account }?.balance ?? 0 }
                #expect(currency.amounts.due == -balance(.due) && currency.amounts.giftsAtCost == balance(.gifts))
                #expect(currency.amounts.commissionsPending == -balance(.pending))
                #expect(currency.amounts.paid == -balance(.cash) && currency.amounts.inFlight >= 0)
                #expect(balance(.transit) >= 0 && balance(.pending) <= 0 && balance(.commissions) >= 0)
            }
        }
    }

    @Test("More sponsored posts among five or more never raise authenticity")
    func authenticity() {
        for posts in 5...60 {
            for brands in 0...10 {
                var last = BasisPoints.whole
                for sponsored in 0...posts {
                    let sample = AuthenticitySample(posts: posts, sponsored: sponsored, brands: brands)
                    let value = sample.value(.standard)
                    #expect(value <= last, "\(sponsored) of \(posts), \(brands) brands")
                    last = value
                }
            }
        }
    }

    @Test("One more sponsored post, or a post turned sponsored, never raises authenticity", arguments: seeds)
    func oneMoreSponsored(seed: UInt64) {
        var events = RandomHistory.make(seed: seed, count: 250, retractions: false)
        for number in 1...5 { events.append(post("q\(number)", connection: "none")) }
        let before = TestLedger(events).situation("ada", Self.now).trust().components.authenticity
        let turned = events.map { event in
            event.data["postId"] == "q5" ? post("q5", connection: "gift") : event
        }
        #expect(TestLedger(turned).situation("ada", Self.now).trust().components.authenticity <= before, "seed \(seed)")
        let more = events + [post("q6", connection: "gift")]
        #expect(TestLedger(more).situation("ada", Self.now).trust().components.authenticity <= before, "seed \(seed)")
    }

    @Test("One more clear disclosure never lowers disclosure", arguments: seeds)
    func oneMoreClear(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 250)
        let before = TestLedger(events).situation("ada", Self.now).trust().components.disclosure
        let more = events + [post("q1", connection: "gift")]
        #expect(TestLedger(more).situation("ada", Self.now).trust().components.disclosure >= before, "seed \(seed)")
    }

    @Test("An answer stays the same until its next change", arguments: UInt64(1)...20)
    func nextChange(seed: UInt64) {
        let events = RandomHistory.make(seed: seed, count: 150)
        let ledger = TestLedger(events)
        var random = Random(seed: seed)
        for _ in 0..<4 {
            let at = random.pick(events).time
            for id in ledger.ids(.influencer) {
                let situation = ledger.situation(id, AsOf(at: at))
                if situation.evidence.isEmpty { continue }
                let directoryChange = ledger.directory.nextChange(after: at) ?? .latest
                let next = min(situation.nextChange(), directoryChange)
                #expect(next > at)
                let last = AsOf(at: Instant(microseconds: next.microseconds - 1))
                let later = ledger.situation(id, last)
                #expect(later.trust() == situation.trust(), "seed \(seed)")
                #expect(later.advocacy() == situation.advocacy(), "seed \(seed)")
                #expect(later.compensation() == situation.compensation(), "seed \(seed)")
            }
        }
    }

    private func post(_ id: String, connection: String) -> HistoryEvent {
        HistoryEvent(
            id: "post-" + id, type: "post.published", time: Instant("2026-06-20T12:00:00Z"),
            data: [
                "influencerId": "ada", "postId": .string(id), "platform": "instagram", "topics": ["tea"],
                "connection": .string(connection), "disclosure": "clear",
            ])
    }
}
