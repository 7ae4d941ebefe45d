import EventLog
import LedgerEngine
import LedgerStore

/// Puts a backup's ledger into an empty directory and verifies it before it says done.
///
/// The directory has the mark UNVERIFIED from before the first byte until every record was read and compared; the marker
/// LEDGER comes when the log is whole. So a start refuses the half of one, and a daemon that is started on one whose
/// check was killed serves, but is not ready until it is verified.
package struct Restore {
    /// The backup.
    let backup: String
    /// The data directory that is to be.
    let target: String

    package init(backup: String, target: String) {
        self.backup = backup
        self.target = target
    }

    package struct Result: Sendable {
        package let manifest: BackupManifest
        /// The restored log's head. Beyond the manifest's where an increment had not come to its end.
        package let head: UInt64
        /// Of all restored records.
        package let recordsSha256: String
    }

    private static let newLog = "log.new"
    /// Names that an interrupted restore may leave before the marker is written.
    private static let unfinishedNames = UnverifiedMark.names.union(LedgerMarker.unfinishedNames).union([
        DirectoryLock.fileName, newLog, "log", "lost+found",
    ])

    package func run(watch: OperationWatch) throws(OperationFault) -> Result {
        guard let manifest = try BackupManifest.read(directory: backup) else {
            throw .failed(
                "\(backup) is no finished backup: it has no \(BackupNames.manifest). Name the directory that "
                    + "campaignctl backup wrote.")
        }
        let source = try stored { () throws(StoreError) in try LedgerSource.open(path: backup) }
        defer { source.close() }
        guard source.marker.identity == manifest.ledger, source.log.head.rawValue >= manifest.head else {
            throw .failed(
                "\(backup): the manifest says ledger \(manifest.ledger) up to \(manifest.head), and the log is "
                    + "\(source.marker.identity) up to \(source.log.head). The backup is damaged: use another one.")
        }
        let wasThere = try prepare()
        let lock = try stored { () throws(StoreError) in try DirectoryLock(directory: target) }
        defer { lock.release() }
        do throws(OperationFault) {
            return try restore(source, manifest, watch)
        } catch {
            throw error.adding(clear(keepingDirectory: wasThere))
        }
    }

    private func prepare() throws(OperationFault) -> Bool {
        guard let names = try stored({ () throws(StoreError) in try FileSystem.names(in: target) }) else {
            try stored { () throws(StoreError) in try FileSystem.createDirectory(target) }
            return false
        }
        if names.contains(UnverifiedMark.fileName), names.contains(LedgerMarker.fileName) {
            throw .failed(
                "\(target) holds a restored ledger whose check did not come to its end. Start the daemon "
                    + "on it and run campaignctl replay verify, or delete the directory and restore again.")
        }
        let isOurs = names.contains(UnverifiedMark.fileName) && Self.unfinishedNames.isSuperset(of: names)
        let isEmpty = Set(names).isSubset(of: [DirectoryLock.fileName, "lost+found"])
        guard isOurs || isEmpty else {
            let shown = names.prefix(5).joined(separator: ", ")
            throw .failed(
                "\(target) is not empty: it holds \(shown). Name an absent or empty directory; a ledger is never "
                    + "restored over another.")
        }
        return true
    }

    private func restore(
        _ source: LedgerSource, _ manifest: BackupManifest, _ watch: OperationWatch
    ) throws(OperationFault) -> Result {
        try stored { () throws(StoreError) in
            try UnverifiedMark.set(
                target,
                text: "Restored from a backup of ledger \(manifest.ledger), and not yet verified to the end.\n")
            try FileSystem.removeDirectory("\(target)/log")
        }
        let newLog = "\(target)/\(Self.newLog)"
        _ = try LogCopy(log: source.log).run(intoNewDirectory: newLog, watch: watch)
        try stored { () throws(StoreError) in
            try FileSystem.rename(newLog, to: "\(target)/log")
            try source.marker.write(directory: target)
        }
        let result = try check(manifest, watch)
        try stored { () throws(StoreError) in try UnverifiedMark.clear(target) }
        return result
    }

    /// Reads every record of the copy and compares their digest with the manifest's.
    private func check(_ manifest: BackupManifest, _ watch: OperationWatch) throws(OperationFault) -> Result {
        let log = try stored { () throws(StoreError) in try LMDBLogStorage(readOnly: "\(target)/log") }
        defer { log.close() }
        let noted = Set(manifest.parts.map(\.to))
        let read = try RecordsPass(log: log).run(through: log.head, noting: noted, watch: watch)
        try manifest.compare(read, of: backup)
        return Result(manifest: manifest, head: log.head.rawValue, recordsSha256: read.sha256)
    }

    /// - Returns: the sentence that says what remains.
    private func clear(keepingDirectory: Bool) -> String {
        do throws(StoreError) {
            try FileSystem.removeFile("\(target)/\(LedgerMarker.fileName)")
            for name in ["log", Self.newLog] { try FileSystem.removeDirectory("\(target)/\(name)") }
            for name in UnverifiedMark.names.union(LedgerMarker.unfinishedNames).union([DirectoryLock.fileName])
                .sorted()
            {
                try FileSystem.removeFile("\(target)/\(name)")
            }
            if !keepingDirectory { try FileSystem.removeDirectory(target) }
            return "Nothing was kept in \(target); the backup is as it was."
        } catch {
            return "What was begun remains in \(target), marked \(UnverifiedMark.fileName): restore into it again, or "
                + "delete it."
        }
    }
}
