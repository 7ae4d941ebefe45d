import Foundation
import Glibc

/// Runs what blocks on a thread of its own, so that it cannot starve the cooperative pool that the server needs too.
func offPool<T: Sendable>(_ body: @escaping @Sendable () throws -> T) async throws -> T {
    try await withCheckedThrowingContinuation { continuation in
        Thread.detachNewThread { continuation.resume(with: Result { try body() }) }
    }
}

/// A client that speaks HTTP/1.1 by the byte, so that tests can also send what a proper client would not.
final class RawConnection: @unchecked Sendable {
    // Used by one test at a time, call after call: nothing is shared.
    private let descriptor: Int32
    private var buffer: [UInt8] = []

    struct Failure: Error, CustomStringConvertible {
        let description: String
    }

    struct Response {
        var status: Int
        var headers: [String: String]
        var body: [UInt8]

        var text: String { String(decoding: body, as: UTF8.self) }

        func json() throws -> [String: Any] {
            try JSONSerialization.jsonObject(with: Data(body)) as? [String: Any] ?? [:]
        }
    }

    init(path: String, timeoutSeconds: Int = 30) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var timeout = timeval(tv_sec: timeoutSeconds, tv_usec: 0)
        setsockopt(descriptor, SOL_SOCKET, SO_RCVTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        setsockopt(descriptor, SOL_SOCKET, SO_SNDTIMEO, &timeout, socklen_t(MemoryLayout<timeval>.size))
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8.prefix(107)) }
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        guard result == 0 else {
            let code = errno
            Glibc.close(descriptor)
            throw Failure(description: "connect to \(path): \(String(cString: strerror(code)))")
        }
    }

    deinit { Glibc.close(descriptor) }

    func send(_ text: String) async throws { try await send(Array(text.utf8)) }

    func send(_ bytes: [UInt8]) async throws {
        try await offPool { [self] in
            var sent = 0
            while sent < bytes.count {
                let count = bytes[sent...].withUnsafeBytes {
                    Glibc.send(descriptor, $0.baseAddress, $0.count, Int32(MSG_NOSIGNAL))
                }
                guard count > 0 else { throw Failure(description: "send: \(String(cString: strerror(errno)))") }
                sent += count
            }
        }
    }

    func endOutput() { shutdown(descriptor, Int32(SHUT_WR)) }

    /// Whether the other end has closed and there is nothing more to read.
    func isClosed() async throws -> Bool {
        try await offPool { [self] in buffer.isEmpty && !fill() }
    }

    /// A whole response.
    func receive(toHead: Bool = false) async throws -> Response {
        try await offPool { [self] in
            var response = try readHead()
            while response.status == 100 { response = try readHead() }
            if toHead { return response }
            if response.headers["transfer-encoding"] == "chunked" {
                while let chunk = try readChunk() { response.body += chunk }
            } else {
                response.body = try take(Int(response.headers["content-length"] ?? "0") ?? 0)
            }
            return response
        }
    }

    /// The head alone, 100 included.
    func receiveHead() async throws -> Response {
        try await offPool { [self] in try readHead() }
    }

    /// One chunk of a stream; nil at its end.
    func receiveChunk() async throws -> String? {
        try await offPool { [self] in try readChunk().map { String(decoding: $0, as: UTF8.self) } }
    }

    private func readHead() throws -> Response {
        let end = Array("\r\n\r\n".utf8)
        while true {
            if let range = buffer.firstRange(of: end) {
                let lines = String(decoding: buffer[..<range.lowerBound], as: UTF8.self).split(separator: "\r\n")
                buffer.removeSubrange(..<range.upperBound)
                var headers: [String: String] = [:]
                for line in lines.dropFirst() {
                    let parts = line.split(separator: ":", maxSplits: 1)
                    headers[parts[0].lowercased()] = parts[1].trimmingCharacters(in: .whitespaces)
                }
                return Response(status: Int(lines[0].split(separator: " ")[1]) ?? 0, headers: headers, body: [])
            }
            guard fill() else { throw Failure(description: "closed within a head: \(buffer.count) bytes") }
        }
    }

    private func readChunk() throws -> [UInt8]? {
        let size = Int(String(decoding: try takeLine(), as: UTF8.self), radix: 16) ?? 0
        let chunk = try take(size)
        _ = try takeLine()
        return size == 0 ? nil : chunk
    }

    private func takeLine() throws -> [UInt8] {
        while true {
            if let range = buffer.firstRange(of: Array("\r\n".utf8)) {
                let line = Array(buffer[..<range.lowerBound])
                buffer.removeSubrange(..<range.upperBound)
                return line
            }
            guard fill() else { throw Failure(description: "closed within a line") }
        }
    }

    private func take(_ count: Int) throws -> [UInt8] {
        while buffer.count < count {
            guard fill() else { throw Failure(description: "closed within a body") }
        }
        defer { buffer.removeFirst(count) }
        return Array(buffer[..<count])
    }

    /// Reads what there is; false at the end.
    private func fill() -> Bool {
        var part = [UInt8](repeating: 0, count: 65_536)
        let count = part.withUnsafeMutableBytes { recv(descriptor, $0.baseAddress, $0.count, 0) }
        guard count > 0 else { return false }
        buffer += part[..<count]
        return true
    }
}
