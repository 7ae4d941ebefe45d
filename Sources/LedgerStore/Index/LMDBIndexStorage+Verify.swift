internal import EventLog

extension LMDBIndexStorage {
    package func verify() throws(StoreError) {
        let reader = try store.takeReader("verifying the index")
        defer { store.giveBack(reader) }
        let manifest: IndexManifest = try tables.readManifest(reader.transaction, store, families: families)
        for family in 0..<families {
            for run in manifest[family] { try verify(run, reader) }
        }
    }

    private func verify(_ run: IndexRun, _ reader: Reader) throws(StoreError) {
        var previous: IndexEntry?
        for segment in try tables.locate([run], reader.transaction, store)[0].segments {
            try segment.verifyHead(place: store.path)
            try segment.verifyEntries(place: store.path)
            for index in 0..<segment.count {
                let entry = segment.entry(index)
                if let previous, !(previous < entry) { throw corrupt("the entries of a run are not in order") }
                guard entry.position >= run.firstPosition, entry.position <= run.lastPosition else {
                    throw corrupt("an entry at \(entry.position) lies outside its run")
                }
                previous = entry
            }
        }
    }

    private func corrupt(_ reason: String) -> StoreError {
        .corruptFold(place: store.path, reason: reason)
    }
}
