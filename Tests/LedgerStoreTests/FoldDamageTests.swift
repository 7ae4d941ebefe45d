import EventLog
import Testing

@testable import LedgerStore

/// Flipped bits in views/ and index/: an error, never an answer. LMDB has no checksums, so these are the store's own.
///
/// Only bytes that the store wrote are injured; what LMDB makes of a damaged tree is LMDB's.
@Suite struct FoldDamageTests {
    let directory = TemporaryDirectory()

    /// A closed fold's file with some of its bytes changed, in a directory of its own.
    struct Injured {
        let directory = TemporaryDirectory()
        let sound: [UInt8]

        /// Puts `wanted`, where it lies in the sound file, with one bit flipped.
        func flip(_ bit: Int, of wanted: Range<Int>) {
            var bytes = sound
            bytes[wanted.lowerBound + bit / 8] ^= 1 << UInt8(bit % 8)
            Files.write(bytes, "\(directory.path)/data.mdb")
        }
    }

    /// Where `wanted` lies in `bytes`: the last place, which is the committed one.
    static func place(of wanted: [UInt8], in bytes: [UInt8]) throws -> Range<Int> {
        let head = Array(wanted.prefix(64))
        for start in stride(from: bytes.count - wanted.count, through: 0, by: -1) where bytes[start] == head[0] {
            if bytes[start..<start + head.count].elementsEqual(head),
                bytes[start..<start + wanted.count].elementsEqual(wanted)
            {
                return start..<start + wanted.count
            }
        }
        throw StoreError.invalidRequest("the bytes are not in the file")
    }

    static let rows: [(String, String)] = (0..<60).map { ("iinf-\(1000 + $0 * 3)", "value-\($0)") }

    func makeViews() throws -> (injured: Injured, segment: Range<Int>, row: Range<Int>, meta: Range<Int>) {
        let views = try openViews(directory.path)
        try views.checkpoint(Self.rows, at: 7)
        let generation = try views.generation()
        let segment = generation.runs[0].segments[0]
        let bytes = Array(UnsafeRawBufferPointer(start: segment.bytes, count: segment.sizeBytes))
        let row = views.committed[0][0].row
        let meta = views.committed.meta.row
        let file = Files.read("\(directory.path)/data.mdb")
        return (
            Injured(sound: file), try Self.place(of: bytes, in: file), try Self.place(of: row, in: file),
            try Self.place(of: meta, in: file)
        )
    }

    func openViews(_ path: String) throws(StoreError) -> LMDBViewStorage {
        try LMDBViewStorage(path: path, viewsVersion: 1, mapSizeBytes: 1 << 30)
    }

    /// The reason of the damage that `body` meets; nil if it meets none.
    static func damage(_ body: () throws -> Void) throws -> String? {
        do {
            try body()
            return nil
        } catch StoreError.corruptFold(_, let reason) {
            return reason
        }
    }

