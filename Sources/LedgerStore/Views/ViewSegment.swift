internal import EventLog
internal import Glibc

/// A sorted piece of a run of rows, one LMDB value: header, directory, keys, pieces. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | CRC-32C of the bytes from 4 to the pieces |
/// | 4 | 4 | format, 1 |
/// | 8 | 4 | number of entries *n* |
/// | 12 | 4 | size of the segment in bytes |
/// | 16 | 4 | offset of the pieces |
/// | 20 | 4 | length of the bytes with which all keys begin |
/// | 24 | 8 | number of the segment |
/// | 32 | 8 · *n* | heads: of each key the 8 bytes behind those, as a number, the first byte the highest, zeros at the end |
/// | … | 12 · *n* | of each entry: end of its key and of its piece, counted from the first; CRC-32C of key and piece |
/// | … | … | keys, one after another |
/// | … | … | pieces, one after another |
///
/// Entries are sorted by key; those of one key are in the order in which they were appended. The first checksum is
/// compared when the segment is found, that of an entry whenever its piece is read: a wrong answer would need both to
/// agree with bytes that were never written.
struct ViewSegment {
    /// With LMDB's header, 256 pages: segments of one size leave holes of one size.
    static let sizeBytesMax = 1 << 20 - 16

    static let headerSizeBytes = 32
    static let headSizeBytes = 8
    static let recordSizeBytes = 12
    static let format: UInt32 = 1

    let bytes: UnsafeRawPointer
    let heads: UnsafeRawPointer
    private let records: UnsafeRawPointer
    private let keys: UnsafeRawPointer
    private let pieces: UnsafeRawPointer
    let count: Int
    let sizeBytes: Int
    let sharedSizeBytes: Int

    /// Looks at a stored value without comparing checksums.
    init(value: UnsafeRawBufferPointer, reference: ViewSegmentReference, place: String) throws(StoreError) {
        guard let start = value.baseAddress, value.count >= Self.headerSizeBytes,
            Self.load(start, 4, as: UInt32.self) == Self.format
        else { throw .corruptFold(place: place, reason: "a segment has no header of format \(Self.format)") }
        bytes = start
        count = Int(Self.load(start, 8, as: UInt32.self))
        sizeBytes = Int(Self.load(start, 12, as: UInt32.self))
        sharedSizeBytes = Int(Self.load(start, 20, as: UInt32.self))
        heads = start + Self.headerSizeBytes
        records = heads + count * Self.headSizeBytes
        keys = records + count * Self.recordSizeBytes
        let piecesOffset = Int(Self.load(start, 16, as: UInt32.self))
        pieces = start + piecesOffset
        guard count == reference.count, sizeBytes == reference.sizeBytes, count > 0,
            Self.load(start, 24, as: UInt64.self) == reference.number, sizeBytes <= value.count,
            piecesOffset <= sizeBytes,
            piecesOffset >= Self.headerSizeBytes + count * (Self.headSizeBytes + Self.recordSizeBytes)
        else {
            throw .corruptFold(place: place, reason: "segment \(reference.number) is not what its run says")
        }
    }

    /// Compares the checksum of all but the pieces.
    func verifyDirectory(place: String) throws(StoreError) {
        let checked = UnsafeRawBufferPointer(start: bytes + 4, count: pieces - bytes - 4)
        guard Self.load(bytes, 0, as: UInt32.self) == Checksum.crc32c(checked) else {
            throw .corruptFold(place: place, reason: "a segment's checksum is not that of its directory")
        }
        // Written by us, so these hold; a mistake of ours must not read beyond the value.
        guard keyEnd(count - 1) == pieces - keys, pieceEnd(count - 1) == bytes + sizeBytes - pieces else {
            throw .corruptFold(place: place, reason: "a segment's directory does not agree with its size")
        }
    }

    @inline(__always)
    func key(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : keyEnd(index - 1)
        return UnsafeRawBufferPointer(start: keys + start, count: keyEnd(index) - start)
    }

    /// The bytes of an entry, unchecked.
    @inline(__always)
    func uncheckedPiece(_ index: Int) -> UnsafeRawBufferPointer {
        let start = index == 0 ? 0 : pieceEnd(index - 1)
        return UnsafeRawBufferPointer(start: pieces + start, count: pieceEnd(index) - start)
    }

    /// The bytes of an entry, after comparing its checksum.
    @inline(__always)
    func piece(_ index: Int, place: String) throws(StoreError) -> UnsafeRawBufferPointer {
        let piece = uncheckedPiece(index)
        guard Self.load(records, index * Self.recordSizeBytes + 8, as: UInt32.self) == Self.checksum(key(index), piece)
        else { throw .corruptFold(place: place, reason: "a row's bytes are not what was written") }
        return piece
    }

    @inline(__always)
    func head(_ index: Int) -> UInt64 {
        Self.load(heads, index * Self.headSizeBytes, as: UInt64.self)
    }

    /// The 8 bytes of a key behind those that all keys of a segment begin with.
    @inline(__always)
    static func head(of key: UnsafeRawBufferPointer, after shared: Int) -> UInt64 {
        guard let start = key.baseAddress else { return 0 }
        let rest = key.count - shared
        if rest >= 8 { return UInt64(bigEndian: start.loadUnaligned(fromByteOffset: shared, as: UInt64.self)) }
        var head: UInt64 = 0
        for index in 0..<max(rest, 0) { head |= UInt64(key[shared + index]) << UInt64(56 - 8 * index) }
        return head
    }

    @inline(__always)
    static func checksum(_ key: UnsafeRawBufferPointer, _ piece: UnsafeRawBufferPointer) -> UInt32 {
        Checksum.crc32c(piece, after: Checksum.crc32c(key))
    }

    @inline(__always)
    private func keyEnd(_ index: Int) -> Int {
        Int(Self.load(records, index * Self.recordSizeBytes, as: UInt32.self))
    }

    @inline(__always)
    private func pieceEnd(_ index: Int) -> Int {
        Int(Self.load(records, index * Self.recordSizeBytes + 4, as: UInt32.self))
    }

    @inline(__always)
    private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ start: UnsafeRawPointer, _ offset: Int, as type: Number.Type
    ) -> Number {
        Number(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: type))
    }
}

/// What the manifest knows of a segment of rows. Runs of rows are compared by bytes.
struct ViewSegmentReference: SegmentReference {
    let number: UInt64
    let count: Int
    let sizeBytes: Int

    var size: Int { sizeBytes }

    static let levelZeroSizeMax = 1 << 20
    static let rowSizeBytes = 16

    init(number: UInt64, count: Int, sizeBytes: Int) {
        self.number = number
        self.count = count
        self.sizeBytes = sizeBytes
    }

    init?(from row: inout ByteReader) {
        guard let number = row.next(UInt64.self), let count = row.next(UInt32.self), count > 0,
            let sizeBytes = row.next(UInt32.self)
        else { return nil }
        self.init(number: number, count: Int(count), sizeBytes: Int(sizeBytes))
    }

    func append(to row: inout ByteWriter) {
        row.append(number)
        row.append(UInt32(count))
        row.append(UInt32(sizeBytes))
    }
}
