internal import EventLog

/// Pieces that become one segment.
struct SegmentCut: Hashable {
    private(set) var range: Range<Int>
    private var keyBytes = 0
    private var pieceBytes = 0

    init(from index: Int) {
        range = index..<index
    }

    var sizeBytes: Int {
        piecesOffset + pieceBytes
    }

    fileprivate var piecesOffset: Int {
        keysOffset + keyBytes
    }

    fileprivate var keysOffset: Int {
        ViewSegment.headerSizeBytes + range.count * (ViewSegment.headSizeBytes + ViewSegment.recordSizeBytes)
    }

    /// Whether a piece of a key that is not the last one's still fits.
    func hasRoom(keyBytes: Int, pieceBytes: Int) -> Bool {
        sizeBytes + ViewSegment.headSizeBytes + ViewSegment.recordSizeBytes + keyBytes + pieceBytes
            <= ViewSegment.sizeBytesMax
    }

    /// Whether more bytes of the last piece still fit.
    func hasRoom(pieceBytes: Int) -> Bool {
        sizeBytes + pieceBytes <= ViewSegment.sizeBytesMax
    }

    mutating func add(keyBytes: Int, pieceBytes: Int) {
        range = range.lowerBound..<range.upperBound + 1
        self.keyBytes += keyBytes
        self.pieceBytes += pieceBytes
    }

    mutating func lengthen(pieceBytes: Int) {
        self.pieceBytes += pieceBytes
    }
}

/// Lays pieces out in segments.
enum ViewSegmentWriter {
    /// Gives sorted pieces to segments, full ones but for the last.
    static func cut(_ pieces: some ViewPieces) -> [SegmentCut] {
        var cuts: [SegmentCut] = []
        var cut = SegmentCut(from: 0)
        for index in 0..<pieces.count {
            let (keyBytes, pieceBytes) = (pieces.key(at: index).count, pieces.sizeBytes(at: index))
            if !cut.hasRoom(keyBytes: keyBytes, pieceBytes: pieceBytes) {
                cuts.append(cut)
                cut = SegmentCut(from: index)
            }
            cut.add(keyBytes: keyBytes, pieceBytes: pieceBytes)
        }
        if !cut.range.isEmpty { cuts.append(cut) }
        return cuts
    }

    /// The segments of cut pieces, with new numbers.
    static func plan(
        _ pieces: some ViewPieces, _ cuts: [SegmentCut], numbers manifest: inout RunManifest<ViewSegmentReference>
    ) -> [PlannedSegment<ViewSegmentReference>] {
        cuts.map { cut in
            let reference = ViewSegmentReference(
                number: manifest.takeSegmentNumber(), count: cut.range.count, sizeBytes: cut.sizeBytes)
            return PlannedSegment(reference: reference, sizeBytes: cut.sizeBytes) { memory in
                write(pieces, cut, number: reference.number, into: memory)
            }
        }
    }

    /// Writes a segment into memory of exactly its size.
    private static func write(
        _ pieces: some ViewPieces, _ cut: SegmentCut, number: UInt64, into memory: UnsafeMutableRawBufferPointer
    ) {
        guard let start = memory.baseAddress, let last = cut.range.last else { return }
        let shared = sharedCount(pieces.key(at: cut.range.lowerBound), pieces.key(at: last))
        var (head, record) = (ViewSegment.headerSizeBytes, 0)
        record = head + cut.range.count * ViewSegment.headSizeBytes
        let (keys, area) = (start + cut.keysOffset, start + cut.piecesOffset)
        var (keyEnd, pieceEnd) = (0, 0)
        for index in cut.range {
            let key = pieces.key(at: index)
            let piece = UnsafeRawBufferPointer(start: area + pieceEnd, count: pieces.sizeBytes(at: index))
            pieces.write(at: index, into: area + pieceEnd)
            if let keyStart = key.baseAddress { (keys + keyEnd).copyMemory(from: keyStart, byteCount: key.count) }
            keyEnd += key.count
            pieceEnd += piece.count
            store(ViewSegment.head(of: key, after: shared), start, head)
            store(UInt32(keyEnd), start, record)
            store(UInt32(pieceEnd), start, record + 4)
            store(ViewSegment.checksum(key, piece), start, record + 8)
            head += ViewSegment.headSizeBytes
            record += ViewSegment.recordSizeBytes
        }
        writeHeader(cut, shared: shared, number: number, start)
    }

    private static func writeHeader(
        _ cut: SegmentCut, shared: Int, number: UInt64, _ start: UnsafeMutableRawPointer
    ) {
        store(ViewSegment.format, start, 4)
        store(UInt32(cut.range.count), start, 8)
        store(UInt32(cut.sizeBytes), start, 12)
        store(UInt32(cut.piecesOffset), start, 16)
        store(UInt32(shared), start, 20)
        store(number, start, 24)
        let checked = UnsafeRawBufferPointer(start: start + 4, count: cut.piecesOffset - 4)
        store(Checksum.crc32c(checked), start, 0)
    }

    // Keys between two that begin alike begin alike too.
    private static func sharedCount(_ first: UnsafeRawBufferPointer, _ last: UnsafeRawBufferPointer) -> Int {
        var count = 0
        while count < min(first.count, last.count), first[count] == last[count] { count += 1 }
        return count
    }

    @inline(__always)
    private static func store(_ number: some FixedWidthInteger, _ start: UnsafeMutableRawPointer, _ offset: Int) {
        start.storeBytes(of: number.littleEndian, toByteOffset: offset, as: type(of: number.littleEndian))
    }
}
