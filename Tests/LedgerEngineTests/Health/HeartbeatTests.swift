import Foundation
import LedgerStore
import Testing

@testable import LedgerEngine

struct HeartbeatTests {
    private static func reasons(_ ledger: Ledger) -> [String] {
        if case .notReady(let reasons) = ledger.readiness { reasons } else { [] }
    }

    @Test func aWriterThatHangsInASyncIsNoticedByItsMissingSignOfLifeAndComesBack() async throws {
        let gate = HangingLog.Gate()
        let test = try TestLedger({ $0.health.heartbeatSecondsMax = 5 }, wrapping: { HangingLog($0, gate) })
        #expect(test.ledger.readiness == .ready)
        gate.set(closed: true)
        async let posted = test.post([Event.registered("e1", "i1")])
        let began = ContinuousClock.now
        while Self.reasons(test.ledger).isEmpty, ContinuousClock.now - began < .seconds(120) {
            try await Task.sleep(for: .milliseconds(50))
        }
        let reasons = Self.reasons(test.ledger)
        #expect(reasons.count == 1)
        #expect(reasons.first?.hasPrefix("the writer has given no sign of life for 5 s") == true)
        #expect(ContinuousClock.now - began > .seconds(1), "it was silent for less than its bound")
        #expect(try test.ledger.status().troubles == reasons)
        #expect((test.ledger.writerSilenceNanoseconds ?? 0) >= 5_000_000_000)
        gate.set(closed: false)
        _ = try await posted.get()
        #expect(test.ledger.readiness == .ready)
    }

    @Test func aProjectorThatCannotGoOnIsNoticedAndNothingElseIs() throws {
        let beats = Heartbeats()
        #expect(beats.missing(secondsMax: 0).isEmpty, "nobody has begun")
        beats.beat(.projector)
        beats.beat(.indexer)
        beats.rest(.indexer)
        #expect(beats.missing(secondsMax: 0) == ["the projector has given no sign of life for 0 s (bound: 0 s)"])
        #expect(beats.missing(secondsMax: 1).isEmpty)
        #expect(beats.age(of: .indexer) == 0)
        #expect(beats.age(of: .writer) == nil)
    }

    @Test func everyThreadOfAnIdleLedgerKeepsGivingSignsOfLife() async throws {
        let test = try TestLedger()
        try await Task.sleep(for: .seconds(3))
        let status = try test.ledger.status()
        #expect(Set(status.heartbeats.map(\.component)) == Set(Heartbeats.Component.allCases))
        for beat in status.heartbeats { #expect(beat.ageNanoseconds < 30_000_000_000, "\(beat.component)") }
    }

    @Test func aRestoredLedgerIsNotReadyUntilItIsVerified() throws {
        let test = try TestLedger()
        try UnverifiedMark.set(test.path, text: "restored")
        #expect(Self.reasons(test.ledger).first?.contains("is not verified yet") == true)
        try UnverifiedMark.clear(test.path)
        #expect(test.ledger.readiness == .ready)
    }

    @Test func listsThatNobodyAsksForAreIdle() async throws {
        let test = try TestLedger()
        _ = try await test.post([Event.registered("e1", "i1")]).get()
        func isIdle() throws -> Bool? { try test.ledger.status().readModels.first { $0.name == "lists" }?.isIdle }
        #expect(try isIdle() == true)
        _ = test.ledger.lists.noteQuestion()
        #expect(try isIdle() == false)
    }
}