    /// Asks for all rows; records an issue if an answer is wrong.
    ///
    /// - Returns: what was found damaged.
    func damage(ofViewsIn path: String, _ comment: Comment) throws -> String? {
        try Self.damage {
            let views = try openViews(path)
            defer { views.close() }
            var met: String?
            for (key, value) in Self.rows {
                var found: String?
                let reason = try Self.damage { found = try views.snapshot().text(key) }
                if reason == nil { #expect(found == value, comment) }
                met = met ?? reason
            }
            #expect(try views.snapshot().text("iinf-1001") == nil, comment)
            try views.verify()
            #expect(met == nil, "verify() must find what a lookup finds")
        }
    }

    @Test func `a flipped bit anywhere in a segment of rows is an error and never an answer`() throws {
        let (injured, segment, _, _) = try makeViews()
        for bit in stride(from: 0, to: segment.count * 8, by: 7) {
            injured.flip(bit, of: segment)
            #expect(try damage(ofViewsIn: injured.directory.path, "bit \(bit)") != nil, "bit \(bit)")
        }
    }

    @Test func `a flipped bit in the row of a run or of the position makes the views begin again`() throws {
        let (injured, _, row, meta) = try makeViews()
        for range in [row, meta] {
            for bit in 0..<range.count * 8 {
                injured.flip(bit, of: range)
                let reason = try Self.damage { _ = try openViews(injured.directory.path) }
                #expect(reason != nil, "bit \(bit)")
            }
        }
    }

    @Test func `a segment in the place of another, or of another format, is named`() throws {
        let views = try openViews(directory.path)
        try views.checkpoint([("a", "1")], at: 1)
        let segment = try views.generation().runs[0].segments[0]
        let value = UnsafeRawBufferPointer(start: segment.bytes, count: segment.sizeBytes)
        let reference = views.committed[0][0].segments[0]
        let other = ViewSegmentReference(number: reference.number + 1, count: 1, sizeBytes: reference.sizeBytes)
        let reason = try Self.damage { _ = try ViewSegment(value: value, reference: other, place: "p") }
        #expect(reason == "segment \(other.number) is not what its run says")
        for size in 0..<value.count {
            let part = UnsafeRawBufferPointer(rebasing: value[..<size])
            #expect(try Self.damage { _ = try ViewSegment(value: part, reference: reference, place: "p") } != nil)
        }
        withExtendedLifetime(views) {}
    }

    @Test func `damage in a run stops its merge`() throws {
        let views = try openViews(directory.path)
        let fanIn = RunManifest<ViewSegmentReference>.fanIn
        for number in 0..<fanIn {
            let rows = (0..<9000).map { ("k\(10_000 + $0)", "\(number)" + String(repeating: "x", count: 150)) }
            try views.checkpoint(rows, at: UInt64(number + 1))
        }
        let segment = try views.generation().runs[2].segments[0]
        let middle = segment.uncheckedPiece(4000)
        let file = Files.read("\(directory.path)/data.mdb")
        let bytes = Array(UnsafeRawBufferPointer(start: segment.bytes, count: segment.sizeBytes))
        let offset = try #require(middle.baseAddress) - segment.bytes
        let injured = Injured(sound: file)
        injured.flip(offset * 8, of: try Self.place(of: bytes, in: file))
        let copy = try openViews(injured.directory.path)
        #expect(try Self.damage { _ = try copy.mergeStep() } == "a row's bytes are not what was written")
        #expect(copy.runCount == fanIn)
        #expect(try copy.snapshot().text("k10000")?.utf8.count == fanIn * 151)
    }

    static let entries = (1...2000 as ClosedRange<UInt64>).map {
        IndexEntry(hash: Fixture.hash($0), position: Position($0))
    }

    @Test(arguments: [IndexFamily.identity, .stream])
    func `a flipped bit anywhere in a segment of the index is an error and never an answer`(family: IndexFamily) throws
    {
        let (injured, segment) = try makeIndex(family)
        for bit in stride(from: 0, to: segment.count * 8, by: 1009) {
            injured.flip(bit, of: segment)
            var wrong = 0
            let reason = try Self.damage { wrong = try wrongAnswers(ofIndexIn: injured.directory.path, family) }
            #expect(reason != nil, "bit \(bit); \(wrong) wrong answers")
        }
    }

    func wrongAnswers(ofIndexIn path: String, _ family: IndexFamily) throws -> Int {
        let index = try openIndex(path)
        defer { index.close() }
        let snapshot = try index.beginRead()
        defer { snapshot.end() }
        return try Self.entries.filter { entry in
            let found =
                family == .identity
                ? try snapshot.candidates(entry.indexKey) : try snapshot.positions(entry.indexKey, after: 0, limit: 9)
            return found != [entry.position.rawValue]
        }.count
    }

    @Test func `a damaged filter is found at the opening, before it says that something is not there`() throws {
        let (injured, segment) = try makeIndex(.identity)
        injured.flip((IndexSegment.headerSizeBytes + 100) * 8, of: segment)
        let reason = try Self.damage { _ = try openIndex(injured.directory.path) }
        #expect(reason == "a segment's checksum is not that of its header and filter")
    }

    @Test func `damage that no lookup meets is found by checking step by step`() throws {
        let (injured, segment) = try makeIndex(.stream)
        injured.flip((segment.count - 1) * 8, of: segment)
        let index = try openIndex(injured.directory.path)
        #expect(try !index.mergeStep())
        #expect(try Self.damage { while try index.checkStep() {} } != nil)
    }

    @Test func `what was just written is not compared, and what was there is compared once`() throws {
        let index = try openIndex(directory.path)
        try index.checkpoint(identity: Self.entries, stream: Self.entries, position: Position(2000))
        #expect(try !index.checkStep())
        index.close()
        let again = try openIndex(directory.path)
        #expect(try again.checkStep())
        #expect(try !again.checkStep())
    }

    func openIndex(_ path: String) throws(StoreError) -> LMDBIndexStorage {
        try LMDBIndexStorage(path: path, mapSizeBytes: 1 << 30, mapSizeBytesMax: 1 << 30)
    }

    func makeIndex(_ family: IndexFamily) throws -> (injured: Injured, segment: Range<Int>) {
        let index = try openIndex(directory.path)
        try index.checkpoint(identity: Self.entries, stream: Self.entries, position: Position(2000))
        let reader = try index.store.takeReader("a test")
        defer { index.store.giveBack(reader) }
        let segment = try index.tables.locate(index.committed[family.rawValue], reader.transaction, index.store)[0]
            .segments[0]
        let size = IndexSegment.sizeBytes(count: segment.count, filterLines: segment.filterLines)
        let bytes = Array(UnsafeRawBufferPointer(start: segment.bytes, count: size))
        let file = Files.read("\(directory.path)/data.mdb")
        return (Injured(sound: file), try Self.place(of: bytes, in: file))
    }
}
