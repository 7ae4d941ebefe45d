import EventLog
import Foundation
import Glibc
import LedgerEngine
import LedgerStore
import Testing

@testable import LedgerOperations

@Suite struct BackupTests {
    let place = Place()
    var ledger: SmallLedger { SmallLedger(path: "\(place.path)/data") }
    var target: String { "\(place.path)/backup" }
    var restored: SmallLedger { SmallLedger(path: "\(place.path)/restored") }

    @Test func `a backup holds the records and says what they are`() throws {
        try ledger.add(700)
        let digest = try ledger.digest()
        let result = try ledger.backup(to: target).run(watch: OperationWatch())
        #expect(result.added == 700)
        #expect(result.noteFault == nil)
        #expect(result.manifest.ledger == SmallLedger.identity)
        #expect(result.manifest.head == 700)
        #expect(result.manifest.recordsSha256 == digest)
        #expect(result.manifest.parts.map { [$0.from, $0.to] } == [[1, 700]])
        #expect(result.manifest.parts[0].madeAt == "2025-11-24T16:00:00Z")
        #expect(try FileSystem.names(in: target) == ["LEDGER", "MANIFEST", "lock", "log"])
        #expect(try BackupManifest.read(directory: target) == result.manifest)
        #expect(try SmallLedger(path: target).digest() == digest)
        let last = try #require(try LastBackup.read(directory: ledger.path))
        #expect(last == LastBackup(seconds: 1_764_000_000, position: Position(700), path: target))
    }

    @Test func `a backup of a ledger without events is one too`() throws {
        try ledger.open().close()
        let result = try ledger.backup(to: target).run(watch: OperationWatch())
        #expect(result.manifest.head == 0)
        let again = try Restore(backup: target, target: restored.path).run(watch: OperationWatch())
        #expect(again.head == 0)
        try restored.add(3)
    }

    @Test func `increments add only what is new, and all of it restores`() throws {
        try ledger.add(300)
        _ = try ledger.backup(to: target).run(watch: OperationWatch())
        var rounds: [UInt64] = []
        for count in [1, 500, 30_000] {
            try ledger.add(count)
            rounds.append(try ledger.backup(to: target).runIncremental(watch: OperationWatch()).added)
        }
        #expect(rounds == [1, 500, 30_000])
        let none = try ledger.backup(to: target).runIncremental(watch: OperationWatch())
        #expect(none.added == 0)
        #expect(none.manifest.parts.map(\.to) == [300, 301, 801, 30_801, 30_801])
        #expect(none.manifest.parts[1].recordsSha256 == (try ledger.digest(through: 301)))
        let result = try Restore(backup: target, target: restored.path).run(watch: OperationWatch())
        #expect(result.head == 30_801)
        #expect(result.recordsSha256 == (try ledger.digest()))
        #expect(try restored.digest() == result.recordsSha256)
        #expect(try !UnverifiedMark.isSet(restored.path))
        let opened = try restored.open()
        #expect(opened.marker.identity == SmallLedger.identity)
        #expect(!opened.isUnverified)
        opened.close()
    }

