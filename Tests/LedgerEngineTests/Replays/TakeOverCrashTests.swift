import CampaignCoding
import EventLog
import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

/// A take-over that ends between two of its steps, and read models of other versions.
@Suite struct TakeOverCrashTests {
    @Test(
        "Wherever a take-over was interrupted, the next start serves right read models and keeps others",
        arguments: FoldPlace.Source.allCases, 0...FoldPlace.Step.allCases.count)
    func interrupted(source: FoldPlace.Source, steps: Int) async throws {
        let test = try TestLedger()
        let lines = TestProgramme.lines(seed: 31, events: 2000)
        await test.post(lines, by: 500)
        let digest = try await test.ledger.viewsDigest()
        _ = try await Replay.rebuild(test.ledger)
        test.ledger.close()
        if source == .next {
            // What took over before is `previous` here, and what takes over stands at some position.
            try Replay.withDirectory(test) { directory in
                let views = try directory.views.fold.openNext(isResuming: false)
                let index = try directory.index.fold.openNext(isResuming: false)
                try FoldBeside(
                    log: directory.log, views: views, tables: CatalogueTables(), progress: Replay.progress()
                ).fold(through: Position(1500))
                try IndexBeside(log: directory.log, index: index, progress: Replay.progress()).fold(
                    through: Position(1500))
            }
        }
        for name in ["views", "index"] {
            let place = FoldPlace(directory: test.path, name: name)
            for step in FoldPlace.Step.allCases.prefix(steps) { try place.take(step, from: source) }
        }
        try test.reopen()
        #expect(try await test.ledger.viewsDigest() == digest)
        #expect(await test.post(lines).receipt?.recorded == 0)
        #expect(test.ledger.keepsPrevious)
        let names = try FileManager.default.contentsOfDirectory(atPath: test.path)
        #expect(names.allSatisfy { !$0.hasSuffix(".ready") && !$0.hasSuffix(".deleted") }, "\(names)")
        // And all of it can be done again.
        #expect(try await Replay.goBack(test.ledger).sha256 == digest.sha256)
        #expect(try await Replay.rebuild(test.ledger).sha256 == digest.sha256)
        #expect(try await test.ledger.viewsDigest() == digest)
    }

    @Test("A further attempt of a replay that took over does not do it again")
    func doneBefore() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 35, events: 1000), by: 500)
        let first = test.ledger.directory.views.fold.current
        let rebuilt = try await Replay.rebuild(test.ledger, number: 7)
        let second = test.ledger.directory.views.fold.current
        #expect(first !== second)
        #expect(try await Replay.rebuild(test.ledger, number: 7, isResuming: true) == rebuilt)
        #expect(test.ledger.directory.views.fold.current === second)
        let gone = try await Replay.goBack(test.ledger, number: 8)
        #expect(test.ledger.directory.views.fold.current === first)
        #expect(try await Replay.goBack(test.ledger, number: 8, isResuming: true) == gone)
        #expect(test.ledger.directory.views.fold.current === first)
        // Another replay's note is none of its own; and what only the views have done is done for the index.
        let index = test.ledger.directory.index.fold.current
        try FileManager.default.removeItem(atPath: test.path + "/index/replay")
        #expect(try await Replay.goBack(test.ledger, number: 8, isResuming: true) == gone)
        #expect(test.ledger.directory.views.fold.current === first)
        #expect(test.ledger.directory.index.fold.current !== index)
        _ = try await Replay.goBack(test.ledger, number: 9, isResuming: true)
        #expect(test.ledger.directory.views.fold.current === second)
    }

    @Test("A half deleted directory is deleted at the next start")
    func halfDeleted() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        test.ledger.close()
        for name in ["views", "index"] {
            let path = "\(test.path)/\(name).deleted"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data([1]).write(to: URL(fileURLWithPath: path + "/lock.mdb"))
        }
        try test.reopen()
        let names = try FileManager.default.contentsOfDirectory(atPath: test.path)
        #expect(!names.contains { $0.hasSuffix(".deleted") })
    }

    @Test("What lies half built and is no database is begun anew")
    func spoiltNext() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 32, events: 300), by: 300)
        let digest = try await test.ledger.viewsDigest()
        for name in ["views", "index"] {
            let path = "\(test.path)/\(name).next"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
            try Data(repeating: 7, count: 9000).write(to: URL(fileURLWithPath: path + "/data.mdb"))
        }
        #expect(try await Replay.rebuild(test.ledger, isResuming: true).sha256 == digest.sha256)
    }

    @Test("Rows of an older readable version serve until those of the new one take over, which the start sees to")
    func olderVersion() async throws {
        let test = try TestLedger()
        let lines = TestProgramme.lines(seed: 33, events: 2000)
        await test.post(Array(lines[..<1000]), by: 500)
        let old = test.configuration.rowsVersion
        test.configuration.rowsVersion = old + 1
        test.configuration.readableRowsVersions = [old, old + 1]
        // Slow enough that the old rows take events before.
        test.configuration.replayPace = ReplayPace(cores: 1, sharePercent: 1)
        try test.restart()
        #expect(test.ledger.replays.isPending(.rebuild))
        #expect(test.ledger.directory.notices == [])
        let model = try test.ledger.status().readModels[0]
        #expect(model.version == old && model.isBeingReplaced == true)
        await test.post(Array(lines[1000...]), by: 500)
        let digest = try await test.ledger.viewsDigest()
        #expect(digest.position == test.ledger.head)
        try await ended(test)
        let after = try test.ledger.status().readModels[0]
        #expect(after.version == old + 1 && after.isBeingReplaced == false)
        #expect(try await test.ledger.viewsDigest() == digest)
        try test.restart()
        #expect(test.ledger.directory.views.version == old + 1)
        #expect(!test.ledger.replays.isPending(.rebuild))
        #expect(try await test.ledger.viewsDigest() == digest)
        // Going back goes back to the older rows.
        _ = try await Replay.goBack(test.ledger)
        #expect(test.ledger.directory.views.version == old)
        #expect(try await test.ledger.viewsDigest() == digest)
        // And the next start has them built anew again.
        try test.restart()
        try await ended(test)
        #expect(test.ledger.directory.views.version == old + 1)
    }

    @Test("What a rebuild left that nobody will go on with is deleted at the start")
    func leftOver() async throws {
        let test = try TestLedger()
        _ = await test.post([Event.registered("a", "ada")])
        test.ledger.close()
        try Replay.withDirectory(test) { directory in
            _ = try directory.views.fold.openNext(isResuming: false)
            _ = try directory.index.fold.openNext(isResuming: false)
        }
        try test.reopen()
        let names = try FileManager.default.contentsOfDirectory(atPath: test.path)
        #expect(!names.contains { $0.hasSuffix(".next") })
    }

    /// Waits for the end of the replays, all of which have to succeed.
    private func ended(_ test: TestLedger) async throws {
        while test.ledger.replays.isPending(.rebuild) { try await Task.sleep(for: .milliseconds(10)) }
        #expect(test.ledger.replays.all.allSatisfy { $0.state == .succeeded }, "\(test.ledger.replays.all)")
    }

    @Test("Rows of a version that is not readable are deleted and built anew")
    func unreadableVersion() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 34, events: 1000), by: 500)
        let digest = try await test.ledger.viewsDigest()
        test.configuration.rowsVersion += 1
        test.configuration.readableRowsVersions = [test.configuration.rowsVersion]
        try test.restart()
        #expect(test.ledger.directory.notices.count == 1)
        #expect(test.ledger.directory.views.version == test.configuration.rowsVersion)
        #expect(try await test.ledger.viewsDigest() == digest)
    }
}
