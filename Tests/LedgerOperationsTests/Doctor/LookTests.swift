import EventLog
import Glibc
import LedgerStore
import Testing

@testable import LedgerOperations

/// What is read from files and from the kernel.
@Suite struct LookTests {
    let place = Place()
    var ledger: SmallLedger { SmallLedger(path: "\(place.path)/data") }

    private func look(_ path: String) -> Installation {
        Installation.look(
            dataPath: path, socketPath: "\(place.path)/none", daemon: .absent, backupAgeSecondsMax: 3_600)
    }

    @Test func `a ledger without a daemon is read as it lies there, and left as it was`() throws {
        try ledger.add(30)
        let names = try FileSystem.names(in: ledger.path)
        let found = look(ledger.path)
        let glance = try #require(found.ledger.value)
        #expect(glance.identity == SmallLedger.identity)
        #expect(glance.head == Position(30))
        #expect(glance.newestRecorded != nil)
        #expect(glance.folds.map(\.name) == ["views", "index"])
        #expect(glance.folds.map(\.version) == [1, FoldLook.indexVersion])
        #expect(found.isUnverified == .seen(false))
        #expect(found.lastBackup == .absent)
        #expect(found.lock.value?.holder == nil)
        #expect(try FileSystem.names(in: ledger.path) == names)
        #expect(found.socket == .absent)
    }

    @Test func `who has the directory is found out without taking the lock`() throws {
        try ledger.add(1)
        let lock = try DirectoryLock(directory: ledger.path)
        let holder = try #require(look(ledger.path).lock.value?.holder)
        #expect(holder.processID == getpid())
        #expect(holder.userID == geteuid())
        lock.release()
        #expect(look(ledger.path).lock.value?.holder == nil)
        #expect(look(ledger.path).lock.value?.notedProcessID == getpid())
    }

    @Test func `a log that was cut off is a fault with what to do, and no crash`() throws {
        try ledger.add(30)
        #expect(truncate("\(ledger.path)/log/data.mdb", 4_096 * 3) == 0)
        let fault = try #require(look(ledger.path).ledger.value?.fault)
        #expect(fault.text.contains("\(ledger.path)") && !fault.advice.isEmpty)
        #expect(FormatCheck.findings(look(ledger.path)).map(\.verdict) == [.wrong])
    }

    @Test func `a read model that is gone is one that the next start builds`() throws {
        try ledger.add(3)
        try FileSystem.removeDirectory("\(ledger.path)/views")
        let folds = try #require(look(ledger.path).ledger.value?.folds)
        #expect(folds[0].position == nil && folds[1].position != nil)
    }

    @Test func `the note of a backup and the mark of a restore are read`() throws {
        try ledger.add(3)
        try LastBackup(seconds: 1_764_000_000, position: Position(3), path: "/b").write(directory: ledger.path)
        try UnverifiedMark.set(ledger.path, text: "restored\n")
        let found = look(ledger.path)
        #expect(found.lastBackup.value?.path == "/b")
        #expect(found.isUnverified == .seen(true))
    }

    @Test func `what is not there is absent`() {
        let found = look("\(place.path)/nothing")
        #expect(found.data == .absent)
        #expect(found.ledger == .absent)
        #expect(Doctor.findings(found).contains { $0.check == "data directory" && $0.verdict == .wrong })
    }

    @Test func `a line of the kernel's locks is about the file of that inode and device`() {
        let line: Substring = "3: FLOCK  ADVISORY  WRITE 1234 fe:01:393221 0 EOF"
        #expect(ProcessLook.heldBy(line, inode: 393_221, device: 0xFE01, nil) == 1_234)
        #expect(ProcessLook.heldBy(line, inode: 393_222, device: 0xFE01, nil) == nil)
        #expect(ProcessLook.heldBy(line, inode: 393_221, device: 0xFE02, nil) == nil)
        #expect(ProcessLook.heldBy(line, inode: 393_221, device: 0xFE02, 1_234) == 1_234)
        #expect(ProcessLook.heldBy("1: POSIX  ADVISORY  WRITE 1 fe:01:1 0 EOF", inode: 1, device: 0xFE01, nil) == nil)
        #expect(ProcessLook.heldBy("garbage", inode: 1, device: 1, nil) == nil)
    }

    @Test func `limits are read from the kernel's table`() {
        let lines: [Substring] = [
            "Limit                     Soft Limit           Hard Limit           Units     ",
            "Max file size             unlimited            unlimited            bytes     ",
            "Max open files            1024                 524288               files     ",
            "Max address space         8589934592           unlimited            bytes     ",
        ]
        #expect(
            ProcessLook.limits(lines, processID: 5, isDaemon: true)
                == LimitsGlance(
                    processID: 5, isDaemon: true, openFiles: 1_024, openFilesHard: 524_288,
                    addressSpaceBytes: 8_589_934_592, fileSizeBytes: nil))
    }

    @Test func `the state of a replay is read from its file`() {
        let glance = ReplayLook.glance(
            id: "7", ["format: 1", "kind: rebuild", "state: running", "attempt: 2", "checksum: 0"])
        #expect(glance == ReplayGlance(id: "7", kind: "rebuild", state: "running", attempt: 2, error: nil))
    }
}
