import Testing

@testable import LedgerStore

/// Rows that are written as they come and read in an order that is known at last.
@Suite struct OrderedRowsTests {
    private let directory = TemporaryDirectory()
    private var path: String { directory.path + "/replays/1.changes" }

    /// Rows of many lengths, read backwards.
    private func write(_ count: Int) throws -> [[UInt8]] {
        let writer = try OrderedRowsWriter(path: path)
        let rows = (0..<count).map { number in
            [UInt8](repeating: UInt8(truncatingIfNeeded: number), count: number * 37 % 301)
        }
        let offsets = try rows.map { row in try row.withUnsafeBytes { try writer.append($0) } }
        #expect(!Files.exists(path), "a file has its name only when it is whole")
        try writer.finish(order: offsets.reversed())
        return rows.reversed()
    }

    @Test("All rows come in the order given, page by page, and none behind the last", arguments: [0, 1, 2, 1_000])
    func reads(count: Int) throws {
        let expected = try write(count)
        let rows = try OrderedRows(path: path)
        #expect(rows.count == count)
        var read: [[UInt8]] = []
        while case let page = try rows.rows(from: read.count, limit: 7), !page.isEmpty { read += page }
        #expect(read == expected)
        #expect(try rows.rows(from: count, limit: 10) == [])
        #expect(try rows.rows(from: count + 5, limit: .max) == [])
        #expect(try rows.rows(from: 0, limit: .max) == expected)
    }

    @Test("A writer that does not finish leaves no file, and the next one begins anew")
    func abandons() throws {
        do {
            let writer = try OrderedRowsWriter(path: path)
            _ = try [UInt8](repeating: 1, count: 100_000).withUnsafeBytes { try writer.append($0) }
        }
        #expect(!Files.exists(path) && !Files.exists(path + ".next"))
        #expect(throws: StoreError.self) { try OrderedRows(path: path) }
        _ = try write(3)
        try OrderedRows.remove(path: path)
        #expect(!Files.exists(path))
        try OrderedRows.remove(path: path)
    }

    @Test("Whichever bit is flipped or byte cut off, what is read is right or refused")
    func noticesDamage() throws {
        let expected = try write(6)
        let whole = Files.read(path)
        func check(_ bytes: [UInt8], _ comment: String) {
            Files.write(bytes, path)
            let read = try? OrderedRows(path: path).rows(from: 0, limit: 10)
            #expect(read == nil || read == expected, "\(comment)")
        }
        var refused = 0
        for place in whole.indices {
            var bytes = whole
            bytes[place] ^= 1 << UInt8(place % 8)
            check(bytes, "a bit of byte \(place)")
            if (try? OrderedRows(path: path).rows(from: 0, limit: 10)) == nil { refused += 1 }
        }
        #expect(refused == whole.count, "\(whole.count - refused) flipped bits were not noticed")
        for length in 0..<whole.count { check(Array(whole[..<length]), "\(length) bytes") }
    }
}
