import CampaignDomain
import EventLog
import Testing

@testable import LedgerEngine

/// The register that is kept between questions is what is worked out of everyone's facts for its moment.
@Suite("The kept register") struct ExceptionRegisterTests {
    private static func kept(_ test: TestLedger) async throws -> (
        answer: Answer<Page<LedgerException>>, generation: ExceptionGeneration
    ) {
        let answer = try await test.ledger.exceptions(ExceptionFilter(), test.latest, after: nil, limit: 100_000)
        return (answer, try #require(test.ledger.exceptionRegister.known))
    }

    /// Of the answer's moment, from the facts.
    private static func workedOut<Value>(
        _ test: TestLedger, as answer: Answer<Value>, _ filter: ExceptionFilter = ExceptionFilter()
    ) async throws -> [LedgerException] {
        let query = Query(at: answer.at, position: answer.position)
        return try await test.ledger.exceptions(filter, query, after: nil, limit: 100_000).value.items
    }

    @Test(
        "It is brought on by what was recorded, by time and by the directory", arguments: [UInt64(1), 2, 3],
        [false, true])
    func follows(seed: UInt64, isLate: Bool) async throws {
        // Late: all of it arrives within some days, so that midnight does not make everything anew each time.
        let clock = TestClock(isLate ? "2026-06-02T10:00:00Z" : "2025-06-01T00:00:00Z")
        let test = try TestLedger(clock: clock) { $0.checkpointMilliseconds = 5 }
        let lines = TestProgramme.lines(seed: seed, events: 1500, influencers: 150)
        var generator = SplitMix(seed: seed)
        var (held, rounds, broughtOn) = (0, 0, 0)
        while held < lines.count {
            let next = min(lines.count, held + 1 + Int(generator.next() % 40))
            // Behind the newest event for some of the time: then facts lie ahead.
            let ahead = isLate ? Int64(generator.next() % 40) * 60 : Int64(generator.next() % 20) * -3600
            let from = isLate ? clock.now() : Self.time(of: lines[next - 1])
            clock.set(max(clock.now(), Instant(microseconds: from.microseconds + ahead * 1_000_000)).rfc3339)
            #expect(await test.post(Array(lines[held..<next])).receipt != nil)
            held = next
            let (answer, generation) = try await Self.kept(test)
            #expect(answer.position == test.ledger.head && answer.at == clock.now())
            #expect(try await Self.workedOut(test, as: answer) == answer.value.items, "seed \(seed), position \(held)")
            rounds += 1
            if generation.wholePosition < generation.position { broughtOn += 1 }
            guard rounds % 8 == 0 else { continue }
            let reading = try await test.ledger.reading(Query(at: answer.at, position: answer.position))
            let whole = try await reading.wholeRegister(nil)
            #expect(generation.costs == whole.costs, "seed \(seed), position \(held)")
            #expect(generation.wakes == whole.wakes, "seed \(seed), position \(held)")
            #expect(generation.entries == whole.entries, "seed \(seed), position \(held)")
            #expect(generation.sorted.entries == whole.sorted.entries, "seed \(seed), position \(held)")
        }
        #expect(!isLate || broughtOn > rounds / 4, "seed \(seed): \(broughtOn) of \(rounds)")
        #expect(broughtOn < rounds, "seed \(seed): nothing ever changed for everyone")
    }

    private static func time(of line: String) -> Instant {
        let found = line.firstMatch(of: /"time":"([^"]*)"/)
        return TestClock.parse(found.map { String($0.output.1) } ?? "")
    }

    @Test("Time alone brings it on: an event dated ahead, and what is due")
    func wakes() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-01T10:00:00Z"))
        let ahead = Event.line(
            "f", "fee.cancelled", time: "2026-06-01T11:00:00Z",
            #"{"influencerId":"ada","campaignId":"c1","feeId":"none"}"#)
        let others = (0..<20).map { Event.registered("r\($0)", "other-\($0)") }
        #expect(await test.post([Event.registered("a", "ada"), ahead] + others).receipt != nil)
        #expect(try await Self.kept(test).answer.value.items.isEmpty)
        test.clock.set("2026-06-01T11:00:00Z")
        let (answer, generation) = try await Self.kept(test)
        #expect(Set(answer.value.items.map(\.kind)) == [.unknownFee, .unknownCampaign, .unknownInfluencer])
        // The registrations are an hour ahead still.
        #expect(generation.wakes.count == 21)
        test.clock.set("2026-06-01T12:00:00Z")
        let (registered, after) = try await Self.kept(test)
        #expect(Set(registered.value.items.map(\.kind)) == [.unknownFee, .unknownCampaign])
        #expect(after.wakes.isEmpty)
    }

