import CampaignDomain
import EventLog
import Foundation
import LedgerEngine
import ProgrammeSimulator
import Testing

@Suite struct ProjectionTests {
    @Test("Answers come from committed rows and from what was folded since, whichever it is")
    func readsAcrossCheckpoints() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 3_600_000 }
        _ = await test.post([Event.registered("a", "ada"), Event.fee("f1", "ada", "1", "10.00")])
        #expect(try await due(test) == 1000)
        _ = try await test.ledger.viewsDigest()
        #expect(try await due(test) == 1000)
        _ = await test.post([Event.fee("f2", "ada", "2", "5.00")])
        #expect(try await due(test) == 1500)
        try test.restart()
        #expect(try await due(test) == 1500)
    }

    private func due(_ test: TestLedger) async throws -> Int128? {
        try await test.ledger.influencer("ada", test.latest)?.value.compensation.currencies.first?.amounts.due
    }

    @Test(
        "Rows that live folds leave are those of a rebuild from nothing, whatever the batches",
        arguments: [UInt64(1), 2, 3])
    func liveEqualsRebuild(seed: UInt64) async throws {
        let test = try TestLedger {
            $0.checkpointBytesMax = 1 << 16
            $0.checkpointMilliseconds = 20
            $0.indexCheckpointEvents = 500
        }
        let lines = TestProgramme.lines(seed: seed, events: 6000)
        var generator = SplitMix(seed: seed)
        var index = 0
        while index < lines.count {
            let count = min(Int(generator.next() % 700) + 1, lines.count - index)
            let outcome = await test.post(Array(lines[index..<index + count]))
            #expect(outcome.receipt != nil, "seed \(seed): \(outcome)")
            index += count
        }
        let live = try await test.ledger.viewsDigest()
        try test.restart(deletingFolds: true)
        let rebuilt = try await test.ledger.viewsDigest()
        #expect(live == rebuilt, "seed \(seed)")
        #expect(live.position == test.ledger.head)
        let again = await test.post(Array(lines.prefix(3000)))
        #expect(again.receipt?.recorded == 0, "seed \(seed)")
    }

    @Test("Lists page through every influencer once, in order")
    func lists() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 5 }
        let ids = (0..<250).map { "influencer-\($0)" }
        for (number, id) in ids.enumerated() {
            if number % 25 == 0 { _ = try await test.ledger.viewsDigest() }
            _ = await test.post([Event.registered("r\(number)", id), Event.fee("f\(number)", id, "1", "1.00")])
        }
        var listed: [String] = []
        var next: String?
        repeat {
            let page = try await test.ledger.influencers(test.latest, after: next, limit: 17).value
            listed += page.items.map(\.id)
            next = page.next
        } while next != nil
        #expect(listed == ids.sorted())
        let campaigns = try await test.ledger.campaigns(test.latest, after: nil, limit: 10).value
        #expect(campaigns.items.map(\.id) == ["c1"])
        let sums = try await test.ledger.compensation(ofCampaign: "c1", test.latest)
        #expect(sums?.value.currencies.first?.amounts.due == 25_000)
    }

    @Test("position= answers as of that head; beyond the head it is refused")
    func asOfPosition() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.fee("f1", "ada", "1", "10.00"), Event.fee("f2", "ada", "2", "5.00")])
        let then = try await test.ledger.influencer("ada", Query(position: Position(1)))
        #expect(then?.value.compensation.currencies.first?.amounts.due == 1000)
        #expect(then?.position == Position(1))
        #expect(then?.head == Position(2))
        await #expect(throws: QueryFault.self) {
            _ = try await test.ledger.influencer("ada", Query(position: Position(3)))
        }
    }

    @Test("minPosition waits for the read models, and not for ever")
    func minPosition() async throws {
        let test = try TestLedger { $0.minPositionTimeoutSeconds = 1 }
        _ = await test.post([Event.registered("a", "ada")])
        await #expect(throws: QueryFault.self) {
            _ = try await test.ledger.influencer("ada", Query(minPosition: Position(2)))
        }
        async let waiting = test.ledger.influencer("bea", Query(minPosition: Position(2)))
        _ = await test.post([Event.registered("b", "bea")])
        #expect(try await waiting != nil)
    }

    @Test("A flipped bit in a row is an error that says what to do, never an answer")
    func damagedRow() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.fee("f1", "ada-of-the-damage", "1", "10.00")])
        _ = try await test.ledger.viewsDigest()
        test.ledger.close()
        let file = URL(fileURLWithPath: test.path + "/views/data.mdb")
        var bytes = try Data(contentsOf: file)
        let key = Data("iada-of-the-damage".utf8)
        var flips = 0
        var start = bytes.startIndex
        while let found = bytes.range(of: key, in: start..<bytes.endIndex) {
            bytes[found.upperBound + 24] ^= 4
            flips += 1
            start = found.upperBound
        }
        #expect(flips > 0)
        try bytes.write(to: file)
        try test.restart()
        await #expect(throws: QueryFault.self) {
            _ = try await test.ledger.influencer("ada-of-the-damage", test.latest)
        }
        try test.restart(deletingFolds: true)
        #expect(try await test.ledger.influencer("ada-of-the-damage", test.latest) != nil)
    }

    @Test("A name that is no identifier is not known, whatever bytes it has")
    func strangeNames() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        for name in ["", "ada\0\0\0\0\0\u{1}", "a/b", "é", String(repeating: "a", count: 600)] {
            #expect(try await test.ledger.influencer(name, test.latest) == nil)
            #expect(try await test.ledger.campaign(name, test.latest) == nil)
        }
    }

    @Test("A stream's events are found in the index, in the tail and across both")
    func streamEvents() async throws {
        let test = try TestLedger { $0.indexCheckpointEvents = 100 }
        for number in 0..<350 {
            _ = await test.post([Event.registered("a\(number)", number % 7 == 0 ? "ada" : "other-\(number)")])
        }
        var positions: [UInt64] = []
        var after = Position.beforeFirst
        let head = test.ledger.head
        while after < head {
            let chunk = try test.ledger.events(
                after: after, through: head, limit: 20, filter: EventFilter(subject: "influencer/ada"))
            positions += chunk.positions
            after = chunk.examined
        }
        let expected: [UInt64] = (0..<50).map { UInt64($0) * 7 + 1 }
        #expect(positions == expected)
    }
}

/// A small generator for tests: batches, shuffles.
struct SplitMix: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
        return mixed ^ mixed >> 31
    }
}
