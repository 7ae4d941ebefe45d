import EventLog
import LedgerStore
import Testing

@Suite struct ViewStorageContractTests {
    let directory = TemporaryDirectory()

    func make(_ implementation: Implementation) throws -> any ViewStorage {
        switch implementation {
        case .lmdb: try LMDBViewStorage(path: directory.path, viewsVersion: 1, mapSizeBytes: 1 << 30)
        case .inMemory: InMemoryViewStorage()
        }
    }

    @Test("rows and position of a checkpoint are seen together", arguments: Implementation.allCases)
    func checkpointIsSeen(implementation: Implementation) throws {
        let views = try make(implementation)
        let empty = try views.snapshot()
        try views.checkpoint([("a", "1"), ("b", "2")], at: 5)
        let first = try views.snapshot()
        try views.checkpoint([("a", "3"), ("aa", ""), ("c", "4")], at: 9)
        let second = try views.snapshot()
        #expect(views.position == Position(9))
        #expect([empty, first, second].map(\.position) == [Position(0), Position(5), Position(9)])
        #expect(try empty.rows() == [])
        #expect(try first.rows() == ["a=1", "b=2"])
        #expect(try second.rows() == ["a=13", "aa=", "b=2", "c=4"])
        #expect(try second.rows(from: "ab") == ["b=2", "c=4"])
        #expect(try second.rows(from: "d") == [])
        #expect(try second.keys(from: "aa") == ["aa", "b", "c"])
        #expect(try first.text("a") == "1")
        #expect(try second.text("aa") == "")
        #expect(try second.text("x") == nil)
        #expect(try second.text("") == nil)
    }

    @Test("pieces of a row come in the order in which they were appended", arguments: Implementation.allCases)
    func piecesAreInOrder(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1"), ("a", ""), ("a", "2"), ("b", "x")], at: 1)
        for number in 3...60 as ClosedRange<UInt64> {
            try views.checkpoint([("a", "\(number),")], at: number)
            while try views.mergeStep() {}
        }
        let expected = "12" + (3...60).map { "\($0)," }.joined()
        #expect(try views.snapshot().text("a") == expected)
        #expect(try views.snapshot().rows() == ["a=\(expected)", "b=x"])
    }

    @Test("a piece is never cut and the bytes stay as long as the snapshot", arguments: Implementation.allCases)
    func piecesAreWhole(implementation: Implementation) throws {
        let views = try make(implementation)
        let large = String(repeating: "l", count: ViewLimits.pieceSizeBytesMax)
        try views.checkpoint([("a", large), ("a", "s"), ("a", large), ("a", "t"), ("a", "u")], at: 1)
        for position in 2...9 as ClosedRange<UInt64> { try views.checkpoint([("a", "v")], at: position) }
        while try views.mergeStep() {}
        var held: [UnsafeRawBufferPointer] = []
        let snapshot = try views.snapshot()
        let isThere = try Array("a".utf8).withUnsafeBytes { try snapshot.forEachPiece(of: $0) { held.append($0) } }
        try views.checkpoint([("a", "w")], at: 10)
        try views.reset()
        try views.checkpoint([("a", large)], at: 3)
        let pieces = held.map { String(decoding: $0, as: UTF8.self) }
        #expect(isThere)
        #expect(pieces.joined() == large + "s" + large + "tu" + String(repeating: "v", count: 8))
        #expect(pieces.filter { $0 == large }.count == 2)
        #expect(pieces.allSatisfy { $0.utf8.count <= ViewLimits.pieceSizeBytesMax })
        withExtendedLifetime(snapshot) {}
    }

    @Test("a scan stops when told to", arguments: Implementation.allCases)
    func scanStops(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1"), ("b", "2"), ("c", "3")], at: 1)
        try views.checkpoint([("b", "2"), ("d", "3")], at: 2)
        var rows = 0
        var keys = 0
        let key: [UInt8] = []
        try key.withUnsafeBytes { key in
            try views.snapshot().scanRows(from: key) { _ in
                rows += 1
                return rows == 2 ? .stop : .proceed
            }
            try views.snapshot().scanKeys(from: key) { _ in
                keys += 1
                return keys == 3 ? .stop : .proceed
            }
        }
        #expect(rows == 2 && keys == 3)
    }

    @Test(
        "pieces out of order, too long, too many or of the past are refused whole", arguments: Implementation.allCases)
    func badPiecesAreRefused(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("m", "1")], at: 5)
        let long = String(repeating: "k", count: 512)
        let large = String(repeating: "v", count: ViewLimits.pieceSizeBytesMax)
        let tooMany = ViewLimits.checkpointSizeBytesMax / large.utf8.count
        let bad = [
            [("b", "1"), ("a", "2")], [("", "1")], [(long, "1")], [("a", "0"), ("b", large + "v")],
            Array(repeating: ("a", large), count: tooMany),
        ]
        for rows in bad {
            #expect(throws: StoreError.self) { try views.checkpoint(rows, at: 6) }
        }
        #expect(throws: StoreError.self) { try views.checkpoint([], at: 4) }
        #expect(throws: StoreError.self) { try views.checkpoint([("z", "1")], at: 5) }
        try views.checkpoint([], at: 5)
        #expect(try views.snapshot().rows() == ["m=1"])
        try views.checkpoint([], at: 6)
        #expect(views.position == Position(6))
        try views.checkpoint([(String(long.dropLast()), large)], at: 7)
        #expect(try views.snapshot().keys().count == 2)
    }

    @Test("reset deletes all and leaves older snapshots as they were", arguments: Implementation.allCases)
    func resetDeletesAll(implementation: Implementation) throws {
        let views = try make(implementation)
        try views.checkpoint([("a", "1")], at: 7)
        let before = try views.snapshot()
        try views.reset()
        #expect(views.position == .beforeFirst)
        #expect(try views.snapshot().rows() == [])
        #expect(try before.rows() == ["a=1"])
        try views.checkpoint([("b", "2")], at: 2)
        #expect(try views.snapshot().rows() == ["b=2"])
        #expect(try before.rows() == ["a=1"])
    }

    @Test(
        "random checkpoints and merges give what a dictionary gives", arguments: Implementation.allCases,
        [1, 2, 3] as [UInt64])
    func randomCheckpoints(implementation: Implementation, seed: UInt64) throws {
        let views = try make(implementation)
        var generator = SeededGenerator(seed: seed)
        var model = ViewModel()
        for step in 1...60 {
            let size = [0, 1, 10, 100, 600].randomElement(using: &generator) ?? 0
            let rows = model.grow(&generator, pieces: size, pieceSizeMax: step % 20 == 0 ? 20_000 : 1500)
            try views.checkpoint(rows, at: model.position)
            for _ in 0..<Int(generator.next() % 3) { _ = try views.mergeStep() }
        }
        try model.expectSame(try views.snapshot(), "seed \(seed)")
        try views.verify()
        while try views.mergeStep() {}
        try model.expectSame(try views.snapshot(), "seed \(seed), merged")
        try views.verify()
    }
}
