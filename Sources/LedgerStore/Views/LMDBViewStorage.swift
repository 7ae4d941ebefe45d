package import EventLog
internal import LMDB
internal import Synchronization

/// The rows in an LMDB environment of their own, as sorted runs that are merged geometrically.
///
/// A checkpoint writes its pieces as a run, and takes the newest runs into it as long as they are small: a quiet ledger
/// has few runs and makes no commits but its checkpoints. What is read is a *generation*: one read transaction with all
/// segments found in the map, made after each commit and shared until the last question lets it go.
///
/// Legal states besides the published one: *committed and not published*, when there was no reader slot after a commit.
/// The next call publishes it first.
package final class LMDBViewStorage: ViewStorage, RunStore {
    let store: StoreEnvironment
    let tables: RunTables
    let families = 1
    private let viewsVersion: UInt32
    private let ledger: UInt64
    private let manifest: Mutex<RunManifest<ViewSegmentReference>>
    // nil after the store was closed.
    private let published: Mutex<ViewGeneration?>
    private let standing: Atomic<UInt64>

    /// Runs are taken into a checkpoint's own up to this size together, in bytes.
    private static let foldedSizeBytesMax = 1 << 20
    /// Runs up to this size are always taken in: writing them again costs less than the wait for the disk.
    private static let foldedSizeBytesMin = 64 << 10

    /// Opens the views in an existing directory, or begins empty ones in an empty directory.
    ///
    /// - Parameters:
    ///   - place: the directory that messages name, where the views are to serve; nil: `path`.
    ///   - viewsVersion: the version of the rows that are begun here.
    ///   - readableVersions: the versions of rows that may be found and are gone on with; nil: that one alone.
    ///   - ledger: of which ledger they are.
    ///   - mapSizeBytes: what they may grow to. Mapped whole, so that what is read never moves; a sparse map takes
    ///     address space only.
    /// - Throws: `.corruptFold` if they are another ledger's, have a version that is not readable, or are not what was
    ///   written.
    package convenience init(
        path: String, place: String? = nil, viewsVersion: UInt32, readableVersions: Set<UInt32>? = nil,
        ledger: UInt64 = 0, mapSizeBytes: UInt64, readersMax: Int = 126
    ) throws(StoreError) {
        let expected = Self.expected(viewsVersion, readableVersions, ledger)
        try self.init(
            OpenedRuns(
                path: path, place: place, expected, mapSizeBytes: mapSizeBytes, mapSizeBytesMax: mapSizeBytes,
                readersMax: readersMax), expected)
    }

    /// Opens views that nobody writes meanwhile to read them alone: their directory stays as it is.
    ///
    /// - Throws: as above.
    package convenience init(
        alone path: String, viewsVersion: UInt32, readableVersions: Set<UInt32>? = nil, ledger: UInt64 = 0
    ) throws(StoreError) {
        let expected = Self.expected(viewsVersion, readableVersions, ledger)
        try self.init(OpenedRuns(alone: path, expected), expected)
    }

    private static func expected(
        _ version: UInt32, _ readableVersions: Set<UInt32>?, _ ledger: UInt64
    ) -> OpenedRuns<ViewSegmentReference>.Expected {
        .init(
            name: "views", version: version, readableVersions: readableVersions ?? [version], ledger: ledger,
            families: 1)
    }

    private init(
        _ opened: OpenedRuns<ViewSegmentReference>, _ expected: OpenedRuns<ViewSegmentReference>.Expected
    ) throws(StoreError) {
        (store, tables) = (opened.store, opened.tables)
        viewsVersion = expected.version
        ledger = expected.ledger
        manifest = Mutex(opened.manifest)
        let generation: ViewGeneration
        do throws(StoreError) {
            generation = try ViewGeneration(opened.manifest, store, tables, after: nil)
        } catch {
            opened.store.close()
            throw error
        }
        published = Mutex(generation)
        standing = Atomic(generation.position.rawValue)
    }

    package var position: Position {
        Position(standing.load(ordering: .acquiring))
    }

    /// The version of the rows: the one with which they were begun.
    package var version: UInt32 { committed.meta.version }

    package func snapshot() throws(StoreError) -> any ViewSnapshot {
        try generation()
    }

    package func checkpoint(rows pieces: some ViewPieces, position: Position) throws(StoreError) {
        if try publishPending(), position == self.position { return }
        try ViewRules.check(pieces, position: position, present: self.position)
        guard position > self.position else { return }
        var next = committed
        let before = next.meta.position
        next.meta.position = position
        var change = RunChange<ViewSegmentReference>(family: 0)
        if pieces.count > 0 {
            let cuts = ViewSegmentWriter.cut(pieces)
            let small = smallRuns(next, besides: cuts.reduce(0) { $0 + $1.sizeBytes })
            change = RunChange(family: 0, deleted: small.flatMap(\.segments), runs: small.map(Self.emptied))
            var run = Run<ViewSegmentReference>(
                number: next.takeRunNumber(), firstPosition: small.first?.firstPosition ?? before.next,
                lastPosition: position)
            change.added =
                small.isEmpty
                ? ViewSegmentWriter.plan(pieces, cuts, numbers: &next) : try fold(small, pieces, numbers: &next)
            run.segments = change.added.map(\.reference)
            change.runs.append(run)
        }
        try commit([change], &next, "a checkpoint of the views")
    }

    package func mergeStep() throws(StoreError) -> Bool {
        _ = try publishPending()
        return try stepMerge("merging the views")
    }

    package func reset() throws(StoreError) {
        let empty = RunManifest<ViewSegmentReference>(
            meta: FoldMeta(
                version: viewsVersion, position: .beforeFirst, ledger: ledger,
                nextSegment: committed.meta.nextSegment, nextRun: committed.meta.nextRun),
            families: families)
        try store.write("deleting the views", sizeBytes: 0) { (transaction) throws(LMDBError) in
            try tables.clear(transaction, empty.meta)
        }
        try publish(empty)
    }

    package func usage() throws(StoreError) -> StorageUsage {
        try store.usage(besides: generation().reader)
    }

    /// The runs a lookup has to ask.
    package var runCount: Int { committed[0].count }

    /// Closes the environment; nothing may be called afterwards.
    ///
    /// - Returns: false if a snapshot was still held, which leaves the environment open.
    @discardableResult
    package func close() -> Bool {
        published.withLock { $0 = nil }
        return store.close()
    }
}

