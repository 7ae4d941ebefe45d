import EventLog
import Foundation
import LedgerEngine
import Testing

/// What happens when queues are full, streams are followed under load, and the ledger is closed in the middle.
@Suite struct PressureTests {
    @Test("A handover that forgets batches makes no gap in the read models")
    func handoverOverflows() async throws {
        let test = try TestLedger {
            $0.handoverBytesMax = 3000
            $0.checkpointMilliseconds = 5
            $0.indexCheckpointEvents = 200
        }
        let lines = TestProgramme.lines(seed: 9, events: 8000)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for lane in 0..<4 {
                group.addTask {
                    // Lanes post every fourth batch: order of arrival does not matter but for retractions.
                    for start in stride(from: lane * 10, to: lines.count, by: 40) {
                        let batch = lines[start..<min(start + 10, lines.count)].filter { !$0.contains("retracted") }
                        #expect(await test.post(Array(batch)).receipt != nil)
                    }
                }
            }
            try await group.waitForAll()
        }
        let live = try await test.ledger.viewsDigest()
        try test.restart(deletingFolds: true)
        #expect(try await test.ledger.viewsDigest() == live)
    }

    @Test("A follower of one stream misses nothing while others post")
    func followsUnderLoad() async throws {
        let test = try TestLedger { $0.indexCheckpointEvents = 50 }
        let count = 400
        async let posted: Void = {
            for number in 0..<count {
                _ = await test.post([
                    Event.registered("a\(number)", "ada"), Event.registered("o\(number)", "o\(number)"),
                ])
            }
        }()
        var positions: [UInt64] = []
        var after = Position.beforeFirst
        let filter = EventFilter(subject: "influencer/ada")
        while positions.count < count {
            let head = await test.ledger.waitForHead(after: after)
            while after < head {
                let chunk = try test.ledger.events(after: after, through: head, limit: .max, filter: filter)
                positions += chunk.positions
                if chunk.examined == after { break }
                after = chunk.examined
            }
            if after == head, positions.count < count, head.rawValue == UInt64(2 * count) { break }
        }
        await posted
        let expected = (0..<count).map { UInt64(2 * $0 + 1) }
        #expect(positions == expected)
    }

    @Test("A position that nobody can have is no reason to wait or to fall", .timeLimit(.minutes(1)))
    func farPositions() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        let far = Position(.max)
        #expect(await test.ledger.waitForHead(after: far) == Position(1))
        let chunk = try test.ledger.events(after: far, through: far, limit: 1, filter: EventFilter())
        #expect(chunk.positions.isEmpty)
        #expect(try test.ledger.event(at: far) == nil)
        await #expect(throws: QueryFault.self) {
            _ = try await test.ledger.influencer("ada", Query(position: far))
        }
    }

    @Test("Closing while the read models catch up loses nothing: the next start goes on where it was")
    func closesWhileCatchingUp() async throws {
        let test = try TestLedger { $0.checkpointBytesMax = 1 << 16 }
        let lines = TestProgramme.lines(seed: 3, events: 20_000)
        for start in stride(from: 0, to: lines.count, by: 1000) {
            #expect(await test.post(Array(lines[start..<min(start + 1000, lines.count)])).receipt != nil)
        }
        let live = try await test.ledger.viewsDigest()
        for _ in 0..<3 { try test.restart(deletingFolds: true) }
        try test.restart()
        #expect(try await test.ledger.viewsDigest() == live)
    }
}
