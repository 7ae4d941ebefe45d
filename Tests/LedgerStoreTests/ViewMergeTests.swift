import EventLog
import Testing

@testable import LedgerStore

@Suite struct ViewMergeTests {
    let directory = TemporaryDirectory()
    /// Runs that become one.
    let fanIn = RunManifest<ViewSegmentReference>.fanIn

    func open(_ path: String? = nil) throws -> LMDBViewStorage {
        try LMDBViewStorage(path: path ?? directory.path, viewsVersion: 1, mapSizeBytes: 1 << 32)
    }

    /// What a start would find if the process were killed now: a copy of the file.
    func reopenedCopy() throws -> LMDBViewStorage {
        let copy = TemporaryDirectory()
        Files.write(Files.read("\(directory.path)/data.mdb"), "\(copy.path)/data.mdb")
        defer { withExtendedLifetime(copy) {} }
        return try open(copy.path)
    }

    /// Pieces of `sizeBytes` for `keys` rows, about 128 bytes more each.
    static func rows(keys: Int, sizeBytes: Int, _ letter: String) -> [(String, String)] {
        (0..<keys).map { number in
            ("iinf-" + String(1_000_000 + number), letter + String(repeating: "x", count: sizeBytes))
        }
    }

    @Test func `killed between any two steps, it has the rows of the position it stands at`() throws {
        let views = try open()
        var generator = SeededGenerator(seed: 5)
        var model = ViewModel()
        var steps = 0
        for _ in 0..<40 {
            try views.checkpoint(model.grow(&generator, pieces: 900, pieceSizeMax: 4000), at: model.position)
            try model.expectSame(try reopenedCopy().snapshot(), "after a checkpoint")
            while try views.mergeStep() {
                steps += 1
                let copy = try reopenedCopy()
                try copy.verify()
                try model.expectSame(try copy.snapshot(), "after step \(steps)")
            }
        }
        #expect(steps >= 5)
        #expect(views.runCount <= 2 * fanIn)
    }

    @Test func `a merge of several steps goes on after reopening, with checkpoints between`() throws {
        var views = try open()
        var expected: [String: String] = [:]
        var position: UInt64 = 0
        func checkpoint(_ rows: [(String, String)]) throws {
            position += 1
            try views.checkpoint(rows, at: position)
            for (key, value) in rows { expected[key, default: ""] += value }
        }
        for number in 0..<fanIn { try checkpoint(Self.rows(keys: 80_000 / fanIn, sizeBytes: 600, "\(number)")) }
        #expect(views.runCount == fanIn)
        var steps = 0
        while try views.mergeStep() {
            steps += 1
            #expect(!views.committed.busy(0).isEmpty || steps >= 4)
            try checkpoint([("iinf-1000007", "<\(steps)>"), ("new-\(steps)", "")])
            views.close()
            views = try open()
            try views.verify()
            let snapshot = try views.snapshot()
            let wrong = try expected.filter { try snapshot.text($0.key) != $0.value }
            #expect(wrong.isEmpty, "after step \(steps)")
        }
        #expect(steps == 4)
        #expect(views.runCount == 2)
        #expect(try views.snapshot().keys() == expected.keys.sorted())
    }

    @Test func `a row larger than a step is merged in steps, each piece whole and in order`() throws {
        let views = try open()
        var expected = ""
        for position in 1...UInt64(fanIn) {
            let pieces = (0..<3600 / fanIn).map { "[\(position).\($0)" + String(repeating: "-", count: 9_000) + "]" }
            expected += pieces.joined()
            try views.checkpoint([("a", "")] + pieces.map { ("hot", $0) } + [("z", "\(position)")], at: position)
        }
        var steps = 0
        repeat {
            let pieces = try views.snapshot().pieces("hot") ?? []
            #expect(pieces.joined() == expected)
            #expect(pieces.allSatisfy { $0.hasPrefix("[") && $0.hasSuffix("]") })
            #expect(try views.snapshot().keys() == ["a", "hot", "z"])
            steps += 1
        } while try views.mergeStep()
        #expect(steps >= 3)
        #expect(views.runCount == 1)
        // 9 pieces of 9 kB have 64 KiB or less in 7.
        #expect(try views.snapshot().pieces("hot")?.count ?? 0 < 700)
        try views.verify()
    }

    @Test func `small checkpoints for ever leave few runs, and need hardly a merge`() throws {
        let views = try open()
        var merges = 0
        for position in 1...600 as ClosedRange<UInt64> {
            let rows = (0..<20).map { ("i\(1000 + Int(position) * 7 % 500 + $0)", String(repeating: "x", count: 150)) }
            try views.checkpoint(rows, at: position)
            while try views.mergeStep() { merges += 1 }
            #expect(views.runCount <= 6)
        }
        #expect(merges <= 6)
        try views.verify()
    }

    @Test func `large runs between small ones are merged all the same`() throws {
        let views = try open()
        for position in 1...60 as ClosedRange<UInt64> {
            let keys = position % 3 == 0 ? 20_000 : Int(position) * 30
            try views.checkpoint(Self.rows(keys: keys, sizeBytes: 40, "p"), at: position)
            while try views.mergeStep() {}
        }
        #expect(views.runCount <= 10)
        #expect(try views.snapshot().text("iinf-1000000")?.utf8.count == 60 * 41)
        try views.verify()
    }

