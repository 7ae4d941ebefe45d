import Foundation
import LedgerAPI
import LedgerEngine
import LedgerHTTP
import Logging
import NIOCore
import Testing

/// A real ledger in a directory of its own, served on a socket beside it.
struct TestDaemon: Sendable {
    let ledger: Ledger
    let directory: String
    var socket: String { directory + "/run/campaignd.sock" }

    /// The log's head, in digits.
    var head: String { "\(ledger.head)" }

    func connect() throws -> RawConnection { try RawConnection(path: socket) }

    func send(_ request: String) async throws -> RawConnection.Response {
        let connection = try connect()
        try await connection.send(request)
        return try await connection.receive()
    }

    func get(_ target: String, headers: String = "") async throws -> RawConnection.Response {
        try await send("GET \(target) HTTP/1.1\r\nhost: ledger\r\n\(headers)\r\n")
    }

    func post(
        _ body: String, type: String? = "application/x-ndjson", query: String = "", headers: String = ""
    ) async throws -> RawConnection.Response {
        let contentType = type.map { "content-type: \($0)\r\n" } ?? ""
        return try await send(
            "POST /v1/events\(query) HTTP/1.1\r\nhost: ledger\r\n\(contentType)\(headers)"
                + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    /// What is answered, with position, head and the like beside it.
    func answer<Body: Codable & Sendable>(_ type: Body.Type, _ target: String) async throws -> Answered<Body> {
        let response = try await get(target)
        #expect(response.status == 200, "\(target): \(response.text)")
        return try WireCoding.decode(Answered<Body>.self, from: Data(response.body))
    }

    /// Asks until the read models have seen the position.
    func settled(_ position: Int) async throws {
        _ = try await get("/v1/policies?minPosition=\(position)")
    }
}

extension HTTPLimits {
    /// Of tests that are not about deadlines: a machine on which all tests run at once may let a client wait for long.
    static let patient: HTTPLimits = {
        var limits = HTTPLimits()
        (limits.headerTimeout, limits.bodyTimeout) = (.minutes(5), .minutes(5))
        (limits.idleTimeout, limits.outputTimeout) = (.minutes(10), .minutes(5))
        return limits
    }()
}

/// Runs the body with a daemon that is gone afterwards.
func withDaemon(
    limits: HTTPLimits = .patient, configure: (inout LedgerConfiguration) -> Void = { _ in },
    _ body: @Sendable (TestDaemon) async throws -> Void
) async throws {
    let directory = try TemporaryDirectory()
    var configuration = LedgerConfiguration(dataDirectory: directory.path + "/data")
    // Dozens of ledgers are open at once in a test run: with maps as large as a daemon's they would not fit in the
    // address space.
    configuration.viewsMapBytesMax = 8 << 30
    configuration.indexMapBytesMax = 8 << 30
    configuration.minPositionTimeoutSeconds = 1
    configure(&configuration)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    let ledger = try await offPool { [configuration, logger] in try Ledger.open(configuration, logger: logger) }
    let daemon = TestDaemon(ledger: ledger, directory: directory.path)
    let server = LedgerServer(
        ledger: ledger, endpoint: .file(try SocketFile(path: daemon.socket)), limits: limits, stopBoundSeconds: 2,
        threadCount: 1, logger: logger)
    let (ready, continuation) = AsyncStream<Void>.makeStream()
    let serving = Task { try await server.run { continuation.finish() } }
    for await _ in ready {}
    let result = await Result<Void, any Error>.of { try await body(daemon) }
    serving.cancel()
    try await serving.value
    try await offPool { ledger.close() }
    try result.get()
}

/// Runs the body with a daemon that holds the eight events of `Samples.lines`.
func withSamples(
    limits: HTTPLimits = .patient, _ body: @Sendable (TestDaemon) async throws -> Void
) async throws {
    try await withDaemon(limits: limits) { try await body($0.holding(Samples.lines, count: 8)) }
}

/// The same with those of `AuditSamples`.
func withAuditSamples(_ body: @Sendable (TestDaemon) async throws -> Void) async throws {
    try await withDaemon { try await body($0.holding(AuditSamples.lines, count: AuditSamples.count)) }
}

extension TestDaemon {
    /// Posts the events, all of them new, and waits until they are seen.
    fileprivate func holding(_ lines: String, count: Int) async throws -> TestDaemon {
        let posted = try await post(lines)
        #expect(posted.status == 201, "\(posted.text)")
        try await settled(count)
        return self
    }
}

extension Result where Failure == any Error {
    fileprivate static func of(_ body: () async throws -> Success) async -> Result {
        do { return .success(try await body()) } catch { return .failure(error) }
    }
}

/// A directory that goes when the last reference to it does.
final class TemporaryDirectory: Sendable {
    let path: String

    init() throws {
        var template = Array("/tmp/ledger-http-XXXXXX\0".utf8CString)
        guard mkdtemp(&template) != nil else { throw RawConnection.Failure(description: "mkdtemp failed") }
        path = template.withUnsafeBufferPointer { String(cString: $0.baseAddress!) }
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
