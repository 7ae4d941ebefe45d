internal import EventLog

/// The two indexes; each has runs of its own.
enum IndexFamily: UInt8, CaseIterable {
    case identity = 0
    case stream = 1

    /// Whether absent keys are asked for so often that a filter pays.
    var hasFilter: Bool { self == .identity }
}

/// A sorted, immutable run of the entries of a range of positions.
///
/// States: *live* (read); *building* (what its inputs are being merged into; not read until they are, it is, in one
/// transaction); *dead* (its segments are being deleted, a bounded number a transaction).
struct IndexRun: Hashable {
    enum State: UInt8 {
        case live = 0
        case building = 1
        case dead = 2
    }

    /// Where a segment lies and what it begins with.
    struct Segment: Hashable {
        let number: UInt64
        let first: IndexEntry
        let count: Int
    }

    let number: UInt64
    var state = State.live
    let firstPosition: Position
    let lastPosition: Position
    var segments: [Segment] = []
    /// The numbers of the runs this one is built of; empty unless building.
    var inputs: [UInt64] = []

    var entryCount: Int {
        segments.reduce(0) { $0 + $1.count }
    }

    // Runs up to this size are all of level 0: merging them costs little, and without it a quiet ledger with its many
    // small checkpoints would have many levels.
    private static let levelZeroEntriesMax = 16_384

    /// The level by size: each holds runs up to four times larger than the one before.
    var level: Int {
        var level = 0
        var entries = Self.levelZeroEntriesMax
        while entries < entryCount {
            entries *= IndexManifest.fanIn
            level += 1
        }
        return level
    }
}

extension IndexRun {
    /// The row of the manifest.
    var row: [UInt8] {
        var row = ByteWriter()
        row.append(UInt64(state.rawValue))
        row.append(firstPosition.rawValue)
        row.append(lastPosition.rawValue)
        row.append(UInt32(inputs.count))
        row.append(UInt32(segments.count))
        for input in inputs { row.append(input) }
        for segment in segments {
            row.append(segment.number)
            row.append(segment.first.key)
            row.append(segment.first.value)
            row.append(UInt64(segment.count))
        }
        return row.bytes
    }

    init?(number: UInt64, row: [UInt8]) {
        var reader = ByteReader(bytes: row)
        guard let stateNumber = reader.next(UInt64.self).flatMap(UInt8.init(exactly:)),
            let state = State(rawValue: stateNumber),
            let first = reader.next(UInt64.self), let last = reader.next(UInt64.self),
            let inputCount = reader.next(UInt32.self), let segmentCount = reader.next(UInt32.self),
            row.count == reader.offset + Int(inputCount) * 8 + Int(segmentCount) * 32
        else { return nil }
        self.number = number
        self.state = state
        firstPosition = Position(first)
        lastPosition = Position(last)
        inputs = (0..<inputCount).compactMap { _ in reader.next(UInt64.self) }
        segments = (0..<segmentCount).compactMap { _ in
            guard let number = reader.next(UInt64.self), let key = reader.next(UInt64.self),
                let value = reader.next(UInt64.self), let count = reader.next(UInt64.self)
            else { return nil }
            return Segment(number: number, first: IndexEntry(key: key, value: value), count: Int(count))
        }
    }
}