    @Test func `a large merge does not hold up the small ones`() throws {
        let views = try open()
        let count = UInt64(fanIn)
        for position in 1...count {
            try views.checkpoint(Self.rows(keys: 240_000 / fanIn, sizeBytes: 250, "a"), at: position)
        }
        #expect(try views.mergeStep())
        let large = views.committed.busy(0)
        for position in count + 1...2 * count {
            try views.checkpoint(Self.rows(keys: 40_000 / fanIn, sizeBytes: 150, "b"), at: position)
        }
        #expect(try views.mergeStep())
        #expect(views.committed[0].filter { large.contains($0.number) }.count == fanIn + 1)
        #expect(views.committed[0].filter { !large.contains($0.number) }.count == 1)
        try views.verify()
        #expect(try views.snapshot().text("iinf-1000001")?.utf8.count == fanIn * (251 + 151))
        while try views.mergeStep() {}
        #expect(try views.snapshot().text("iinf-1000001")?.utf8.count == fanIn * (251 + 151))
    }

    @Test func `pages are used again: the file holds little more than the rows`() throws {
        let views = try open()
        for position in 1...32 as ClosedRange<UInt64> {
            try views.checkpoint(Self.rows(keys: 20_000, sizeBytes: 100, "a"), at: position)
            while try views.mergeStep() {}
        }
        let live = views.committed[0].reduce(0) { $0 + $1.size }
        #expect(live > 60 << 20)
        #expect(Double(try views.usage().usedBytes) < 1.7 * Double(live))
    }

    @Test func `readers on other threads see whole checkpoints only, whatever is merged meanwhile`() async throws {
        let views = try open()
        let rounds: UInt64 = 60
        try await withThrowingTaskGroup(of: Void.self) { group in
            for reader in 0..<3 {
                group.addTask {
                    while views.position < Position(rounds) {
                        let snapshot = try views.snapshot()
                        let expected = String((0..<snapshot.position.rawValue).map { _ in "x" })
                        for number in stride(from: reader, to: 3000, by: 37) {
                            #expect(try snapshot.text("k\(number)") ?? "" == expected)
                        }
                        let keys = try snapshot.keys()
                        #expect(keys.isEmpty || keys.count == 3000)
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                let rows = (0..<3000).map { ("k\($0)", "x") }.sorted { $0.0 < $1.0 }
                for position in 1...rounds {
                    try views.checkpoint(rows, at: position)
                    while try views.mergeStep() {}
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        #expect(try views.usage().readers == 0)
    }

    @Test func `a commit that could not be made visible is so at the next call, and counts once`() throws {
        let views = try LMDBViewStorage(
            path: directory.path, viewsVersion: 1, mapSizeBytes: 1 << 30, readersMax: 2)
        let first = try views.snapshot()
        try views.checkpoint([("a", "1")], at: 1)
        #expect(throws: StoreError.tooManyReaders(maximum: 2)) { try views.checkpoint([("a", "2")], at: 2) }
        #expect(views.position == Position(1))
        #expect(try views.snapshot().text("a") == "1")
        #expect(throws: StoreError.tooManyReaders(maximum: 2)) { try views.checkpoint([("a", "2")], at: 2) }
        #expect(try first.text("a") == nil)
        withExtendedLifetime(first) {}
    }

    @Test func `once a snapshot is let go the commit that waited is made visible`() throws {
        let views = try LMDBViewStorage(
            path: directory.path, viewsVersion: 1, mapSizeBytes: 1 << 30, readersMax: 2)
        var first: (any ViewSnapshot)? = try views.snapshot()
        try views.checkpoint([("a", "1")], at: 1)
        #expect(throws: StoreError.tooManyReaders(maximum: 2)) { try views.checkpoint([("a", "2")], at: 2) }
        #expect(first?.position == .beforeFirst)
        first = nil
        try views.checkpoint([("a", "2")], at: 2)
        #expect(try views.snapshot().text("a") == "12")
        try views.checkpoint([("a", "3")], at: 3)
        #expect(try views.snapshot().text("a") == "123")
    }

    @Test func `usage counts the snapshots that later commits have left behind`() throws {
        let views = try open()
        var held: (any ViewSnapshot)? = try views.snapshot()
        #expect(try views.usage().readers == 0)
        try views.checkpoint([("a", "1")], at: 1)
        try views.checkpoint([("a", "2")], at: 2)
        #expect(held?.position == .beforeFirst)
        #expect(try views.usage().readers == 1)
        #expect(try views.usage().oldestReaderAgeNanoseconds > 0)
        held = nil
        #expect(try views.usage().readers == 0)
        #expect(try views.usage().oldestReaderAgeNanoseconds == 0)
    }

    @Test func `after closing there are no snapshots, and a held one keeps the environment open`() throws {
        let views = try open()
        try views.checkpoint([("a", "1")], at: 1)
        let held = try views.snapshot()
        #expect(!views.close())
        #expect(throws: StoreError.snapshotEnded) { _ = try views.snapshot() }
        #expect(try held.text("a") == "1")
    }
}
