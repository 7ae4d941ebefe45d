import EventLog
@testable import LedgerStore
import Testing

@Suite struct IndexStorageContractTests {
    let directory = TemporaryDirectory()

    func make(_ implementation: Implementation) throws -> any IndexStorage {
        switch implementation {
        case .lmdb: try LMDBIndexStorage(path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
        case .inMemory: InMemoryIndexStorage()
        }
    }

    @Test("a snapshot stays as it is until it is refreshed", arguments: Implementation.allCases)
    func snapshotStays(implementation: Implementation) throws {
        let index = try make(implementation)
        let snapshot = try index.beginRead()
        let entry = IndexEntry(hash: Fixture.hash(1), position: Position(1))
        try index.checkpoint(identity: [entry], stream: [entry], position: Position(3))
        #expect(index.position == Position(3))
        #expect(snapshot.position == .beforeFirst)
        #expect(try snapshot.candidates(entry.indexKey) == [])
        #expect(try snapshot.streamCount(entry.indexKey) == 0)
        try snapshot.refresh()
        #expect(snapshot.position == Position(3))
        #expect(try snapshot.candidates(entry.indexKey) == [1])
        #expect(try snapshot.streamCount(entry.indexKey) == 1)
        snapshot.end()
        #expect(try index.usage().readers == 0)
        #expect(try snapshot.candidates(entry.indexKey) == [])
        try snapshot.refresh()
        #expect(try snapshot.candidates(entry.indexKey) == [1])
    }

    @Test("a snapshot that cannot be refreshed keeps all that it knows")
    func refreshFails() throws {
        let index = try LMDBIndexStorage(
            path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30, readersMax: 2)
        let entry = IndexEntry(hash: Fixture.hash(1), position: Position(1))
        try index.checkpoint(identity: [entry], stream: [entry], position: Position(1))
        let snapshot = try index.beginRead()
        let other = try index.beginRead()
        #expect(throws: StoreError.tooManyReaders(maximum: 2)) { try snapshot.refresh() }
        #expect(snapshot.position == Position(1))
        #expect(try snapshot.candidates(entry.indexKey) == [1])
        #expect(try snapshot.streamCount(entry.indexKey) == 1)
        other.end()
        try snapshot.refresh()
        #expect(try snapshot.candidates(entry.indexKey) == [1])
    }

    @Test("entries outside their checkpoint are refused", arguments: Implementation.allCases)
    func entriesOutside(implementation: Implementation) throws {
        let index = try make(implementation)
        func entry(_ position: UInt64) -> IndexEntry {
            IndexEntry(hash: Fixture.hash(position), position: Position(position))
        }
        try index.checkpoint(identity: [entry(5)], stream: [], position: Position(5))
        for (at, position) in [(5, 6), (7, 6), (3, 4)] as [(UInt64, UInt64)] {
            #expect(throws: StoreError.self) {
                try index.checkpoint(identity: [], stream: [entry(at)], position: Position(position))
            }
        }
        try index.checkpoint(identity: [], stream: [], position: Position(9))
        #expect(index.position == Position(9))
    }

    @Test("check bits tell keys apart whose other bits agree", arguments: Implementation.allCases)
    func checkBits(implementation: Implementation) throws {
        let index = try make(implementation)
        let hashes = (0..<3).map { KeyHash(high: 42, low: UInt64($0)) }
        let entries = (1...30).map { IndexEntry(hash: hashes[$0 % 3], position: Position(UInt64($0))) }
        try index.checkpoint(identity: entries, stream: entries, position: Position(30))
        let snapshot = try index.beginRead()
        for (number, hash) in hashes.enumerated() {
            let expected = (1...30).filter { $0 % 3 == number }.map(UInt64.init)
            #expect(try snapshot.candidates(hash.indexKey) == expected)
            #expect(try snapshot.streamCount(hash.indexKey) == 10)
            #expect(try snapshot.positions(hash.indexKey, after: 0, limit: 100) == expected)
        }
        #expect(try snapshot.candidates(IndexKey(key: 42, check: 3)) == [])
    }

    @Test("a lookup stops when told to, and pages of a stream join", arguments: Implementation.allCases)
    func stopsAndPages(implementation: Implementation) throws {
        let index = try make(implementation)
        let key = Fixture.hash(1)
        for start in stride(from: 1, to: 100, by: 10) as StrideTo<UInt64> {
            let entries = (start..<start + 10).map { IndexEntry(hash: key, position: Position($0)) }
            try index.checkpoint(identity: entries, stream: entries, position: Position(start + 9))
        }
        let snapshot = try index.beginRead()
        var seen = 0
        try snapshot.identityCandidates(key.indexKey) { _ in
            seen += 1
            return seen == 15 ? .stop : .proceed
        }
        #expect(seen == 15)
        var positions: [UInt64] = []
        while true {
            let page = try snapshot.positions(key.indexKey, after: positions.last ?? 0, limit: 7)
            positions += page
            if page.isEmpty { break }
        }
        #expect(positions == Array(1...100))
        #expect(try snapshot.positions(key.indexKey, after: 0, limit: 0) == [])
        #expect(try snapshot.positions(key.indexKey, after: Position.indexable.rawValue, limit: 5) == [])
    }

