import EventLog
import Glibc
import LedgerStore
import Testing

@Suite struct LedgerDirectoryTests {
    static let identity = "0123456789abcdef0123456789abcdef"
    let parent = TemporaryDirectory()
    var path: String { "\(parent.path)/ledger" }

    static var options: LedgerDirectoryOptions {
        var options = LedgerDirectoryOptions(viewsVersion: 1, newLedgerIdentity: identity)
        (options.logMapSizeBytes, options.viewsMapSizeBytes, options.indexMapSizeBytes) = (1 << 26, 1 << 26, 1 << 26)
        return options
    }

    func open(_ options: LedgerDirectoryOptions = Self.options) throws(StoreError) -> LedgerDirectory {
        try LedgerDirectory.open(path: path, options: options)
    }

    /// A ledger of `count` events whose head is noted, closed again.
    ///
    /// - Returns: the bytes in use in each file; the files are longer by the space reserved ahead.
    @discardableResult
    func makeLedger(count: Int = 300, recordedTime: Int64 = 1) throws -> [String: Int] {
        let directory = try open()
        try directory.log.append(try Fixture.batch(first: 1, count: count, recordedTime: recordedTime))
        try directory.views.checkpoint([("a", "1")], at: UInt64(count))
        let entry = IndexEntry(hash: Fixture.hash(1), position: Position(1))
        try directory.index.checkpoint(identity: [entry], stream: [entry], position: Position(UInt64(count)))
        try directory.noteHead()
        let used = [
            "log": Int(try directory.log.usage().usedBytes), "views": Int(try directory.views.usage().usedBytes),
            "index": Int(try directory.index.usage().usedBytes),
        ]
        directory.close()
        return used
    }

    func expectRefusal(_ refusal: Refusal, sourceLocation: SourceLocation = #_sourceLocation) {
        #expect(throws: StoreError.refused(path: path, refusal), sourceLocation: sourceLocation) { try open() }
    }

    @Test func `an absent directory is a first start`() throws {
        let directory = try open()
        #expect(directory.isFirstStart)
        #expect(directory.log.head == .beforeFirst)
        #expect(directory.marker == LedgerMarker(identity: Self.identity))
        #expect(Files.mode(path) == 0o750)
        #expect(Files.mode("\(path)/log") == 0o750)
        #expect(Files.text("\(path)/lock") == "\(getpid())\n")
        #expect(!Files.exists("\(path)/log.new"))
        #expect(directory.notices == [])
    }

    @Test func `an empty directory is a first start, even with what an interrupted one left`() throws {
        mkdir(path, 0o750)
        mkdir("\(path)/log.new", 0o750)
        Files.write("half", "\(path)/log.new/data.mdb")
        Files.write("format", "\(path)/LEDGER.new")
        #expect(try open().isFirstStart)
    }

    @Test func `a first start that ended between marker and log is finished`() throws {
        try open().close()
        rename("\(path)/log", "\(path)/log.new")
        let directory = try open()
        #expect(!directory.isFirstStart)
        #expect(directory.log.head == .beforeFirst)
    }

    @Test func `everything is there again at the next start`() throws {
        try makeLedger()
        let directory = try open()
        #expect(!directory.isFirstStart)
        #expect(directory.marker.identity == Self.identity)
        #expect(directory.marker.head == Position(300))
        #expect(directory.log.head == Position(300))
        #expect(directory.views.position == Position(300))
        #expect(directory.index.position == Position(300))
        #expect(try directory.views.snapshot().rows() == ["a=1"])
        #expect(directory.notices == [])
    }

    @Test func `a second opening is refused and names the process`() throws {
        let first = try open()
        #expect(throws: StoreError.inUse(path: path, processID: "\(getpid())")) { try open() }
        withExtendedLifetime(first) {}
    }

    @Test func `deleting views and index loses nothing`() throws {
        try makeLedger()
        for name in ["views", "index"] {
            for file in ["data.mdb", "lock.mdb"] { unlink("\(path)/\(name)/\(file)") }
            rmdir("\(path)/\(name)")
        }
        let directory = try open()
        #expect(directory.log.head == Position(300))
        #expect(directory.views.position == .beforeFirst)
        #expect(directory.index.position == .beforeFirst)
    }

    @Test func `foreign files are not written between`() throws {
        mkdir(path, 0o750)
        Files.write("x", "\(path)/notes.txt")
        expectRefusal(.foreignFiles(names: ["notes.txt"]))
        #expect(!Files.exists("\(path)/log"))
    }

