import Glibc
import LedgerStore

/// Looks at names and file systems.
enum FileLook {
    /// What lies at a path; of a link, where it leads.
    static func file(_ path: String) -> Look<FileGlance> {
        var status = stat()
        guard stat(path, &status) == 0 else { return failed() }
        let kind: FileGlance.Kind =
            switch status.st_mode & S_IFMT {
            case S_IFREG: .file
            case S_IFDIR: .directory
            case S_IFSOCK: .socket
            default: .other
            }
        return .seen(
            FileGlance(
                path: path, kind: kind, mode: status.st_mode & 0o7777, userID: status.st_uid, groupID: status.st_gid))
    }

    /// What lies in a data directory and in its folders; what cannot be seen is left out.
    static func files(in directory: String) -> [FileGlance] {
        ["", "log/", "views/", "index/", "replays/"].flatMap { folder -> [FileGlance] in
            let names = (try? FileSystem.names(in: "\(directory)/\(folder)")).flatMap { $0 } ?? []
            return names.prefix(filesMax).compactMap { file("\(directory)/\(folder)\($0)").value }
        }
    }

    /// Of one folder, at most.
    private static let filesMax = 1_000

    static func disk(_ path: String) -> Look<DiskGlance> {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { return failed() }
        let unit = UInt64(status.f_frsize)
        return .seen(
            DiskGlance(
                freeBytes: UInt64(status.f_bavail) * unit, totalBytes: UInt64(status.f_blocks) * unit,
                freeFiles: status.f_files == 0 ? nil : UInt64(status.f_favail)))
    }

    /// What errno says.
    static func failed<Value>() -> Look<Value> {
        let code = errno
        return code == ENOENT || code == ENOTDIR ? .absent : .unseen(String(cString: strerror(code)))
    }

    /// A small text file as lines; nil if it cannot be read.
    static func lines(_ path: String, limit: Int = 1 << 20) -> [Substring]? {
        guard let bytes = try? FileSystem.read(path, limit: limit) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(separator: "\n")
    }
}
