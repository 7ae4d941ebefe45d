internal import EventLog

/// The folds are disposable: what cannot be used is deleted and begun again at position 0.
extension LedgerStart {
    func openIndex(_ head: Position, _ notices: inout [String]) throws(StoreError) -> SwappableIndexStorage {
        let place = FoldPlace(directory: path, name: "index")
        try prepare(place, &notices)
        let (options, mark) = (self.options, marker.foldMark)
        let opening: @Sendable (String, Bool) throws(StoreError) -> LMDBIndexStorage = {
            (path, _) throws(StoreError) in
            try LMDBIndexStorage(
                path: path, place: place.current, ledger: mark, mapSizeBytes: options.indexMapSizeBytes,
                mapSizeBytesMax: options.indexMapSizeBytesMax, readersMax: options.readersMax)
        }
        let index = try openFold(place, &notices, opening)
        if index.position > head {
            notices.append(Self.beyondHead(place.current, index.position, head))
            try index.reset()
        }
        return SwappableIndexStorage(ReplaceableFold(place: place, serving: index, opening: opening))
    }

    func openViews(_ head: Position, _ notices: inout [String]) throws(StoreError) -> SwappableViewStorage {
        let place = FoldPlace(directory: path, name: "views")
        try prepare(place, &notices)
        let (options, mark) = (self.options, marker.foldMark)
        let opening: @Sendable (String, Bool) throws(StoreError) -> LMDBViewStorage = {
            (path, isServing) throws(StoreError) in
            try LMDBViewStorage(
                path: path, place: place.current, viewsVersion: options.viewsVersion,
                readableVersions: isServing ? options.readableViewsVersions : nil, ledger: mark,
                mapSizeBytes: options.viewsMapSizeBytes, readersMax: options.readersMax)
        }
        let views = try openFold(place, &notices, opening)
        if views.position > head {
            notices.append(Self.beyondHead(place.current, views.position, head))
            try views.reset()
        }
        return SwappableViewStorage(ReplaceableFold(place: place, serving: views, opening: opening))
    }

    // Ends what a take-over left undone, and deletes what LMDB would not survive, or would silently take for new.
    private func prepare(_ place: FoldPlace, _ notices: inout [String]) throws(StoreError) {
        try place.recover()
        let reason: String
        switch try DataFilePreflight.examine("\(place.current)/data.mdb") {
        case .sound, .absent: return
        case .empty: reason = "data.mdb has no bytes"
        case .truncated(let sizeBytes, let neededBytes): reason = "data.mdb has \(sizeBytes) of \(neededBytes) bytes"
        case .foreign(let text): reason = text
        }
        try FileSystem.removeDirectory(place.current)
        notices.append("\(place.current) was deleted and is rebuilt from the log: \(reason)")
    }

    private func openFold<Fold>(
        _ place: FoldPlace, _ notices: inout [String], _ open: (String, Bool) throws(StoreError) -> Fold
    ) throws(StoreError) -> Fold {
        try FileSystem.createDirectory(place.current)
        do throws(StoreError) {
            let fold = try open(place.current, true)
            try FileSystem.syncDirectory(place.current)
            return fold
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            try FileSystem.removeDirectory(place.current)
            try FileSystem.createDirectory(place.current)
            notices.append("\(place.current) was deleted and is rebuilt from the log: \(reason)")
        }
        let fold = try open(place.current, true)
        try FileSystem.syncDirectory(place.current)
        return fold
    }

    private static func beyondHead(_ foldPath: String, _ position: Position, _ head: Position) -> String {
        "\(foldPath) stood at \(position), beyond the log's head \(head); it was deleted and is rebuilt from the log"
    }
}