    @Test func `an increment that was cut short is taken up where it ended`() throws {
        try ledger.add(100)
        let before = try ledger.backup(to: target).run(watch: OperationWatch()).manifest
        try ledger.add(50_000)
        var steps = 0
        let watch = OperationWatch(report: { _ in steps += 1 }, isCancelled: { steps >= 1 })
        let fault = #expect(throws: OperationFault.self) {
            try ledger.backup(to: target).runIncremental(watch: watch)
        }
        guard case .cancelled(let text) = fault else {
            Issue.record("a run that was called off gave \(String(describing: fault))")
            return
        }
        #expect(
            text == "What was added to the backup in \(target) is whole: it holds the events up to 20100, and "
                + "the next --incremental goes on there and reads all of it.")
        #expect(try BackupManifest.read(directory: target) == before)
        // What was added is restored too, though no manifest speaks of it yet.
        let partly = try Restore(backup: target, target: "\(place.path)/partly").run(watch: OperationWatch())
        #expect(partly.head == 20_100)
        let after = try ledger.backup(to: target).runIncremental(watch: OperationWatch())
        #expect(after.added == 30_000)
        #expect(after.manifest.head == 50_100)
        #expect(after.manifest.recordsSha256 == (try ledger.digest()))
    }

    @Test func `an increment that finds the backup damaged does not call it sound`() throws {
        try ledger.add(100)
        _ = try ledger.backup(to: target).run(watch: OperationWatch())
        let log = try LMDBLogStorage(readOnly: "\(target)/log", isAlone: true)
        let record = try #require(try log.withRecord(at: Position(5)) { Data($0.bytes) })
        log.close()
        let file = URL(fileURLWithPath: "\(target)/log/data.mdb")
        var bytes = try Data(contentsOf: file)
        let place = try #require(bytes.range(of: record))
        bytes[place.upperBound - 2] ^= 1
        try bytes.write(to: file)
        try ledger.add(10)
        let fault = #expect(throws: OperationFault.self) {
            try ledger.backup(to: target).runIncremental(watch: OperationWatch())
        }
        let text = "\(try #require(fault))"
        #expect(text.contains("5") && !text.contains("sound") && !text.contains("whole"), "\(text)")
    }

    @Test func `an increment of another ledger, of another history or of an older one is refused`() throws {
        try ledger.add(100)
        _ = try ledger.backup(to: target).run(watch: OperationWatch())
        let sound = try Place.contents(target)
        let other = SmallLedger(path: "\(place.path)/other", identity: String(repeating: "f", count: 32))
        try other.add(200)
        expect(other, says: "is a backup of ledger \(SmallLedger.identity)")
        let fork = SmallLedger(path: "\(place.path)/fork")
        try fork.add(200, salt: "x")
        expect(fork, says: "The event at position 100 is another one")
        let older = SmallLedger(path: "\(place.path)/older")
        try older.add(99)
        expect(older, says: "the ledger is older than its backup")
        #expect(try Place.contents(target) == sound)
    }

    private func expect(_ ledger: SmallLedger, says text: String, sourceLocation: SourceLocation = #_sourceLocation) {
        let fault = #expect(throws: OperationFault.self, sourceLocation: sourceLocation) {
            try ledger.backup(to: target).runIncremental(watch: OperationWatch())
        }
        #expect(
            fault?.description.contains(text) == true, "\(String(describing: fault))", sourceLocation: sourceLocation)
    }

    @Test func `a backup that is called off leaves nothing`() throws {
        try ledger.add(2_000)
        let before = try Place.contents(ledger.path)
        for isThere in [false, true] {
            if isThere { mkdir(target, 0o750) }
            for step in [OperationStep.copy, .check] {
                var last: OperationStep?
                let watch = OperationWatch(report: { last = $0.step }, isCancelled: { last == step })
                let fault = #expect(throws: OperationFault.self) { try ledger.backup(to: target).run(watch: watch) }
                #expect(fault == .cancelled("Nothing was kept in \(target); the ledger is as it was."))
                #expect(try FileSystem.names(in: target) == (isThere ? [] : nil))
            }
        }
        #expect(try Place.contents(ledger.path) == before)
    }

    @Test func `a backup that was killed is begun again, and nobody takes it for one`() throws {
        try ledger.add(20)
        mkdir(target, 0o750)
        mkdir("\(target)/log.new", 0o750)
        try FileSystem.replace("\(target)/log.new/data.mdb", temporary: "\(target)/t", with: "half")
        try FileSystem.replace("\(target)/UNFINISHED", temporary: "\(target)/t", with: "x")
        let refused = #expect(throws: OperationFault.self) {
            try Restore(backup: target, target: restored.path).run(watch: OperationWatch())
        }
        #expect(refused?.description.contains("is no finished backup") == true)
        #expect(throws: StoreError.refused(path: target, .isBackup)) { try SmallLedger(path: target).open() }
        #expect(try ledger.backup(to: target).run(watch: OperationWatch()).manifest.head == 20)
        #expect(try FileSystem.names(in: target) == ["LEDGER", "MANIFEST", "lock", "log"])
    }

    @Test func `a directory with anything else in it is left alone`() throws {
        try ledger.add(5)
        let other = SmallLedger(path: target)
        try other.add(9)
        let before = try Place.contents(target)
        let fault = #expect(throws: OperationFault.self) { try ledger.backup(to: target).run(watch: OperationWatch()) }
        #expect(fault?.description.contains("is not empty") == true)
        let restoring = SmallLedger(path: "\(place.path)/third")
        try restoring.add(1)
        _ = try restoring.backup(to: "\(place.path)/b3").run(watch: OperationWatch())
        let refused = #expect(throws: OperationFault.self) {
            try Restore(backup: "\(place.path)/b3", target: target).run(watch: OperationWatch())
        }
        #expect(refused?.description.contains("never restored over another") == true)
        #expect(try Place.contents(target) == before)
    }
}
