internal import EventLog
internal import LMDB
internal import Synchronization

/// Merging of runs, resumable after any step: what a step begins is in the manifest, and where it goes on is found by
/// searching the inputs for what comes after the last entry written.
extension LMDBIndexStorage {
    // 16 segments are about 17 MiB written and synced a step.
    private static let segmentsPerStep = 16
    // Each frees about 260 pages, whose numbers the commit writes to the free list.
    private static let deletionsPerStep = 64

    package func mergeStep() throws(StoreError) -> Bool {
        let present = manifest.withLock { $0 }
        for family in IndexFamily.allCases {
            if let dead = present[family].first(where: { $0.state == .dead }) {
                try purge(dead, family, present)
                return true
            }
            if let building = present[family].first(where: { $0.state == .building }) {
                try build(building, family, present)
                return true
            }
            if let inputs = present.mergeable(family) {
                try beginBuilding(inputs, family, present)
                return true
            }
        }
        return false
    }

    private func beginBuilding(
        _ inputs: [IndexRun], _ family: IndexFamily, _ present: IndexManifest
    ) throws(StoreError) {
        var next = present
        let output = IndexRun(
            number: next.takeRunNumber(), state: .building, firstPosition: inputs[0].firstPosition,
            lastPosition: inputs[inputs.count - 1].lastPosition, inputs: inputs.map(\.number))
        next[family].append(output)
        try build(output, family, next)
    }

    private func build(_ output: IndexRun, _ family: IndexFamily, _ present: IndexManifest) throws(StoreError) {
        var next = present
        let inputs = present[family].filter { output.inputs.contains($0.number) }
        let limit = Self.segmentsPerStep * IndexSegment.entriesMax
        let written = output.entryCount
        let total = inputs.reduce(0) { $0 + $1.entryCount }
        let merged = try mergedEntries(inputs, after: output, count: min(limit, total - written))
        var grown = output
        let added = next.cut(merged)
        grown.segments += added
        let isComplete = grown.entryCount == total
        if isComplete {
            grown.state = .live
            grown.inputs = []
        }
        let spent = isComplete ? inputs.map(Self.dead) : []
        let planned = PlannedRun(family: family, run: grown, newSegments: added, entries: merged)
        try store.write("merging the index", sizeBytes: planned.sizeBytes) { (transaction) throws(LMDBError) in
            try tables.write(planned, transaction)
            for run in spent { try tables.write(run, family, transaction) }
            try next.meta.write(transaction, tables.meta)
        }
        let replaced = Set(spent.map(\.number) + [grown.number])
        next[family] = next[family].filter { !replaced.contains($0.number) } + spent + [grown]
        publish(next)
    }

    // The next entries of the inputs in order, after those the output has already.
    private func mergedEntries(
        _ inputs: [IndexRun], after output: IndexRun, count: Int
    ) throws(StoreError) -> [IndexEntry] {
        let reader = try store.takeReader("merging the index")
        defer { store.giveBack(reader) }
        var merger = RunMerger(
            runs: try tables.locate(inputs, reader.transaction, store), place: store.path)
        if let last = try lastEntry(of: output, reader) { merger.skip(through: last) }
        return try merger.take(count)
    }

    private func lastEntry(of run: IndexRun, _ reader: Reader) throws(StoreError) -> IndexEntry? {
        let located = try tables.locate([run], reader.transaction, store)
        return located[0].segments.last.map { $0.entry($0.count - 1) }
    }

    private func purge(_ dead: IndexRun, _ family: IndexFamily, _ present: IndexManifest) throws(StoreError) {
        var next = present
        var rest = dead
        let doomed = dead.segments.suffix(Self.deletionsPerStep)
        rest.segments.removeLast(doomed.count)
        let remaining = rest
        try store.write("deleting merged runs", sizeBytes: remaining.row.count) { (transaction) throws(LMDBError) in
            try tables.delete(doomed, transaction)
            if remaining.segments.isEmpty {
                try tables.deleteRow(of: remaining, family, transaction)
            } else {
                try tables.write(remaining, family, transaction)
            }
        }
        next[family].removeAll { $0.number == dead.number }
        if !remaining.segments.isEmpty { next[family].append(remaining) }
        publish(next)
    }

    private static func dead(_ run: IndexRun) -> IndexRun {
        var dead = run
        dead.state = .dead
        return dead
    }
}

/// Takes the entries of several runs in order.
struct RunMerger {
    private var inputs: [RunWalker]

    init(runs: [LocatedRun], place: String) {
        inputs = runs.map { RunWalker(segments: $0.segments, place: place) }
    }

    /// Goes on after an entry.
    mutating func skip(through last: IndexEntry) {
        for index in inputs.indices { inputs[index].skip(through: last) }
    }

    /// The next entries, fewer at the end.
    mutating func take(_ count: Int) throws(StoreError) -> [IndexEntry] {
        var merged: [IndexEntry] = []
        merged.reserveCapacity(count)
        for index in inputs.indices { try inputs[index].settle() }
        while merged.count < count {
            var least: IndexEntry?
            var leastIndex = 0
            for index in inputs.indices {
                guard let entry = inputs[index].current else { continue }
                if let present = least, !(entry < present) { continue }
                least = entry
                leastIndex = index
            }
            guard let least else { break }
            merged.append(least)
            try inputs[leastIndex].advance()
        }
        return merged
    }
}

/// Goes through the entries of one run, each segment's checksum verified before its first entry is given.
struct RunWalker {
    private let segments: [IndexSegment]
    private let place: String
    private var segment = 0
    private var index = 0
    private var isVerified = false
    /// The entry at hand; nil at the end, and before `settle()`.
    private(set) var current: IndexEntry?

    init(segments: [IndexSegment], place: String) {
        self.segments = segments
        self.place = place
    }

    mutating func skip(through last: IndexEntry) {
        let after = IndexEntry(key: last.key, value: last.value + 1)
        segment = segments.lastIndex { $0.entry(0) <= last } ?? 0
        index = segments.isEmpty ? 0 : segments[segment].lowerBound(after)
    }

    mutating func advance() throws(StoreError) {
        index += 1
        try settle()
    }

    mutating func settle() throws(StoreError) {
        while segment < segments.count {
            if !isVerified {
                try segments[segment].verifyChecksum(place: place)
                isVerified = true
            }
            if index < segments[segment].count {
                current = segments[segment].entry(index)
                return
            }
            segment += 1
            index = 0
            isVerified = false
        }
        current = nil
    }
}
