import Foundation
import NIOCore
import NIOHTTP1
import NIOPosix
import Synchronization

/// A daemon that says what a test wants: HTTP/1.1 on a Unix socket of its own, for tests of the client and of the
/// command line.
package final class StubDaemon: Sendable {
    /// What a client asked.
    package struct Request: Sendable {
        package var method: String
        package var path: String
        package var fields: [String: String]
        package var body: String
    }

    /// What it is told.
    package enum Answer: Sendable {
        /// A whole answer with Content-Length.
        case whole(status: Int, contentType: String, body: String, fields: [(String, String)] = [])
        /// Chunks of a body whose end is not announced; then the end, or a closed connection in the middle.
        case chunks([String], contentType: String, endsWell: Bool)
        /// So many bytes of lines, written only as fast as the client reads.
        case flood(bytes: Int)
        /// A whole answer, after which the connection is closed without a word.
        case wholeThenHangUp(body: String)
        case hangUp
        case silence

        package static func json(_ body: String, status: Int = 200) -> Answer {
            .whole(status: status, contentType: "application/json", body: body)
        }

        package static func problem(status: Int, _ body: String, fields: [(String, String)] = []) -> Answer {
            .whole(status: status, contentType: "application/problem+json", body: body, fields: fields)
        }
    }

    package let socketPath: String
    private let directory: String
    private let channel: any Channel
    private let log: StubLog

    /// - Parameter answer: Gives the answer to each request; called on an event loop.
    package init(_ answer: @escaping @Sendable (Request) -> Answer) async throws {
        directory = try Self.makeDirectory()
        socketPath = directory + "/s"
        let log = StubLog()
        self.log = log
        channel = try await ServerBootstrap(group: MultiThreadedEventLoopGroup.singleton)
            .childChannelOption(.writeBufferWaterMark, value: .init(low: 32 * 1_024, high: 128 * 1_024))
            .childChannelInitializer { channel in
                log.addConnection()
                return channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.configureHTTPServerPipeline()
                    try channel.pipeline.syncOperations.addHandler(StubHandler(log: log, answer: answer))
                }
            }
            .bind(unixDomainSocketPath: socketPath).get()
    }

    /// Everything asked so far, in order.
    package var requests: [Request] { log.requests }
    package var connections: Int { log.connections }
    /// Bytes of a flood that were given to the socket.
    package var floodedBytes: Int { log.floodedBytes }

    package func stop() async throws {
        try await channel.close()
        try FileManager.default.removeItem(atPath: directory)
    }

    /// A short directory of its own: a socket's path has at most 107 bytes.
    package static func makeDirectory() throws -> String {
        let path = "/tmp/ledger-stub-" + UUID().uuidString.prefix(13)
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: false)
        return path
    }
}

/// What a stub saw.
final class StubLog: Sendable {
    private struct State {
        var requests: [StubDaemon.Request] = []
        var connections = 0
        var floodedBytes = 0
    }

    private let state = Mutex(State())

    var requests: [StubDaemon.Request] { state.withLock { $0.requests } }
    var connections: Int { state.withLock { $0.connections } }
    var floodedBytes: Int { state.withLock { $0.floodedBytes } }

    func add(_ request: StubDaemon.Request) {
        state.withLock { $0.requests.append(request) }
    }

    func addConnection() {
        state.withLock { $0.connections += 1 }
    }

    func addFlooded(_ bytes: Int) {
        state.withLock { $0.floodedBytes += bytes }
    }
}