    @Test(
        "random checkpoints and merges give what a dictionary gives", arguments: Implementation.allCases,
        [11, 12, 13] as [UInt64])
    func randomCheckpoints(implementation: Implementation, seed: UInt64) throws {
        let index = try make(implementation)
        var generator = SeededGenerator(seed: seed)
        var model = IndexModel()
        for _ in 0..<60 {
            let size = [0, 1, 10, 5000, 40_000].randomElement(using: &generator) ?? 0
            let (identity, stream) = model.grow(by: Int.random(in: 0...size, using: &generator), &generator)
            try index.checkpoint(identity: identity, stream: stream, position: model.position)
            for _ in 0..<Int.random(in: 0...4, using: &generator) { _ = try index.mergeStep() }
        }
        try index.verify()
        try model.compare(try index.beginRead(), "seed \(seed)")
        while try index.mergeStep() {}
        try index.verify()
        try model.compare(try index.beginRead(), "seed \(seed), merged")
        if let lmdb = index as? LMDBIndexStorage {
            // Fewer than a merge takes, on each of the two or three levels that so many entries have.
            let runsMax = 3 * (IndexManifest.fanIn - 1)
            #expect(lmdb.runCounts.identity <= runsMax && lmdb.runCounts.stream <= runsMax, "seed \(seed)")
            lmdb.close()
            let again = try LMDBIndexStorage(path: directory.path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
            #expect(again.position == model.position)
            try model.compare(try again.beginRead(), "seed \(seed), reopened")
        }
    }

    @Test("reset deletes all", arguments: Implementation.allCases)
    func resetDeletesAll(implementation: Implementation) throws {
        let index = try make(implementation)
        let entry = IndexEntry(hash: Fixture.hash(1), position: Position(1))
        try index.checkpoint(identity: [entry], stream: [entry], position: Position(1))
        try index.reset()
        #expect(index.position == .beforeFirst)
        #expect(try index.beginRead().candidates(entry.indexKey) == [])
        try index.checkpoint(identity: [entry], stream: [], position: Position(1))
        #expect(try index.beginRead().candidates(entry.indexKey) == [1])
    }
}

/// What an index should answer, by the simplest means.
struct IndexModel {
    var position = Position.beforeFirst
    var identity: [KeyHash: [UInt64]] = [:]
    var stream: [KeyHash: [UInt64]] = [:]

    /// Events that come next; about one identity in ten is one there was before, and there are few streams.
    mutating func grow(by count: Int, _ generator: inout SeededGenerator) -> ([IndexEntry], [IndexEntry]) {
        var entries: ([IndexEntry], [IndexEntry]) = ([], [])
        for _ in 0..<count {
            position = position.next
            let isOld = generator.next() % 10 == 0
            let id = Fixture.hash(isOld ? generator.next() % position.rawValue + 1 : position.rawValue)
            let streamHash = Fixture.hash(UInt64(1 << 40) + min(generator.next() % 50, generator.next() % 50))
            identity[id, default: []].append(position.rawValue)
            stream[streamHash, default: []].append(position.rawValue)
            entries.0.append(IndexEntry(hash: id, position: position))
            entries.1.append(IndexEntry(hash: streamHash, position: position))
        }
        if generator.next() % 2 == 0 { entries.0.shuffle(using: &generator) }
        return entries
    }

    func compare(_ snapshot: any IndexSnapshot, _ comment: Comment) throws {
        #expect(snapshot.position == position, comment)
        let wrong = try identity.filter { try snapshot.candidates($0.key.indexKey) != $0.value }
        #expect(wrong.isEmpty, comment)
        for (hash, positions) in stream {
            #expect(try snapshot.streamCount(hash.indexKey) == positions.count, comment)
            #expect(try snapshot.positions(hash.indexKey, after: 0, limit: .max) == positions, comment)
            let middle = positions[positions.count / 2]
            let rest = Array(positions.drop { $0 <= middle }.prefix(5))
            #expect(try snapshot.positions(hash.indexKey, after: middle, limit: 5) == rest, comment)
        }
        let absent = try (1...5000 as ClosedRange<UInt64>).filter { number in
            let key = Fixture.hash(1 << 50 + number).indexKey
            return try !snapshot.candidates(key).isEmpty || snapshot.streamCount(key) > 0
        }
        #expect(absent.isEmpty, comment)
        let present = identity.keys.prefix(3000).map(\.indexKey)
        let strangers = (1...5000 as ClosedRange<UInt64>).map { Fixture.hash(1 << 50 + $0).indexKey }
        let answers = snapshot.mayContain(present + strangers)
        #expect(answers.prefix(present.count).allSatisfy { $0 }, comment)
        // A filter lets about one in a hundred through, a run.
        #expect(answers.dropFirst(present.count).filter { $0 }.count < 1500, comment)
    }
}

extension IndexSnapshot {
    func mayContain(_ keys: [IndexKey]) -> [Bool] {
        var answers = [Bool](repeating: false, count: keys.count)
        keys.withUnsafeBufferPointer { keys in
            answers.withUnsafeMutableBufferPointer { identityMayContain(keys, $0) }
        }
        return answers
    }

    func candidates(_ key: IndexKey) throws -> [UInt64] {
        var positions: [UInt64] = []
        try identityCandidates(key) { position in
            positions.append(position.rawValue)
            return .proceed
        }
        return positions
    }

    func positions(_ key: IndexKey, after: UInt64, limit: Int) throws -> [UInt64] {
        try streamPositions(key, after: Position(after), limit: limit).map(\.rawValue)
    }
}
