internal import EventLog

/// Goes through the entries of one run of rows.
struct ViewRunWalker {
    private let segments: [ViewSegment]
    private(set) var place: RunPlace
    /// The key at hand; nil at the end.
    private(set) var key: UnsafeRawBufferPointer?

    init(_ run: LocatedViewRun) {
        segments = run.segments
        place = RunPlace(segment: 0, entry: run.consumed)
        load()
    }

    /// The bytes of the entry at hand, after comparing their checksum.
    func piece(_ storePath: String) throws(StoreError) -> UnsafeRawBufferPointer {
        try segments[place.segment].piece(place.entry, place: storePath)
    }

    mutating func advance() {
        place.entry += 1
        if place.entry == segments[place.segment].count { place = RunPlace(segment: place.segment + 1) }
        load()
    }

    private mutating func load() {
        key = place.segment < segments.count ? segments[place.segment].key(place.entry) : nil
    }
}

/// Entries that lie in segments of several runs, and new pieces, in order and joined: to be written as segments.
struct MergedPieces<New: ViewPieces>: ViewPieces {
    fileprivate struct Entry {
        let key: UnsafeRawBufferPointer
        /// Where its parts begin; they end where those of the next entry begin.
        let firstPart: Int
        var sizeBytes: Int
    }

    /// Bytes in a segment, or a new piece.
    fileprivate enum Part {
        case stored(UnsafeRawBufferPointer)
        case new(Int)
    }

    fileprivate var entries: [Entry] = []
    fileprivate var parts: [Part] = []
    fileprivate let new: New
    /// The pointers lead into its map.
    private let owner: ViewGeneration

    fileprivate init(new: New, owner: ViewGeneration) {
        self.new = new
        self.owner = owner
    }

    var count: Int { entries.count }

    func key(at index: Int) -> UnsafeRawBufferPointer {
        entries[index].key
    }

    func sizeBytes(at index: Int) -> Int {
        entries[index].sizeBytes
    }

    func write(at index: Int, into memory: UnsafeMutableRawPointer) {
        var target = memory
        let end = index + 1 < entries.count ? entries[index + 1].firstPart : parts.count
        for part in parts[entries[index].firstPart..<end] {
            switch part {
            case .stored(let bytes):
                if let start = bytes.baseAddress { target.copyMemory(from: start, byteCount: bytes.count) }
                target += bytes.count
            case .new(let number):
                new.write(at: number, into: target)
                target += new.sizeBytes(at: number)
            }
        }
    }
}

/// Puts the entries of neighbouring runs, and new pieces behind them, in order.
struct ViewMerger<New: ViewPieces> {
    private var walkers: [ViewRunWalker]
    private var nextNew = 0
    private let storePath: String
    private(set) var pieces: MergedPieces<New>
    private(set) var cuts: [SegmentCut] = []
    private var cut = SegmentCut(from: 0)

    init(_ runs: [LocatedViewRun], _ new: New, owner: ViewGeneration, storePath: String) {
        walkers = runs.map(ViewRunWalker.init)
        pieces = MergedPieces(new: new, owner: owner)
        self.storePath = storePath
    }

    /// How far the runs have been taken.
    var places: [RunPlace] { walkers.map(\.place) }

    /// Takes entries until there are so many segments, all full, or no more entries.
    mutating func take(segments segmentsMax: Int) throws(StoreError) {
        while let (source, key) = least() {
            let part: MergedPieces<New>.Part
            let sizeBytes: Int
            if source < walkers.count {
                let piece = try walkers[source].piece(storePath)
                (part, sizeBytes) = (.stored(piece), piece.count)
            } else {
                (part, sizeBytes) = (.new(nextNew), pieces.new.sizeBytes(at: nextNew))
            }
            guard add(part, sizeBytes, key, segmentsMax) else { return }
            if source < walkers.count { walkers[source].advance() } else { nextNew += 1 }
        }
        if !cut.range.isEmpty { cuts.append(cut) }
    }

    // The source of the least key; of equal ones the earlier, which has the older pieces.
    private func least() -> (source: Int, key: UnsafeRawBufferPointer)? {
        var found: (source: Int, key: UnsafeRawBufferPointer)?
        for index in walkers.indices {
            guard let key = walkers[index].key else { continue }
            if let present = found, compareKeys(present.key, key) <= 0 { continue }
            found = (index, key)
        }
        guard nextNew < pieces.new.count else { return found }
        let key = pieces.new.key(at: nextNew)
        if let present = found, compareKeys(present.key, key) <= 0 { return found }
        return (walkers.count, key)
    }

    // False, without having taken it, if the piece would begin a segment more than there may be.
    private mutating func add(
        _ part: MergedPieces<New>.Part, _ sizeBytes: Int, _ key: UnsafeRawBufferPointer, _ segmentsMax: Int
    ) -> Bool {
        if !cut.range.isEmpty, let last = pieces.entries.last,
            last.sizeBytes + sizeBytes <= ViewLimits.pieceSizeBytesMax, cut.hasRoom(pieceBytes: sizeBytes),
            compareKeys(last.key, key) == 0
        {
            pieces.entries[pieces.entries.count - 1].sizeBytes += sizeBytes
            cut.lengthen(pieceBytes: sizeBytes)
        } else {
            if !cut.hasRoom(keyBytes: key.count, pieceBytes: sizeBytes) {
                cuts.append(cut)
                cut = SegmentCut(from: pieces.entries.count)
                if cuts.count == segmentsMax { return false }
            }
            pieces.entries.append(
                MergedPieces<New>.Entry(key: key, firstPart: pieces.parts.count, sizeBytes: sizeBytes))
            cut.add(keyBytes: key.count, pieceBytes: sizeBytes)
        }
        pieces.parts.append(part)
        return true
    }
}
