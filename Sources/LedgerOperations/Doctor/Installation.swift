package import CampaignDomain

/// What was seen of something, or why it was not.
package enum Look<Value: Sendable & Equatable>: Sendable, Equatable {
    case seen(Value)
    /// It is not there.
    case absent
    /// It may be there: why it could not be looked at, as a clause.
    case unseen(String)

    package var value: Value? {
        guard case .seen(let value) = self else { return nil }
        return value
    }
}

/// Everything that the checks look at: what this process could see of the files, and what the daemon says of itself.
package struct Installation: Sendable, Equatable {
    /// Who looks.
    package var userID: UInt32
    /// The data directory as it was named; nil if nobody did, neither the operator nor the daemon.
    package var dataPath: String?
    package var socketPath: String
    package var data: Look<FileGlance> = .absent
    /// What lies in the data directory and in its log, as far as it could be looked at.
    package var files: [FileGlance] = []
    package var socket: Look<FileGlance> = .absent
    package var socketDirectory: Look<FileGlance> = .absent
    package var disk: Look<DiskGlance> = .absent
    package var limits: Look<LimitsGlance> = .absent
    package var lock: Look<LockGlance> = .absent
    package var clock: ClockGlance
    package var ledger: Look<LedgerGlance> = .absent
    /// The last backup that the data directory notes.
    package var lastBackup: Look<BackupGlance> = .absent
    package var isUnverified: Look<Bool> = .absent
    package var replays: Look<[ReplayGlance]> = .absent
    package var daemon: Look<DaemonGlance> = .absent

    package init(userID: UInt32, dataPath: String?, socketPath: String, clock: ClockGlance) {
        self.userID = userID
        self.dataPath = dataPath
        self.socketPath = socketPath
        self.clock = clock
    }
}

/// A file, a directory or a socket.
package struct FileGlance: Sendable, Equatable {
    package enum Kind: String, Sendable {
        case file, directory, socket, other
    }

    package var path: String
    package var kind: Kind
    /// The permission bits.
    package var mode: UInt32
    package var userID: UInt32
    package var groupID: UInt32

    package init(path: String, kind: Kind, mode: UInt32, userID: UInt32, groupID: UInt32) {
        self.path = path
        self.kind = kind
        self.mode = mode
        self.userID = userID
        self.groupID = groupID
    }

    /// The bits as an operator writes them: `0750`.
    var modeText: String {
        let digits = String(mode & 0o7777, radix: 8)
        return String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

/// The file system of the data directory.
package struct DiskGlance: Sendable, Equatable {
    /// What a user may still write.
    package var freeBytes: UInt64
    package var totalBytes: UInt64
    /// Names that can still be made; nil on file systems that do not count them.
    package var freeFiles: UInt64?

    package init(freeBytes: UInt64, totalBytes: UInt64, freeFiles: UInt64?) {
        self.freeBytes = freeBytes
        self.totalBytes = totalBytes
        self.freeFiles = freeFiles
    }
}

/// The limits of a process, nil where there is none.
package struct LimitsGlance: Sendable, Equatable {
    /// Whose: the daemon's process, or this one, from which a daemon would be started.
    package var processID: Int32
    package var isDaemon: Bool
    package var openFiles: UInt64?
    /// What the process may raise `openFiles` to.
    package var openFilesHard: UInt64?
    package var addressSpaceBytes: UInt64?
    package var fileSizeBytes: UInt64?

    package init(
        processID: Int32, isDaemon: Bool, openFiles: UInt64?, openFilesHard: UInt64?, addressSpaceBytes: UInt64?,
        fileSizeBytes: UInt64?
    ) {
        self.processID = processID
        self.isDaemon = isDaemon
        self.openFiles = openFiles
        self.openFilesHard = openFilesHard
        self.addressSpaceBytes = addressSpaceBytes
        self.fileSizeBytes = fileSizeBytes
    }
}

/// Who has the data directory.
package struct LockGlance: Sendable, Equatable {
    /// What the file says, whether it is still so or not.
    package var notedProcessID: Int32?
    /// The process that the kernel says holds it; nil if nobody does.
    package var holder: ProcessGlance?

    package init(notedProcessID: Int32?, holder: ProcessGlance?) {
        self.notedProcessID = notedProcessID
        self.holder = holder
    }
}

package struct ProcessGlance: Sendable, Equatable {
    package var processID: Int32
    /// The program's name, as the kernel knows it; nil if that cannot be seen.
    package var name: String?
    package var userID: UInt32?

    package init(processID: Int32, name: String?, userID: UInt32?) {
        self.processID = processID
        self.name = name
        self.userID = userID
    }
}

package struct ClockGlance: Sendable, Equatable {
    package var now: Instant
    /// By how much the clock moved against the one that only goes forward while it was watched.
    package var stepMicroseconds: Int64
    /// Whether the clock is kept in time, as far as this machine says; nil if it does not.
    package var isSynchronized: Bool?

    package init(now: Instant, stepMicroseconds: Int64, isSynchronized: Bool?) {
        self.now = now
        self.stepMicroseconds = stepMicroseconds
        self.isSynchronized = isSynchronized
    }
}
