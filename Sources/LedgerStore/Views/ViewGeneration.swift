internal import EventLog

/// A run of rows whose segments have been found in the map.
struct LocatedViewRun {
    let number: UInt64
    let consumed: Int
    let segments: [ViewSegment]

    /// Where the entries begin whose keys are not less than `key`.
    func lowerBound(_ key: UnsafeRawBufferPointer) -> RunPlace {
        var low = 0
        var high = segments.count
        while low < high {
            let middle = (low + high) / 2
            let segment = segments[middle]
            if compareKeys(segment.key(segment.count - 1), key) < 0 { low = middle + 1 } else { high = middle }
        }
        guard low < segments.count else { return RunPlace(segment: low) }
        // What lies before has gone to another run.
        return RunPlace(segment: low, entry: max(segments[low].lowerBound(key), low == 0 ? consumed : 0))
    }

    /// The place after one; the end has the number of segments.
    func next(_ place: RunPlace) -> RunPlace {
        place.entry + 1 < segments[place.segment].count
            ? RunPlace(segment: place.segment, entry: place.entry + 1) : RunPlace(segment: place.segment + 1)
    }

    func key(_ place: RunPlace) -> UnsafeRawBufferPointer? {
        place.segment < segments.count ? segments[place.segment].key(place.entry) : nil
    }
}

/// The rows at one position, found in the map once and read by any number of threads.
///
/// `@unchecked Sendable`: nothing changes after `init`; the pointers lead into the map, which stays where it is and whose
/// pages are not reused as long as the reader is held.
final class ViewGeneration: ViewSnapshot, @unchecked Sendable {
    let manifest: RunManifest<ViewSegmentReference>
    let runs: [LocatedViewRun]
    private let store: StoreEnvironment
    let reader: Reader

    /// Finds all segments, and compares the checksums of the directories of those that are not in `previous`, or of all.
    ///
    /// - Parameter manifest: nil to read it.
    init(
        _ manifest: RunManifest<ViewSegmentReference>?, _ store: StoreEnvironment, _ tables: RunTables,
        after previous: ViewGeneration?
    ) throws(StoreError) {
        let reader = try store.takeReader("beginning a snapshot of the views")
        do throws(StoreError) {
            let manifest: RunManifest<ViewSegmentReference> =
                if let manifest { manifest } else {
                    try tables.readManifest(reader.transaction, store, families: 1)
                }
            let verified = Set(previous?.manifest[0].lazy.flatMap(\.segments).map(\.number) ?? [])
            var runs: [LocatedViewRun] = []
            for run in manifest[0] {
                runs.append(try Self.locate(run, reader, store, tables, verified))
            }
            self.runs = runs
            self.manifest = manifest
        } catch {
            store.giveBack(reader)
            throw error
        }
        self.store = store
        self.reader = reader
    }

    deinit {
        store.giveBack(reader)
    }

    var position: Position { manifest.meta.position }

    /// Some of the runs, in order.
    func located(_ wanted: [Run<ViewSegmentReference>]) -> [LocatedViewRun] {
        let located = runs.filter { run in wanted.contains { $0.number == run.number } }
        precondition(located.count == wanted.count, "a run that is merged is one that is published")
        return located
    }

    private static func locate(
        _ run: Run<ViewSegmentReference>, _ reader: Reader, _ store: StoreEnvironment, _ tables: RunTables,
        _ verified: Set<UInt64>
    ) throws(StoreError) -> LocatedViewRun {
        var segments: [ViewSegment] = []
        segments.reserveCapacity(run.segments.count)
        for reference in run.segments {
            let segment = try ViewSegment(
                value: try tables.find(reference, reader.transaction, store), reference: reference,
                place: store.path)
            if !verified.contains(reference.number) { try segment.verifyDirectory(place: store.path) }
            segments.append(segment)
        }
        return LocatedViewRun(number: run.number, consumed: run.consumed, segments: segments)
    }

    func forEachPiece(
        of key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> Void
    ) throws(StoreError) -> Bool {
        var isThere = false
        for run in runs {
            var place = run.lowerBound(key)
            while let found = run.key(place), compareKeys(found, key) == 0 {
                body(try run.segments[place.segment].piece(place.entry, place: store.path))
                isThere = true
                place = run.next(place)
            }
        }
        return isThere
    }

    func scanKeys(
        from key: UnsafeRawBufferPointer, _ body: (UnsafeRawBufferPointer) -> ScanDecision
    ) throws(StoreError) {
        var scan = ViewScan(runs, from: key)
        while let key = scan.nextKey() {
            if body(key) == .stop { return }
            try scan.pass(key) { (_, _) throws(StoreError) in }
        }
    }

    func scanRows(
        from key: UnsafeRawBufferPointer, _ body: (RowReference) -> ScanDecision
    ) throws(StoreError) {
        var scan = ViewScan(runs, from: key)
        var joined: [UInt8] = []
        while let key = scan.nextKey() {
            var pieces: [UnsafeRawBufferPointer] = []
            try scan.pass(key) { (segment, index) throws(StoreError) in
                pieces.append(try segment.piece(index, place: store.path))
            }
            let decision: ScanDecision
            if pieces.count == 1 {
                decision = body(RowReference(key: key, value: pieces[0]))
            } else {
                joined.removeAll(keepingCapacity: true)
                for piece in pieces { joined.append(contentsOf: piece) }
                decision = joined.withUnsafeBytes { body(RowReference(key: key, value: $0)) }
            }
            if decision == .stop { return }
        }
    }
}

/// Goes through the keys of all runs in order.
struct ViewScan {
    private let runs: [LocatedViewRun]
    private var places: [RunPlace]
    private var keys: [UnsafeRawBufferPointer?]

    init(_ runs: [LocatedViewRun], from key: UnsafeRawBufferPointer) {
        self.runs = runs
        places = runs.map { $0.lowerBound(key) }
        keys = zip(runs, places).map { $0.key($1) }
    }

    /// The least key at hand; nil at the end.
    func nextKey() -> UnsafeRawBufferPointer? {
        var least: UnsafeRawBufferPointer?
        for key in keys {
            guard let key else { continue }
            if let present = least, compareKeys(present, key) <= 0 { continue }
            least = key
        }
        return least
    }

    /// Goes on behind a key that `nextKey` gave, showing its entries in order.
    mutating func pass(
        _ key: UnsafeRawBufferPointer, _ body: (ViewSegment, Int) throws(StoreError) -> Void
    ) throws(StoreError) {
        for index in runs.indices {
            while let found = keys[index], compareKeys(found, key) == 0 {
                try body(runs[index].segments[places[index].segment], places[index].entry)
                places[index] = runs[index].next(places[index])
                keys[index] = runs[index].key(places[index])
            }
        }
    }
}
