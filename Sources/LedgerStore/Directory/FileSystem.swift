internal import CRename
internal import Glibc

/// The few system calls that data directories and backups need, with errors that name the path.
package enum FileSystem {
    /// rwxr-x---: others see nothing of the ledger.
    static let directoryMode: mode_t = 0o750
    /// rw-r-----
    static let fileMode: mode_t = 0o640

    static func fault(_ operation: String, _ path: String) -> StoreError {
        .system(operation: operation, path: path, errno: errno)
    }

    /// Creates a directory, and syncs its parent, unless it is there.
    package static func createDirectory(_ path: String) throws(StoreError) {
        if mkdir(path, directoryMode) == 0 {
            try syncDirectory(parent(of: path))
        } else if errno != EEXIST {
            throw fault("creating", path)
        }
    }

    /// The names in a directory, sorted; nil if it does not exist.
    package static func names(in path: String) throws(StoreError) -> [String]? {
        guard let directory = opendir(path) else {
            if errno == ENOENT { return nil }
            throw fault("listing", path)
        }
        defer { closedir(directory) }
        var names: [String] = []
        while let entry = readdir(directory) {
            let name = withUnsafePointer(to: &entry.pointee.d_name) { tuple in
                tuple.withMemoryRebound(to: CChar.self, capacity: 256) { String(cString: $0) }
            }
            if name != ".", name != ".." { names.append(name) }
        }
        return names.sorted()
    }

    /// The size of a file in bytes; nil if it does not exist.
    package static func fileSizeBytes(_ path: String) throws(StoreError) -> UInt64? {
        var status = stat()
        if stat(path, &status) == 0 { return UInt64(status.st_size) }
        if errno == ENOENT { return nil }
        throw fault("looking at", path)
    }

    package static func exists(_ path: String) throws(StoreError) -> Bool {
        try fileSizeBytes(path) != nil
    }

    package static func rename(_ old: String, to new: String) throws(StoreError) {
        guard Glibc.rename(old, new) == 0 else { throw fault("renaming to \(new)", old) }
        try syncDirectory(parent(of: new))
    }

    /// Exchanges the names of two directories that lie in the same one, in one step.
    static func exchange(_ left: String, with right: String) throws(StoreError) {
        guard campaign_exchange(left, right) == 0 else { throw fault("exchanging with \(right)", left) }
        try syncDirectory(parent(of: left))
    }

    /// Makes the names in a directory durable.
    package static func syncDirectory(_ path: String) throws(StoreError) {
        let descriptor = open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("opening", path) }
        defer { close(descriptor) }
        guard fsync(descriptor) == 0 else { throw fault("syncing", path) }
    }

    /// Deletes a directory of plain files, if it is there.
    package static func removeDirectory(_ path: String) throws(StoreError) {
        guard let names = try names(in: path) else { return }
        for name in names {
            guard unlink("\(path)/\(name)") == 0 else { throw fault("deleting", "\(path)/\(name)") }
        }
        guard rmdir(path) == 0 else { throw fault("deleting", path) }
        try syncDirectory(parent(of: path))
    }

    /// Deletes a file, if it is there.
    package static func removeFile(_ path: String) throws(StoreError) {
        guard unlink(path) == 0 || errno == ENOENT else { throw fault("deleting", path) }
    }

    /// Gives a file to the owner of a directory, where this process may: what root writes beside a daemon's files has to
    /// be readable by the daemon.
    static func giveToOwner(of directory: String, _ path: String) {
        var owner = stat()
        guard geteuid() == 0, stat(directory, &owner) == 0 else { return }
        // Not what a link names: the directory's owner could have put one there.
        _ = lchown(path, owner.st_uid, owner.st_gid)
    }

    /// The bytes that a user may still write on the disk of a path.
    package static func freeBytes(_ path: String) throws(StoreError) -> UInt64 {
        var status = statvfs()
        guard statvfs(path, &status) == 0 else { throw fault("asking for the free space of", path) }
        return UInt64(status.f_bavail) * UInt64(status.f_frsize)
    }

    /// The first bytes of a file, at most `limit`.
    package static func read(_ path: String, limit: Int) throws(StoreError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw fault("opening", path) }
        defer { close(descriptor) }
        return try read(descriptor, path, limit: limit)
    }

    static func read(_ descriptor: Int32, _ path: String, limit: Int) throws(StoreError) -> [UInt8] {
        var bytes = [UInt8](repeating: 0, count: limit)
        var count = 0
        while count < limit {
            let got = bytes.withUnsafeMutableBytes { buffer in
                pread(descriptor, buffer.baseAddress.map { $0 + count }, limit - count, off_t(count))
            }
            if got < 0 {
                if errno == EINTR { continue }
                throw fault("reading", path)
            }
            if got == 0 { break }
            count += got
        }
        return Array(bytes[..<count])
    }

    /// Replaces a file by way of a temporary one, all of it durable on return: after a crash there is the old text or
    /// the new one, never a part.
    package static func replace(_ path: String, temporary: String, with text: String) throws(StoreError) {
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_NOFOLLOW | O_CLOEXEC, fileMode)
        guard descriptor >= 0 else { throw fault("creating", temporary) }
        do throws(StoreError) {
            try write(Array(text.utf8), descriptor, temporary)
            guard fsync(descriptor) == 0 else { throw fault("syncing", temporary) }
        } catch {
            close(descriptor)
            throw error
        }
        guard close(descriptor) == 0 else { throw fault("closing", temporary) }
        try rename(temporary, to: path)
    }

    static func write(_ bytes: [UInt8], _ descriptor: Int32, _ path: String) throws(StoreError) {
        var written = 0
        while written < bytes.count {
            let count = bytes.withUnsafeBytes { buffer in
                Glibc.write(descriptor, buffer.baseAddress.map { $0 + written }, bytes.count - written)
            }
            if count < 0 {
                if errno == EINTR { continue }
                throw fault("writing", path)
            }
            written += count
        }
    }

    /// A path from the root, with links followed; as it is where nothing lies there.
    package static func absolutePath(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }
        defer { free(resolved) }
        return String(cString: resolved)
    }

    /// The directory a path lies in.
    package static func parent(of path: String) -> String {
        var end = path.endIndex
        while end > path.startIndex, path[path.index(before: end)] == "/" { end = path.index(before: end) }
        guard let slash = path[..<end].lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
