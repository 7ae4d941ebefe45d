import EventLog
import Glibc
import LedgerEngine
import LedgerStore
import Testing

@testable import LedgerOperations

@Suite struct RestoreTests {
    let place = Place()
    var ledger: SmallLedger { SmallLedger(path: "\(place.path)/data") }
    var backup: String { "\(place.path)/backup" }
    var target: String { "\(place.path)/restored" }

    func makeBackup() throws {
        try ledger.add(500)
        _ = try ledger.backup(to: backup).run(watch: OperationWatch())
        try ledger.add(500)
        _ = try ledger.backup(to: backup).runIncremental(watch: OperationWatch())
    }

    func restore(_ watch: OperationWatch = OperationWatch()) throws -> Restore.Result {
        try Restore(backup: backup, target: target).run(watch: watch)
    }

    @Test func `a flipped bit in a record is found, and nothing is kept`() throws {
        try makeBackup()
        try flip(in: "\(backup)/log/data.mdb", after: #"{"n":333,"#)
        let fault = #expect(throws: OperationFault.self) { try restore() }
        #expect(fault?.description.contains("The record at position 333 is damaged") == true)
        #expect(fault?.description.hasSuffix("Nothing was kept in \(target); the backup is as it was.") == true)
        #expect(try FileSystem.names(in: target) == nil)
    }

    @Test func `records that are sound but not those of the manifest are found`() throws {
        try makeBackup()
        let other = SmallLedger(path: "\(place.path)/fork")
        try other.add(1_000, salt: "x")
        let marker = try #require(try LedgerMarker.read(directory: other.path))
        try marker.write(directory: backup)
        let bytes = try Place.contents(other.path)["log/data.mdb"]
        try write(try #require(bytes), "\(backup)/log/data.mdb")
        let fault = #expect(throws: OperationFault.self) { try restore() }
        #expect(fault?.description.contains("The records up to 500 in \(backup) are not those of its manifest") == true)
        #expect(try FileSystem.names(in: target) == nil)
    }

    @Test func `a log that was cut off or swapped is refused before anything is written`() throws {
        try makeBackup()
        let sound = try #require(try Place.contents(backup)["log/data.mdb"])
        // The file is longer than what it holds by the space reserved ahead.
        let used = try #require(try BackupManifest.read(directory: backup)).bytes
        try write(Array(sound[..<(Int(used) - 1)]), "\(backup)/log/data.mdb")
        let cut = #expect(throws: OperationFault.self) { try restore() }
        #expect(cut?.description.contains("is cut off") == true)
        let other = SmallLedger(path: "\(place.path)/other", identity: String(repeating: "f", count: 32))
        try other.add(2_000, salt: "x")
        try write(try #require(try Place.contents(other.path)["log/data.mdb"]), "\(backup)/log/data.mdb")
        let swapped = #expect(throws: OperationFault.self) { try restore() }
        #expect(swapped?.description.contains("An older or another ledger's log was put here") == true)
        #expect(try FileSystem.names(in: target) == nil)
    }

    @Test func `a restore that is called off leaves nothing`() throws {
        try makeBackup()
        let before = try Place.contents(backup)
        for step in [OperationStep.copy, .check] {
            var last: OperationStep?
            let fault = #expect(throws: OperationFault.self) {
                try restore(OperationWatch(report: { last = $0.step }, isCancelled: { last == step }))
            }
            #expect(fault == .cancelled("Nothing was kept in \(target); the backup is as it was."))
            #expect(try FileSystem.names(in: target) == nil)
        }
        #expect(try Place.contents(backup) == before)
    }

    @Test func `the half of a restore is refused by a start and begun again by a restore`() throws {
        try makeBackup()
        mkdir(target, 0o750)
        try UnverifiedMark.set(target, text: "x")
        mkdir("\(target)/log.new", 0o750)
        try write(Array("half".utf8), "\(target)/log.new/data.mdb")
        #expect(throws: StoreError.refused(path: target, .restoreUnfinished)) { try SmallLedger(path: target).open() }
        #expect(try restore().head == 1_000)
        #expect(try !UnverifiedMark.isSet(target))
    }

    @Test func `a ledger whose check was killed opens as unverified, and is not restored over`() throws {
        try makeBackup()
        _ = try restore()
        try UnverifiedMark.set(target, text: "x")
        let fault = #expect(throws: OperationFault.self) { try restore() }
        #expect(fault?.description.contains("whose check did not come to its end") == true)
        let opened = try SmallLedger(path: target).open()
        defer { opened.close() }
        #expect(opened.isUnverified)
        try opened.setVerified()
        #expect(!opened.isUnverified)
    }

    @Test func `what is no backup is said so`() throws {
        let absent = #expect(throws: OperationFault.self) { try restore() }
        #expect(absent?.description.contains("is no finished backup") == true)
        try makeBackup()
        try write(Array(#"{"format":2}"#.utf8), "\(backup)/MANIFEST")
        let newer = #expect(throws: OperationFault.self) { try restore() }
        #expect(newer?.description.contains("has format 2, and this program knows 1") == true)
        try write(Array("{".utf8), "\(backup)/MANIFEST")
        let unreadable = #expect(throws: OperationFault.self) { try restore() }
        #expect(unreadable?.description.contains("cannot be read as a manifest") == true)
    }

    private func write(_ bytes: [UInt8], _ path: String) throws {
        let descriptor = Glibc.open(path, O_WRONLY | O_CREAT | O_TRUNC, 0o640)
        defer { close(descriptor) }
        #expect(Glibc.write(descriptor, bytes, bytes.count) == bytes.count)
    }

    private func flip(in path: String, after text: String) throws {
        var bytes = try FileSystem.read(path, limit: 1 << 28)
        let needle = Array(text.utf8)
        let place = try #require(
            bytes.indices.first { bytes[$0] == needle[0] && bytes[$0...].prefix(needle.count).elementsEqual(needle) })
        bytes[place + needle.count] ^= 1
        try write(bytes, path)
    }
}
