internal import EventLog

/// A sorted piece of a run, one LMDB value: header, Bloom filter, entries. Little-endian.
///
/// | offset | bytes | field |
/// |---|---|---|
/// | 0 | 4 | CRC-32C of the bytes from 4 to the entries |
/// | 4 | 4 | format, 2 |
/// | 8 | 4 | number of entries |
/// | 12 | 4 | lines of the Bloom filter, 64 bytes each; 0 for none |
/// | 16 | 8 | key of the first entry |
/// | 24 | 8 | key of the last entry |
/// | 32 | 4 | 1 if two entries of one key differ in their check bits |
/// | 36 | 4 | CRC-32C of the entries |
/// | 40 | 8 | number of the segment; with LMDB's own 16 bytes the filter begins on a cache line |
/// | 48 | … | filter, then entries (key, value), 16 bytes each |
///
/// The first checksum is compared when the segment is found, so that "not there" is never said by a damaged filter; that
/// of the entries, which are ten times as much, before they are first read.
struct IndexSegment {
    /// Entries of a full segment: 1 MiB, so that a segment is few pages to find and many to read at once.
    static let entriesMax = 65_536

    static let headerSizeBytes = 48
    private static let format: UInt32 = 2
    private static let checkedOffset = 4

    let bytes: UnsafeRawPointer
    let entries: UnsafeRawPointer
    let count: Int
    let filterLines: Int
    let firstKey: UInt64
    let lastKey: UInt64
    let hasMixedChecks: Bool
    let number: UInt64

    /// Looks at a stored value without reading its entries.
    init(value: UnsafeRawBufferPointer, place: String) throws(StoreError) {
        guard let start = value.baseAddress, value.count >= Self.headerSizeBytes,
            Self.load(start, 4, as: UInt32.self) == Self.format
        else { throw .corruptFold(place: place, reason: "a segment has no header of format \(Self.format)") }
        bytes = start
        count = Int(Self.load(start, 8, as: UInt32.self))
        filterLines = Int(Self.load(start, 12, as: UInt32.self))
        firstKey = Self.load(start, 16, as: UInt64.self)
        lastKey = Self.load(start, 24, as: UInt64.self)
        hasMixedChecks = Self.load(start, 32, as: UInt32.self) != 0
        number = Self.load(start, 40, as: UInt64.self)
        entries = start + Self.headerSizeBytes + filterLines * BloomFilter.lineSizeBytes
        let needed = Self.sizeBytes(count: count, filterLines: filterLines)
        guard count > 0, value.count == needed else {
            throw .corruptFold(place: place, reason: "a segment has \(value.count) bytes instead of \(needed)")
        }
    }

    static func sizeBytes(count: Int, filterLines: Int) -> Int {
        headerSizeBytes + filterLines * BloomFilter.lineSizeBytes + count * IndexEntry.sizeBytes
    }

    /// Writes a segment of sorted entries into memory of exactly `sizeBytes(count:filterLines:)`.
    static func write(
        _ entries: UnsafeBufferPointer<IndexEntry>, filterLines: Int, number: UInt64,
        into memory: UnsafeMutableRawBufferPointer
    ) {
        guard let start = memory.baseAddress, let first = entries.first, let last = entries.last else { return }
        let filter = start + headerSizeBytes
        let filterSizeBytes = filterLines * BloomFilter.lineSizeBytes
        start.initializeMemory(as: UInt8.self, repeating: 0, count: headerSizeBytes + filterSizeBytes)
        store(format, start, 4)
        store(UInt32(entries.count), start, 8)
        store(UInt32(filterLines), start, 12)
        store(first.key, start, 16)
        store(last.key, start, 24)
        store(hasMixedChecks(entries) ? UInt32(1) : 0, start, 32)
        if filterLines > 0 {
            for entry in entries { BloomFilter.insert(entry.key, into: filter, lines: filterLines) }
        }
        let entryStart = filter + filterSizeBytes
        var target = entryStart
        for entry in entries {
            store(entry.key, target, 0)
            store(entry.value, target, 8)
            target += IndexEntry.sizeBytes
        }
        store(checksum(entryStart, entries.count * IndexEntry.sizeBytes), start, 36)
        store(number, start, 40)
        store(checksum(start + checkedOffset, entryStart - start - checkedOffset), start, 0)
    }

    /// Compares the checksum of header and filter.
    func verifyHead(place: String) throws(StoreError) {
        let checked = bytes + Self.checkedOffset
        guard Self.load(bytes, 0, as: UInt32.self) == Self.checksum(checked, entries - checked) else {
            throw .corruptFold(place: place, reason: "a segment's checksum is not that of its header and filter")
        }
    }

    /// Compares the checksum of the entries.
    func verifyEntries(place: String) throws(StoreError) {
        guard Self.load(bytes, 36, as: UInt32.self) == Self.checksum(entries, count * IndexEntry.sizeBytes) else {
            throw .corruptFold(place: place, reason: "the entries of segment \(number) are not what was written")
        }
    }

    @inline(__always)
    func key(_ index: Int) -> UInt64 {
        Self.load(entries, index * IndexEntry.sizeBytes, as: UInt64.self)
    }

    @inline(__always)
    func entry(_ index: Int) -> IndexEntry {
        IndexEntry(
            key: key(index), value: Self.load(entries, index * IndexEntry.sizeBytes + 8, as: UInt64.self))
    }

    private static func hasMixedChecks(_ entries: UnsafeBufferPointer<IndexEntry>) -> Bool {
        guard var previous = entries.first else { return false }
        for entry in entries.dropFirst() {
            if entry.key == previous.key, entry.check != previous.check { return true }
            previous = entry
        }
        return false
    }

    private static func checksum(_ start: UnsafeRawPointer, _ sizeBytes: Int) -> UInt32 {
        Checksum.crc32c(UnsafeRawBufferPointer(start: start, count: sizeBytes))
    }

    @inline(__always)
    private static func load<Number: FixedWidthInteger & BitwiseCopyable>(
        _ start: UnsafeRawPointer, _ offset: Int, as type: Number.Type
    ) -> Number {
        Number(littleEndian: start.loadUnaligned(fromByteOffset: offset, as: type))
    }

    @inline(__always)
    private static func store(_ number: some FixedWidthInteger, _ start: UnsafeMutableRawPointer, _ offset: Int) {
        start.storeBytes(of: number.littleEndian, toByteOffset: offset, as: type(of: number.littleEndian))
    }
}