extension LMDBViewStorage {
    var committed: RunManifest<ViewSegmentReference> {
        manifest.withLock { $0 }
    }

    func generation() throws(StoreError) -> ViewGeneration {
        guard let present = published.withLock({ $0 }) else { throw .snapshotEnded }
        return present
    }

    func publish(_ next: RunManifest<ViewSegmentReference>) throws(StoreError) {
        manifest.withLock { $0 = next }
        _ = try publishPending(always: true)
    }

    // Whether what was committed had not been published, and is now.
    private func publishPending(always: Bool = false) throws(StoreError) -> Bool {
        let present = try generation()
        let next = committed
        guard always || present.manifest != next else { return false }
        let generation = try ViewGeneration(next, store, tables, after: present)
        published.withLock { $0 = generation }
        standing.store(generation.position.rawValue, ordering: .releasing)
        return true
    }

    // The newest runs that a checkpoint of so many bytes takes in: each at most as large as what comes after it, so that
    // what is small is rewritten a few times and what is large is not.
    private func smallRuns(
        _ manifest: RunManifest<ViewSegmentReference>, besides sizeBytes: Int
    ) -> [Run<ViewSegmentReference>] {
        let busy = manifest.busy(0)
        var total = sizeBytes
        var found: [Run<ViewSegmentReference>] = []
        for run in manifest[0].reversed() {
            let size = run.size
            guard !busy.contains(run.number), size <= max(total, Self.foldedSizeBytesMin),
                total + size <= Self.foldedSizeBytesMax
            else { break }
            total += size
            found.append(run)
        }
        return found.reversed()
    }

    private func fold(
        _ runs: [Run<ViewSegmentReference>], _ pieces: some ViewPieces,
        numbers manifest: inout RunManifest<ViewSegmentReference>
    ) throws(StoreError) -> [PlannedSegment<ViewSegmentReference>] {
        let present = try generation()
        var merger = ViewMerger(present.located(runs), pieces, owner: present, storePath: store.path)
        try merger.take(segments: .max)
        return ViewSegmentWriter.plan(merger.pieces, merger.cuts, numbers: &manifest)
    }

    private static func emptied(_ run: Run<ViewSegmentReference>) -> Run<ViewSegmentReference> {
        var run = run
        run.segments = []
        run.consumed = 0
        return run
    }
}

extension LMDBViewStorage {
    /// 15 MiB written and synced a step.
    private static let segmentsPerStep = 15

    func nextPart(
        of merge: Merge<ViewSegmentReference>, _ family: Int,
        numbers manifest: inout RunManifest<ViewSegmentReference>
    ) throws(StoreError) -> MergedPart<ViewSegmentReference> {
        let present = try generation()
        var merger = ViewMerger(
            present.located(merge.inputs), NoPieces(), owner: present, storePath: store.path)
        try merger.take(segments: Self.segmentsPerStep)
        return MergedPart(
            added: ViewSegmentWriter.plan(merger.pieces, merger.cuts, numbers: &manifest), places: merger.places)
    }
}
