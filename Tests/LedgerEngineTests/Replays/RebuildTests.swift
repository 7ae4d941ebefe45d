import CampaignDomain
import EventLog
import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

/// Read models that are built anew while the old ones serve.
@Suite struct RebuildTests {
    @Test("While events and questions come, nothing is refused and no answer is another one", arguments: [1, 2])
    func underLoad(cores: Int) async throws {
        let lines = TestProgramme.lines(seed: 21, events: 12_000)
        let configure = { (configuration: inout LedgerConfiguration) in
            configuration.checkpointMilliseconds = 20
            configuration.checkpointBytesMax = 1 << 16
            configuration.indexCheckpointEvents = 500
        }
        let test = try TestLedger(configure)
        await test.post(Array(lines[..<4000]), by: 500)
        let then = test.ledger.head
        let expected = try await test.answers(at: then)
        let isDone = Flag()
        let posting = Task { await test.post(Array(lines[4000...]), by: 40) }
        let asking = Task { () async throws -> Int in
            var rounds = 0
            repeat {
                #expect(try await test.answers(at: then) == expected)
                rounds += 1
            } while !isDone.isSet
            return rounds
        }
        var results: [RebuildResult] = []
        let progress = ReplayProgress(pace: ReplayPace(cores: cores, sharePercent: 50))
        for _ in 0..<3 { results.append(try await Replay.rebuild(test.ledger, progress)) }
        await posting.value
        results.append(try await Replay.rebuild(test.ledger, progress))
        isDone.set()
        #expect(try await asking.value > 0)
        #expect(results.allSatisfy { $0.differences == 0 })
        #expect(progress.now.findings == [])
        // The control: the same events, nothing rebuilt.
        let control = try TestLedger(configure)
        await control.post(lines, by: 500)
        let digest = try await test.ledger.viewsDigest()
        #expect(digest == (try await control.ledger.viewsDigest()))
        #expect(results.last.map(\.sha256) == digest.sha256)
        #expect(try await test.answers(at: test.ledger.head) == control.answers(at: control.ledger.head))
        // Every identity is known to the index that took over, and after a start too.
        #expect(await test.post(Array(lines[..<6000])).receipt?.recorded == 0)
        try test.restart()
        #expect(try await test.ledger.viewsDigest() == digest)
        #expect(await test.post(Array(lines[3000..<9000])).receipt?.recorded == 0)
    }

    @Test("A damaged row is named, and what takes over is right")
    func damage() async throws {
        let test = try TestLedger()
        let lines = TestProgramme.lines(seed: 22, events: 500)
        await test.post(lines + [Event.fee("f1", "ada-of-the-damage", "fee-of-the-damage", "10.00")], by: 501)
        let digest = try await test.ledger.viewsDigest()
        test.ledger.close()
        let file = URL(fileURLWithPath: test.path + "/views/data.mdb")
        var bytes = try Data(contentsOf: file)
        var start = bytes.startIndex
        while let found = bytes.range(of: Data("fee-of-the-damage".utf8), in: start..<bytes.endIndex) {
            bytes[found.lowerBound] ^= 4
            start = found.upperBound
        }
        try bytes.write(to: file)
        try test.reopen()
        let damaged = try? await test.ledger.influencer("ada-of-the-damage", test.latest)
        #expect(damaged == nil)
        let progress = Replay.progress()
        let result = try await Replay.rebuild(test.ledger, progress)
        #expect(result.differences == 1)
        #expect(progress.now.findings.map(\.kind) == [.damaged])
        #expect(progress.now.findings.map(\.subject) == ["influencer/ada-of-the-damage"])
        #expect(try await test.ledger.influencer("ada-of-the-damage", test.latest) != nil)
        #expect(try await test.ledger.viewsDigest() == digest)
    }

