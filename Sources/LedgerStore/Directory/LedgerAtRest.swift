internal import Glibc

/// A ledger that no process serves, opened to be looked at: a data directory, or a backup, which has a log alone.
///
/// The directory's lock is held; nothing else of the directory is written, not even LMDB's own lock files.
package final class LedgerAtRest {
    package let log: LMDBLogStorage
    /// nil if there are none, or they cannot be opened: see `faults`.
    package let views: LMDBViewStorage?
    package let index: LMDBIndexStorage?
    /// Why a fold that is there could not be opened.
    package let faults: [(fold: String, reason: String)]
    private let lock: DirectoryLock

    /// - Parameter viewsVersion: the version of the rows that can be compared.
    /// - Throws: `.inUse`; `.refused`, which says what is wrong and what to do; `.system`; `.storage`.
    package init(path: String, viewsVersion: UInt32) throws(StoreError) {
        guard try FileSystem.names(in: path) != nil else {
            throw .system(operation: "opening", path: path, errno: ENOENT)
        }
        guard let marker = try LedgerMarker.read(directory: path) else { throw .refused(path: path, .noLedger) }
        lock = try DirectoryLock(directory: path)
        try LedgerStart.lookAtLog(of: path)
        var faults: [(fold: String, reason: String)] = []
        log = try LMDBLogStorage(readOnly: "\(path)/log", isAlone: true)
        views = try Self.fold("views", of: path, &faults) { (fold) throws(StoreError) in
            try LMDBViewStorage(alone: fold, viewsVersion: viewsVersion, ledger: marker.foldMark)
        }
        index = try Self.fold("index", of: path, &faults) { (fold) throws(StoreError) in
            try LMDBIndexStorage(alone: fold, ledger: marker.foldMark)
        }
        self.faults = faults
    }

    package func close() {
        log.close()
        views?.close()
        index?.close()
        lock.release()
    }

    private static func fold<Fold>(
        _ name: String, of path: String, _ faults: inout [(fold: String, reason: String)],
        _ open: (String) throws(StoreError) -> Fold
    ) throws(StoreError) -> Fold? {
        switch try DataFilePreflight.examine("\(path)/\(name)/data.mdb") {
        case .absent: return nil
        case .sound: break
        case .empty: faults.append((name, "data.mdb has no bytes"))
        case .foreign(let reason): faults.append((name, reason))
        case .truncated(let sizeBytes, let neededBytes):
            faults.append((name, "data.mdb is cut off: it has \(sizeBytes) bytes and needs \(neededBytes)"))
        }
        guard faults.last?.fold != name else { return nil }
        do throws(StoreError) {
            return try open("\(path)/\(name)")
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            faults.append((name, reason))
            return nil
        }
    }
}
