internal import EventLog

/// Which runs there are, and at which position they stand.
struct IndexManifest {
    /// Runs of a level that become one of the next.
    static let fanIn = 4

    var meta: FoldMeta
    /// By the number of their family; each in the order of positions, building ones where their inputs are.
    var families: [[IndexRun]] = Array(repeating: [], count: IndexFamily.allCases.count)

    subscript(family: IndexFamily) -> [IndexRun] {
        get { families[Int(family.rawValue)] }
        set { families[Int(family.rawValue)] = newValue }
    }

    func live(_ family: IndexFamily) -> [IndexRun] {
        self[family].filter { $0.state == .live }
    }

    /// Sorts the runs as the invariant says, after they were read or changed.
    mutating func arrange() {
        for index in families.indices {
            families[index].sort { ($0.firstPosition, $0.number) < ($1.firstPosition, $1.number) }
        }
    }

    /// Four adjacent runs to merge next, the newest such; nil if there are none.
    ///
    /// A run counts as of the highest level of itself and all newer ones: otherwise small runs between large ones would
    /// never find three neighbours of their own.
    func mergeable(_ family: IndexFamily) -> [IndexRun]? {
        let runs = live(family)
        var levels: [Int] = []
        for run in runs.reversed() { levels.append(max(run.level, levels.last ?? 0)) }
        levels.reverse()
        for start in stride(from: runs.count - Self.fanIn, through: 0, by: -1) {
            let end = start + Self.fanIn - 1
            if levels[start] == levels[end] { return Array(runs[start...end]) }
        }
        return nil
    }

    mutating func takeSegmentNumber() -> UInt64 {
        defer { meta.nextSegment += 1 }
        return meta.nextSegment
    }

    mutating func takeRunNumber() -> UInt64 {
        defer { meta.nextRun += 1 }
        return meta.nextRun
    }
}

/// The key of a run's row in the meta table: "run", the family, the run's number, big-endian so that rows are in order.
struct IndexRunKey: Hashable {
    let family: IndexFamily
    let number: UInt64

    private static let prefix = Array("run".utf8)

    init(family: IndexFamily, number: UInt64) {
        self.family = family
        self.number = number
    }

    init?(bytes: UnsafeRawBufferPointer) {
        guard bytes.count == Self.prefix.count + 9, bytes.prefix(Self.prefix.count).elementsEqual(Self.prefix),
            let family = IndexFamily(rawValue: bytes[Self.prefix.count])
        else { return nil }
        self.family = family
        number = UInt64(bigEndian: bytes.loadUnaligned(fromByteOffset: Self.prefix.count + 1, as: UInt64.self))
    }

    var bytes: [UInt8] {
        var bytes = Self.prefix + [family.rawValue]
        withUnsafeBytes(of: number.bigEndian) { bytes.append(contentsOf: $0) }
        return bytes
    }
}
