import CampaignDomain
import EventLog
import LedgerEngine
import Testing

/// Exceptions, statements, efficiency and exports as the engine answers them.
@Suite("Audit queries") struct AuditQueryTests {
    private static let first = Day(0)
    private static let last = Day(100_000)

    /// A programme, and behind it fees for a campaign that nobody opened, most of them told again and again.
    private static func lines(seed: UInt64, events: Int) -> [String] {
        // Not among the others: retractions name positions.
        TestProgramme.lines(seed: seed, events: events)
            + (0..<500).map { Event.fee("more-\($0)", "ada-\($0 % 5)", "\($0 % 41)", "1.00") }
    }

    @Test(
        "What is answered as of a position is what a ledger says that holds only the events up to it",
        arguments: [UInt64(1), 2])
    func history(seed: UInt64) async throws {
        let (whole, growing) = (try TestLedger { $0.checkpointMilliseconds = 5 }, try TestLedger())
        let lines = Self.lines(seed: seed, events: 3000)
        for start in stride(from: 0, to: lines.count, by: 1000) {
            #expect(await whole.post(Array(lines[start..<min(start + 1000, lines.count)])).receipt != nil)
        }
        var generator = SplitMix(seed: seed)
        var held = 0
        while held < lines.count {
            let next = min(lines.count, held + 1 + Int(generator.next() % 300))
            #expect(await growing.post(Array(lines[held..<next])).receipt != nil)
            held = next
            // The programme runs from June to June.
            let at = TestClock.parse("2026-06-02T00:00:00Z").adding(days: -Int(generator.next() % 365))
            let then = try await answers(
                whole, Query(at: at, position: growing.ledger.head, minPosition: growing.ledger.head))
            let only = try await answers(growing, Query(at: at, minPosition: growing.ledger.head))
            #expect(then == only, "seed \(seed), position \(held), at \(at.rfc3339)")
        }
        let end = try await answers(growing, growing.latest)
        #expect(end.exceptions.count > 20 && end.efficiencies.count > 1 && end.postings.count > 50, "seed \(seed)")
    }

    private struct Answers: Equatable {
        var exceptions: [LedgerException]
        var lines: [Statement.Line]
        var postings: [Posting]
        var efficiencies: [CampaignEfficiency]
        var funnels: [CampaignFunnel]
    }

    private func answers(_ test: TestLedger, _ query: Query) async throws -> Answers {
        let ledger = test.ledger
        let all = 1_000_000
        let statement = try await ledger.statement(
            from: Self.first, to: Self.last, of: Scope(), query, after: nil, limit: all)
        var answers = Answers(
            exceptions: try await ledger.exceptions(ExceptionFilter(), query, after: nil, limit: all).value.items,
            lines: statement.value.statement.lines, postings: statement.value.items.map(\.posting), efficiencies: [],
            funnels: [])
        for campaign in try await ledger.campaigns(query, after: nil, limit: 1000).value.items {
            if let answer = try await ledger.efficiency(ofCampaign: campaign.id, query) {
                answers.efficiencies.append(answer.value)
            }
            if let answer = try await ledger.funnel(ofCampaign: campaign.id, query) {
                answers.funnels.append(answer.value)
            }
        }
        return answers
    }

    @Test("The register of a campaign or an influencer is what of the whole register is theirs")
    func scopes() async throws {
        let test = try TestLedger()
        #expect(await test.post(Self.lines(seed: 3, events: 4000)).receipt != nil)
        let query = Query(at: TestClock.parse("2026-06-02T00:00:00Z"), minPosition: test.ledger.head)
        let whole = try await register(ExceptionFilter(), test, query)
        let campaigns = try await test.ledger.campaigns(query, after: nil, limit: 1000).value.items.map(\.id)
        var found = 0
        for id in campaigns {
            let filter = ExceptionFilter(campaignID: id)
            let own = try await register(filter, test, query)
            #expect(own == whole.filter { filter.matches($0) }, "\(id)")
            found += own.count
        }
        #expect(found > 0)
        for kind in ExceptionKind.allCases {
            let filter = ExceptionFilter(kinds: [kind])
            #expect(try await register(filter, test, query) == whole.filter { filter.matches($0) }, "\(kind)")
        }
        for id in try await test.ledger.influencers(query, after: nil, limit: 1000).value.items.map(\.id) {
            let filter = ExceptionFilter(influencerID: id)
            #expect(try await register(filter, test, query) == whole.filter { filter.matches($0) }, "\(id)")
        }
    }

    private func register(
        _ filter: ExceptionFilter, _ test: TestLedger, _ query: Query
    ) async throws -> [LedgerException] {
        try await test.ledger.exceptions(filter, query, after: nil, limit: 1_000_000).value.items
    }

    @Test("A long walk ends when nobody waits for it any more")
    func givesWay() async throws {
        let test = try TestLedger()
        #expect(await test.post(TestProgramme.lines(seed: 3, events: 1000)).receipt != nil)
        let ledger = test.ledger
        // Of an instant: the present's register is kept, so that asking again is no walk.
        let (query, all) = (Query(at: test.clock.now(), minPosition: ledger.head), Scope())
        let export = try await ledger.export(of: all, query).value
        let walks: [@Sendable () async throws -> Void] = [
            { _ = try await ledger.exceptions(ExceptionFilter(), query, after: nil, limit: 1) },
            {
                _ = try await ledger.statement(
                    from: Self.first, to: Self.last, of: all, query, after: nil, limit: 1)
            },
            { _ = try await ledger.export(of: all, query) }, { try await export.eachInfluencer { _, _ in } },
        ]
        for (number, walk) in walks.enumerated() {
            try await walk()
            let left = Task {
                withUnsafeCurrentTask { $0?.cancel() }
                try await walk()
            }
            let result = await left.result
            guard case .failure(QueryFault.closed) = result else {
                Issue.record("walk \(number) went on: \(result)")
                continue
            }
        }
    }
}
