import Glibc

/// The listening socket that systemd hands over (`LISTEN_PID`, `LISTEN_FDS`).
package enum ActivatedSocket {
    /// The first descriptor handed over.
    private static let firstDescriptor: Int32 = 3

    /// The descriptor handed over to this process; nil when there is none.
    ///
    /// - Parameter environment: the variables of the process.
    package static func descriptor(environment: [String: String]) throws(ListenerFault) -> Int32? {
        guard let pid = environment["LISTEN_PID"], pid == String(getpid()) else { return nil }
        guard let text = environment["LISTEN_FDS"], let count = Int(text), count > 0 else { return nil }
        guard count == 1 else {
            throw fault("\(count) sockets were handed over, one is served", "Keep one ListenStream in the socket unit.")
        }
        try check(firstDescriptor)
        _ = fcntl(firstDescriptor, F_SETFD, FD_CLOEXEC)
        let flags = fcntl(firstDescriptor, F_GETFL)
        _ = fcntl(firstDescriptor, F_SETFL, flags | O_NONBLOCK)
        return firstDescriptor
    }

    /// Throws unless the descriptor is a Unix stream socket that listens.
    static func check(_ descriptor: Int32) throws(ListenerFault) {
        let remedy = "Use ListenStream with an absolute path in the socket unit."
        guard option(SO_DOMAIN, of: descriptor) == AF_UNIX else {
            throw fault("the descriptor handed over is not a Unix socket", remedy)
        }
        guard option(SO_TYPE, of: descriptor) == Int32(SOCK_STREAM.rawValue) else {
            throw fault("the descriptor handed over is not a stream socket", remedy)
        }
        guard option(SO_ACCEPTCONN, of: descriptor) == 1 else {
            throw fault("the descriptor handed over does not listen", remedy)
        }
    }

    private static func option(_ name: Int32, of descriptor: Int32) -> Int32? {
        var value: Int32 = 0
        var length = socklen_t(MemoryLayout<Int32>.size)
        return getsockopt(descriptor, SOL_SOCKET, name, &value, &length) == 0 ? value : nil
    }

    private static func fault(_ sentence: String, _ remedy: String) -> ListenerFault {
        ListenerFault(.unusable, path: "of systemd", sentence, remedy: remedy)
    }
}
