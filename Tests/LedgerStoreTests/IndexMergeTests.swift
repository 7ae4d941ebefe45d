import EventLog
import Testing

@testable import LedgerStore

@Suite struct IndexMergeTests {
    let directory = TemporaryDirectory()

    func open() throws -> LMDBIndexStorage {
        try LMDBIndexStorage(path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
    }

    static func entries(_ range: ClosedRange<UInt64>) -> [IndexEntry] {
        range.map { IndexEntry(hash: Fixture.hash($0), position: Position($0)) }
    }

    @Test func `a merge of many segments goes on after reopening at any step`() throws {
        let runs = UInt64(IndexManifest.fanIn)
        let size: UInt64 = 165_000
        var index = try open()
        for run in 0..<runs {
            let range = run * size + 1...(run + 1) * size
            let stream = range.map { IndexEntry(hash: Fixture.hash($0 % 3), position: Position($0)) }
            try index.checkpoint(
                identity: Self.entries(range), stream: stream, position: Position(range.upperBound))
        }
        var steps = 0
        while try index.mergeStep() {
            steps += 1
            index.close()
            index = try open()
            try index.verify()
        }
        // 1,320,000 entries are 21 segments, two steps in each family; what is merged is deleted on the way.
        #expect(steps == 4)
        #expect(index.runCounts.identity == 1 && index.runCounts.stream == 1)
        let snapshot = try index.beginRead()
        #expect(try (0...2).map { try snapshot.streamCount(Fixture.hash($0).indexKey) } == [440_000, 440_000, 440_000])
        let missing = try stride(from: 1, through: runs * size, by: 997).filter {
            try snapshot.candidates(Fixture.hash($0).indexKey) != [$0]
        }
        #expect(missing.isEmpty)
        let late = try snapshot.positions(Fixture.hash(1).indexKey, after: 900_000, limit: 3)
        #expect(late == [900_001, 900_004, 900_007])
    }

    @Test func `small checkpoints for ever leave few runs`() throws {
        let index = try open()
        for number in 1...200 as ClosedRange<UInt64> {
            try index.checkpoint(
                identity: Self.entries(number...number), stream: [], position: Position(number))
            while try index.mergeStep() {}
            #expect(index.runCounts.identity < IndexManifest.fanIn)
        }
        try index.verify()
    }

    @Test func `large runs between small ones are merged all the same`() throws {
        let index = try open()
        var position: UInt64 = 0
        for step in 0..<48 {
            let count: UInt64 = step % 2 == 0 ? 20_000 : 1
            try index.checkpoint(
                identity: Self.entries(position + 1...position + count), stream: [],
                position: Position(position + count))
            position += count
            while try index.mergeStep() {}
        }
        #expect(index.runCounts.identity <= 2 * IndexManifest.fanIn)
        try index.verify()
    }

    @Test func `the filter lets few absent keys through and every present one`() {
        let keys = (1...60_000 as ClosedRange<UInt64>).map { Fixture.hash($0).high }
        let lines = BloomFilter.lines(for: keys.count)
        let filter = UnsafeMutableRawPointer.allocate(byteCount: lines * BloomFilter.lineSizeBytes, alignment: 64)
        defer { filter.deallocate() }
        filter.initializeMemory(as: UInt8.self, repeating: 0, count: lines * BloomFilter.lineSizeBytes)
        for key in keys { BloomFilter.insert(key, into: filter, lines: lines) }
        #expect(keys.allSatisfy { BloomFilter.mayContain($0, in: filter, lines: lines) })
        let passed = (1...100_000 as ClosedRange<UInt64>).filter {
            BloomFilter.mayContain(Fixture.hash(1 << 50 + $0).high, in: filter, lines: lines)
        }
        #expect(passed.count < 1500)
    }

    @Test(arguments: [0, 1, 100, 5000, 70_000])
    func `the fast sort agrees with the standard one`(count: Int) {
        var generator = SeededGenerator(seed: UInt64(count))
        var entries = (0..<count).map { position in
            let key = generator.next() >> (generator.next() % 64)
            return IndexEntry(key: key, value: UInt64(position) << IndexEntry.checkBits)
        }
        #expect(EntrySort.sorted(entries) == entries.sorted())
        entries.shuffle(using: &generator)
        #expect(EntrySort.sorted(entries) == entries.sorted())
    }
}
