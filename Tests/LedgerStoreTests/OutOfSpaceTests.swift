import EventLog
import Glibc
import LMDB
import Testing

@testable import LedgerStore

@Suite(.serialized) struct OutOfSpaceTests {
    let directory = TemporaryDirectory()

    static func appendUntilFull(_ log: LMDBLogStorage, recordsMax: Int) throws -> StoreError? {
        do throws(StoreError) {
            while log.head.rawValue < UInt64(recordsMax) {
                let batch: RecordBatch
                do {
                    batch = try Fixture.batch(first: Int(log.head.rawValue) + 1, count: 50, dataSizeBytes: 1000)
                } catch {
                    throw .invalidRequest("\(error)")
                }
                try log.append(batch)
            }
            return nil
        } catch {
            return error
        }
    }

    static func countReadable(_ log: LMDBLogStorage) throws -> Int {
        var count = 0
        while true {
            let lent = try log.read(from: Position(UInt64(count + 1)), limit: 256) { _, _ in .proceed }
            if lent == 0 { return count }
            count += lent
        }
    }

    @Test func `a map of 1 MiB grows as far as it may, then the log is full but readable`() throws {
        let log = try LMDBLogStorage(path: directory.path, mapSizeBytes: 1 << 20, mapSizeBytesMax: 4 << 20)
        let failure = try Self.appendUntilFull(log, recordsMax: 100_000)
        #expect(failure == .outOfSpace(.map, place: directory.path))
        #expect(try log.usage().mapSizeBytes == 4 << 20)
        #expect(log.head.rawValue > 2000)
        #expect(try Self.countReadable(log) == Int(log.head.rawValue))
        try log.grow(mapSizeBytes: 8 << 20)
        let head = log.head
        try log.append(try Fixture.batch(first: Int(head.rawValue) + 1, count: 50, dataSizeBytes: 1000))
        #expect(log.head == head.advanced(by: 50))
        #expect(try Self.countReadable(log) == Int(log.head.rawValue))
    }

