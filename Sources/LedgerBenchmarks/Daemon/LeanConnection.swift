import Glibc

/// A kept-alive HTTP/1.1 connection to the daemon's Unix socket: blocking calls on the caller's thread, one request at a
/// time, nothing allocated for a request. It understands what `campaignd` answers: a head and a body of known length.
final class LeanConnection {
    /// What the kernel may hold of a request that is being sent.
    private static let sendBufferBytes = 1 << 20
    /// The most of an answer that is taken.
    private static let answerBytesMax = 1 << 20

    private let descriptor: Int32
    private var received = [UInt8](repeating: 0, count: answerBytesMax)

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw BenchmarkFault.system("make a socket") }
        var size = Int32(Self.sendBufferBytes)
        setsockopt(descriptor, SOL_SOCKET, SO_SNDBUF, &size, socklen_t(MemoryLayout<Int32>.size))
        guard Self.connect(descriptor, path) == 0 else {
            let code = errno
            close(descriptor)
            throw BenchmarkFault.system("connect to \(path)", code: code)
        }
    }

    deinit {
        close(descriptor)
    }

    /// An answer; its body is valid until the next exchange.
    struct Answer {
        let status: Int
        let body: ArraySlice<UInt8>
    }

    func get(_ path: String) throws -> Answer {
        try exchange("GET \(path) HTTP/1.1\r\nHost: ledger\r\n\r\n", UnsafeRawBufferPointer(start: nil, count: 0))
    }

    func post(ndjson bytes: UnsafeRawBufferPointer) throws -> Answer {
        try exchange(
            "POST /v1/events HTTP/1.1\r\nHost: ledger\r\nContent-Type: application/x-ndjson\r\n"
                + "Content-Length: \(bytes.count)\r\n\r\n", bytes)
    }

    private func exchange(_ head: String, _ body: UnsafeRawBufferPointer) throws -> Answer {
        var head = head
        try head.withUTF8 { try send(UnsafeRawBufferPointer($0), body) }
        return try receive()
    }

    /// Head and body in as few calls as the socket's buffer allows.
    private func send(_ head: UnsafeRawBufferPointer, _ body: UnsafeRawBufferPointer) throws {
        var sent = 0
        while sent < head.count + body.count {
            let headLeft = max(head.count - sent, 0)
            let bodyStart = max(sent - head.count, 0)
            var parts = [
                iovec(
                    iov_base: UnsafeMutableRawPointer(mutating: head.baseAddress! + (head.count - headLeft)),
                    iov_len: headLeft),
                iovec(
                    iov_base: body.baseAddress.map { UnsafeMutableRawPointer(mutating: $0 + bodyStart) },
                    iov_len: body.count - bodyStart),
            ]
            let written = writev(descriptor, &parts, 2)
            guard written > 0 || errno == EINTR else { throw BenchmarkFault.system("send to campaignd") }
            sent += max(written, 0)
        }
    }

    private func receive() throws -> Answer {
        var count = 0
        var bodyStart: Int?
        var length = 0
        while bodyStart == nil || count < bodyStart! + length {
            let got = received.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + count, $0.count - count) }
            if got < 0, errno == EINTR { continue }
            guard got > 0 else {
                throw BenchmarkFault("campaignd closed the connection in the middle of an answer: see its log.")
            }
            count += got
            if bodyStart == nil, let end = headEnd(count) {
                bodyStart = end
                length = try contentLength(end)
                guard end + length <= received.count else {
                    throw BenchmarkFault("The answer has \(length) bytes: more than a benchmark takes.")
                }
            }
        }
        return Answer(status: try status(), body: received[bodyStart!..<(bodyStart! + length)])
    }

    /// Where the body begins, if the head is all there.
    private func headEnd(_ count: Int) -> Int? {
        received.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: $0[..<count]).end(of: "\r\n\r\n") }
    }

    private func status() throws -> Int {
        guard let status = Int(String(decoding: received[9..<12], as: UTF8.self)) else {
            throw BenchmarkFault("The answer does not begin with an HTTP status.")
        }
        return status
    }

    private func contentLength(_ headEnd: Int) throws -> Int {
        let lines = String(decoding: received[..<headEnd], as: UTF8.self).lowercased().split(separator: "\r\n")
        guard let line = lines.first(where: { $0.hasPrefix("content-length:") }),
            let length = Int(line.dropFirst("content-length:".count).drop { $0 == " " })
        else { throw BenchmarkFault("The answer has no Content-Length: this client knows no other kind.") }
        return length
    }

    private static func connect(_ descriptor: Int32, _ path: String) -> Int32 {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix($0.count - 1)) }
        return withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                Glibc.connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
