internal import EventLog

/// What a manifest knows of a segment without reading it.
protocol SegmentReference: Hashable, Sendable {
    /// The key it is stored under.
    var number: UInt64 { get }
    /// Its size in the unit that runs of its kind are compared by.
    var size: Int { get }
    /// Its entries.
    var count: Int { get }

    /// The size of the largest run of level 0. Merging those costs little, and without such a level a quiet ledger with
    /// its many small checkpoints would have many levels.
    static var levelZeroSizeMax: Int { get }
    /// The bytes it takes in a run's row.
    static var rowSizeBytes: Int { get }

    func append(to row: inout ByteWriter)
    init?(from row: inout ByteReader)
}

/// A sorted run of the entries of a range of positions; its segments never change.
///
/// While runs are merged into one, each entry is in exactly one of them: a step adds segments to the output, and in the
/// same transaction takes from the inputs what is in those. So all runs are read at all times, a merge takes no space
/// besides, and what a step began the next one goes on with, after a restart too.
struct Run<Segment: SegmentReference>: Hashable, Sendable {
    let number: UInt64
    let firstPosition: Position
    let lastPosition: Position
    var segments: [Segment] = []
    /// The entries of the first segment that have gone to the run this one is being merged into.
    var consumed = 0
    /// The numbers of the runs that are being merged into this one; empty when it is whole.
    var inputs: [UInt64] = []

    var size: Int {
        segments.reduce(0) { $0 + $1.size }
    }

    /// The level by size: each holds runs up to `fanIn` times larger than the one before.
    var level: Int {
        var level = 0
        var sizeMax = Segment.levelZeroSizeMax
        let size = size
        while sizeMax < size {
            sizeMax *= RunManifest<Segment>.fanIn
            level += 1
        }
        return level
    }
}

extension Run {
    private static var headSizeBytes: Int { 32 }

    /// The row of the manifest.
    var row: [UInt8] {
        var row = ByteWriter()
        row.append(firstPosition.rawValue)
        row.append(lastPosition.rawValue)
        row.append(UInt64(consumed))
        row.append(UInt32(inputs.count))
        row.append(UInt32(segments.count))
        for input in inputs { row.append(input) }
        for segment in segments { segment.append(to: &row) }
        return row.sealed
    }

    init?(number: UInt64, row: [UInt8]) {
        guard var reader = ByteReader(sealed: row), let first = reader.next(UInt64.self),
            let last = reader.next(UInt64.self),
            let consumed = reader.next(UInt64.self).flatMap(Int.init(exactly:)),
            let inputCount = reader.next(UInt32.self), let segmentCount = reader.next(UInt32.self),
            reader.bytes.count == Self.headSizeBytes + Int(inputCount) * 8 + Int(segmentCount) * Segment.rowSizeBytes
        else { return nil }
        self.number = number
        firstPosition = Position(first)
        lastPosition = Position(last)
        self.consumed = consumed
        inputs = (0..<inputCount).compactMap { _ in reader.next(UInt64.self) }
        segments = (0..<segmentCount).compactMap { _ in Segment(from: &reader) }
        guard inputs.count == inputCount, segments.count == segmentCount,
            consumed < segments.first?.count ?? 1
        else { return nil }
    }
}

/// The key of a run's row in the meta table: "run", the family, the run's number, big-endian so that rows are in order.
struct RunKey: Hashable {
    let family: Int
    let number: UInt64

    private static let prefix = Array("run".utf8)

    init(family: Int, number: UInt64) {
        self.family = family
        self.number = number
    }

    init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.prefix.count + 9, bytes.prefix(Self.prefix.count).elementsEqual(Self.prefix)
        else { return nil }
        family = Int(bytes[Self.prefix.count])
        number = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: Self.prefix.count + 1, as: UInt64.self))
    }

    var bytes: [UInt8] {
        var bytes = Self.prefix + [UInt8(truncatingIfNeeded: family)]
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }
}