    @Test func `a marker without a log is refused, and a log without a marker`() throws {
        try makeLedger()
        rename("\(path)/log", "\(path)/elsewhere")
        expectRefusal(.logMissing)
        rename("\(path)/elsewhere", "\(path)/log")
        rename("\(path)/LEDGER", "\(path)/elsewhere")
        expectRefusal(.markerMissing)
    }

    @Test func `a log without its file, of no bytes, cut off or foreign is refused`() throws {
        let used = try #require(try makeLedger()["log"])
        let file = "\(path)/log/data.mdb"
        let sound = Files.read(file)
        unlink(file)
        expectRefusal(.logMissing)
        Files.write([], file)
        expectRefusal(.logEmpty)
        for size in [100, 4096, 4200, used / 2, used - 1] {
            Files.write(Array(sound[..<size]), file)
            let failure = #expect(throws: StoreError.self) { try open() }
            guard case .refused(_, .logTruncated(UInt64(size), _)) = failure else {
                Issue.record("a log of \(size) bytes gave \(String(describing: failure))")
                continue
            }
        }
        Files.write([UInt8](repeating: 0x41, count: sound.count), file)
        expectRefusal(.logForeign(reason: "its first page is no meta page of LMDB 0.9"))
        Files.write(sound, file)
        #expect(try open().log.head == Position(300))
    }

    @Test func `an older log is refused, and one of another ledger`() throws {
        try makeLedger(count: 100)
        let older = Files.read("\(path)/log/data.mdb")
        let directory = try open()
        try directory.log.append(try Fixture.batch(first: 101, count: 50))
        try directory.noteHead()
        directory.close()
        let newer = Files.read("\(path)/log/data.mdb")
        let noted = try LedgerMarker(text: Files.text("\(path)/LEDGER"))
        #expect(noted.head == Position(150))
        let other = LedgerMarker(identity: Self.identity, head: noted.head, checksum: noted.checksum ^ 1)
        Files.write(older, "\(path)/log/data.mdb")
        expectRefusal(.logBehindMarker(head: Position(100), noted: Position(150)))
        Files.write(newer, "\(path)/log/data.mdb")
        Files.write(other.text, "\(path)/LEDGER")
        expectRefusal(
            .logOfAnotherLedger(position: Position(150), noted: other.checksum, found: noted.checksum))
    }

    @Test func `damaged and newer records are told apart`() throws {
        try makeLedger(count: 1)
        #expect(Files.injure("\(path)/log/data.mdb", after: "e-1/test") >= 1)
        let failure = #expect(throws: StoreError.self) { try open() }
        guard case .refused(_, .logDamaged(Position.first, .checksumMismatch)) = failure else {
            Issue.record("a flipped bit gave \(String(describing: failure))")
            return
        }
    }

    @Test func `a newer or unreadable marker is refused by its words`() throws {
        try makeLedger()
        Files.write("format: 2\nsomething: else\n", "\(path)/LEDGER")
        expectRefusal(.markerNewer(format: 2, known: 1))
        Files.write("format: 1\nledger: x\n", "\(path)/LEDGER")
        let failure = #expect(throws: StoreError.self) { try open() }
        #expect(failure?.description.contains("Restore the whole directory from one backup") == true)
    }

    @Test(arguments: ["views", "index"])
    func `folds that cannot be used are begun again`(name: String) throws {
        let used = try #require(try makeLedger()[name])
        let file = "\(path)/\(name)/data.mdb"
        let sound = Files.read(file)
        for injured in [[], Array(sound[..<(used - 1)]), [UInt8](repeating: 7, count: 9000)] {
            Files.write(injured, file)
            let directory = try open()
            let fold = name == "views" ? directory.views.position : directory.index.position
            #expect(fold == .beforeFirst)
            #expect(directory.notices.count == 1)
            #expect(directory.log.head == Position(300))
            directory.close()
        }
    }

    @Test func `views of another version are begun again`() throws {
        try makeLedger()
        var options = Self.options
        options.viewsVersion = 2
        let directory = try open(options)
        #expect(directory.views.position == .beforeFirst)
        #expect(directory.index.position == Position(300))
        #expect(directory.notices.count == 1)
    }

    @Test func `folds beyond the log's head are begun again`() throws {
        let directory = try open()
        try directory.log.append(try Fixture.batch(first: 1, count: 5))
        try directory.views.checkpoint([("a", "1")], at: 9)
        try directory.index.checkpoint(identity: [], stream: [], position: Position(9))
        directory.close()
        let again = try open()
        #expect(again.views.position == .beforeFirst)
        #expect(again.index.position == .beforeFirst)
        #expect(again.notices.count == 2)
    }

    @Test func `a bad identity for a new ledger is refused`() {
        var options = Self.options
        options.newLedgerIdentity = "ABC"
        #expect(throws: StoreError.self) { try open(options) }
    }
}
