import CampaignDomain
import EventLog
import Foundation
import Testing

@testable import LedgerEngine

/// Jobs of replays: their order, their ends, and what of them outlives the ledger's end.
@Suite(.serialized)
struct ReplayCenterTests {
    private static let verify = ReplayRequest(.verify, pace: .unlimited(cores: 1))

    @Test func jobsRunOneAtATimeInTheOrderInWhichTheyCame() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let numbers = try (0..<3).map { _ in try test.ledger.replays.start(Self.verify).number }
        #expect(numbers == [1, 2, 3])
        for number in numbers {
            try await script.hasBegun(number)
            #expect(test.ledger.replays.all.filter { $0.state == .running }.map(\.number) == [number])
            script.finish(number)
        }
        try await script.hasEnded(3, test)
        #expect(test.ledger.replays.all.map(\.number) == [3, 2, 1])
        #expect(test.ledger.replays.all.allSatisfy { $0.state == .succeeded && $0.result == ScriptedWork.result })
    }

    @Test func whatARunningJobDoesAndFindsIsSeen() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let number = try test.ledger.replays.start(Self.verify).number
        try await script.hasBegun(number)
        let job = try #require(test.ledger.replays.job(number))
        #expect(job.state == .running && job.phase == .fold && job.attempt == 1)
        #expect(job.progress.done == 7 && job.progress.total == 10 && job.progress.position == Position(7))
        #expect(job.progress.findings == [ScriptedWork.finding])
        script.fail(number, ReplayFault.failed("the moon is full"))
        try await script.hasEnded(number, test)
        let ended = try #require(test.ledger.replays.job(number))
        #expect(ended.state == .failed && ended.error == "the moon is full" && ended.phase == nil)
        #expect(ended.progress.findings == [ScriptedWork.finding])
        #expect(script.discarded == [number])
    }

    @Test func aWaitingJobIsCalledOffAtOnceAndARunningOneAtItsNextPause() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let replays = test.ledger.replays
        for _ in 0..<2 { _ = try replays.start(Self.verify) }
        try await script.hasBegun(1)
        guard case .calledOff(let waiting) = try replays.callOffOrRemove(2, test.ledger) else {
            Issue.record("a job that waits was not called off")
            return
        }
        #expect(waiting.state == .cancelled && waiting.ended != nil)
        guard case .calledOff(let running) = try replays.callOffOrRemove(1, test.ledger) else {
            Issue.record("a job that runs was not called off")
            return
        }
        #expect(running.isCalledOff)
        try await script.hasEnded(1, test)
        #expect(replays.job(1)?.state == .cancelled && replays.job(1)?.error == nil)
        #expect(script.discarded == [1])
        #expect(script.begun == [1])
    }

    @Test func anEndedJobIsRemovedAndItsNumberNeverGivenAgain() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let number = try test.ledger.replays.start(Self.verify).number
        script.finish(number)
        try await script.hasEnded(number, test)
        guard case .removed = try test.ledger.replays.callOffOrRemove(number, test.ledger) else {
            Issue.record("a job that has ended was not removed")
            return
        }
        #expect(test.ledger.replays.job(number) == nil)
        #expect(throws: ReplayRefusal.notFound(number)) {
            try test.ledger.replays.callOffOrRemove(number, test.ledger)
        }
        try test.restart()
        #expect(test.ledger.replays.all.isEmpty)
        #expect(try test.ledger.replays.start(Self.verify).number == number + 1)
    }

    @Test func noMoreThanSixteenJobsWait() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        _ = try test.ledger.replays.start(Self.verify)
        try await script.hasBegun(1)
        for _ in 0..<ReplayCenter.waitingMax { _ = try test.ledger.replays.start(Self.verify) }
        #expect(throws: ReplayRefusal.busy(waiting: ReplayCenter.waitingMax)) {
            try test.ledger.replays.start(Self.verify)
        }
        // What was refused took no number, and room is made by calling one off.
        _ = try test.ledger.replays.callOffOrRemove(5, test.ledger)
        #expect(try test.ledger.replays.start(Self.verify).number == 18)
    }

    @Test func ofEndedJobsTheLastHundredAreKept() async throws {
        let script = ScriptedWork()
        script.finishesAll()
        let test = try script.ledger()
        test.ledger.close()
        for number in 1...UInt64(ReplayCenter.endedMax + 2) {
            var job = ReplayJob(number: number, request: Self.verify, created: .earliest)
            job.state = .failed
            job.ended = .earliest
            try Data(job.note.utf8).write(to: URL(fileURLWithPath: "\(test.path)/replays/\(number).job"))
        }
        try test.restart()
        let number = try test.ledger.replays.start(Self.verify).number
        try await script.hasEnded(number, test)
        #expect(test.ledger.replays.all.map(\.number) == (4...103).reversed().map { UInt64($0) })
        try test.restart()
        #expect(test.ledger.replays.all.count == ReplayCenter.endedMax)
    }

    @Test func aJobOfAKindIsNotStartedBesideOneThatIsPending() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let rebuild = ReplayRequest(.rebuild, pace: .unlimited(cores: 1))
        #expect(try test.ledger.replays.startUnlessPending(rebuild)?.number == 1)
        #expect(test.ledger.replays.isPending(.rebuild) && !test.ledger.replays.isPending(.verify))
        #expect(try test.ledger.replays.startUnlessPending(rebuild) == nil)
        script.finish(1)
        try await script.hasEnded(1, test)
        #expect(try test.ledger.replays.startUnlessPending(rebuild)?.number == 2)
    }

    @Test func pagesGoFromTheNewestToTheOldest() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        for _ in 0..<5 { _ = try test.ledger.replays.start(Self.verify) }
        var numbers: [UInt64] = []
        var before: UInt64?
        repeat {
            let page = test.ledger.replays.page(before: before, limit: 2)
            numbers += page.items.map(\.number)
            before = page.next.flatMap { UInt64($0) }
        } while before != nil
        #expect(numbers == [5, 4, 3, 2, 1])
    }

    // MARK: Across the ledger's end

    @Test func aJobThatRanWhenTheLedgerWasClosedIsTriedAgainThreeTimesInAll() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let number = try test.ledger.replays.start(Self.verify).number
        for attempt in 1...ReplayCenter.attemptsMax {
            try await script.hasBegun(number, times: attempt)
            #expect(test.ledger.replays.job(number)?.attempt == attempt)
            try test.restart()
        }
        let job = try #require(test.ledger.replays.job(number))
        #expect(job.state == .interrupted && job.attempt == 3 && job.ended != nil)
        #expect(job.error?.contains("3 attempts") == true)
        #expect(script.discarded.isEmpty, "what an interrupted attempt left is for the next")
        try test.restart()
        #expect(test.ledger.replays.job(number) == job)
    }

    @Test func aJobThatWaitedWaitsAgainAsItsFirstAttempt() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        for _ in 0..<2 { _ = try test.ledger.replays.start(Self.verify) }
        try await script.hasBegun(1)
        try test.restart()
        try await script.hasBegun(1, times: 2)
        #expect(test.ledger.replays.job(2)?.state == .waiting && test.ledger.replays.job(2)?.attempt == 1)
        script.finish(1)
        script.finish(2)
        try await script.hasEnded(2, test)
        #expect(test.ledger.replays.job(1)?.attempt == 2)
    }

    @Test func aJobThatWasCalledOffIsNotTriedAgain() async throws {
        let script = ScriptedWork(ignoresCalls: true)
        let test = try script.ledger()
        let number = try test.ledger.replays.start(Self.verify).number
        try await script.hasBegun(number)
        _ = try test.ledger.replays.callOffOrRemove(number, test.ledger)
        // As a crash leaves it: called off, and not ended.
        let file = "\(test.path)/replays/\(number).job"
        let text = try Data(contentsOf: URL(fileURLWithPath: file))
        script.finish(number)
        try await script.hasEnded(number, test)
        test.ledger.close()
        try text.write(to: URL(fileURLWithPath: file))
        try test.restart()
        try await script.hasEnded(number, test)
        let job = try #require(test.ledger.replays.job(number))
        #expect(job.state == .cancelled && script.begun == [number])
        #expect(script.discarded == [number], "what its attempt left is given up")
    }

    @Test func anEndedJobIsTheSameAfterARestart() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let question = WhatIfQuestion(
            policies: [.init(.tax, [2026, 200_000])], position: Position(0), at: Instant(microseconds: 5))
        let request = ReplayRequest(.whatif, pace: ReplayPace(cores: 2, sharePercent: 7), whatIf: question)
        let number = try test.ledger.replays.start(request).number
        script.finish(number)
        try await script.hasEnded(number, test)
        let before = try #require(test.ledger.replays.job(number))
        try test.restart()
        #expect(test.ledger.replays.job(number) == before)
        #expect(before.request == request)
    }

    @Test func aDamagedFileOfAJobIsSetAsideAndStopsNoStart() async throws {
        let script = ScriptedWork()
        script.finishesAll()
        let test = try script.ledger()
        for number: UInt64 in 1...4 {
            _ = try test.ledger.replays.start(Self.verify)
            try await script.hasEnded(number, test)
        }
        test.ledger.close()
        let folder = URL(fileURLWithPath: "\(test.path)/replays")
        var flipped = try Data(contentsOf: folder.appending(path: "1.job"))
        flipped[flipped.count / 2] ^= 1
        try flipped.write(to: folder.appending(path: "1.job"))
        try Data().write(to: folder.appending(path: "2.job"))
        try Data(repeating: 0xFF, count: 9 << 20).write(to: folder.appending(path: "4.job"))
        try Data("9".utf8).write(to: folder.appending(path: "7.changes"))
        try test.restart()
        #expect(test.ledger.replays.all.map(\.number) == [3])
        let names = try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
        #expect(names == ["1.job.damaged", "2.job.damaged", "3.job", "4.job.damaged", "LAST"])
        // A number stays that of the job whose file was damaged.
        #expect(try test.ledger.replays.start(Self.verify).number == 8)
    }

    @Test func aJobThatCannotBeNotedIsNotStarted() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        // A directory where the file is to be: no text can be put in its place.
        try FileManager.default.createDirectory(
            atPath: "\(test.path)/replays/1.job/x", withIntermediateDirectories: true)
        #expect {
            try test.ledger.replays.start(Self.verify)
        } throws: { error in
            guard case .storage(let text) = error as? ReplayRefusal else { return false }
            return text.contains("1.job")
        }
        #expect(test.ledger.replays.all.isEmpty)
        #expect(!test.ledger.replays.isPending(.verify))
    }

    // MARK: What a rebuild replaced

    @Test func theNewestRebuildKeepsWhatItReplacedUntilItIsRemoved() async throws {
        let script = ScriptedWork()
        script.finishesAll()
        let test = try script.ledger()
        for number: UInt64 in 1...2 {
            _ = try test.ledger.replays.start(ReplayRequest(.rebuild, pace: .unlimited(cores: 1)))
            try await script.hasEnded(number, test)
        }
        #expect(test.ledger.replays.all.map(\.keepsPrevious) == [false, false])
        let previous = "\(test.path)/views.previous"
        try FileManager.default.createDirectory(atPath: previous, withIntermediateDirectories: false)
        #expect(test.ledger.replays.all.map(\.keepsPrevious) == [true, false])
        guard case .removed = try test.ledger.replays.callOffOrRemove(1, test.ledger) else { return }
        #expect(script.removed.isEmpty)
        guard case .removed = try test.ledger.replays.callOffOrRemove(2, test.ledger) else { return }
        #expect(script.removed == [2])
        try FileManager.default.removeItem(atPath: previous)
    }

    @Test func whatARunningRebuildMayReplaceCannotBeRemovedMeanwhile() async throws {
        let script = ScriptedWork()
        let test = try script.ledger()
        let rebuild = ReplayRequest(.rebuild, pace: .unlimited(cores: 1))
        _ = try test.ledger.replays.start(rebuild)
        script.finish(1)
        try await script.hasEnded(1, test)
        let previous = "\(test.path)/index.previous"
        try FileManager.default.createDirectory(atPath: previous, withIntermediateDirectories: false)
        _ = try test.ledger.replays.start(rebuild)
        try await script.hasBegun(2)
        #expect(throws: ReplayRefusal.previousInUse(by: 2)) {
            try test.ledger.replays.callOffOrRemove(1, test.ledger)
        }
        script.finish(2)
        try await script.hasEnded(2, test)
        try FileManager.default.removeItem(atPath: previous)
    }
}
