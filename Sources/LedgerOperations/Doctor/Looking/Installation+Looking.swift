import Glibc
import LedgerStore

extension Installation {
    /// Looks at everything that can be seen from outside of the daemon; what it says of itself is added by who asked it.
    ///
    /// - Parameters:
    ///   - dataPath: nil if nobody knows where the data directory is.
    ///   - daemon: what the daemon said.
    ///   - backupAgeSecondsMax: an older backup is a warning.
    package static func look(
        dataPath: String?, socketPath: String, daemon: Look<DaemonGlance>, backupAgeSecondsMax: Int64
    ) -> Installation {
        var found = Installation(
            userID: geteuid(), dataPath: dataPath, socketPath: socketPath, clock: ClockLook.glance())
        found.daemon = daemon
        found.socket = FileLook.file(socketPath)
        found.socketDirectory = FileLook.file(FileSystem.parent(of: socketPath))
        if let dataPath {
            found.lookAtData(dataPath, backupAgeSecondsMax)
        }
        let process = found.lock.value?.holder?.processID ?? found.daemon.value?.processID
        // Who made a socket for others is not who serves it.
        let isDaemon = process != nil && process != 1
        found.limits = ProcessLook.limits(of: isDaemon ? process ?? getpid() : getpid(), isDaemon: isDaemon)
        return found
    }

    private mutating func lookAtData(_ path: String, _ backupAgeSecondsMax: Int64) {
        data = FileLook.file(path)
        disk = FileLook.disk(path)
        guard case .seen(let directory) = data, directory.kind == .directory else {
            if case .unseen(let reason) = data { cannotLook(reason) }
            return
        }
        guard access(path, R_OK | X_OK) == 0 else { return cannotLook(FileText.sentence(errno)) }
        files = FileLook.files(in: path)
        lock = ProcessLook.lock(directory: path)
        ledger = LedgerLook.ledger(path, isServed: lock.value?.holder != nil || daemon.value != nil)
        lastBackup = LedgerLook.lastBackup(path, ageSecondsMax: backupAgeSecondsMax)
        isUnverified = LedgerLook.isUnverified(path)
        replays = ReplayLook.replays(path)
    }

    private mutating func cannotLook(_ reason: String) {
        lock = .unseen(reason)
        ledger = .unseen(reason)
        lastBackup = .unseen(reason)
        isUnverified = .unseen(reason)
        replays = .unseen(reason)
    }
}
