import EventLog
import Foundation
import Testing

@testable import LedgerEngine

/// Replays that begin, say how far they are, and then wait for what the test tells them.
final class ScriptedWork: @unchecked Sendable {
    // @unchecked: everything that changes is behind `lock`.
    private let lock = NSLock()
    private var outcomes: [UInt64: Result<ReplayResult, any Error>] = [:]
    private var finishesEach = false
    private var begunNumbers: [UInt64] = []
    private var discardedNumbers: [UInt64] = []
    private var removedNumbers: [UInt64] = []
    private let ignoresCalls: Bool

    static let result = ReplayResult.rebuild(
        RebuildResult(position: Position(9), rows: 4, sha256: "ab", differences: 2))
    static let finding = ReplayFinding(
        .views, .different, position: Position(3), subject: "influencer/i-1", "one\ttwo\\n\r\nthree \u{301}")

    /// - Parameter ignoresCalls: works on when it is called off.
    init(ignoresCalls: Bool = false) {
        self.ignoresCalls = ignoresCalls
    }

    /// A ledger whose replays are these.
    func ledger() throws -> TestLedger {
        try TestLedger { $0.replayWork = { [self] _ in Work(script: self) } }
    }

    func finish(_ number: UInt64) { lock.withLock { outcomes[number] = .success(Self.result) } }

    func finishesAll() { lock.withLock { finishesEach = true } }

    func fail(_ number: UInt64, _ error: any Error) { lock.withLock { outcomes[number] = .failure(error) } }

    /// Numbers of jobs in the order in which attempts began.
    var begun: [UInt64] { lock.withLock { begunNumbers } }
    var discarded: [UInt64] { lock.withLock { discardedNumbers } }
    var removed: [UInt64] { lock.withLock { removedNumbers } }

    private static let waits = 1_000

    func hasBegun(_ number: UInt64, times: Int = 1) async throws {
        for _ in 0..<Self.waits where begun.count(where: { $0 == number }) < times {
            try await Task.sleep(for: .milliseconds(10))
        }
        try #require(begun.count { $0 == number } >= times, "replay \(number) has not begun \(times) times")
    }

    func hasEnded(_ number: UInt64, _ test: TestLedger) async throws {
        for _ in 0..<Self.waits where test.ledger.replays.job(number)?.state.isEnded != true {
            try await Task.sleep(for: .milliseconds(10))
        }
        try #require(test.ledger.replays.job(number)?.state.isEnded == true, "replay \(number) has not ended")
    }

    private struct Work: ReplayWork {
        let script: ScriptedWork

        func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
            progress.begin(.fold, total: 10)
            progress.advance(by: 7, to: Position(7))
            progress.find(ScriptedWork.finding)
            script.lock.withLock { script.begunNumbers.append(job.number) }
            while true {
                let outcome = script.lock.withLock { () -> Result<ReplayResult, any Error>? in
                    script.outcomes[job.number] ?? (script.finishesEach ? .success(ScriptedWork.result) : nil)
                }
                if let outcome { return try outcome.get() }
                if !script.ignoresCalls { try progress.rest(worked: 0) }
                usleep(1_000)
            }
        }

        func discard(_ ledger: Ledger, job: ReplayJob) {
            script.lock.withLock { script.discardedNumbers.append(job.number) }
        }

        func removeKept(_ ledger: Ledger, job: ReplayJob) throws {
            script.lock.withLock { script.removedNumbers.append(job.number) }
        }
    }
}
