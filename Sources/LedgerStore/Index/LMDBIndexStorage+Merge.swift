internal import EventLog
internal import LMDB

extension LMDBIndexStorage {
    // 16 segments are about 17 MiB written and synced a step. Steps of 4 were tried: appending at twenty million events
    // was no faster with them.
    private static let segmentsPerStep = 16

    func nextPart(
        of merge: Merge<IndexSegmentReference>, _ family: Int, numbers manifest: inout IndexManifest
    ) throws(StoreError) -> MergedPart<IndexSegmentReference> {
        let reader = try store.takeReader("merging the index")
        defer { store.giveBack(reader) }
        var merger = RunMerger(
            runs: try tables.locate(merge.inputs, reader.transaction, store), storePath: store.path)
        // The entries are copied, so nothing points into the map when they are written.
        let entries = try merger.take(Self.segmentsPerStep * IndexSegment.entriesMax)
        return MergedPart(added: manifest.plan(entries, family), places: merger.places)
    }

    package func checkStep() throws(StoreError) -> Bool {
        let known = checked.checkedEntries
        let unknown = committed.families.joined().flatMap(\.segments).filter { !known.contains($0.number) }
        guard !unknown.isEmpty else { return false }
        let reader = try store.takeReader("checking the index")
        defer { store.giveBack(reader) }
        for segment in unknown.prefix(Self.segmentsPerStep) {
            try checked.checkEntries(try tables.locate(segment, reader.transaction, store))
        }
        return true
    }
}
