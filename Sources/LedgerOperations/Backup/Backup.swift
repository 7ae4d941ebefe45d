import EventLog
import LedgerEngine
import LedgerStore

/// Copies a ledger's log into a directory of its own while the daemon serves, or adds to such a copy what is new.
///
/// A backup has the form of a data directory without its folds:
///
///     LEDGER     the marker: which ledger, and the head of the backup
///     log/       the log
///     MANIFEST   JSON: head, digest, and what each run added; there when the backup is complete
///     lock       names the process that writes to it
///
/// Only `campaignctl` writes to it: in whatever way a run ends, what MANIFEST says is there.
package struct Backup {
    /// The data directory.
    let data: String
    /// Where the backup is, or is to be.
    let target: String
    /// Names and versions of programs, for the manifest.
    let program: String
    /// Seconds since 1970 UTC, asked when a run is complete.
    let now: () -> Int64

    package init(data: String, target: String, program: String, now: @escaping () -> Int64) {
        self.data = data
        self.target = target
        self.program = program
        self.now = now
    }

    /// What a run made.
    package struct Result: Sendable {
        package let manifest: BackupManifest
        /// Records that this run brought.
        package let added: UInt64
        /// Why the data directory could not be told about it; nil if it was.
        package let noteFault: String?
    }

    /// Names that a backup's directory may hold before its first run is complete.
    static let unfinishedNames = LedgerMarker.unfinishedNames.union([
        DirectoryLock.fileName, BackupNames.unfinished, "\(BackupNames.unfinished).new", newLog, "log",
        LedgerMarker.fileName, "\(BackupNames.manifest).new", "lost+found",
    ])
    static let newLog = "log.new"

    /// Makes a backup in an absent or empty directory.
    ///
    /// - Throws: with what remains: nothing, or what the target held before.
    package func run(watch: OperationWatch) throws(OperationFault) -> Result {
        let source = try open()
        defer { source.close() }
        let wasThere = try prepare()
        let lock = try lockTarget()
        defer { lock.release() }
        do throws(OperationFault) {
            let manifest = try copy(source, watch)
            return Result(manifest: manifest, added: manifest.head, noteFault: note(manifest))
        } catch {
            throw error.adding(clear(keepingDirectory: wasThere))
        }
    }

    func open() throws(OperationFault) -> LedgerSource {
        try stored { () throws(StoreError) in try LedgerSource.open(path: data) }
    }

    /// Makes sure of a directory to write to, without touching what it holds.
    ///
    /// - Returns: whether it was there.
    private func prepare() throws(OperationFault) -> Bool {
        guard let names = try stored({ () throws(StoreError) in try FileSystem.names(in: target) }) else {
            try stored { () throws(StoreError) in try FileSystem.createDirectory(target) }
            return false
        }
        if names.contains(BackupNames.manifest) {
            throw .failed(
                "\(target) holds a backup already. Name another directory, or add to it what is new with --incremental."
            )
        }
        let isOurs = names.contains(BackupNames.unfinished) && Self.unfinishedNames.isSuperset(of: names)
        let isEmpty = Set(names).isSubset(of: [DirectoryLock.fileName, "lost+found"])
        guard isOurs || isEmpty else {
            let shown = names.prefix(5).joined(separator: ", ")
            throw .failed("\(target) is not empty: it holds \(shown). Name an absent or empty directory.")
        }
        return true
    }

    private func copy(_ source: LedgerSource, _ watch: OperationWatch) throws(OperationFault) -> BackupManifest {
        try begin()
        let newLog = "\(target)/\(Self.newLog)"
        let bytes = try LogCopy(log: source.log).run(intoNewDirectory: newLog, watch: watch)
        let (head, checksum, sha256) = try check(newLog, watch)
        var marker = source.marker
        (marker.head, marker.checksum) = (head, checksum)
        let part = part(from: 1, to: head, sha256)
        let manifest = BackupManifest(
            format: BackupManifest.format, ledger: marker.identity, head: head.rawValue, recordsSha256: sha256,
            bytes: bytes, parts: [part])
        try stored { () throws(StoreError) in
            try FileSystem.rename(newLog, to: "\(target)/log")
            try marker.write(directory: target)
        }
        try manifest.write(directory: target)
        try stored { () throws(StoreError) in
            try FileSystem.removeFile("\(target)/\(BackupNames.unfinished)")
            try FileSystem.syncDirectory(target)
        }
        return manifest
    }

    /// Marks the directory as one whose contents may be deleted, and deletes what an earlier run left.
    private func begin() throws(OperationFault) {
        let mark = "\(target)/\(BackupNames.unfinished)"
        try stored { () throws(StoreError) in
            try FileSystem.replace(mark, temporary: "\(mark).new", with: "A backup is being made here.\n")
            try removeParts()
        }
    }

    private func removeParts() throws(StoreError) {
        for name in ["log", Self.newLog] { try FileSystem.removeDirectory("\(target)/\(name)") }
        for name in [LedgerMarker.fileName, "\(LedgerMarker.fileName).new", "\(BackupNames.manifest).new"] {
            try FileSystem.removeFile("\(target)/\(name)")
        }
    }

    /// Reads the copy back, every record.
    private func check(
        _ path: String, _ watch: OperationWatch
    ) throws(OperationFault) -> (head: Position, checksum: UInt32, sha256: String) {
        let log = try stored { () throws(StoreError) in try LMDBLogStorage(readOnly: path) }
        defer { log.close() }
        let result = try RecordsPass(log: log).run(through: log.head, watch: watch)
        let checksum = try stored { () throws(StoreError) in try log.withRecord(at: log.head) { $0.checksum } }
        return (log.head, checksum ?? 0, result.sha256)
    }

    func part(from first: UInt64, to head: Position, _ sha256: String) -> BackupManifest.Part {
        BackupManifest.Part(
            from: first, to: head.rawValue, recordsSha256: sha256, madeAt: rfc3339(seconds: now()), program: program)
    }

    /// Deletes what was begun.
    ///
    /// - Returns: the sentence that says what remains.
    private func clear(keepingDirectory: Bool) -> String {
        do throws(StoreError) {
            try removeParts()
            try FileSystem.removeFile("\(target)/\(BackupNames.unfinished)")
            try FileSystem.removeFile("\(target)/\(DirectoryLock.fileName)")
            if !keepingDirectory { try FileSystem.removeDirectory(target) }
            return "Nothing was kept in \(target); the ledger is as it was."
        } catch {
            return "What was begun remains in \(target) and is no backup: delete it, or back up into it again."
        }
    }

    /// Tells the data directory, for the daemon and for `campaignctl doctor`.
    func note(_ manifest: BackupManifest) -> String? {
        let last = LastBackup(seconds: now(), position: Position(manifest.head), path: FileSystem.absolutePath(target))
        do throws(StoreError) {
            try last.write(directory: data)
            return nil
        } catch {
            return "The backup is complete, but could not be noted in \(data): \(error.message)."
        }
    }
}
