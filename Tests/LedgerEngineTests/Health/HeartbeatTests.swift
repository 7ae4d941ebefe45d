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
        // Seconds go on between two looks, and on a busy machine others may be late too.
        func isTheWriters(_ reason: String) -> Bool {
            reason.hasPrefix("the writer has given no sign of life for ") && reason.hasSuffix("(bound: 5 s)")
        }
        while !Self.reasons(test.ledger).contains(where: isTheWriters), ContinuousClock.now - began < .seconds(120) {
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(Self.reasons(test.ledger).contains(where: isTheWriters))
        #expect(ContinuousClock.now - began > .seconds(3), "it was silent for less than its bound")
        #expect(try test.ledger.status().troubles.contains(where: isTheWriters))
        #expect((test.ledger.writerSilenceNanoseconds ?? 0) >= 5_000_000_000)
        gate.set(closed: false)
        _ = try await posted.get()
        #expect(!Self.reasons(test.ledger).contains(where: isTheWriters))
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
        let opened = ContinuousClock.now
        let test = try TestLedger()
        // A sign of life that is a second younger than the ledger was given after its start.
        func silent() throws -> [String] {
            let lived = ContinuousClock.now - opened
            return try test.ledger.status().heartbeats
                .filter { .nanoseconds(Int64($0.ageNanoseconds)) + .seconds(1) >= lived }.map { "\($0.component)" }
        }
        let all = Set(try test.ledger.status().heartbeats.map(\.component))
        #expect(all == Set(Heartbeats.Component.allCases))
        while try !silent().isEmpty, ContinuousClock.now - opened < .seconds(60) {
            try await Task.sleep(for: .milliseconds(100))
        }
        #expect(try silent() == [])
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
