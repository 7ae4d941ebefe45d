import Glibc

/// A connected stream socket. Blocking until `stopBlocking`.
final class Socket {
    /// Where a server listens.
    enum Address {
        case unix(String)
        /// A port of 127.0.0.1.
        case loopback(UInt16)
    }

    /// What the kernel may hold of what is being sent.
    private static let sendBufferBytes: Int32 = 1 << 20

    let descriptor: Int32

    init(_ address: Address) throws {
        switch address {
        case .unix(let path):
            descriptor = try Self.make(AF_UNIX)
            var name = sockaddr_un()
            name.sun_family = sa_family_t(AF_UNIX)
            withUnsafeMutableBytes(of: &name.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
            try Self.connect(descriptor, &name, to: path)
        case .loopback(let port):
            descriptor = try Self.make(AF_INET)
            var name = sockaddr_in()
            name.sin_family = sa_family_t(AF_INET)
            name.sin_port = port.bigEndian
            name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
            try Self.connect(descriptor, &name, to: "port \(port)")
            set(Int32(IPPROTO_TCP), TCP_NODELAY, 1)
        }
        set(SOL_SOCKET, SO_SNDBUF, Self.sendBufferBytes)
    }

    deinit {
        close(descriptor)
    }

    func stopBlocking() throws {
        guard fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK) == 0 else {
            throw BenchmarkFault.system("make a socket that does not block")
        }
    }

    /// Sends all of it, waiting as long as it takes.
    func send(_ bytes: [UInt8]) throws {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress! + sent, $0.count - sent) }
            guard count > 0 || errno == EINTR else { throw BenchmarkFault.system("send to the server") }
            sent += max(count, 0)
        }
    }

    /// Appends what arrives next to `bytes`, waiting for it.
    func receive(into bytes: inout [UInt8], most: Int = 1 << 20) throws {
        let start = bytes.count
        bytes.append(contentsOf: repeatElement(0, count: most))
        let got = bytes.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + start, most) }
        bytes.removeLast(most - max(got, 0))
        guard got > 0 else {
            throw got == 0
                ? BenchmarkFault("The server closed the connection: see its log.")
                : BenchmarkFault.system("receive from the server")
        }
    }

    private func set(_ level: Int32, _ option: Int32, _ value: Int32) {
        var value = value
        // A wish: the kernel may refuse or bound it.
        setsockopt(descriptor, level, option, &value, socklen_t(MemoryLayout<Int32>.size))
    }

    private static func make(_ family: Int32) throws -> Int32 {
        let descriptor = socket(family, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw BenchmarkFault.system("make a socket") }
        return descriptor
    }

    private static func connect<Name>(_ descriptor: Int32, _ name: inout Name, to what: String) throws {
        let code = withUnsafePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<Name>.size))
            }
        }
        guard code == 0 else {
            let reason = errno
            close(descriptor)
            throw BenchmarkFault.system("connect to \(what)", code: reason)
        }
    }
}
