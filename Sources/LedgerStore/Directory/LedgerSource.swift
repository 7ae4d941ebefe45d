internal import Glibc

/// A ledger's log as another process reads it: a data directory beside its daemon or without one, or a backup. Neither
/// locked nor written to, but for LMDB's table of readers.
package final class LedgerSource: Sendable {
    package let path: String
    /// As it stood when this was opened; the log's head is no less.
    package let marker: LedgerMarker
    package let log: LMDBLogStorage

    private init(path: String, marker: LedgerMarker, log: LMDBLogStorage) {
        self.path = path
        self.marker = marker
        self.log = log
    }

    /// Opens the log of a directory for reading.
    ///
    /// - Throws: `.refused`, which says what is wrong and what to do; `.system`; `.storage`.
    package static func open(path: String) throws(StoreError) -> LedgerSource {
        guard try FileSystem.names(in: path) != nil else {
            throw .system(operation: "opening", path: path, errno: ENOENT)
        }
        guard let marker = try LedgerMarker.read(directory: path) else {
            throw .refused(path: path, .noLedger)
        }
        try lookAtLog(of: path)
        try mayRead(path)
        let log = try LMDBLogStorage(readOnly: "\(path)/log")
        FileSystem.giveToOwner(of: path, "\(path)/log/lock.mdb")
        do throws(StoreError) {
            try LedgerStart.compare(log, with: marker, path: path)
        } catch {
            log.close()
            throw error
        }
        return LedgerSource(path: path, marker: marker, log: log)
    }

    /// Closes the log; nothing of it may be used afterwards.
    package func close() {
        log.close()
    }

    private static let looksMax = 40
    private static let lookMicroseconds: UInt32 = 50_000

    // The daemon lengthens the file only after the commit that made it longer: what looks cut off is looked at again.
    private static func lookAtLog(of path: String) throws(StoreError) {
        for _ in 1..<looksMax {
            do throws(StoreError) {
                return try LedgerStart.lookAtLog(of: path)
            } catch {
                guard case .refused(_, .logTruncated) = error else { throw error }
                usleep(lookMicroseconds)
            }
        }
        try LedgerStart.lookAtLog(of: path)
    }

    // LMDB only says that it may not; who reads enters itself in the table of readers.
    private static func mayRead(_ path: String) throws(StoreError) {
        let table = "\(path)/log/lock.mdb"
        if access(table, F_OK) == 0, access(table, R_OK | W_OK) != 0, errno != EROFS {
            throw FileSystem.fault("opening", table)
        }
    }
}