    @Test("Rows that are missing, too many or other ones are named, and what takes over is right")
    func otherRows() async throws {
        let test = try TestLedger()
        _ = await test.post([
            Event.registered("a", "ada"), Event.fee("b", "bea", "1", "10.00"), Event.fee("c", "cid", "1", "1.00"),
        ])
        let digest = try await test.ledger.viewsDigest()
        // Of ada's event there is nothing; a campaign has somebody nobody knows.
        try test.spoilViews(key: "lc1\0ghost")
        let progress = Replay.progress()
        _ = try await test.ledger.viewsDigest()
        let result = try await Replay.rebuild(test.ledger, progress)
        #expect(
            progress.now.findings.map { "\($0.kind) \($0.subject ?? "-")" } == [
                "missing influencer/ada", "surplus campaign/c1 member ghost",
            ])
        #expect(result.differences == 2)
        #expect(try await test.ledger.viewsDigest() == digest)
    }

    @Test("A question goes on with the read models it began with")
    func questionsKeepToTheirs() async throws {
        let test = try TestLedger { $0.checkpointMilliseconds = 3_600_000 }
        _ = await test.post([Event.registered("a", "ada"), Event.fee("b", "bea", "1", "10.00")])
        try test.spoilViews(key: "lc1\0ghost")
        _ = await test.post([Event.fee("c", "cid", "1", "1.00")])
        let before = try await test.ledger.reading(test.latest)
        _ = try await Replay.rebuild(test.ledger)
        _ = await test.post([Event.fee("d", "bea", "2", "1.00")])
        _ = try await test.ledger.viewsDigest()
        #expect(try before.rows(.influencer, "ada").isEmpty)
        #expect(try before.allIdentifiers([ViewKeys.influencer]) == ["bea", "cid"])
        #expect(try before.rows(ofInfluencers: ["bea", "cid"]).allSatisfy { !$0.isEmpty })
        let after = try await test.ledger.reading(test.latest)
        #expect(try !after.rows(.influencer, "ada").isEmpty)
        #expect(try after.allIdentifiers([ViewKeys.influencer]) == ["ada", "bea", "cid"])
    }

    @Test("What a rebuild replaced can take over again, at once and after a start, until it is removed")
    func goesBack() async throws {
        let test = try TestLedger()
        let lines = TestProgramme.lines(seed: 23, events: 3000)
        await test.post(Array(lines[..<1000]), by: 500)
        #expect(test.ledger.keepsPrevious == false)
        await #expect(throws: ReplayFault.self) { _ = try await Replay.goBack(test.ledger) }
        _ = try await Replay.rebuild(test.ledger)
        #expect(test.ledger.keepsPrevious)
        await test.post(Array(lines[1000..<2000]), by: 500)
        #expect(try await Replay.goBack(test.ledger).differences == 0)
        #expect(test.ledger.keepsPrevious)
        await test.post(Array(lines[2000...]), by: 500)
        let digest = try await test.ledger.viewsDigest()
        try test.restart()
        #expect(try await Replay.goBack(test.ledger).sha256 == digest.sha256)
        #expect(try await test.ledger.viewsDigest() == digest)
        #expect(await test.post(lines).receipt?.recorded == 0)
        try test.ledger.discardPrevious()
        #expect(test.ledger.keepsPrevious == false)
        await #expect(throws: ReplayFault.self) { _ = try await Replay.goBack(test.ledger) }
        #expect(try await test.ledger.viewsDigest() == digest)
    }

    @Test("A rebuild that is called off changes nothing, and a later attempt goes on with what it built")
    func calledOff() async throws {
        let test = try TestLedger()
        await test.post(TestProgramme.lines(seed: 24, events: 3000), by: 500)
        let digest = try await test.ledger.viewsDigest()
        let progress = Replay.progress()
        progress.cancel()
        await #expect(throws: ReplayFault.cancelled) { _ = try await Replay.rebuild(test.ledger, progress) }
        #expect(test.ledger.keepsPrevious == false)
        #expect(try await test.ledger.viewsDigest() == digest)
        test.ledger.close()
        try Replay.withDirectory(test) { directory in
            let fold = FoldBeside(
                log: directory.log, views: try directory.views.fold.openNext(isResuming: true),
                tables: test.ledger.tables, progress: Replay.progress())
            try fold.fold(through: Position(2000))
        }
        try test.reopen()
        let resumed = Replay.progress()
        #expect(try await Replay.rebuild(test.ledger, resumed, isResuming: true).sha256 == digest.sha256)
        #expect(try await test.ledger.viewsDigest() == digest)
    }

    @Test("A rebuild that would fill the disk is not begun, and says how much is missing")
    func room() {
        let (mebi, gibi) = (UInt64(1) << 20, UInt64(1) << 30)
        #expect(Replacement.roomFault(needed: gibi, built: 0, free: gibi + 256 * mebi) == nil)
        #expect(Replacement.roomFault(needed: gibi, built: gibi, free: 256 * mebi) == nil)
        let fault = Replacement.roomFault(needed: gibi, built: 0, free: gibi)
        #expect(fault?.description.contains("1280 MiB") == true && fault?.description.contains("1024 MiB") == true)
    }

    @Test("Lists and register are worked out anew of what took over")
    func whatIsKeptInMemory() async throws {
        let test = try TestLedger { $0.listsFreshMilliseconds = 5000 }
        _ = await test.post([Event.fee("a", "ada", "1", "10.00"), Event.fee("b", "bea", "1", "10.00")])
        let expected = try await test.ledger.exceptions(ExceptionFilter(), test.latest, after: nil, limit: 10).value
            .items
        try test.spoilViews(key: "lc1\0ghost")
        let wrong = try await test.ledger.exceptions(ExceptionFilter(), test.latest, after: nil, limit: 10).value.items
        #expect("\(wrong)" != "\(expected)")
        _ = try await Replay.rebuild(test.ledger)
        let right = try await test.ledger.exceptions(ExceptionFilter(), test.latest, after: nil, limit: 10).value.items
        #expect("\(right)" == "\(expected)")
    }
}

/// Set once, seen by all.
final class Flag: @unchecked Sendable {
    // @unchecked: under the lock.
    private let lock = NSLock()
    private var value = false

    var isSet: Bool { lock.withLock { value } }

    func set() {
        lock.withLock { value = true }
    }
}
