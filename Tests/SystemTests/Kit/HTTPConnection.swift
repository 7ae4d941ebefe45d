import Glibc

/// What to send, as it stands on the wire.
struct HTTPRequest {
    var method: String
    var target: String
    var fields: [(String, String)] = []
    var body: [UInt8]?

    init(_ method: String, _ target: String, _ fields: [(String, String)] = [], body: [UInt8]? = nil) {
        self.method = method
        self.target = target
        self.fields = fields
        self.body = body
    }

    /// A post of events.
    init(posting body: [UInt8], as contentType: String, query: String = "") {
        self.init("POST", "/v1/events" + query, [("Content-Type", contentType)], body: body)
    }

    var bytes: [UInt8] {
        var text = "\(method) \(target) HTTP/1.1\r\nHost: ledger\r\n"
        for (name, value) in fields { text += "\(name): \(value)\r\n" }
        if let body, !fields.contains(where: { $0.0.lowercased() == "content-length" }) {
            text += "Content-Length: \(body.count)\r\n"
        }
        return Array((text + "\r\n").utf8) + (body ?? [])
    }
}

struct HTTPReply: Sendable {
    var status: Int
    /// Names in lower case.
    var fields: [String: String]
    var body: [UInt8]

    var text: String { String(decoding: body, as: UTF8.self) }
    var closes: Bool { fields["connection"]?.lowercased() == "close" }
}

/// Why there is no reply.
enum ConnectionFault: Error {
    case refused(Int32)
    /// The peer closed; the reply was not whole.
    case closed
    case timedOut
    case malformed(String)
}

/// One connection to the daemon's socket, blocking, with nothing between the test and the bytes.
final class HTTPConnection {
    private let descriptor: Int32
    private var buffer: [UInt8] = []
    private var start = 0
    private static let chunkBytes = 256 << 10

    init(_ path: String, timeoutSeconds: Int = 60) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { throw ConnectionFault.refused(errno) }
        var limit = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &limit, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let room = MemoryLayout.size(ofValue: address.sun_path)
        guard path.utf8.count < room else { throw ConnectionFault.malformed("the path is too long") }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let code = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) { connect(descriptor, $0, size) }
        }
        guard code == 0 else { throw ConnectionFault.refused(errno) }
    }

    deinit {
        close(descriptor)
    }

    /// Sends all of it, unless the peer closes before.
    /// - Returns: whether all was taken.
    @discardableResult
    func send(_ bytes: [UInt8]) throws -> Bool {
        var sent = 0
        while sent < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.send(descriptor, $0.baseAddress?.advanced(by: sent), bytes.count - sent, Int32(MSG_NOSIGNAL))
            }
            if count < 0, errno == EINTR { continue }
            if count < 0, errno == EAGAIN { throw ConnectionFault.timedOut }
            guard count > 0 else { return false }
            sent += count
        }
        return true
    }

    /// No more will be sent.
    func finishSending() {
        shutdown(descriptor, Int32(SHUT_WR))
    }

    /// Reads on until the peer closes; what came.
    func receiveUntilClose() throws -> [UInt8] {
        while try fill() {}
        return take(buffer.count - start)
    }

    // MARK: Replies

    /// The next final reply.
    func receive(toHead isHead: Bool = false) throws -> HTTPReply {
        while true {
            let reply = try receiveAny(toHead: isHead)
            if reply.status != 100 { return reply }
        }
    }

    private func receiveAny(toHead isHead: Bool) throws -> HTTPReply {
        let status = try line()
        let parts = status.split(separator: " ", maxSplits: 2)
        guard parts.count >= 2, parts[0].hasPrefix("HTTP/1."), let code = Int(parts[1]) else {
            throw ConnectionFault.malformed("status line \(status.prefix(80))")
        }
        var fields: [String: String] = [:]
        while true {
            let text = try line()
            if text.isEmpty { break }
            guard let colon = text.firstIndex(of: ":") else { throw ConnectionFault.malformed("field \(text)") }
            let value = text[text.index(after: colon)...].drop(while: { $0 == " " })
            fields[text[..<colon].lowercased()] = String(value)
        }
        var reply = HTTPReply(status: code, fields: fields, body: [])
        if isHead || code == 100 || code == 204 || code == 304 { return reply }
        if fields["transfer-encoding"] == "chunked" {
            reply.body = try chunks()
        } else if let length = fields["content-length"].flatMap({ Int($0) }) {
            reply.body = try exactly(length)
        } else {
            reply.body = try receiveUntilClose()
        }
        return reply
    }

    private func chunks() throws -> [UInt8] {
        var body: [UInt8] = []
        while true {
            guard let size = try Int(line().prefix(while: { $0 != ";" }), radix: 16) else {
                throw ConnectionFault.malformed("chunk size")
            }
            if size == 0 {
                while try !line().isEmpty {}
                return body
            }
            try need(size)
            body.append(contentsOf: buffer[start..<start + size])
            start += size
            guard try line().isEmpty else { throw ConnectionFault.malformed("chunk end") }
        }
    }

    private func exactly(_ count: Int) throws -> [UInt8] {
        try need(count)
        return take(count)
    }

    /// The next line without its end, which is waited for.
    func line() throws -> String {
        var searched = start
        while true {
            if let end = buffer[searched...].firstIndex(of: 10) {
                let last = end > start && buffer[end - 1] == 13 ? end - 1 : end
                defer { start = end + 1 }
                return String(decoding: buffer[start..<last], as: UTF8.self)
            }
            searched = buffer.count
            let shift = start
            guard try fill() else { throw ConnectionFault.closed }
            if start == 0 { searched -= shift }
        }
    }

    private func need(_ count: Int) throws {
        while buffer.count - start < count {
            guard try fill() else { throw ConnectionFault.closed }
        }
    }

    private func take(_ count: Int) -> [UInt8] {
        defer { start += count }
        return Array(buffer[start..<start + count])
    }

    /// Reads once; false at the end.
    private func fill() throws -> Bool {
        if start > 0 {
            buffer.removeFirst(start)
            start = 0
        }
        let filled = buffer.count
        var result = 0
        repeat {
            result = withUnsafeTemporaryAllocation(byteCount: Self.chunkBytes, alignment: 16) { room in
                let count = recv(descriptor, room.baseAddress, room.count, 0)
                if count > 0 { buffer.append(contentsOf: UnsafeRawBufferPointer(rebasing: room[..<count])) }
                return count
            }
        } while result < 0 && errno == EINTR
        if result < 0, errno == EAGAIN { throw ConnectionFault.timedOut }
        return buffer.count > filled
    }
}
