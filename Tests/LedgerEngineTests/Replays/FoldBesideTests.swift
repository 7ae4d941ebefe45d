import CampaignCoding
import EventLog
import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

/// Read models that are folded beside what serves.
@Suite struct FoldBesideTests {
    @Test(
        "A fold beside is that of a ledger of just so many events, at each position it is asked for", arguments: [1, 2])
    func isTheFoldUpToAPosition(cores: Int) async throws {
        let lines = TestProgramme.lines(seed: 11, events: 24_000)
        let whole = try TestLedger()
        await whole.post(lines, by: 3000)
        let views = InMemoryViewStorage()
        let fold = FoldBeside(
            log: whole.ledger.log, views: views, tables: CatalogueTables(), progress: Replay.progress(cores: cores),
            checkpointBytesMax: 200_000)
        for count in [1, 700, 19_001] {
            try fold.fold(through: Position(UInt64(count)))
            let part = try TestLedger()
            await part.post(Array(lines[..<count]), by: 1000)
            let expected = try await part.ledger.viewsDigest()
            #expect(try ViewsDigest(views) == expected)
            #expect(fold.position == expected.position)
        }
    }

    @Test("A fold that is called off goes on where it was, and where it was left on the disk")
    func goesOn() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 12, events: 5000), by: 500)
        let expected = try await test.ledger.viewsDigest()
        let views = InMemoryViewStorage()
        let tables = CatalogueTables()
        let cancelled = ReplayProgress(pace: .unlimited(cores: 1))
        let fold = FoldBeside(
            log: test.ledger.log, views: views, tables: tables, progress: cancelled, checkpointBytesMax: 20_000)
        cancelled.cancel()
        #expect(throws: ReplayFault.cancelled) { try fold.fold(through: expected.position) }
        #expect(fold.position > .beforeFirst && fold.position < expected.position)
        let next = FoldBeside(log: test.ledger.log, views: views, tables: tables, progress: Replay.progress())
        #expect(next.position == views.position && next.position > .beforeFirst)
        try next.fold(through: expected.position)
        #expect(try ViewsDigest(views) == expected)
    }

    @Test("A checkpoint that failed is written again as it was, and nothing counts twice")
    func failedCheckpoint() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 13, events: 3000), by: 500)
        let expected = try await test.ledger.viewsDigest()
        let views = FailingViews(failures: 2)
        let fold = FoldBeside(
            log: test.ledger.log, views: views, tables: CatalogueTables(), progress: Replay.progress(),
            checkpointBytesMax: 20_000)
        var failures = 0
        while fold.position < expected.position || views.position < expected.position {
            do { try fold.fold(through: expected.position) } catch is StoreError { failures += 1 }
        }
        #expect(failures == 2)
        #expect(try ViewsDigest(views) == expected)
    }

    @Test("A fold cannot go back, nor beyond the head")
    func badTargets() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada"), Event.registered("b", "bea")])
        let fold = FoldBeside(
            log: test.ledger.log, views: InMemoryViewStorage(), tables: CatalogueTables(), progress: Replay.progress())
        try fold.fold(through: Position(2))
        #expect(throws: ReplayFault.self) { try fold.fold(through: Position(1)) }
        #expect(throws: ReplayFault.self) { try fold.fold(through: Position(3)) }
    }

    @Test("An index beside finds what the serving one finds, at each position it is asked for")
    func indexBeside() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 14, events: 4000), by: 500)
        let log = test.ledger.log
        let beside = InMemoryIndexStorage()
        let indexing = IndexBeside(log: log, index: beside, progress: Replay.progress(), checkpointEvents: 300)
        try indexing.fold(through: Position(1001))
        #expect(beside.position == Position(1001))
        try indexing.fold(through: log.head)
        let snapshot = try beside.beginRead()
        var streams: Set<KeyHash> = []
        try log.read(from: .first, limit: .max) { position, record in
            var found: [Position] = []
            do throws(StoreError) {
                try snapshot.identityCandidates(record.identityHash.indexKey) {
                    found.append($0)
                    return .proceed
                }
            } catch { Issue.record("\(error)") }
            #expect(found.contains(position))
            streams.insert(record.streamHash)
            return .proceed
        }
        let count = try streams.reduce(0) { try $0 + snapshot.streamCount($1.indexKey) }
        #expect(count == 4000)
    }
}

/// Views whose second and third checkpoints are committed, but say that they are not.
private final class FailingViews: ViewStorage, @unchecked Sendable {
    // @unchecked: used by one thread.
    private let views = InMemoryViewStorage()
    private var hidden: Position?
    private var checkpoints = 0
    private var failures: Int

    init(failures: Int) {
        self.failures = failures
    }

    var position: Position { hidden ?? views.position }

    func snapshot() throws(StoreError) -> any ViewSnapshot { try views.snapshot() }

    func checkpoint(rows pieces: some ViewPieces, position: Position) throws(StoreError) {
        checkpoints += 1
        if hidden != nil {
            // As the real ones do: what was committed is published first, and never counts twice.
            hidden = nil
            if position == views.position { return }
        }
        let before = views.position
        try views.checkpoint(rows: pieces, position: position)
        if checkpoints > 1, failures > 0 {
            failures -= 1
            hidden = before
            throw .tooManyReaders(maximum: 1)
        }
    }

    func mergeStep() throws(StoreError) -> Bool { false }
    func reset() throws(StoreError) {}
    func verify() throws(StoreError) {}
    func usage() throws(StoreError) -> StorageUsage { StorageUsage() }
}
