import EventLog
import LedgerStore
import Testing

/// Pieces for a checkpoint, in the order given.
final class HeldPieces: ViewPieces {
    private let keys: [UnsafeRawBufferPointer]
    private let values: [UnsafeRawBufferPointer]

    init(_ rows: [(key: [UInt8], value: [UInt8])]) {
        keys = rows.map { Self.copy($0.key) }
        values = rows.map { Self.copy($0.value) }
    }

    deinit {
        for bytes in keys + values { bytes.deallocate() }
    }

    var count: Int { keys.count }

    func key(at index: Int) -> UnsafeRawBufferPointer { keys[index] }
    func sizeBytes(at index: Int) -> Int { values[index].count }

    func write(at index: Int, into memory: UnsafeMutableRawPointer) {
        if let start = values[index].baseAddress { memory.copyMemory(from: start, byteCount: values[index].count) }
    }

    private static func copy(_ bytes: [UInt8]) -> UnsafeRawBufferPointer {
        let memory = UnsafeMutableRawBufferPointer.allocate(byteCount: bytes.count, alignment: 1)
        memory.copyBytes(from: bytes)
        return UnsafeRawBufferPointer(memory)
    }
}

extension ViewStorage {
    /// A checkpoint of text rows, in the order given.
    func checkpoint(_ rows: [(String, String)], at position: UInt64) throws {
        let held = HeldPieces(rows.map { (Array($0.0.utf8), Array($0.1.utf8)) })
        try checkpoint(rows: held, position: Position(position))
    }
}

extension ViewSnapshot {
    /// The rows from a key on, as "key=value".
    func rows(from key: String = "") throws -> [String] {
        var rows: [String] = []
        try Array(key.utf8).withUnsafeBytes { key in
            try scanRows(from: key) { row in
                rows.append(String(decoding: row.key, as: UTF8.self) + "=" + String(decoding: row.value, as: UTF8.self))
                return .proceed
            }
        }
        return rows
    }

    /// The keys from one on.
    func keys(from key: String = "") throws -> [String] {
        var keys: [String] = []
        try Array(key.utf8).withUnsafeBytes { key in
            try scanKeys(from: key) { key in
                keys.append(String(decoding: key, as: UTF8.self))
                return .proceed
            }
        }
        return keys
    }

    /// The pieces of a row; nil if there is none.
    func pieces(_ key: String) throws -> [String]? {
        var pieces: [String] = []
        let isThere = try Array(key.utf8).withUnsafeBytes { key in
            try forEachPiece(of: key) { pieces.append(String(decoding: $0, as: UTF8.self)) }
        }
        return isThere ? pieces : nil
    }

    func text(_ key: String) throws -> String? {
        try pieces(key)?.joined()
    }
}

/// What the views should answer, by the simplest means.
struct ViewModel {
    private(set) var rows: [String: String] = [:]
    private(set) var position: UInt64 = 0

    /// Appends pieces to random rows: few hot ones, some of only a few bytes, some empty, some of several pieces.
    mutating func grow(
        _ generator: inout SeededGenerator, pieces: Int, keys: Int = 300, pieceSizeMax: Int = 3000
    ) -> [(String, String)] {
        position += 1 + generator.next() % 5
        var added: [(String, String)] = []
        for _ in 0..<pieces {
            let number = generator.next() % 4 == 0 ? generator.next() % 3 : generator.next() % UInt64(keys)
            let size = Int(generator.next() % UInt64(pieceSizeMax + 1)) * (generator.next() % 5 == 0 ? 0 : 1)
            let letter = Character(Unicode.Scalar(UInt8(97 + generator.next() % 26)))
            added.append((Self.key(Int(number)), "\(position):" + String(repeating: letter, count: size)))
            if size == 0 { added[added.count - 1].1 = "" }
        }
        let sorted = added.enumerated().sorted { ($0.element.0, $0.offset) < ($1.element.0, $1.offset) }
            .map(\.element)
        for (key, value) in sorted { rows[key, default: ""] += value }
        return sorted
    }

    /// Keys of very different lengths, some of which begin others.
    static func key(_ number: Int) -> String {
        number % 7 == 0
            ? String(repeating: "k", count: 1 + number % 511) : number % 2 == 0 ? "i\(number)" : "iinf-000\(number)"
    }

    func expectSame(
        _ snapshot: any ViewSnapshot, _ comment: Comment, sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        #expect(snapshot.position == Position(position), comment, sourceLocation: sourceLocation)
        let expected = rows.sorted { $0.key < $1.key }
        let found = try snapshot.rows()
        #expect(found == expected.map { "\($0.key)=\($0.value)" }, comment, sourceLocation: sourceLocation)
        #expect(try snapshot.keys() == expected.map(\.key), comment, sourceLocation: sourceLocation)
        for number in 0..<320 {
            let key = Self.key(number)
            #expect(try snapshot.text(key) == rows[key], comment, sourceLocation: sourceLocation)
            let first = try snapshot.firstKey(from: key)
            #expect(first == expected.first { $0.key >= key }?.key, comment, sourceLocation: sourceLocation)
        }
    }
}

extension ViewSnapshot {
    func firstKey(from key: String) throws -> String? {
        var found: String?
        try Array(key.utf8).withUnsafeBytes { key in
            try scanKeys(from: key) { key in
                found = String(decoding: key, as: UTF8.self)
                return .stop
            }
        }
        return found
    }
}
