import FoundationEssentials
import Synchronization

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// A file that appears whole or not at all: it is written under a temporary name in the same directory, synced and
/// renamed. What is not finished is removed.
///
/// Unless it is said otherwise only its owner may read it, as it holds what people are paid.
final class OutputFile {
    /// The temporary files of this process.
    private static let unfinished = Mutex<Set<String>>([])

    /// Where it will stand; links are followed, but one that leads nowhere is itself replaced.
    let path: String
    /// Where it is written.
    let temporaryPath: String
    private let replaces: Bool
    private var descriptor: Int32

    /// - Parameters:
    ///   - replaces: Whether a file that is there is replaced; without it that is refused, before any work.
    ///   - mode: Its permissions, before the umask.
    init(_ asked: String, replaces: Bool, mode: mode_t = 0o600) throws(CommandFailure) {
        path = try Self.target(asked, replaces: replaces)
        self.replaces = replaces
        let (directory, name) = Self.parts(of: path)
        temporaryPath = "\(directory)/.\(name.prefix(200)).\(getpid()).partial"
        // A file of that name is a killed process's of the same number.
        unlink(temporaryPath)
        let temporary = temporaryPath
        Self.unfinished.withLock { _ = $0.insert(temporary) }
        descriptor = open(temporaryPath, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, mode)
        guard descriptor >= 0 else {
            let code = errno
            Self.unfinished.withLock { _ = $0.remove(temporary) }
            throw CommandFailure(
                .refused, "Cannot write in \(directory): \(Self.sentence(code)). Choose another --out.")
        }
    }

    deinit {
        discard()
    }

    func write(_ bytes: Data) throws(CommandFailure) {
        try FileDescriptor.write(
            bytes, to: descriptor, name: path, remains: "Nothing was kept. Make room, or choose another --out.")
    }

    /// Makes it durable and gives it its name.
    func commit() throws(CommandFailure) {
        guard fsync(descriptor) == 0 else { throw failure("sync") }
        if replaces {
            guard rename(temporaryPath, path) == 0 else { throw failure("rename") }
        } else {
            try nameWithoutReplacing()
        }
        release()
        let directory = open(Self.parts(of: path).directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        if directory >= 0 {
            _ = fsync(directory)
            FileDescriptor.close(directory)
        }
    }

    /// Removes what was written, unless it has its name.
    func discard() {
        guard descriptor >= 0 else { return }
        unlink(temporaryPath)
        release()
    }

    /// Removes all temporary files, for a process that ends without unwinding.
    static func removeUnfinished() {
        for path in unfinished.withLock({ $0 }) {
            unlink(path)
        }
    }

    private func release() {
        FileDescriptor.close(descriptor)
        descriptor = -1
        let temporary = temporaryPath
        Self.unfinished.withLock { _ = $0.remove(temporary) }
    }

    /// A second name and the end of the first: unlike a renaming it does not replace what came meanwhile.
    private func nameWithoutReplacing() throws(CommandFailure) {
        if link(temporaryPath, path) == 0 {
            unlink(temporaryPath)
            return
        }
        switch errno {
        case EEXIST: throw Self.exists(path)
        case EPERM, EOPNOTSUPP, ENOSYS, EMLINK:
            // A file system without second names.
            guard access(path, F_OK) != 0 else { throw Self.exists(path) }
            guard rename(temporaryPath, path) == 0 else { throw failure("rename") }
        default: throw failure("name")
        }
    }

    // MARK: Names

    private static func target(_ asked: String, replaces: Bool) throws(CommandFailure) -> String {
        var status = stat()
        guard stat(asked, &status) == 0 else {
            guard errno == ENOENT, !asked.isEmpty, !asked.hasSuffix("/") else {
                throw CommandFailure(
                    .refused, "Cannot write \(asked): \(sentence(errno == 0 ? EINVAL : errno)). Choose another --out.")
            }
            // A link that leads nowhere has the name all the same, which would be found out at the end only.
            guard replaces || lstat(asked, &status) != 0 else { throw exists(asked) }
            return asked
        }
        guard status.st_mode & S_IFMT == S_IFREG else {
            throw CommandFailure(
                .refused, "\(asked) is no regular file. Name another with --out, or - for standard output.")
        }
        guard replaces else { throw exists(asked) }
        guard let resolved = realpath(asked, nil) else { return asked }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func parts(of path: String) -> (directory: String, name: String) {
        guard let slash = path.lastIndex(of: "/") else { return (".", path) }
        let directory = String(path[..<slash])
        return (directory.isEmpty ? "/" : directory, String(path[path.index(after: slash)...]))
    }

    // MARK: Failures

    private static func exists(_ path: String) -> CommandFailure {
        CommandFailure(.refused, "\(path) exists already. Name another file, or replace it with --force.")
    }

    private func failure(_ action: String) -> CommandFailure {
        CommandFailure(.refused, "Cannot \(action) \(path): \(Self.sentence(errno)). Nothing was kept.")
    }

    private static func sentence(_ code: Int32) -> String {
        String(cString: strerror(code))
    }
}
