internal import EventLog
internal import LMDB
internal import Synchronization

/// A run of the index whose segments have been found in the map.
struct LocatedRun {
    let run: IndexRun
    let segments: [IndexSegment]
}

/// Whose checksums have been compared since the index was opened, or who were written since: each is compared once.
///
/// Numbers of segments are never given twice, and what a number stands for never changes.
final class CheckedSegments: Sendable {
    private struct State {
        var heads: Set<UInt64> = []
        var entries: Set<UInt64> = []
    }

    private let state = Mutex(State())
    let storePath: String

    init(storePath: String) {
        self.storePath = storePath
    }

    /// Takes note of the segments there are now; those with numbers from `firstNew` on have just been written.
    func keep(_ numbers: some Sequence<UInt64>, firstNew: UInt64) {
        let present = Set(numbers)
        let new = present.filter { $0 >= firstNew }
        state.withLock { state in
            state.heads = state.heads.intersection(present).union(new)
            state.entries = state.entries.intersection(present).union(new)
        }
    }

    /// Compares header and filter of segments that have just been found.
    func checkHeads(_ runs: [LocatedRun]) throws(StoreError) {
        let known = state.withLock { $0.heads }
        let unknown = runs.flatMap(\.segments).filter { !known.contains($0.number) }
        for segment in unknown { try segment.verifyHead(place: storePath) }
        state.withLock { $0.heads.formUnion(unknown.lazy.map(\.number)) }
    }

    func checkEntries(_ segment: IndexSegment) throws(StoreError) {
        try segment.verifyEntries(place: storePath)
        _ = state.withLock { $0.entries.insert(segment.number) }
    }

    /// The segments whose entries have been compared.
    var checkedEntries: Set<UInt64> { state.withLock { $0.entries } }
}

extension RunTables {
    /// Finds the segments of runs in the map. The pointers are valid as long as the snapshot is.
    func locate(
        _ runs: [IndexRun], _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> [LocatedRun] {
        var located: [LocatedRun] = []
        for run in runs {
            var segments: [IndexSegment] = []
            for segment in run.segments { segments.append(try locate(segment, transaction, store)) }
            located.append(LocatedRun(run: run, segments: segments))
        }
        return located
    }

    func locate(
        _ segment: IndexSegmentReference, _ transaction: borrowing ReadTransaction, _ store: StoreEnvironment
    ) throws(StoreError) -> IndexSegment {
        let found = try IndexSegment(value: try find(segment, transaction, store), place: store.path)
        guard found.count == segment.count, found.firstKey == segment.first.key, found.number == segment.number
        else { throw .corruptFold(place: store.path, reason: "segment \(segment.number) is not what its run says") }
        return found
    }
}
