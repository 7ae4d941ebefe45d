internal import Glibc

/// A ledger that no process serves, opened to be looked at: a data directory, or a backup, which has a log alone.
///
/// The directory's lock is held; nothing else of the directory is written, not even LMDB's own lock files.
package final class LedgerAtRest {
    package let log: LMDBLogStorage
    /// nil if there are none, or they cannot be opened: see `faults`.
    package let views: LMDBViewStorage?
    package let index: LMDBIndexStorage?
    /// Why a fold that is there could not be opened, and what is wrong of the log beside its marker: `log`.
    package let faults: [(place: String, reason: String)]
    /// Folds of another version than this program's: no fault of theirs, but nothing that can be compared.
    package let others: [(fold: String, version: UInt32, known: UInt32)]
    private let lock: DirectoryLock

    /// - Parameters:
    ///   - viewsVersion: the version of the rows that can be compared.
    ///   - opening: called with `log`, `views` and `index` before that is opened.
    /// - Throws: `.inUse`; `.refused`, which says what is wrong and what to do; `.system`; `.storage`.
    package init(
        path: String, viewsVersion: UInt32, opening: (String) -> Void = { _ in }
    ) throws(StoreError) {
        guard try FileSystem.names(in: path) != nil else {
            throw .system(operation: "opening", path: path, errno: ENOENT)
        }
        guard let marker = try LedgerMarker.read(directory: path) else { throw .refused(path: path, .noLedger) }
        lock = try DirectoryLock(directory: path)
        opening("log")
        try LedgerStart.lookAtLog(of: path)
        log = try LMDBLogStorage(readOnly: "\(path)/log", isAlone: true)
        var found = Found()
        do throws(StoreError) {
            try LedgerStart.compare(log, with: marker, path: path)
        } catch {
            switch error {
            case .refused(_, let refusal) where refusal.isOfAnotherLog: found.faults.append(("log", refusal.message))
            case .refused(_, .recordsNewer): throw error
            // Whoever reads the records finds it again, and says where.
            default: break
            }
        }
        opening("views")
        views = try found.fold("views", of: path, version: viewsVersion) { (fold) throws(StoreError) in
            try LMDBViewStorage(alone: fold, viewsVersion: viewsVersion, ledger: marker.foldMark)
        }
        opening("index")
        index = try found.fold("index", of: path, version: LMDBIndexStorage.version) { (fold) throws(StoreError) in
            try LMDBIndexStorage(alone: fold, ledger: marker.foldMark)
        }
        (faults, others) = (found.faults, found.others)
    }

    package func close() {
        log.close()
        views?.close()
        index?.close()
        lock.release()
    }
}

extension Refusal {
    /// The log is sound in itself, but not the one that was here.
    fileprivate var isOfAnotherLog: Bool {
        switch self {
        case .logBehindMarker, .logOfAnotherLedger: true
        default: false
        }
    }

    /// There is a ledger, and its log is not as it was written: nothing that another path or program would mend.
    package var isDamage: Bool {
        switch self {
        case .logMissing, .logEmpty, .logTruncated, .logForeign, .logUnreadable, .logDamaged: true
        default: isOfAnotherLog
        }
    }
}

/// What was found of folds that cannot be compared.
private struct Found {
    var faults: [(place: String, reason: String)] = []
    var others: [(fold: String, version: UInt32, known: UInt32)] = []

    mutating func fold<Fold>(
        _ name: String, of path: String, version: UInt32, _ open: (String) throws(StoreError) -> Fold
    ) throws(StoreError) -> Fold? {
        switch try DataFilePreflight.examine("\(path)/\(name)/data.mdb") {
        case .absent: return nil
        case .sound: break
        case .empty: return note(name, "data.mdb has no bytes")
        case .foreign(let reason): return note(name, reason)
        case .truncated(let sizeBytes, let neededBytes):
            return note(name, "data.mdb is cut off: it has \(sizeBytes) bytes and needs \(neededBytes)")
        }
        do throws(StoreError) {
            if let found = try FoldLook.read(alone: "\(path)/\(name)"), found.version != version {
                others.append((name, found.version, version))
                return nil
            }
            return try open("\(path)/\(name)")
        } catch {
            guard case .corruptFold(_, let reason) = error else { throw error }
            return note(name, reason)
        }
    }

    private mutating func note<Fold>(_ name: String, _ reason: String) -> Fold? {
        faults.append((name, reason))
        return nil
    }
}
