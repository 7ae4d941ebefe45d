internal import EventLog

/// The folds are disposable: what cannot be used is deleted and begun again at position 0.
extension LedgerStart {
    func openIndex(_ head: Position, _ notices: inout [String]) throws(StoreError) -> LMDBIndexStorage {
        try discardUnlessSound(indexPath, &notices)
        let index = try openFold(indexPath, &notices) { () throws(StoreError) in
            try LMDBIndexStorage(
                path: indexPath, ledger: marker.foldMark, mapSizeBytes: options.indexMapSizeBytes,
                mapSizeBytesMax: options.indexMapSizeBytesMax, readersMax: options.readersMax)
        }
        guard index.position > head else { return index }
        notices.append(Self.beyondHead(indexPath, index.position, head))
        try index.reset()
        return index
    }

    func openViews(_ head: Position, _ notices: inout [String]) throws(StoreError) -> LMDBViewStorage {
        try discardUnlessSound(viewsPath, &notices)
        let views = try openFold(viewsPath, &notices) { () throws(StoreError) in
            try LMDBViewStorage(
                path: viewsPath, viewsVersion: options.viewsVersion, ledger: marker.foldMark,
                mapSizeBytes: options.viewsMapSizeBytes, readersMax: options.readersMax)
        }
        guard views.position > head else { return views }
        notices.append(Self.beyondHead(viewsPath, views.position, head))
        try views.reset()
        return views
    }

    // What LMDB would not survive, or would silently take for new.
    private func discardUnlessSound(_ foldPath: String, _ notices: inout [String]) throws(StoreError) {
        let reason: String
        switch try DataFilePreflight.examine("\(foldPath)/data.mdb") {
        case .sound, .absent: return
        case .empty: reason = "data.mdb has no bytes"
        case .truncated(let sizeBytes, let neededBytes): reason = "data.mdb has \(sizeBytes) of \(neededBytes) bytes"
        case .foreign(let text): reason = text
        }
        try FileSystem.removeDirectory(foldPath)
        notices.append("\(foldPath) was deleted and is rebuilt from the log: \(reason)")
    }

    private func openFold<Fold>(
        _ foldPath: String, _ notices: inout [String], _ open: () throws(StoreError) -> Fold
    ) throws(StoreError) -> Fold {
        try FileSystem.createDirectory(foldPath)
        do throws(StoreError) {
            let fold = try open()
            try FileSystem.syncDirectory(foldPath)
            return fold
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            try FileSystem.removeDirectory(foldPath)
            try FileSystem.createDirectory(foldPath)
            notices.append("\(foldPath) was deleted and is rebuilt from the log: \(reason)")
        }
        let fold = try open()
        try FileSystem.syncDirectory(foldPath)
        return fold
    }

    private static func beyondHead(_ foldPath: String, _ position: Position, _ head: Position) -> String {
        "\(foldPath) stood at \(position), beyond the log's head \(head); it was deleted and is rebuilt from the log"
    }
}