    @Test("A clock that is set back a little keeps the moment; one that is set back far is followed")
    func clockSetBack() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T10:00:00Z"))
        #expect(await test.post([Event.fee("f", "ada", "1", "1.00")]).receipt != nil)
        let first = try await Self.kept(test).answer
        test.clock.set("2026-06-02T09:59:59.500000Z")
        let second = try await Self.kept(test).answer
        #expect(second.at == first.at && second.value.items == first.value.items)
        #expect(!first.value.items.isEmpty)
        test.clock.set("2026-06-01T09:00:00Z")
        let third = try await Self.kept(test).answer
        #expect(third.at == test.clock.now() && third.value.items.isEmpty)
    }

    @Test("Far behind, it is given as it is for some seconds, unless a position is asked for")
    func staysBehind() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T10:00:00Z"))
        #expect(await test.post([Event.fee("f", "ada", "1", "1.00")]).receipt != nil)
        let first = try await Self.kept(test).answer
        let more = (0..<2_500).map { Event.registered("r\($0)", "other-\($0)") }
        #expect(await test.post(more).receipt != nil)
        _ = try await test.ledger.influencer("ada", test.latest)
        test.clock.set("2026-06-02T10:00:04Z")
        let behind = try await test.ledger.exceptions(ExceptionFilter(), Query(), after: nil, limit: 10)
        #expect(behind.position == first.position && behind.at == first.at && behind.head == test.ledger.head)
        let asked = try await Self.kept(test).answer
        #expect(asked.position == test.ledger.head)
        test.clock.set("2026-06-02T10:00:20Z")
        let later = try await test.ledger.exceptions(ExceptionFilter(), Query(), after: nil, limit: 10)
        #expect(later.position == test.ledger.head && later.at == test.clock.now())
    }

    /// Fees of a campaign for each of many influencers, all at one instant; no campaign is opened.
    private static let fees = (0..<3_000).map { number in
        Event.line(
            "f\(number)", "fee.accrued",
            #"{"influencerId":"i\#(number)","campaignId":"c\#(number)","feeId":"1","kind":"fee","#
                + #""amount":{"currency":"EUR","amount":"1.00"}}"#)
    }

    @Test("Only campaigns that those name of whom something changed are worked out anew")
    func fewCampaigns() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T10:00:00Z"))
        #expect(await test.post(Self.fees).receipt != nil)
        let first = try await Self.kept(test).generation
        #expect(first.workedOut == 6_000 && first.sorted.entries.count == 6_000)
        #expect(await test.post([Event.fee("more", "i7", "2", "1.00")]).receipt != nil)
        let (answer, second) = try await Self.kept(test)
        // The influencer, and the campaigns c7 and c1.
        #expect(second.workedOut == 3)
        #expect(second.wholePosition == first.position)
        #expect(try await Self.workedOut(test, as: answer) == answer.value.items)
        #expect(await test.post([Event.retracted("r", "i7", position: 8)]).receipt != nil)
        let (after, third) = try await Self.kept(test)
        #expect(third.workedOut == 3)
        #expect(try await Self.workedOut(test, as: after) == after.value.items)
        #expect(!after.value.items.contains { $0.detail.campaignID == "c7" })
    }

    @Test("Pages of what is kept are those of the whole register, with any filter and behind any place")
    func pages() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T00:00:00Z"))
        #expect(await test.post(TestProgramme.lines(seed: 7, events: 3000) + Self.fees.prefix(300)).receipt != nil)
        let whole = try await Self.kept(test).answer.value.items
        let kinds = Set(whole.map(\.kind)).sorted()
        #expect(kinds.count > 5)
        let since = whole.map(\.since).sorted()[whole.count / 4]
        let filters = [
            ExceptionFilter(), ExceptionFilter(kinds: [kinds[1], .unknownCampaign]), ExceptionFilter(kinds: []),
            ExceptionFilter(since: since),
            ExceptionFilter(kinds: [.unknownCampaign, .unknownInfluencer], since: since),
        ]
        for (number, filter) in filters.enumerated() {
            let expected = whole.filter { filter.matches($0) }
            #expect(number == 2 || expected.count > 3, "filter \(number)")
            for limit in [3, 100, expected.count + 1] {
                var (paged, after): ([LedgerException], ExceptionPlace?) = ([], nil)
                repeat {
                    let page = try await test.ledger.exceptions(filter, Query(), after: after, limit: limit)
                    #expect(page.value.items.count <= limit)
                    paged += page.value.items
                    after = page.value.next.flatMap { ExceptionPlace(key: $0, head: .max) }
                } while after != nil
                #expect(paged == expected, "filter \(number), limit \(limit)")
            }
        }
        // Behind a place where nothing stands.
        let some = whole[whole.count / 3]
        let before = ExceptionPlace(kind: some.kind, since: some.since, events: [])
        let behind = try await test.ledger.exceptions(ExceptionFilter(), Query(), after: before, limit: 1)
        #expect(behind.value.items.first?.since == some.since && behind.value.items.first?.kind == some.kind)
    }

    @Test("Sorting gives way to others, and ends when nobody waits for it any more")
    func sortingGivesWay() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T10:00:00Z"))
        #expect(await test.post(Self.fees).receipt != nil)
        let sorted = try await Self.kept(test).generation.sorted
        let reading = try await test.ledger.reading(test.latest)
        let again = try await SortedExceptions().replacing([], with: sorted.entries.reversed(), reading)
        #expect(again.entries == sorted.entries)
        let none = try await sorted.replacing(Set(sorted.entries.map(\.subject)), with: [], reading)
        #expect(none.entries.isEmpty)
        for (kept, added) in [(SortedExceptions(), sorted.entries), (sorted, [])] {
            let left = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                _ = try await kept.replacing([], with: added, reading)
            }
            let result = await left.result
            guard case .failure(QueryFault.closed) = result else {
                Issue.record("it went on: \(result)")
                continue
            }
        }
    }

    @Test("Many ask at once, and some leave: each gets the register of one moment")
    func together() async throws {
        let test = try TestLedger(clock: TestClock("2026-06-02T00:00:00Z"))
        #expect(await test.post(TestProgramme.lines(seed: 5, events: 2000)).receipt != nil)
        let (ledger, query) = (test.ledger, test.latest)
        try await withThrowingTaskGroup(of: Answer<Page<LedgerException>>?.self) { group in
            for number in 0..<40 {
                group.addTask {
                    if number % 5 == 4 { withUnsafeCurrentTask { $0?.cancel() } }
                    do {
                        return try await ledger.exceptions(ExceptionFilter(), query, after: nil, limit: 100_000)
                    } catch QueryFault.closed {
                        return nil
                    }
                }
            }
            let expected = try await Self.kept(test).answer
            var answered = 0
            for try await answer in group {
                guard let answer else { continue }
                answered += 1
                #expect(answer.value.items == expected.value.items && answer.position == expected.position)
            }
            #expect(answered >= 32 && !expected.value.items.isEmpty)
        }
    }
}

@Suite struct TurnTests {
    @Test("Only one has the turn, and whoever is cancelled gives it up")
    func oneAtATime() async {
        let turn = Turn()
        #expect(await turn.take())
        let waiting = Task { await turn.take() }
        let leaving = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return await turn.take()
        }
        #expect(await leaving.value == false)
        turn.release()
        #expect(await waiting.value)
        let late = Task { await turn.take() }
        late.cancel()
        // Either way the turn is free afterwards.
        turn.release()
        if await late.value { turn.release() }
        #expect(await turn.take())
        turn.release()
    }
}
