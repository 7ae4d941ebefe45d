internal import EventLog
internal import LMDB

/// Which runs there are, and at which position they stand.
///
/// Invariants: (1) the whole runs of a family cover ascending ranges of positions, so that what was added to a key first
/// lies in an earlier run; (2) the inputs of a merge are neighbours, and their output lies before them, since what it
/// has of a key comes before what they still have.
struct RunManifest<Segment: SegmentReference>: Hashable, Sendable {
    /// Runs of a level that become one of the next. With eight, ten million events are rewritten once or twice and a
    /// lookup asks some 14 runs; with four, two or three times and 9: writing cost more than asking.
    static var fanIn: Int { 8 }

    var meta: FoldMeta
    /// By the number of their family; each in the order of positions.
    private(set) var families: [[Run<Segment>]]

    init(meta: FoldMeta, families: Int) {
        self.meta = meta
        self.families = Array(repeating: [], count: families)
    }

    /// The runs of a family in order.
    subscript(family: Int) -> [Run<Segment>] { families[family] }

    /// Adds a run, or puts it in the place of the one with its number; takes it away if it has nothing any more.
    mutating func put(_ run: Run<Segment>, _ family: Int) {
        families[family].removeAll { $0.number == run.number }
        if !run.segments.isEmpty { families[family].append(run) }
        // An output before its inputs: it has their first position and a later last one.
        families[family].sort {
            ($0.firstPosition, $1.lastPosition) < ($1.firstPosition, $0.lastPosition)
        }
    }

    /// The numbers of the runs that are being merged, and of those they are merged into.
    func busy(_ family: Int) -> Set<UInt64> {
        families[family].reduce(into: []) { numbers, run in
            if !run.inputs.isEmpty { numbers.formUnion(run.inputs + [run.number]) }
        }
    }

    mutating func takeSegmentNumber() -> UInt64 {
        defer { meta.nextSegment += 1 }
        return meta.nextSegment
    }

    mutating func takeRunNumber() -> UInt64 {
        defer { meta.nextRun += 1 }
        return meta.nextRun
    }

    /// Whether the runs of each family are as the invariants say.
    var isInOrder: Bool {
        families.allSatisfy { runs in
            let inputs = Set(runs.flatMap(\.inputs))
            let whole = runs.filter { !inputs.contains($0.number) }
            let merged = runs.filter { inputs.contains($0.number) }
            return [whole, merged].allSatisfy { runs in
                zip(runs, runs.dropFirst()).allSatisfy { $0.lastPosition < $1.firstPosition }
            } && runs.allSatisfy { $0.firstPosition <= $0.lastPosition && $0.lastPosition <= meta.position }
        }
    }
}

/// A merge to take a step of.
struct Merge<Segment: SegmentReference> {
    let output: Run<Segment>
    let inputs: [Run<Segment>]

    var size: Int { inputs.reduce(0) { $0 + $1.size } }
}

extension RunManifest {
    /// The merge to go on with or to begin; nil if there is none.
    ///
    /// The smallest first: a large one takes long, and small runs come in meanwhile, which every lookup has to ask.
    mutating func nextMerge(_ family: Int) -> Merge<Segment>? {
        let runs = families[family]
        var merges = runs.filter { !$0.inputs.isEmpty }.map { output in
            Merge(output: output, inputs: runs.filter { output.inputs.contains($0.number) })
        }
        if let inputs = mergeable(family) {
            let output = Run<Segment>(
                number: meta.nextRun, firstPosition: inputs[0].firstPosition,
                lastPosition: inputs[inputs.count - 1].lastPosition, inputs: inputs.map(\.number))
            merges.append(Merge(output: output, inputs: inputs))
        }
        guard let next = merges.min(by: { $0.size < $1.size }) else { return nil }
        if next.output.number == meta.nextRun { meta.nextRun += 1 }
        return next
    }

    /// Neighbours to merge next, as many as `fanIn`, the newest such; nil if there are none.
    ///
    /// A run counts as of the highest level of itself and all newer ones: otherwise small runs between large ones would
    /// never find neighbours of their own.
    func mergeable(_ family: Int) -> [Run<Segment>]? {
        let runs = families[family]
        let busy = busy(family)
        var levels: [Int] = []
        for run in runs.reversed() { levels.append(max(run.level, levels.last ?? 0)) }
        levels.reverse()
        for start in stride(from: runs.count - Self.fanIn, through: 0, by: -1) {
            let end = start + Self.fanIn - 1
            guard levels[start] == levels[end] else { continue }
            let found = runs[start...end]
            if found.allSatisfy({ !busy.contains($0.number) }) { return Array(found) }
        }
        return nil
    }

    /// Reads the rows of the runs; nil if one cannot be understood.
    init?(meta: FoldMeta, families: Int, reading cursor: borrowing Cursor) throws(LMDBError) {
        self.init(meta: meta, families: families)
        var item = try cursor.first()
        while let found = item {
            if let key = RunKey(bytes: found.key) {
                guard self.families.indices.contains(key.family),
                    let run = Run<Segment>(number: key.number, row: Array(found.value))
                else { return nil }
                put(run, key.family)
            }
            item = try cursor.next()
        }
        guard isInOrder else { return nil }
    }
}
