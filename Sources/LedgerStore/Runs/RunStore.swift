internal import EventLog
internal import LMDB

/// How far the walk through a run's segments has come.
struct RunPlace: Hashable {
    /// In the run's segments; their count at the end.
    var segment = 0
    /// In that segment; 0 at the end.
    var entry = 0
}

/// What a step of a merge takes from the inputs to the output.
struct MergedPart<Segment: SegmentReference> {
    /// Full segments, but for the last one of a merge.
    var added: [PlannedSegment<Segment>]
    /// Where each input goes on.
    var places: [RunPlace]
}

/// A store of sorted runs that are merged geometrically.
///
/// A table with random keys would dirty a page of 4 KiB for each entry; a run is written once, in order, and rewritten
/// once a level. Position, rows and segments change together in one transaction.
protocol RunStore: AnyObject {
    associatedtype Segment: SegmentReference

    var store: StoreEnvironment { get }
    var tables: RunTables { get }
    var families: Int { get }
    /// The manifest as it is committed.
    var committed: RunManifest<Segment> { get }

    /// Makes a committed manifest the one that is read.
    func publish(_ manifest: RunManifest<Segment>) throws(StoreError)

    /// Plans the next segments of a merge: at most as much as a step may write.
    ///
    /// - Parameter manifest: gives the numbers of the segments.
    func nextPart(
        of merge: Merge<Segment>, _ family: Int, numbers manifest: inout RunManifest<Segment>
    ) throws(StoreError) -> MergedPart<Segment>
}

extension RunStore {
    /// One bounded step of a merge.
    ///
    /// - Returns: false if there is none to do.
    func stepMerge(_ operation: String) throws(StoreError) -> Bool {
        var next = committed
        for family in 0..<families {
            guard let merge = next.nextMerge(family) else { continue }
            let part = try nextPart(of: merge, family, numbers: &next)
            try commit([Self.change(merge, part, family)], &next, operation)
            return true
        }
        return false
    }

    /// Commits changes together with the manifest's position and numbers, and publishes what comes of it.
    func commit(
        _ changes: [RunChange<Segment>], _ next: inout RunManifest<Segment>, _ operation: String
    ) throws(StoreError) {
        let meta = next.meta
        let sizeBytes = changes.reduce(0) { $0 + $1.sizeBytes }
        try store.write(operation, sizeBytes: sizeBytes) { (transaction) throws(LMDBError) in
            for change in changes { try tables.apply(change, transaction) }
            try meta.write(transaction, tables.meta)
        }
        for change in changes {
            for run in change.runs { next.put(run, change.family) }
        }
        try publish(next)
    }

    private static func change(
        _ merge: Merge<Segment>, _ part: MergedPart<Segment>, _ family: Int
    ) -> RunChange<Segment> {
        var change = RunChange<Segment>(family: family, added: part.added)
        for (input, place) in zip(merge.inputs, part.places) {
            var rest = input
            change.deleted += input.segments.prefix(place.segment)
            rest.segments.removeFirst(place.segment)
            rest.consumed = place.entry
            change.runs.append(rest)
        }
        var output = merge.output
        output.segments += part.added.map(\.reference)
        if change.runs.allSatisfy(\.segments.isEmpty) { output.inputs = [] }
        change.runs.append(output)
        return change
    }
}
