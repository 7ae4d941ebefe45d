import CampaignDomain
import EventLog
import Testing

@testable import LedgerEngine

extension WhatIfTests {
    /// Policies whose effect an influencer of a simulated programme can have: brand limit, shares, and a cap.
    static let policies: [[String: Int64]] = [
        ["brandsFree": 1], ["brandsFree": 0, "brandStepBp": 3_000], ["shareFreeBp": 500, "shareEndBp": 2_500],
        ["breachDays": 20], ["evidenceMedium": 30], ["homePosts": 40],
    ]

    /// A simulated programme behind one event, of few influencers with many posts each: of whom much can be said.
    static func programme(seed: UInt64, events: Int, influencers: Int = 15) -> [String] {
        TestProgramme.lines(seed: seed, events: events, influencers: influencers, firstPosition: 2)
    }

    /// The default parameters of trust with some of them replaced.
    static func parameters(_ changes: [String: Int64]) -> [Int64] {
        zip(PolicyParameter.trust, PolicyKind.trust.standardParameters).map { parameter, value in
            changes[parameter.path.joined(separator: "/")] ?? value
        }
    }

    /// A ledger whose first event publishes a policy of trust, and then has the history.
    static func ledger(policy: [Int64], _ history: [String]) async throws -> TestLedger {
        let test = try TestLedger(clock: TestClock("2026-06-02T00:00:00Z"))
        let published = Event.line(
            "policy", "policy.published", time: "2020-01-01T00:00:00Z",
            "{\"kind\":\"trust\",\"version\":1,\"effectiveFrom\":\"1970-01-01T00:00:00Z\",\"body\":\(body(policy))}")
        try #require(await test.post([published]).receipt != nil)
        for start in stride(from: 0, to: history.count, by: 1_000) {
            try #require(await test.post(Array(history[start..<min(start + 1_000, history.count)])).receipt != nil)
        }
        return test
    }

    /// The parameters of trust as JSON.
    static func body(_ values: [Int64]) -> String {
        var (groups, singles): ([String: [String]], [String]) = ([:], [])
        for (parameter, value) in zip(PolicyParameter.trust, values) {
            let member = "\"\(parameter.path.last ?? "")\":\(value)"
            if parameter.path.count > 1 {
                groups[parameter.path[0], default: []].append(member)
            } else {
                singles.append(member)
            }
        }
        let nested = groups.sorted { $0.key < $1.key }.map { "\"\($0.key)\":{\($0.value.joined(separator: ","))}" }
        return "{\((nested + singles).joined(separator: ","))}"
    }

    struct Found {
        var job: ReplayJob
        var result: WhatIfResult
        var changes: [WhatIfChange]
    }

    static func job(_ policies: [WhatIfQuestion.Replacement], _ query: Query) -> ReplayJob {
        let question = WhatIfQuestion(policies: policies, position: query.position, at: query.at)
        let request = ReplayRequest(.whatif, pace: ReplayPace(), whatIf: question)
        return ReplayJob(number: 1, request: request, created: .earliest)
    }

    /// Runs a whatif and reads all of its changes.
    static func whatIf(
        _ test: TestLedger, _ policies: [WhatIfQuestion.Replacement], _ query: Query, cores: Int = 1
    ) async throws -> Found {
        // Until the read models have all of it.
        _ = try await test.ledger.reading(test.latest)
        var job = job(policies, query)
        let progress = ReplayProgress(pace: .unlimited(cores: cores))
        guard case .whatif(let result) = try WhatIfWork().run(test.ledger, progress, job: job) else {
            throw ReplayFault.failed("no result of a whatif")
        }
        #expect(progress.now.phase == .evaluate)
        #expect(progress.now.done == progress.now.total)
        job.state = .succeeded
        job.result = .whatif(result)
        let changes = try pages(of: 1_000, job, test)
        #expect(UInt64(changes.count) == result.changed)
        return Found(job: job, result: result, changes: changes)
    }

    static func pages(of limit: Int, _ job: ReplayJob, _ test: TestLedger) throws -> [WhatIfChange] {
        var changes: [WhatIfChange] = []
        var next: String? = "0"
        while let rank = next.flatMap({ Int($0) }) {
            let page = try test.ledger.changes(of: job, from: rank, limit: limit)
            changes += page.items
            next = page.next
        }
        return changes
    }

    /// Compares with what two ledgers answer.
    static func expect(
        _ changes: [WhatIfChange], before: TestLedger, after: TestLedger, _ query: Query, _ comment: Comment
    ) async throws {
        var query = query
        query.minPosition = query.position ?? before.ledger.head
        #expect(before.ledger.head == after.ledger.head)
        let (was, now) = (
            try await Conclusions.ofEveryone(before.ledger, query),
            try await Conclusions.ofEveryone(after.ledger, query)
        )
        #expect(was.keys == now.keys)
        let differing = was.keys.filter { id in
            was[id].map { Conclusions.of($0) } != now[id].map { Conclusions.of($0) }
        }
        #expect(changes.map(\.influencerID).sorted() == differing.sorted(), comment)
        for change in changes {
            let (was, now) = (try #require(was[change.influencerID]), try #require(now[change.influencerID]))
            expect(change.change, from: was, to: now, "\(comment): \(change.influencerID)")
        }
    }

    /// What a change says, number by number.
    private static func expect(
        _ change: InfluencerChange, from was: InfluencerAnswer, to now: InfluencerAnswer, _ comment: Comment
    ) {
        #expect(change.tier == now.tier, comment)
        #expect((change.score?.before ?? was.trust.raw) == was.trust.raw, comment)
        #expect((change.score?.after ?? was.trust.raw) == now.trust.raw, comment)
        #expect((change.stage?.after ?? was.advocacy.stage) == now.advocacy.stage, comment)
        #expect((change.flags?.after ?? was.advocacy.flags) == now.advocacy.flags, comment)
        #expect((change.caps?.after ?? was.trust.caps.map(\.kind)) == now.trust.caps.map(\.kind), comment)
        for component in TrustComponent.allCases {
            let found = change.components.first { $0.component == component }
            #expect(
                (found?.value.before ?? was.trust.components[component]) == was.trust.components[component], comment)
            #expect((found?.value.after ?? was.trust.components[component]) == now.trust.components[component], comment)
        }
    }

    /// Everyone as a ledger answers that was posted the same requests but for the policies of trust: in the place of each
    /// somebody is registered whom no other event names, so that positions are the same.
    static func withoutPolicies(
        _ requests: [[String]], _ clock: TestClock, _ query: Query
    ) async throws -> [String: InfluencerAnswer] {
        let test = try TestLedger(clock: clock)
        var ghosts = 0
        for request in requests {
            let lines = request.map { line in
                guard line.contains("policy.published") else { return line }
                ghosts += 1
                return Event.line(
                    "ghost-\(ghosts)", "influencer.registered", time: "2025-06-01T00:00:00Z",
                    #"{"influencerId":"ghost","platform":"instagram","niches":["tea"]}"#)
            }
            try #require(await test.post(lines).receipt != nil)
        }
        var answers = try await Conclusions.ofEveryone(test.ledger, query)
        answers["ghost"] = nil
        return answers
    }
}