    @Test func `the map grows while others read`() async throws {
        let log = try LMDBLogStorage(path: directory.path, mapSizeBytes: 1 << 20, mapSizeBytesMax: 64 << 20)
        try log.append(try Fixture.batch(first: 1, count: 50, dataSizeBytes: 1000))
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<3 {
                group.addTask {
                    while log.head < Position(20_000) {
                        let lent = try log.read(from: .first, limit: 50) { _, _ in .proceed }
                        #expect(lent == 50)
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                let failure = try Self.appendUntilFull(log, recordsMax: 20_000)
                #expect(failure == nil)
            }
            try await group.waitForAll()
        }
        #expect(try log.usage().mapSizeBytes > 16 << 20)
    }

    @Test func `views whose map is full refuse a checkpoint whole and stay readable`() throws {
        let views = try LMDBViewStorage(path: directory.path, viewsVersion: 1, mapSizeBytes: 2 << 20)
        let large = String(repeating: "v", count: 60_000)
        try views.checkpoint((0..<10).map { ("k\($0)", large) }, at: 1)
        let more = (10..<60).map { ("k\($0)", large) }
        #expect(throws: StoreError.outOfSpace(.map, place: directory.path)) { try views.checkpoint(more, at: 2) }
        #expect(views.position == Position(1))
        #expect(try views.snapshot().keys().count == 10)
        try views.checkpoint([("k0", "!")], at: 2)
        #expect(try views.snapshot().text("k0") == large + "!")
    }

    @Test func `the index grows its map too`() throws {
        let index = try LMDBIndexStorage(path: directory.path, mapSizeBytes: 1 << 20, mapSizeBytesMax: 64 << 20)
        let entries = (1...200_000 as ClosedRange<UInt64>).map {
            IndexEntry(hash: Fixture.hash($0), position: Position($0))
        }
        try index.checkpoint(identity: entries, stream: entries, position: Position(200_000))
        try index.verify()
        #expect(try index.beginRead().candidates(entries[77].indexKey) == [78])
    }

    @Test(.enabled(if: TemporaryFileSystem.isPossible, "needs root, to mount a tmpfs of 4 MiB"))
    func `a full disk refuses appends, keeps what was acknowledged, and appends again when there is room`() throws {
        let disk = try #require(TemporaryFileSystem(at: directory.path, sizeBytes: 4 << 20))
        defer { disk.unmount() }
        let log = try LMDBLogStorage(path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
        Files.write([UInt8](repeating: 1, count: 1 << 20), "\(directory.path)/ballast")
        let failure = try Self.appendUntilFull(log, recordsMax: 100_000)
        #expect(failure == .outOfSpace(.disk, place: directory.path))
        let head = log.head
        #expect(head.rawValue > 500)
        #expect(try Self.countReadable(log) == Int(head.rawValue))
        unlink("\(directory.path)/ballast")
        try log.append(try Fixture.batch(first: Int(head.rawValue) + 1, count: 50, dataSizeBytes: 1000))
        log.close()
        let again = try LMDBLogStorage(path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
        #expect(again.head == head.advanced(by: 50))
        #expect(try Self.countReadable(again) == Int(again.head.rawValue))
        again.close()
    }

    @Test(.enabled(if: TemporaryFileSystem.isPossible, "needs root, to mount a tmpfs of 8 MiB"))
    func `a full disk refuses checkpoints and merges of views, which go on when there is room`() throws {
        let disk = try #require(TemporaryFileSystem(at: directory.path, sizeBytes: 8 << 20))
        defer { disk.unmount() }
        let views = try LMDBViewStorage(path: directory.path, viewsVersion: 1, mapSizeBytes: 1 << 30)
        Files.write([UInt8](repeating: 1, count: 2 << 20), "\(directory.path)/ballast")
        let rows = (0..<24).map { ("k\(10 + $0)", String(repeating: "v", count: 50_000)) }
        var position: UInt64 = 0
        let failure = #expect(throws: StoreError.self) {
            while position < 20 {
                try views.checkpoint(rows, at: position + 1)
                position += 1
                while try views.mergeStep() {}
            }
        }
        #expect(failure == .outOfSpace(.disk, place: directory.path))
        #expect((2...5).contains(position))
        #expect(try views.snapshot().text("k20")?.utf8.count == Int(position) * 50_000)
        unlink("\(directory.path)/ballast")
        try views.checkpoint(rows, at: position + 1)
        #expect(try views.snapshot().text("k20")?.utf8.count == Int(position + 1) * 50_000)
        try views.verify()
        views.close()
    }

    @Test func `after any other failure of a commit no append succeeds, and reads still do`() throws {
        let log = try LMDBLogStorage(path: directory.path, mapSizeBytes: 8 << 20, mapSizeBytesMax: 8 << 20)
        try log.append(try Fixture.batch(first: 1, count: 5))
        let broken = LMDBError(code: EIO, operation: "mdb_txn_commit")
        #expect(throws: StoreError.fatal(operation: "appending", cause: broken.description)) {
            try log.store.write("appending", sizeBytes: 0) { (_) throws(LMDBError) in throw broken }
        }
        let refusal = #expect(throws: StoreError.self) { try log.append(try Fixture.batch(first: 6, count: 1)) }
        guard case .fatal = refusal else {
            Issue.record("the append after a failed commit gave \(String(describing: refusal))")
            return
        }
        #expect(log.head == Position(5))
        #expect(try Self.countReadable(log) == 5)
    }
}

/// A small file system in memory, mounted for one test.
struct TemporaryFileSystem {
    let path: String

    static var isPossible: Bool {
        let directory = TemporaryDirectory()
        guard let probe = TemporaryFileSystem(at: directory.path, sizeBytes: 1 << 20) else { return false }
        probe.unmount()
        return true
    }

    init?(at path: String, sizeBytes: Int) {
        guard mount("tmpfs", path, "tmpfs", 0, "size=\(sizeBytes)") == 0 else { return nil }
        self.path = path
    }

    func unmount() {
        umount2(path, Int32(MNT_DETACH))
    }
}
