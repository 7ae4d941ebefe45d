internal import Glibc
internal import Synchronization

/// The exclusive lock on a data directory: a `flock` on its file `lock`, which names the process that has it.
///
/// Held until it is released or the process ends, however it does; the file stays.
package final class DirectoryLock: Sendable {
    package static let fileName = "lock"

    private let held: Mutex<Int32?>

    /// - Throws: `.inUse` if another process, or another opening in this one, has it.
    package init(directory: String) throws(StoreError) {
        let path = "\(directory)/\(Self.fileName)"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, FileSystem.fileMode)
        guard descriptor >= 0 else { throw FileSystem.fault("opening", path) }
        do throws(StoreError) {
            try Self.lock(descriptor, directory, path)
        } catch {
            close(descriptor)
            throw error
        }
        held = Mutex(descriptor)
    }

    deinit {
        release()
    }

    /// Lets another opening have the directory; a second call does nothing.
    package func release() {
        held.withLock { descriptor in
            if let descriptor { close(descriptor) }
            descriptor = nil
        }
    }

    private static let processIDSizeBytesMax = 20

    private static func lock(_ descriptor: Int32, _ directory: String, _ path: String) throws(StoreError) {
        while flock(descriptor, LOCK_EX | LOCK_NB) != 0 {
            if errno == EINTR { continue }
            guard errno == EWOULDBLOCK else { throw FileSystem.fault("locking", path) }
            let bytes = try FileSystem.read(descriptor, path, limit: processIDSizeBytesMax)
            let digits = String(decoding: bytes.prefix { (0x30...0x39).contains($0) }, as: UTF8.self)
            throw .inUse(path: directory, processID: digits.isEmpty ? "unknown" : digits)
        }
        // The lock is held; the number only tells others by whom. A full disk must not keep the log from being read.
        guard ftruncate(descriptor, 0) == 0 else { return }
        try? FileSystem.write(Array("\(getpid())\n".utf8), descriptor, path)
    }
}
