import CampaignDomain
import EventLog
import Foundation
import Testing

@testable import LedgerEngine

// Some of them wait for what comes by itself.
@Suite(.timeLimit(.minutes(10))) struct ListTests {
    @Test(
        "Every sort and filter shows what everyone's single answers say, whatever happens and whenever",
        arguments: [UInt64(1), 2, 3])
    func equalsSingleAnswers(seed: UInt64) async throws {
        let test = try TestLedger(clock: TestClock("2025-06-01T12:00:00Z")) {
            $0.checkpointBytesMax = 1 << 15
            $0.checkpointMilliseconds = 20
        }
        var history = RandomHistory(seed: seed, events: 3000)
        var step = 0
        while !history.isAtEnd {
            let outcome = await test.post(history.step(test.clock))
            #expect(outcome.receipt != nil, "seed \(seed), step \(step): \(outcome)")
            if step % 4 == 0 { try await test.checkLists("seed \(seed), step \(step)") }
            step += 1
        }
        try await test.checkLists("seed \(seed), at the end")
        // Nothing arrives any more, and time alone changes the answers.
        test.clock.set(test.clock.now().adding(days: 40))
        try await test.checkLists("seed \(seed), later")
        try test.restart()
        try await test.checkLists("seed \(seed), after a restart")
    }

    @Test("Marks are never lost, however posts, checkpoints and refreshes interleave", arguments: [UInt64(11), 12])
    func interleavings(seed: UInt64) async throws {
        let test = try TestLedger(clock: TestClock("2026-06-01T00:00:00Z")) {
            $0.checkpointMilliseconds = 5
            $0.checkpointBytesMax = 1 << 14
            $0.handoverBytesMax = 20_000
        }
        let lines = TestProgramme.lines(seed: seed, events: 6000, influencers: 150)
            .filter { !$0.contains("event.retracted") }
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<3 {
                group.addTask {
                    for start in stride(from: lane * 20, to: lines.count, by: 60) {
                        #expect(await test.post(Array(lines[start..<min(start + 20, lines.count)])).receipt != nil)
                    }
                }
            }
            group.addTask {
                for _ in 0..<40 { _ = try await test.list(.trust, .init(), test.latest, limit: 50) }
            }
            try await group.waitForAll()
        }
        try await test.checkLists("seed \(seed)")
    }

    @Test("After midnight a list goes on with the day before until everyone is worked out, and then with the new day")
    func midnight() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-30T23:59:55Z"))
        _ = await test.post(TestProgramme.lines(seed: 5, events: 2000).filter { !$0.contains("event.retracted") })
        try await test.checkLists("before midnight")
        test.clock.set("2026-07-01T00:00:30Z")
        let deadline = ContinuousClock.now + .seconds(10)
        var at = test.clock.now()
        repeat {
            at = try await test.ledger.influencers(Query(), InfluencerListing(sort: .trust, limit: 1)).at
            #expect(at == TestClock.parse("2026-06-30T23:59:55Z") || at == test.clock.now())
        } while at < test.clock.now() && ContinuousClock.now < deadline
        #expect(at == test.clock.now())
        try await test.checkLists("after midnight")
    }

    @Test("A list is never more than ten seconds behind the clock, whether events arrive or not")
    func freshness() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        for second in [1, 9, 11, 30, 3000] {
            let now = Instant(microseconds: test.clock.now().microseconds + Int64(second) * 1_000_000)
            test.clock.set(now)
            let at = try await test.ledger.influencers(test.latest, InfluencerListing(sort: .trust, limit: 1)).at
            #expect(at <= now && now.microseconds - at.microseconds <= 10_000_000)
        }
    }

    @Test("The first list after a time without any is no older than a second, and has who was posted meanwhile")
    func firstAsked() async throws {
        // The machine may be busy with other tests.
        let test = try TestLedger { $0.listsFreshMilliseconds = 10_000 }
        // The table of an empty ledger, which is made at the start.
        while test.ledger.lists.generation == nil { try await Task.sleep(nanoseconds: 1_000_000) }
        _ = await test.post([Event.registered("a", "ada")])
        while test.ledger.projection.position < test.ledger.head { try await Task.sleep(nanoseconds: 1_000_000) }
        let now = Instant(microseconds: test.clock.now().microseconds + 3_000_000)
        test.clock.set(now)
        let answer = try await test.ledger.influencers(Query(), InfluencerListing(sort: .trust, limit: 1))
        #expect(answer.at >= Instant(microseconds: now.microseconds - 1_000_000))
        #expect(answer.value.items.map(\.id) == ["ada"])
    }

    @Test("The first list after a time without any does not wait long for a newer table where the present one will do")
    func firstAskedWhileBusy() async throws {
        let test = try TestLedger { $0.listsFreshMilliseconds = 0 }
        while test.ledger.lists.generation == nil { try await Task.sleep(nanoseconds: 1_000_000) }
        let made = test.clock.now()
        test.clock.set(Instant(microseconds: made.microseconds + 3_000_000))
        let answer = try await test.ledger.influencers(Query(), InfluencerListing(sort: .trust, limit: 1))
        #expect(answer.at == made)
    }

    @Test("Who is known only by events dated ahead comes into the lists when their time comes")
    func datedAhead() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        let now = test.clock.now()
        let ahead = Instant(microseconds: now.microseconds + 3_600_000_000)
        let bob = #"{"influencerId":"bob","platform":"instagram","niches":["books"]}"#
        _ = await test.post([Event.line("b", "influencer.registered", time: ahead.rfc3339, bob)])
        func listed() async throws -> [String] {
            let listing = InfluencerListing(sort: .trust, limit: 10)
            return try await test.ledger.influencers(test.latest, listing).value.items.map(\.id)
        }
        #expect(try await listed() == ["ada"])
        test.clock.set(ahead)
        while try await listed().count < 2 { try await Task.sleep(nanoseconds: 1_000_000) }
        #expect(try await listed() == ["ada", "bob"])
    }

    @Test("A clock that is set back takes the lists with it")
    func clockSetBack() async throws {
        let test = try TestLedger()
        _ = await test.post(TestProgramme.lines(seed: 6, events: 1500).filter { !$0.contains("event.retracted") })
        try await test.checkLists("first")
        test.clock.set("2026-02-01T12:00:00Z")
        try await test.checkLists("then")
        let answer = try await test.ledger.influencers(Query(), InfluencerListing(sort: .trust, limit: 1))
        #expect(answer.at == test.clock.now())
    }

    @Test("minPosition waits for the lists, and not for ever")
    func minPosition() async throws {
        let test = try TestLedger { $0.minPositionTimeoutSeconds = 1 }
        for number in 0..<20 {
            _ = await test.post([Event.fee("f\(number)", "ada-\(number)", "1", "1.00")])
            let listing = InfluencerListing(sort: .due(.usd), limit: 100)
            #expect(try await test.ledger.influencers(test.latest, listing).value.items.isEmpty)
            let euros = InfluencerListing(sort: Currency("EUR").map { .due($0) }, limit: 100)
            #expect(try await test.ledger.influencers(test.latest, euros).value.items.count == number + 1)
        }
        await #expect(throws: QueryFault.self) {
            _ = try await test.ledger.influencers(
                Query(minPosition: Position(1000)), InfluencerListing(sort: .trust, limit: 1))
        }
    }

    @Test("Who gets facts again and again between checkpoints is worked out each time")
    func marksOfOneOverlay() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 3_600_000 }
        let listing = InfluencerListing(sort: .due(try #require(Currency("EUR"))), limit: 10)
        for number in 1...4 {
            for id in ["ada", "bea"] where id == "ada" || number % 2 == 0 {
                _ = await test.post([Event.fee("\(id)-\(number)", id, "\(number)", "1.00")])
            }
            let items = try await test.ledger.influencers(test.latest, listing).value.items
            let dues = items.map { $0.answer.compensation.currencies.first?.amounts.due }
            #expect(items.map(\.id) == (number == 1 ? ["ada"] : ["ada", "bea"]))
            #expect(dues == (number == 1 ? [100] : [Int128(number * 100), Int128(number / 2 * 100)]))
        }
        try await test.checkLists("in the end")
        // Every order of a generation says the same: bea passes ada, and the list by due follows.
        _ = await test.post([Event.fee("bea-5", "bea", "5", "9.00")])
        #expect(try await test.ledger.influencers(test.latest, listing).value.items.map(\.id) == ["bea", "ada"])
    }

    @Test("A campaign that is opened late changes those who name it, though nothing of theirs arrives")
    func lateOpening() async throws {
        let test = try TestLedger()
        func opened(_ campaign: String) -> String {
            Event.line(
                "open-\(campaign)", "campaign.opened",
                #"{"campaignId":"\#(campaign)","brandId":"acme","topics":["books"],"#
                    + #""budget":{"currency":"EUR","amount":"1000.00"},"startsOn":"2026-01-01","endsOn":"2026-12-31"}"#)
        }
        let post = Event.line(
            "post", "post.published", time: "2026-06-20T12:00:00Z",
            #"{"influencerId":"ada","postId":"p","platform":"instagram","topics":["books"],"brandIds":["acme"],"#
                + #""connection":"none","disclosure":"missing"}"#)
        let posted = await test.post([
            opened("c0"), Event.registered("a", "ada"), Event.fee("f", "ada", "1", "1.00"), post,
        ])
        #expect(posted.receipt?.recorded == 4, "\(posted)")
        let listing = InfluencerListing(sort: .trust, limit: 10)
        let before = try await test.ledger.influencers(test.latest, listing).value.items[0].answer.trust
        #expect(before.openBreaches.isEmpty)
        // The fee was for the brand all along, so the post needed a disclosure.
        #expect(await test.post([opened("c1")]).receipt?.recorded == 1)
        var filter = InfluencerFilter()
        filter.scoreMax = Score(490_000)
        let breaching = InfluencerListing(sort: .trust, filter: filter, limit: 10)
        let items = try await test.ledger.influencers(test.latest, breaching).value.items
        #expect(items.map(\.id) == ["ada"] && items.first?.answer.trust.openBreaches == ["p"])
    }

    @Test("Pages taken while events arrive neither miss nor repeat any that did not move")
    func pagingUnderWrites() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 5 }
        let still = (0..<300).map { "still-\($0)" }
        let moving = (0..<300).map { "moving-\($0)" }
        _ = await test.post(
            (still + moving).enumerated().map { Event.fee("f\($0)", $1, "1", "\(1 + $0 % 40).00") })
        let sort = InfluencerSort.due(try #require(Currency("EUR")))
        async let writing: Void = {
            for number in 0..<100 {
                let outcome = await test.post([
                    Event.fee("m\(number)", moving[number % 300], "m\(number)", "\(1 + number * 7 % 50).00"),
                    Event.fee("n\(number)", "new-\(number)", "1", "\(1 + number * 3 % 40).00"),
                ])
                #expect(outcome.receipt?.recorded == 2)
            }
        }()
        for _ in 0..<3 {
            // Each page asks for the newest generation.
            let listed = try await test.list(sort, .init(), test.latest, limit: 23).ids.filter { $0.hasPrefix("still") }
            let wanted = still.enumerated().sorted {
                let (a, b) = ($0.offset % 40, $1.offset % 40)
                return a != b ? a > b : $0.element < $1.element
            }.map(\.element)
            #expect(listed == wanted)
        }
        await writing
    }
}
