import Glibc

/// A listening Unix socket at a path, and the hygiene of having one: nothing but a socket is ever removed, a live one
/// never; the directory is 0750, the socket 0660.
///
/// A lock file beside the path is held for as long as the daemon lives, so that two daemons that start at once cannot
/// both find the socket stale and remove each other's. The file itself stays: whoever removed it could remove the one
/// that the next daemon has just locked.
package final class SocketFile: Sendable {
    package let path: String
    /// The listening descriptor; whoever serves it owns and closes it.
    package let descriptor: Int32
    private let lock: Int32
    private let device: UInt64
    private let inode: UInt64

    /// `sun_path` holds 108 bytes with the terminating zero.
    package static let pathBytesMax = 107
    static let backlog: Int32 = 1024
    private static let directoryMode: mode_t = 0o750
    /// What the socket is not: anything to others, executable to anybody.
    private static let socketUmask: mode_t = 0o117

    /// Makes the directory where it is absent, replaces a stale socket, binds and listens.
    package init(path: String) throws(ListenerFault) {
        try Self.check(path)
        try Self.makeDirectory(of: path)
        // Before the lock: beside what is somebody else's no file is left.
        _ = try Self.isSocketThere(path)
        lock = try Self.lock(path)
        do throws(ListenerFault) {
            try Self.clear(path)
            descriptor = try Self.bind(path)
        } catch {
            Glibc.close(lock)
            throw error
        }
        self.path = path
        var status = stat()
        _ = lstat(path, &status)
        device = UInt64(status.st_dev)
        inode = UInt64(status.st_ino)
    }

    /// Removes the socket if it is still the one made here, and gives the path free.
    package func remove() {
        var status = stat()
        if lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
            UInt64(status.st_dev) == device, UInt64(status.st_ino) == inode
        {
            unlink(path)
        }
        Glibc.close(lock)
    }

    private static func check(_ path: String) throws(ListenerFault) {
        let length = path.utf8.count
        guard length > 0, length <= pathBytesMax, !path.utf8.contains(0) else {
            throw ListenerFault(
                .unusable, path: path, "the path has \(length) bytes, a socket's has 1 to \(pathBytesMax)",
                remedy: "Choose a shorter path.")
        }
    }

    private static func makeDirectory(of path: String) throws(ListenerFault) {
        guard let slash = path.lastIndex(of: "/"), slash != path.startIndex else { return }
        let directory = String(path[..<slash])
        if mkdir(directory, directoryMode) == 0 {
            // mkdir's mode is cut by the umask; the group is to come in.
            guard chmod(directory, directoryMode) == 0 else { throw system("chmod of \(directory)", path) }
            return
        }
        guard errno == EEXIST else { throw system("making the directory \(directory)", path) }
    }

    private static func lockPath(_ path: String) -> String { path + ".lock" }

    private static func lock(_ path: String) throws(ListenerFault) -> Int32 {
        let descriptor = open(lockPath(path), O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard descriptor >= 0 else { throw system("opening the lock \(lockPath(path))", path) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            guard code == EWOULDBLOCK else { throw system("locking \(lockPath(path))", path, code) }
            throw inUse(path)
        }
        return descriptor
    }

    private static func inUse(_ path: String) -> ListenerFault {
        ListenerFault(
            .inUse, path: path, "another daemon serves it", remedy: "Stop that daemon, or choose another path.")
    }

    /// Removes what is there if it is the socket of a dead daemon.
    private static func clear(_ path: String) throws(ListenerFault) {
        guard try isSocketThere(path) else { return }
        if try isLive(path) { throw inUse(path) }
        guard unlink(path) == 0 || errno == ENOENT else { throw system("removing the stale socket", path) }
    }

    /// Whether there is a socket; anything else is refused.
    private static func isSocketThere(_ path: String) throws(ListenerFault) -> Bool {
        var status = stat()
        guard lstat(path, &status) == 0 else {
            if errno == ENOENT { return false }
            throw system("looking at it", path)
        }
        guard status.st_mode & S_IFMT == S_IFSOCK else {
            throw ListenerFault(
                .unusable, path: path, "something that is not a socket is there, and is left alone",
                remedy: "Move it away, or choose another path.")
        }
        return true
    }

    /// Whether somebody listens there. Only a refused connection shows that nobody does: a full backlog is a live daemon.
    private static func isLive(_ path: String) throws(ListenerFault) -> Bool {
        let probe = try makeSocket(path)
        defer { Glibc.close(probe) }
        let code = withAddress(path) { connect(probe, $0, $1) } == 0 ? 0 : errno
        switch code {
        case ECONNREFUSED, ENOENT: return false
        case 0, EAGAIN, EINPROGRESS, EALREADY: return true
        default: throw system("asking whether a daemon is alive", path, code)
        }
    }

    private static func bind(_ path: String) throws(ListenerFault) -> Int32 {
        let descriptor = try makeSocket(path)
        // The mode is set by the umask and not afterwards: there is no moment at which others could connect.
        let before = umask(socketUmask)
        let bound = withAddress(path) { Glibc.bind(descriptor, $0, $1) }
        let code = errno
        umask(before)
        guard bound == 0 else {
            Glibc.close(descriptor)
            throw system("binding", path, code)
        }
        guard listen(descriptor, backlog) == 0 else {
            let code = errno
            Glibc.close(descriptor)
            unlink(path)
            throw system("listening", path, code)
        }
        return descriptor
    }

    private static func makeSocket(_ path: String) throws(ListenerFault) -> Int32 {
        let flags = Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue) | Int32(SOCK_NONBLOCK.rawValue)
        let descriptor = socket(AF_UNIX, flags, 0)
        guard descriptor >= 0 else { throw system("making a socket", path) }
        return descriptor
    }

    private static func withAddress(_ path: String, _ body: (UnsafePointer<sockaddr>, socklen_t) -> Int32) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                body($0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }

    private static func system(_ what: String, _ path: String, _ code: Int32 = errno) -> ListenerFault {
        let text = String(cString: strerror(code))
        let remedy =
            code == EACCES || code == EPERM || code == EROFS
            ? "Let the daemon's user write the directory, or choose another path." : "Choose another path."
        return ListenerFault(.system(errno: code), path: path, "\(what) failed: \(text)", remedy: remedy)
    }
}
