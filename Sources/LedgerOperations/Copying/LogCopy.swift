import Glibc
import LedgerEngine
import LedgerStore
import Synchronization

/// Copies a log while others append to it: LMDB writes one snapshot to a pipe, this writes it to a file. So it can be
/// called off, says how far it is, and a full disk is an error of a file of its own.
struct LogCopy {
    let log: LMDBLogStorage

    private static let chunkBytes = 1 << 20
    /// What must stay free beside the copy: 1 MiB.
    private static let spareBytes: UInt64 = 1 << 20

    /// Writes the copy as `data.mdb` in a new directory, durably.
    ///
    /// - Returns: its bytes.
    func run(intoNewDirectory directory: String, watch: OperationWatch) throws(OperationFault) -> UInt64 {
        let total = try stored { () throws(StoreError) in try log.usage().usedBytes }
        try stored { () throws(StoreError) in
            try FileSystem.removeDirectory(directory)
            try FileSystem.createDirectory(directory)
        }
        let free = try stored { () throws(StoreError) in try FileSystem.freeBytes(directory) }
        guard free >= total + Self.spareBytes else {
            throw .failed(
                "\(directory): the disk has \(free) bytes free, and the copy takes up to \(total). Free space on it, "
                    + "or name a directory on another disk.")
        }
        let path = "\(directory)/data.mdb"
        let file = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o640)
        guard file >= 0 else { throw Self.fault("creating", path) }
        defer { close(file) }
        let written = try copy(to: file, path, total: total, watch)
        guard fsync(file) == 0 else { throw Self.fault("syncing", path) }
        try stored { () throws(StoreError) in try FileSystem.syncDirectory(directory) }
        return written
    }

    private func copy(
        to file: Int32, _ path: String, total: UInt64, _ watch: OperationWatch
    ) throws(OperationFault) -> UInt64 {
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else { throw Self.fault("making a pipe for", path) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        let (reading, writing) = (ends[0], ends[1])
        let outcome = Outcome()
        let log = self.log
        let thread = WorkerThread(name: "log-copy", niceness: 10) {
            do throws(StoreError) {
                try log.copy(toDescriptor: writing)
            } catch {
                outcome.failure.withLock { $0 = error }
            }
            close(writing)
        }
        var written: UInt64 = 0
        do throws(OperationFault) {
            written = try pass(from: reading, to: file, path, total: total, watch)
        } catch {
            // The other end is told by its pipe being closed.
            close(reading)
            thread.join()
            throw error
        }
        close(reading)
        thread.join()
        if let failure = outcome.failure.withLock({ $0 }) { throw OperationFault(failure) }
        return written
    }

    /// Where the copying thread leaves its error.
    private final class Outcome: Sendable {
        let failure = Mutex<StoreError?>(nil)
    }

    private func pass(
        from reading: Int32, to file: Int32, _ path: String, total: UInt64, _ watch: OperationWatch
    ) throws(OperationFault) -> UInt64 {
        let buffer = UnsafeMutableRawBufferPointer.allocate(byteCount: Self.chunkBytes, alignment: 4096)
        defer { buffer.deallocate() }
        var written: UInt64 = 0
        while true {
            let count = read(reading, buffer.baseAddress, buffer.count)
            if count == 0 { return written }
            if count < 0 {
                if errno == EINTR { continue }
                throw Self.fault("reading the copy for", path)
            }
            try Self.write(UnsafeRawBufferPointer(rebasing: buffer[..<count]), to: file, path)
            written += UInt64(count)
            try watch.pass(OperationState(.copy, done: min(written, total), total: total))
        }
    }

    private static func write(
        _ bytes: UnsafeRawBufferPointer, to file: Int32, _ path: String
    ) throws(OperationFault) {
        var rest = bytes
        while !rest.isEmpty {
            let count = Glibc.write(file, rest.baseAddress, rest.count)
            if count < 0 {
                if errno == EINTR { continue }
                throw fault("writing", path)
            }
            rest = UnsafeRawBufferPointer(rebasing: rest[count...])
        }
    }

    private static func fault(_ operation: String, _ path: String) -> OperationFault {
        OperationFault(.system(operation: operation, path: path, errno: errno))
    }
}
