internal import EventLog

extension LedgerDirectory {
    /// Opens a data directory, or begins a ledger in an absent or empty one.
    ///
    /// The lock comes first, then everything that can be found out without LMDB, then LMDB.
    /// - Throws: `.inUse`; `.refused`, which says what is wrong and what to do; `.system`; `.storage`.
    package static func open(path: String, options: LedgerDirectoryOptions) throws(StoreError) -> LedgerDirectory {
        try FileSystem.createDirectory(path)
        let lock = try DirectoryLock(directory: path)
        let start = try LedgerStart(path: path, options: options)
        let log = try start.openLog()
        do throws(StoreError) {
            var notices: [String] = []
            let index = try start.openIndex(log.head, &notices)
            let views = try start.openViews(log.head, &notices)
            return LedgerDirectory(
                path: path, lock: lock, marker: start.marker, isFirstStart: start.isFirstStart, log: log,
                views: views, index: index, notices: notices)
        } catch {
            log.close()
            throw error
        }
    }
}

/// The steps of opening a data directory whose lock is held.
struct LedgerStart {
    let path: String
    let options: LedgerDirectoryOptions
    let marker: LedgerMarker
    let isFirstStart: Bool

    private static let unfinishedLog = "log.new"
    // What a directory may hold and still be empty: traces of a first start that did not finish, and the folder every
    // ext4 file system has at its root.
    private static let emptyNames = LedgerMarker.unfinishedNames.union([
        DirectoryLock.fileName, unfinishedLog, "lost+found",
    ])

    var logPath: String { "\(path)/log" }

    /// Finds out which ledger this is, or begins one.
    init(path: String, options: LedgerDirectoryOptions) throws(StoreError) {
        self.path = path
        self.options = options
        let names = try FileSystem.names(in: path) ?? []
        guard !names.contains(BackupNames.manifest), !names.contains(BackupNames.unfinished) else {
            throw .refused(path: path, .isBackup)
        }
        let hasLog = names.contains("log")
        let found = try LedgerMarker.read(directory: path)
        guard let found else {
            guard !names.contains(UnverifiedMark.fileName) else { throw .refused(path: path, .restoreUnfinished) }
            guard !hasLog else { throw .refused(path: path, .markerMissing) }
            let foreign = names.filter { !Self.emptyNames.contains($0) }
            guard foreign.isEmpty else { throw .refused(path: path, .foreignFiles(names: foreign)) }
            marker = try Self.begin(path, options)
            isFirstStart = true
            return
        }
        if !hasLog {
            // The one way a marker may stand without a log: the first start ended between the two.
            guard found.head == .beforeFirst, names.contains(Self.unfinishedLog) else {
                throw .refused(path: path, .logMissing)
            }
            try FileSystem.rename("\(path)/\(Self.unfinishedLog)", to: "\(path)/log")
        }
        marker = found
        isFirstStart = false
    }

    // The log is made whole beside its place, then the marker is written, then the log is moved: whenever this is
    // interrupted, the next start can tell it from a ledger that lost a part.
    private static func begin(_ path: String, _ options: LedgerDirectoryOptions) throws(StoreError) -> LedgerMarker {
        guard LedgerMarker.isIdentity(options.newLedgerIdentity) else {
            throw .invalidRequest("a new ledger's identity must be \(LedgerMarker.identityDigits) hexadecimal digits")
        }
        let unfinished = "\(path)/\(unfinishedLog)"
        try FileSystem.removeDirectory(unfinished)
        try FileSystem.createDirectory(unfinished)
        try LMDBLogStorage(
            path: unfinished, mapSizeBytes: options.logMapSizeBytes, mapSizeBytesMax: options.logMapSizeBytesMax
        ).close()
        try FileSystem.syncDirectory(unfinished)
        let marker = LedgerMarker(identity: options.newLedgerIdentity)
        try marker.write(directory: path)
        try FileSystem.rename(unfinished, to: "\(path)/log")
        return marker
    }

    /// Opens the log after looking at its file, and compares it with the marker.
    func openLog() throws(StoreError) -> LMDBLogStorage {
        try Self.lookAtLog(of: path)
        let log = try LMDBLogStorage(
            path: logPath, mapSizeBytes: options.logMapSizeBytes, mapSizeBytesMax: options.logMapSizeBytesMax,
            readersMax: options.readersMax)
        do throws(StoreError) {
            try Self.compare(log, with: marker, path: path)
        } catch {
            log.close()
            throw error
        }
        return log
    }

    /// Looks at a log's file before LMDB opens it.
    static func lookAtLog(of path: String) throws(StoreError) {
        switch try DataFilePreflight.examine("\(path)/log/data.mdb") {
        case .sound: return
        case .absent: throw .refused(path: path, .logMissing)
        case .empty: throw .refused(path: path, .logEmpty)
        case .foreign(let reason): throw .refused(path: path, .logForeign(reason: reason))
        case .truncated(let sizeBytes, let neededBytes):
            throw .refused(path: path, .logTruncated(sizeBytes: sizeBytes, neededBytes: neededBytes))
        }
    }

    /// Compares a log with the marker beside it, and reads its newest record.
    static func compare(_ log: LMDBLogStorage, with marker: LedgerMarker, path: String) throws(StoreError) {
        guard log.head >= marker.head else {
            throw .refused(path: path, .logBehindMarker(head: log.head, noted: marker.head))
        }
        _ = try checksum(log, at: log.head, path: path)
        guard let found = try checksum(log, at: marker.head, path: path) else { return }
        guard found == marker.checksum else {
            throw .refused(
                path: path, .logOfAnotherLedger(position: marker.head, noted: marker.checksum, found: found))
        }
    }

    private static func checksum(
        _ log: LMDBLogStorage, at position: Position, path: String
    ) throws(StoreError) -> UInt32? {
        do throws(StoreError) {
            return try log.withRecord(at: position) { $0.checksum }
        } catch {
            guard case .corruptRecord(let position, let reason) = error else { throw error }
            if case .unknownFormat(let format) = reason, format > RecordFormat.version {
                throw .refused(path: path, .recordsNewer(format: format, known: RecordFormat.version))
            }
            throw .refused(path: path, .logDamaged(position: position, reason: reason))
        }
    }
}
