import CampaignDomain
import EventLog
import Foundation
import Testing

@testable import LedgerEngine

/// What everyone would be under other policies, against ledgers in which those policies were published first.
@Suite struct WhatIfTests {
    @Test(
        "The influencers that change are those who differ in a ledger where the policy was published first",
        arguments: [UInt64(1), 2, 3])
    func changesAreThoseOfAnotherLedger(seed: UInt64) async throws {
        let history = Self.programme(seed: seed, events: 3_000)
        let base = try await Self.ledger(policy: Self.parameters([:]), history)
        var named = 0
        for changes in Self.policies {
            let other = try await Self.ledger(policy: Self.parameters(changes), history)
            let query = Query(at: TestClock.parse("2026-06-01T00:00:00Z"))
            let found = try await Self.whatIf(base, [.init(.trust, Self.parameters(changes))], query)
            try await Self.expect(found.changes, before: base, after: other, query, "\(changes)")
            named += found.changes.count
        }
        #expect(named > 5, "a test in which nobody changes says little")
    }

    @Test("As of a position and an instant, only what was known and so then counts")
    func positionAndInstant() async throws {
        let history = Self.programme(seed: 5, events: 3_000)
        let changes: [String: Int64] = ["brandsFree": 1, "shareFreeBp": 500]
        let base = try await Self.ledger(policy: Self.parameters([:]), history)
        let other = try await Self.ledger(policy: Self.parameters(changes), history)
        var sets: Set<[String]> = []
        for (position, at) in [
            (900, "2025-12-01T00:00:00Z"), (1_800, "2026-03-01T00:00:00Z"), (1_800, "2026-06-01T00:00:00Z"),
        ] {
            let query = Query(at: TestClock.parse(at), position: Position(UInt64(position)))
            let found = try await Self.whatIf(base, [.init(.trust, Self.parameters(changes))], query)
            #expect(found.result.position == query.position)
            #expect(found.result.at == query.at)
            try await Self.expect(found.changes, before: base, after: other, query, "at \(at), position \(position)")
            sets.insert(found.changes.map(\.influencerID))
        }
        #expect(sets.count > 1, "the moments of the test all say the same")
    }

