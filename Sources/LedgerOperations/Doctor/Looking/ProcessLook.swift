import Glibc

/// Looks at processes, by way of /proc.
package enum ProcessLook {
    /// Who holds the lock on a data directory. The kernel's list is read: taking the lock to find out, even for a moment,
    /// could keep a daemon from starting.
    static func lock(directory: String) -> Look<LockGlance> {
        let path = "\(directory)/lock"
        var status = stat()
        guard stat(path, &status) == 0 else { return FileLook.failed() }
        guard let locks = FileLook.lines("/proc/locks") else { return .unseen("/proc/locks cannot be read") }
        let noted = FileLook.lines(path, limit: 32)?.first.flatMap { Int32($0) }
        let holder = locks.lazy.compactMap {
            heldBy($0, inode: UInt64(status.st_ino), device: UInt64(status.st_dev), noted)
        }
        .first
        return .seen(LockGlance(notedProcessID: noted, holder: holder.map(process)))
    }

    /// The process of a line such as `3: FLOCK  ADVISORY  WRITE 1234 fe:00:393221 0 EOF` if it is about that file.
    ///
    /// Some file systems tell `stat` another device than they tell the list: then the number the holder wrote into the
    /// file decides.
    static func heldBy(_ line: Substring, inode: UInt64, device: UInt64, _ noted: Int32?) -> Int32? {
        let words = line.split(separator: " ")
        guard words.count >= 6, words[1] == "FLOCK", let processID = Int32(words[4]) else { return nil }
        let place = words[5].split(separator: ":")
        guard place.count == 3, UInt64(place[2]) == inode, let major = UInt32(place[0], radix: 16),
            let minor = UInt32(place[1], radix: 16)
        else { return nil }
        // As <sys/sysmacros.h> has it.
        let isSameDevice =
            UInt64(major) == (device >> 8 & 0xFFF | device >> 32 & ~0xFFF)
            && UInt64(minor) == (device & 0xFF | device >> 12 & ~0xFF)
        return isSameDevice || processID == noted ? processID : nil
    }

    static func process(_ processID: Int32) -> ProcessGlance {
        ProcessGlance(
            processID: processID, name: FileLook.lines("/proc/\(processID)/comm", limit: 256)?.first.map(String.init),
            userID: FileLook.file("/proc/\(processID)").value?.userID)
    }

    /// The limits of a process.
    static func limits(of processID: Int32, isDaemon: Bool) -> Look<LimitsGlance> {
        guard let lines = FileLook.lines("/proc/\(processID)/limits", limit: 1 << 14) else { return FileLook.failed() }
        return .seen(limits(lines, processID: processID, isDaemon: isDaemon))
    }

    /// Lines such as `Max open files            1024                 524288               files`.
    static func limits(_ lines: [Substring], processID: Int32, isDaemon: Bool) -> LimitsGlance {
        func limit(_ name: String) -> (soft: UInt64?, hard: UInt64?) {
            guard let line = lines.first(where: { $0.hasPrefix(name) }) else { return (nil, nil) }
            let words = line.dropFirst(name.count).split(separator: " ")
            return (words.first.flatMap { UInt64($0) }, words.dropFirst().first.flatMap { UInt64($0) })
        }
        let files = limit("Max open files")
        return LimitsGlance(
            processID: processID, isDaemon: isDaemon, openFiles: files.soft, openFilesHard: files.hard,
            addressSpaceBytes: limit("Max address space").soft, fileSizeBytes: limit("Max file size").soft)
    }

    /// The process that listens at a socket, as the kernel notes it; nil if nobody does or that cannot be seen.
    package static func listener(at path: String) -> Int32? {
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        guard bytes.count < MemoryLayout.size(ofValue: address.sun_path) else { return nil }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: bytes) }
        let isConnected = withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size)) == 0
            }
        }
        guard isConnected else { return nil }
        // The kernel's `struct ucred`: process, user, group.
        var peer: (pid_t, uid_t, gid_t) = (0, 0, 0)
        var size = socklen_t(MemoryLayout<(pid_t, uid_t, gid_t)>.size)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &peer, &size) == 0, peer.0 > 0 else { return nil }
        return peer.0
    }
}
