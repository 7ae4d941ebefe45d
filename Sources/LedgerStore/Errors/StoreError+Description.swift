internal import EventLog
internal import Glibc

extension StoreError: CustomStringConvertible {
    /// What happened and where, then what to do.
    package var description: String {
        "\(message). \(advice)."
    }

    /// What happened and where.
    package var message: String {
        switch self {
        case .outOfSpace(.map, let place): "the memory map of \(place) has its greatest configured size and is full"
        case .outOfSpace(.disk, let place): "the disk that holds \(place) is full"
        case .corruptRecord(let position, let reason): "the record at position \(position) is damaged: \(reason)"
        case .missingRecord(let position): "the log has no record at position \(position), though its head is beyond"
        case .corruptFold(let place, let reason): "\(place) is damaged: \(reason)"
        case .fatal(let operation, let cause): "\(operation) failed, and what is on disk is unknown: \(cause)"
        case .notDense(let head, let first): "a batch that begins at \(first) does not follow the head \(head)"
        case .invalidRequest(let reason): reason
        case .tooManyReaders(let maximum): "all \(maximum) reader slots are taken"
        case .snapshotEnded: "a snapshot, or its store, was used after its end"
        case .inUse(let path, let processID): "the data directory \(path) is in use by process \(processID)"
        case .refused(let path, let refusal): "the data directory \(path) is refused: \(refusal.message)"
        case .system(let operation, let path, let code): "\(operation) \(path) failed: \(systemMessage(code))"
        case .storage(let operation, let cause): "\(operation) failed: \(cause)"
        }
    }

    /// What to do about it.
    package var advice: String {
        switch self {
        case .outOfSpace(.map, _): "Raise the configured greatest map size and restart"
        case .outOfSpace(.disk, _): "Free space on it; appends succeed again by themselves"
        case .corruptRecord: "Stop the daemon, keep a copy of the directory and restore the log from a backup"
        case .missingRecord: "Stop the daemon, keep a copy of the directory and restore the log from a backup"
        case .corruptFold: "Stop the daemon and delete that directory; it is rebuilt from the log"
        case .fatal: "Restart the daemon; it finds the last durable head again, and retries are safe"
        case .notDense, .invalidRequest, .snapshotEnded: "This is a defect of the program; report it"
        case .tooManyReaders: "Retry, or raise the configured number of readers"
        case .inUse: "Stop that daemon first, or name another directory"
        case .refused(_, let refusal): refusal.advice
        case .system(_, _, ENOSPC), .system(_, _, EDQUOT): "Free space on that disk, or name a directory on another one"
        case .system(_, _, EACCES), .system(_, _, EPERM):
            "Run it as the user whose files these are (sudo -u USER …), or choose a path where you may read and write"
        case .system: "Check the path, its owner and its permissions"
        case .storage: "Check the disk and the directory's permissions, then restart the daemon"
        }
    }
}

/// The C library's words for an error number.
func systemMessage(_ code: Int32) -> String {
    var text = [CChar](repeating: 0, count: 256)
    guard strerror_r(code, &text, text.count) == 0 else { return "error \(code)" }
    return text.withUnsafeBufferPointer { buffer in
        guard let start = buffer.baseAddress, start.pointee != 0 else { return "error \(code)" }
        return "\(String(cString: start)) (\(code))"
    }
}
