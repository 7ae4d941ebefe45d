package import EventLog

/// What the store could not do: each case says what happened and where, and `advice` what to do about it.
package enum StoreError: Error, Hashable, Sendable {
    /// There is no room. The store stays readable and a later append may succeed.
    case outOfSpace(Resource, place: String)
    /// A record's bytes are not what was written.
    case corruptRecord(Position, reason: RecordFault)
    /// The log should hold this position and does not.
    case missingRecord(Position)
    /// An index or view holds something it never wrote; both are disposable and can be rebuilt from the log.
    case corruptFold(place: String, reason: String)
    /// A commit failed in a way that leaves its outcome unknown. Every later append fails at once: stop and restart.
    case fatal(operation: String, cause: String)
    /// The batch does not begin right after the log's head.
    case notDense(head: Position, first: Position)
    /// The caller broke a rule of the interface.
    case invalidRequest(String)
    /// More snapshots are open at once than there are reader slots.
    case tooManyReaders(maximum: Int)
    /// The snapshot has been ended, or its store closed.
    case snapshotEnded
    /// Another process owns the data directory.
    case inUse(path: String, processID: String)
    /// The data directory is not in a state to start from.
    case refused(path: String, Refusal)
    /// A system call failed.
    case system(operation: String, path: String, errno: Int32)
    /// LMDB reported something that is none of the above.
    case storage(operation: String, cause: String)

    /// What there is no room in.
    package enum Resource: Hashable, Sendable {
        /// The memory map has its greatest configured size.
        case map
        /// The file system is full, or the user's quota is.
        case disk
    }
}

/// Why a data directory is refused.
package enum Refusal: Hashable, Sendable {
    /// There is no ledger.
    case noLedger
    /// It is a backup, finished or not.
    case isBackup
    /// A restore into it did not finish.
    case restoreUnfinished
    /// There are files, but neither a marker nor a log.
    case foreignFiles(names: [String])
    /// The marker is there, the log is not.
    case logMissing
    /// The log is there, the marker is not.
    case markerMissing
    /// The marker cannot be read.
    case markerUnreadable(reason: String)
    /// The marker was written by a newer program.
    case markerNewer(format: Int, known: Int)
    /// The log's file has no bytes.
    case logEmpty
    /// The log's file is shorter than what it says it holds.
    case logTruncated(sizeBytes: UInt64, neededBytes: UInt64)
    /// The log's file is none of LMDB's.
    case logForeign(reason: String)
    /// The pages of the log's file are damaged where its table begins.
    case logUnreadable(reason: String)
    /// The log ends before the head noted in the marker.
    case logBehindMarker(head: Position, noted: Position)
    /// The record at the noted head is another one than was noted.
    case logOfAnotherLedger(position: Position, noted: UInt32, found: UInt32)
    /// The log's records have a newer format.
    case recordsNewer(format: UInt8, known: UInt8)
    /// The log's newest record, or the noted one, is damaged.
    case logDamaged(position: Position, reason: RecordFault)
}
