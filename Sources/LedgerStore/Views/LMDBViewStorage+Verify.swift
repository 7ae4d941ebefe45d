internal import EventLog

extension LMDBViewStorage {
    package func verify() throws(StoreError) {
        // All of it anew: the manifest, and with it all directories.
        let present = try ViewGeneration(nil, store, tables, after: nil)
        // The segments lie in the map only as long as the generation is held.
        try withExtendedLifetime(present) { () throws(StoreError) in try verify(present.runs) }
    }

    private func verify(_ runs: [LocatedViewRun]) throws(StoreError) {
        for run in runs {
            var previous: UnsafeRawBufferPointer?
            for segment in run.segments {
                for index in 0..<segment.count {
                    let key = segment.key(index)
                    if let previous, compareKeys(previous, key) > 0 {
                        throw corrupt("the rows of a run are not in order")
                    }
                    guard segment.head(index) == ViewSegment.head(of: key, after: segment.sharedSizeBytes) else {
                        throw corrupt("a head is not that of its key")
                    }
                    _ = try segment.piece(index, place: store.path)
                    previous = key
                }
            }
        }
    }

    private func corrupt(_ reason: String) -> StoreError {
        .corruptFold(place: store.path, reason: reason)
    }
}
