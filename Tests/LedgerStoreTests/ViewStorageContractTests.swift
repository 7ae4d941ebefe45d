import EventLog
import LedgerStore
import Testing

@Suite struct ViewStorageContractTests {
    let directory = TemporaryDirectory()

    func make(_ implementation: Implementation) throws -> any ViewStorage {
        switch implementation {
        case .lmdb:
            try LMDBViewStorage(
                path: directory.path, viewsVersion: 1, mapSizeBytes: 64 << 20, mapSizeBytesMax: 64 << 20)
        case .inMemory: InMemoryViewStorage()
        }
    }

    @Test("rows and position of a checkpoint are seen together", arguments: Implementation.allCases)
    func checkpointIsSeen(implementation: Implementation) throws {
        let views = try make(implementation)
        let empty = try views.beginRead()
        try views.checkpoint([("a", "1"), ("b", "2")], at: 5)
        let first = try views.beginRead()
        try views.checkpoint([("a", "3"), ("aa", ""), ("c", "4")], at: 9)
        let second = try views.beginRead()
        #expect(views.position == Position(9))
        #expect([empty, first, second].map(\.position) == [Position(0), Position(5), Position(9)])
        #expect(try empty.rows(from: "") == [])
        #expect(try first.rows(from: "") == ["a=1", "b=2"])
        #expect(try second.rows(from: "") == ["a=3", "aa=", "b=2", "c=4"])
        #expect(try second.rows(from: "ab") == ["b=2", "c=4"])
        #expect(try second.rows(from: "d") == [])
        #expect(try first.text("a") == "1")
        #expect(try second.text("aa") == "")
        #expect(try second.text("x") == nil)
        #expect(try second.text("") == nil)
    }

    @Test("a scan stops when told to", arguments: Implementation.allCases)
    func scanStops(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1"), ("b", "2"), ("c", "3")], at: 1)
        var seen = 0
        let key: [UInt8] = []
        try key.withUnsafeBytes { key in
            try views.beginRead().scan(from: key) { _ in
                seen += 1
                return seen == 2 ? .stop : .proceed
            }
        }
        #expect(seen == 2)
    }

    @Test("rows out of order, with bad keys, or of the past are refused whole", arguments: Implementation.allCases)
    func badRowsAreRefused(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("m", "1")], at: 5)
        let long = String(repeating: "k", count: 512)
        let bad = [[("b", "1"), ("a", "2")], [("a", "1"), ("a", "2")], [("", "1")], [(long, "1")]]
        for rows in bad {
            #expect(throws: StoreError.self) { try views.checkpoint(rows, at: 6) }
        }
        #expect(throws: StoreError.self) { try views.checkpoint([("z", "1")], at: 4) }
        try views.checkpoint([(String(long.dropLast()), "1")], at: 6)
        #expect(try views.beginRead().rows(from: "").count == 2)
    }

    @Test("a snapshot that was ended throws, and ending it twice is harmless", arguments: Implementation.allCases)
    func endedSnapshot(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1")], at: 1)
        let snapshot = try views.beginRead()
        snapshot.end()
        snapshot.end()
        #expect(throws: StoreError.snapshotEnded) { try snapshot.text("a") }
        #expect(throws: StoreError.snapshotEnded) { try snapshot.rows(from: "") }
        #expect(try views.usage().readers == 0)
    }

    @Test("reset deletes all and leaves older snapshots as they were", arguments: Implementation.allCases)
    func resetDeletesAll(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1")], at: 7)
        let before = try views.beginRead()
        try views.reset()
        #expect(views.position == .beforeFirst)
        #expect(try views.beginRead().rows(from: "") == [])
        #expect(try before.rows(from: "") == ["a=1"])
        try views.checkpoint([("b", "2")], at: 2)
        #expect(try views.beginRead().rows(from: "") == ["b=2"])
    }

    @Test("random checkpoints give what a dictionary gives", arguments: Implementation.allCases, [1, 2, 3] as [UInt64])
    func randomCheckpoints(implementation: Implementation, seed: UInt64) throws {
        let views = try make(implementation)
        var generator = SeededGenerator(seed: seed)
        var model: [String: String] = [:]
        for step in 1...40 {
            var rows: [String: String] = [:]
            for _ in 0..<Int.random(in: 0...60, using: &generator) {
                let key = "k\(Int.random(in: 0...300, using: &generator))"
                rows[key] = String(repeating: "v", count: Int.random(in: 0...3000, using: &generator))
            }
            model.merge(rows) { $1 }
            try views.checkpoint(rows.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }, at: UInt64(step))
        }
        let expected = model.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        #expect(try views.beginRead().rows(from: "") == expected, "seed \(seed)")
    }
}

extension ViewStorage {
    /// A checkpoint of text rows, in the order given.
    func checkpoint(_ rows: [(String, String)], at position: UInt64) throws {
        let held = rows.map { row in [row.0, row.1].map(Self.copy) }
        defer { held.joined().forEach { $0.deallocate() } }
        let references = held.map {
            RowReference(key: UnsafeRawBufferPointer($0[0]), value: UnsafeRawBufferPointer($0[1]))
        }
        try checkpoint(rows: references, position: Position(position))
    }

    private static func copy(_ text: String) -> UnsafeMutableRawBufferPointer {
        let bytes = Array(text.utf8)
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        return memory
    }
}

extension ViewSnapshot {
    /// The rows from a key on, as "key=value".
    func rows(from key: String) throws -> [String] {
        var rows: [String] = []
        try Array(key.utf8).withUnsafeBytes { key in
            try scan(from: key) { row in
                rows.append(String(decoding: row.key, as: UTF8.self) + "=" + String(decoding: row.value, as: UTF8.self))
                return .proceed
            }
        }
        return rows
    }

    func text(_ key: String) throws -> String? {
        try Array(key.utf8).withUnsafeBytes { key in
            try withValue(for: key) { String(decoding: $0, as: UTF8.self) }
        }
    }
}
