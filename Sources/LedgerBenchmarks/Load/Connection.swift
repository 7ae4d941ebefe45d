import Glibc

/// A connection of the load: one request at a time, never blocking, no allocation for a request.
final class Connection {
    /// The most of an answer that is waited for.
    private static let receiveBytesMax = 64 << 20
    private static let receiveBytesLeast = 256 << 10

    let wire: any Wire
    /// The request under way, and when it should have been sent; nil while idle.
    private(set) var request: Int?
    private(set) var intended: UInt64 = 0
    /// When a request that met a busy server is sent again.
    private(set) var retryAt: UInt64?

    private let socket: Socket
    private var head: [UInt8] = []
    private var body = UnsafeRawBufferPointer(start: nil, count: 0)
    private var sent = 0
    private var received = [UInt8](repeating: 0, count: receiveBytesLeast)
    private var start = 0
    private var end = 0

    init(_ address: Socket.Address, wire: any Wire) throws {
        socket = try Socket(address)
        self.wire = wire
        try wire.greet(socket)
        try socket.stopBlocking()
    }

    var descriptor: Int32 { socket.descriptor }
    var isIdle: Bool { request == nil }
    var hasUnsent: Bool { request != nil && retryAt == nil && sent < head.count + body.count }

    /// Sends as much of a request as the kernel takes.
    func begin(_ request: Int, intended: UInt64) throws {
        self.request = request
        self.intended = intended
        head.removeAll(keepingCapacity: true)
        body = try wire.encode(request, into: &head) ?? UnsafeRawBufferPointer(start: nil, count: 0)
        sent = 0
        try flush()
    }

    func sendAgain() throws {
        retryAt = nil
        sent = 0
        try flush()
    }

    /// Sends more of the request.
    func flush() throws {
        while sent < head.count + body.count {
            let count = writeRest()
            if count < 0 {
                if errno == EAGAIN { return }
                guard errno == EINTR else { throw BenchmarkFault.system("send to the server") }
            }
            sent += max(count, 0)
        }
    }

    /// Takes what has arrived.
    /// - Returns: whether the request is answered; then the connection is idle.
    func receive(now: UInt64, retryNanoseconds: UInt64) throws -> Bool {
        makeRoom()
        let got = received.withUnsafeMutableBytes { read(descriptor, $0.baseAddress! + end, $0.count - end) }
        if got < 0, errno == EAGAIN || errno == EINTR { return false }
        guard got > 0 else { throw BenchmarkFault("The server closed a connection under load: see its log.") }
        end += got
        while start < end {
            let taken = try received.withUnsafeBytes {
                try wire.take(UnsafeRawBufferPointer(rebasing: $0[start..<end]))
            }
            start += taken.bytes
            switch taken.answer {
            case .whole:
                request = nil
                return true
            case .busy:
                retryAt = now + retryNanoseconds
                return false
            case .partial:
                if taken.bytes == 0 { return false }
            }
        }
        return false
    }

    private func makeRoom() {
        if start == end { (start, end) = (0, 0) }
        guard end == received.count else { return }
        if start > 0 {
            received.withUnsafeMutableBytes { bytes in
                _ = memmove(bytes.baseAddress!, bytes.baseAddress! + start, end - start)
            }
            (start, end) = (0, end - start)
        } else {
            precondition(received.count < Self.receiveBytesMax, "an answer of more than 64 MiB: ask for less")
            received.append(contentsOf: repeatElement(0, count: received.count))
        }
    }

    /// Head and body in one call.
    private func writeRest() -> Int {
        let headSent = min(sent, head.count)
        let bodySent = sent - headSent
        return head.withUnsafeMutableBytes { bytes in
            if body.isEmpty { return write(descriptor, bytes.baseAddress! + headSent, bytes.count - headSent) }
            let rest = UnsafeMutableRawPointer(mutating: body.baseAddress! + bodySent)
            return withUnsafeTemporaryAllocation(of: iovec.self, capacity: 2) { parts in
                parts[0] = iovec(iov_base: bytes.baseAddress! + headSent, iov_len: bytes.count - headSent)
                parts[1] = iovec(iov_base: rest, iov_len: body.count - bodySent)
                return writev(descriptor, parts.baseAddress, 2)
            }
        }
    }
}
