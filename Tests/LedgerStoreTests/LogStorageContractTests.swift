import EventLog
import LedgerStore
import Testing

@Suite struct LogStorageContractTests {
    let directory = TemporaryDirectory()

    func make(_ implementation: Implementation) throws -> any LogStorage {
        switch implementation {
        case .lmdb: try LMDBLogStorage(path: directory.path, mapSizeBytes: 64 << 20, mapSizeBytesMax: 64 << 20)
        case .inMemory: InMemoryLogStorage()
        }
    }

    @Test("what was appended is read in order at dense positions", arguments: Implementation.allCases)
    func appendedIsRead(implementation: Implementation) throws {
        let log = try make(implementation)
        #expect(log.head == .beforeFirst)
        try log.append(try Fixture.batch(first: 1, count: 3))
        try log.append(try Fixture.batch(first: 4, count: 500))
        try log.append(try Fixture.batch(first: 504, count: 1))
        #expect(log.head == Position(504))
        var found: [String] = []
        var position = Position.first
        while true {
            let count = try log.read(from: position, limit: 256) { at, record in
                #expect(at.rawValue == UInt64(found.count + 1))
                found.append(Fixture.id(of: record))
                return .proceed
            }
            if count == 0 { break }
            position = position.advanced(by: count)
        }
        #expect(found == (1...504).map { "e-\($0)" })
    }

    @Test("a batch that leaves a gap or overlaps is refused", arguments: Implementation.allCases)
    func gapIsRefused(implementation: Implementation) throws {
        let log = try make(implementation)
        try log.append(try Fixture.batch(first: 1, count: 3))
        for first in [1, 3, 5] {
            #expect(throws: StoreError.notDense(head: Position(3), first: Position(UInt64(first)))) {
                try log.append(try Fixture.batch(first: first, count: 1))
            }
        }
        try log.append(try Fixture.batch(first: 4, count: 1))
        #expect(log.head == Position(4))
    }

    @Test("an empty batch changes nothing", arguments: Implementation.allCases)
    func emptyBatch(implementation: Implementation) throws {
        let log = try make(implementation)
        try log.append(try Fixture.batch(first: 1, count: 0))
        #expect(log.head == .beforeFirst)
        #expect(try log.read(from: .first, limit: 10) { _, _ in .proceed } == 0)
    }

    @Test("a read ends at its limit, at the head, or when told to", arguments: Implementation.allCases)
    func readEnds(implementation: Implementation) throws {
        let log = try make(implementation)
        try log.append(try Fixture.batch(first: 1, count: 10))
        #expect(try log.read(from: Position(3), limit: 4) { _, _ in .proceed } == 4)
        #expect(try log.read(from: Position(8), limit: 99) { _, _ in .proceed } == 3)
        #expect(try log.read(from: Position(11), limit: 99) { _, _ in .proceed } == 0)
        #expect(try log.read(from: .beforeFirst, limit: 99) { at, _ in at == Position(2) ? .stop : .proceed } == 2)
        #expect(try log.read(from: .first, limit: 0) { _, _ in .proceed } == 0)
    }

    @Test("one record is found by position, none beyond the head", arguments: Implementation.allCases)
    func oneRecord(implementation: Implementation) throws {
        let log = try make(implementation)
        try log.append(try Fixture.batch(first: 1, count: 10, dataSizeBytes: 3000))
        #expect(try log.withRecord(at: Position(7), Fixture.id) == "e-7")
        #expect(try log.withRecord(at: .beforeFirst, Fixture.id) == nil)
        #expect(try log.withRecord(at: Position(11), Fixture.id) == nil)
        #expect(try log.usage().usedBytes > 30_000)
    }

    @Test("readers on many threads see only whole batches", arguments: Implementation.allCases)
    func concurrentReaders(implementation: Implementation) async throws {
        let log = try make(implementation)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<4 {
                group.addTask {
                    while log.head < Position(2000) {
                        let head = log.head
                        let last = try log.withRecord(at: head, Fixture.id)
                        #expect(last == (head == .beforeFirst ? nil : "e-\(head)"))
                        #expect(head.rawValue % 20 == 0)
                        await Task.yield()
                    }
                }
            }
            group.addTask {
                for first in stride(from: 1, to: 2000, by: 20) {
                    try log.append(try Fixture.batch(first: first, count: 20))
                    await Task.yield()
                }
            }
            try await group.waitForAll()
        }
        #expect(log.head == Position(2000))
    }
}