    @Test(
        "With policies published late, out of order and retroactively, the given ones hold for all time",
        arguments: [UInt64(11), 12, 13])
    func replacesWhatWasPublished(seed: UInt64) async throws {
        let test = try TestLedger(clock: TestClock("2025-06-01T12:00:00Z"))
        var history = RandomHistory(seed: seed, events: 2_000, influencers: 12)
        var requests: [[String]] = []
        while !history.isAtEnd {
            requests.append(history.step(test.clock))
            try #require(await test.post(requests[requests.count - 1]).receipt != nil)
        }
        let query = Query(at: test.clock.now(), minPosition: test.ledger.head)
        let under = try await Self.withoutPolicies(requests, test.clock, query)
        let found = try await Self.whatIf(test, [.init(.trust, PolicyKind.trust.standardParameters)], query)
        let before = try await Conclusions.ofEveryone(test.ledger, query)
        #expect(before.keys == under.keys)
        for (id, answer) in before {
            let differs = try Conclusions.of(answer) != Conclusions.of(#require(under[id]))
            #expect(found.changes.contains { $0.influencerID == id } == differs, "\(id)")
        }
        #expect(!found.changes.isEmpty, "the policy in force is that of the defaults: choose another seed")
    }

    @Test("Under the policies in force nothing changes, kind by kind and all at once")
    func defaultsChangeNothing() async throws {
        let test = try await Self.ledger(policy: Self.parameters([:]), Self.programme(seed: 7, events: 2_000))
        let everyone = try await Conclusions.ofEveryone(test.ledger, Query(at: TestClock.parse("2026-06-01T00:00:00Z")))
        for kinds in PolicyKind.allCases.map({ [$0] }) + [PolicyKind.allCases] {
            let found = try await Self.whatIf(
                test, kinds.map { .init($0, $0.standardParameters) }, Query(at: TestClock.parse("2026-06-01T00:00:00Z"))
            )
            #expect(found.changes == [])
            #expect(found.result.changed == 0)
            #expect(found.result.influencers == UInt64(everyone.count))
            #expect(found.result.policies == kinds)
        }
    }

    @Test("A tax policy changes who is reportable, and only for whom the threshold is passed")
    func taxPolicy() async throws {
        let test = try await Self.ledger(
            policy: Self.parameters([:]), Self.programme(seed: 9, events: 2_000, influencers: 60))
        let query = Query(at: TestClock.parse("2026-06-01T00:00:00Z"))
        let before = try await Conclusions.ofEveryone(test.ledger, query)
        // A cent is enough: whoever received some US dollars in a year and was not reportable for it.
        let expected = before.filter { _, answer in
            answer.compensation.reportable.contains { year in
                let dollars = year.currencies.first { $0.currency == .usd }?.total ?? 0
                return (dollars >= 1) != year.isReportable
            }
        }
        let found = try await Self.whatIf(test, [.init(.tax, [0, 1])], query)
        #expect(Set(found.changes.map(\.influencerID)) == Set(expected.keys))
        #expect(!expected.isEmpty && expected.count < before.count)
        for change in found.changes {
            #expect(change.change.score == nil && change.change.sums.isEmpty)
            #expect(change.change.reportable.allSatisfy { $0.currency == .usd && $0.value.after.isReportable == true })
            #expect(change.change.size.money > 0)
        }
        let money = found.changes.map(\.change.size.money)
        #expect(money == money.sorted(by: >))
    }

    @Test("Changes come by what the score differs, then by stages, then by identifier, whatever the number of threads")
    func orderIsTotal() async throws {
        let test = try await Self.ledger(
            policy: Self.parameters([:]), Self.programme(seed: 4, events: 6_000, influencers: 60))
        let query = Query(at: TestClock.parse("2026-06-01T00:00:00Z"))
        let advocacy = PolicyKind.advocacy.standardParameters.map { max(0, $0 - 1) }
        let policies: [WhatIfQuestion.Replacement] = [
            .init(.trust, Self.parameters(["shareFreeBp": 500])), .init(.advocacy, advocacy),
        ]
        let alone = try await Self.whatIf(test, policies, query)
        let keys = alone.changes.map { change in
            let (score, stage) = (change.change.score, change.change.stage)
            return (
                -(score.map { abs($0.after.rawValue - $0.before.rawValue) } ?? 0),
                -(stage.map { abs($0.after.rawValue - $0.before.rawValue) } ?? 0), change.influencerID
            )
        }
        #expect(zip(keys, keys.dropFirst()).allSatisfy { $0 < $1 })
        #expect(Set(keys.map(\.0)).count < keys.count, "no two influencers of one size: identifiers decide nothing")
        let together = try await Self.whatIf(test, policies, query, cores: 4)
        #expect(together.changes == alone.changes)
        #expect(together.result == alone.result)
        // A page goes on exactly where the one before ended.
        #expect(try Self.pages(of: 7, alone.job, test) == alone.changes)
    }

    @Test("Nothing of the ledger changes: head, read models, policies and every answer")
    func nothingOfTheLedgerChanges() async throws {
        let test = try await Self.ledger(policy: Self.parameters([:]), Self.programme(seed: 3, events: 1_000))
        let query = Query(at: TestClock.parse("2026-06-01T00:00:00Z"))
        _ = try await test.ledger.reading(test.latest)
        test.ledger.checkpointNow()
        let (head, digest) = (test.ledger.head, try ViewsDigest(test.ledger.projection.views).sha256)
        let policies = try await test.ledger.policies(query).value.map { "\($0)" }
        let answers = try await Conclusions.ofEveryone(test.ledger, query).mapValues { Conclusions.of($0) }
        let found = try await Self.whatIf(
            test, [.init(.trust, Self.parameters(["weights/authenticity": 35, "weights/responsiveness": 10]))], query)
        #expect(!found.changes.isEmpty)
        test.ledger.checkpointNow()
        #expect(test.ledger.head == head)
        #expect(try ViewsDigest(test.ledger.projection.views).sha256 == digest)
        #expect(try await test.ledger.policies(query).value.map { "\($0)" } == policies)
        #expect(try await Conclusions.ofEveryone(test.ledger, query).mapValues { Conclusions.of($0) } == answers)
    }

    @Test("Called off it ends at its next pause and leaves no file; a position beyond the head is said to be")
    func endsEarly() async throws {
        let test = try await Self.ledger(policy: Self.parameters([:]), Self.programme(seed: 3, events: 500))
        let progress = ReplayProgress(pace: .unlimited(cores: 2))
        progress.cancel()
        let job = Self.job([.init(.trust, Self.parameters(["brandsFree": 0]))], Query())
        #expect(throws: ReplayFault.cancelled) { try WhatIfWork().run(test.ledger, progress, job: job) }
        #expect(try FileManager.default.contentsOfDirectory(atPath: test.path + "/replays") == [])
        let beyond = Self.job(
            [.init(.trust, Self.parameters([:]))], Query(position: test.ledger.head.advanced(by: 1)))
        #expect {
            try WhatIfWork().run(test.ledger, ReplayProgress(pace: ReplayPace()), job: beyond)
        } throws: { "\($0)".contains("is beyond the log's head \(test.ledger.head.rawValue)") }
    }

    @Test("Removed with its job, the file of its changes is gone; before the job succeeded there are none")
    func discards() async throws {
        let test = try await Self.ledger(policy: Self.parameters([:]), Self.programme(seed: 3, events: 500))
        var found = try await Self.whatIf(test, [.init(.trust, Self.parameters(["brandsFree": 0]))], Query())
        let file = "\(test.path)/\(found.job.changesName)"
        #expect(FileManager.default.fileExists(atPath: file))
        WhatIfWork().discard(test.ledger, job: found.job)
        #expect(!FileManager.default.fileExists(atPath: file))
        WhatIfWork().discard(test.ledger, job: found.job)
        found.job.state = .running
        #expect(throws: ReplayRefusal.notEnded(1)) { try test.ledger.changes(of: found.job, from: 0, limit: 10) }
    }
}
