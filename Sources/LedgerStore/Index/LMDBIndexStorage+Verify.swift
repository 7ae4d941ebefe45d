internal import EventLog

extension LMDBIndexStorage {
    package func verify() throws(StoreError) {
        let reader = try store.takeReader("verifying the index")
        defer { store.giveBack(reader) }
        let manifest = try tables.readManifest(reader.transaction, store)
        for family in IndexFamily.allCases {
            var covered = Position.beforeFirst
            for run in manifest.live(family) {
                guard run.firstPosition > covered, run.lastPosition <= manifest.meta.position else {
                    throw corrupt("the runs do not follow each other at position \(run.firstPosition)")
                }
                covered = run.lastPosition
                try verify(run, reader)
            }
        }
    }

    private func verify(_ run: IndexRun, _ reader: Reader) throws(StoreError) {
        var previous: IndexEntry?
        for segment in try tables.locate([run], reader.transaction, store)[0].segments {
            try segment.verifyChecksum(place: store.path)
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
