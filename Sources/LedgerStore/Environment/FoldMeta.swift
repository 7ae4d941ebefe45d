internal import EventLog
internal import LMDB

/// The row that says of a fold in which version and at which position it stands; committed with what it speaks of.
struct FoldMeta: Hashable {
    var version: UInt32
    var position: Position
    /// Of which ledger it is a fold: the first half of its identity. Another ledger's fold is as wrong as a damaged one.
    var ledger: UInt64
    /// The next numbers that are given to a segment and a run.
    var nextSegment: UInt64 = 0
    var nextRun: UInt64 = 0

    private static let layout: UInt32 = 3
    private static let sizeBytes = 44
    private static var key: [UInt8] { Array("position".utf8) }

    /// The row of this table, made at position 0 if the table has none; nil if it cannot be read.
    static func readOrBegin(
        _ transaction: borrowing WriteTransaction, _ meta: Database, version: UInt32, ledger: UInt64
    ) throws(LMDBError) -> FoldMeta? {
        if let found = try read(transaction, meta) { return found }
        guard try transaction.count(meta) == 0 else { return nil }
        let begun = FoldMeta(version: version, position: .beforeFirst, ledger: ledger)
        try begun.write(transaction, meta)
        return begun
    }

    static func read(_ transaction: borrowing WriteTransaction, _ meta: Database) throws(LMDBError) -> FoldMeta? {
        let row = try lending(key) { (key) throws(LMDBError) in
            try transaction.withValue(for: key, in: meta) { Array($0) }
        }
        return row.flatMap(FoldMeta.init(row:))
    }

    static func read(_ transaction: borrowing ReadTransaction, _ meta: Database) throws(LMDBError) -> FoldMeta? {
        let row = try lending(key) { (key) throws(LMDBError) in
            try transaction.withValue(for: key, in: meta) { Array($0) }
        }
        return row.flatMap(FoldMeta.init(row:))
    }

    func write(_ transaction: borrowing WriteTransaction, _ meta: Database) throws(LMDBError) {
        try lending(Self.key) { (key) throws(LMDBError) in
            try lending(row) { (value) throws(LMDBError) in try transaction.put(value, for: key, in: meta) }
        }
    }

    var row: [UInt8] {
        var row = ByteWriter()
        row.append(Self.layout)
        row.append(version)
        row.append(position.rawValue)
        row.append(ledger)
        row.append(nextSegment)
        row.append(nextRun)
        return row.sealed
    }
}

extension FoldMeta {
    fileprivate init?(row: [UInt8]) {
        guard row.count == Self.sizeBytes, var reader = ByteReader(sealed: row),
            reader.next(UInt32.self) == Self.layout,
            let version = reader.next(UInt32.self), let position = reader.next(UInt64.self),
            let ledger = reader.next(UInt64.self), let nextSegment = reader.next(UInt64.self),
            let nextRun = reader.next(UInt64.self)
        else { return nil }
        self.init(
            version: version, position: Position(position), ledger: ledger, nextSegment: nextSegment, nextRun: nextRun)
    }
}

/// Lends the bytes of an array, passing a typed error on.
func lending<Result, Failure: Error>(
    _ bytes: [UInt8], _ body: (UnsafeRawBufferPointer) throws(Failure) -> Result
) throws(Failure) -> Result {
    let outcome = bytes.withUnsafeBytes { bytes -> Swift.Result<Result, Failure> in
        do throws(Failure) {
            return .success(try body(bytes))
        } catch {
            return .failure(error)
        }
    }
    return try outcome.get()
}

/// Little-endian numbers one after another: a row of a fold's `meta` table. LMDB has no checksums of its own.
struct ByteWriter {
    private(set) var bytes: [UInt8] = []

    mutating func append(_ number: some FixedWidthInteger) {
        withUnsafeBytes(of: number.littleEndian) { bytes.append(contentsOf: $0) }
    }

    /// The bytes with their CRC-32C behind them.
    var sealed: [UInt8] {
        var sealed = self
        sealed.append(bytes.withUnsafeBytes { Checksum.crc32c($0) })
        return sealed.bytes
    }
}

/// Reads what `ByteWriter` wrote; nil beyond the end.
struct ByteReader {
    let bytes: [UInt8]
    private(set) var offset = 0

    /// The bytes before the CRC-32C at the end; nil if that is not theirs.
    init?(sealed: [UInt8]) {
        let end = sealed.count - Self.checksumSizeBytes
        guard end >= 0 else { return nil }
        bytes = Array(sealed[..<end])
        let stored = sealed.withUnsafeBytes {
            UInt32(littleEndian: $0.loadUnaligned(fromByteOffset: end, as: UInt32.self))
        }
        guard stored == bytes.withUnsafeBytes({ Checksum.crc32c($0) }) else { return nil }
    }

    private static let checksumSizeBytes = 4

    mutating func next<Number: FixedWidthInteger & BitwiseCopyable>(_ type: Number.Type) -> Number? {
        let end = offset + MemoryLayout<Number>.size
        guard end <= bytes.count else { return nil }
        defer { offset = end }
        return bytes.withUnsafeBytes { Number(littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: type)) }
    }
}
