import NIOCore
import NIOHTTP1
import NIOPosix

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

/// One keep-alive connection to the daemon's socket.
struct LedgerConnection: Sendable {
    /// The longest path of a Unix socket on Linux, bytes.
    static let socketPathBytesMax = 107

    private let channel: any Channel
    private let handler: NIOLoopBound<ResponseHandler>

    static func open(_ path: String, timeout: TimeAmount) async throws(LedgerClientError) -> LedgerConnection {
        guard (1...socketPathBytesMax).contains(path.utf8.count) else {
            throw .daemonUnavailable(
                "The socket's path has \(path.utf8.count) bytes, and 1 to \(socketPathBytesMax) are allowed: \(path). "
                    + "Name a shorter one with --socket or CAMPAIGN_LEDGER_SOCKET.")
        }
        do {
            return try await ClientBootstrap(group: MultiThreadedEventLoopGroup.singleton)
                .connectTimeout(timeout)
                .connect(unixDomainSocketPath: path) { channel in
                    channel.eventLoop.makeCompletedFuture { try LedgerConnection(initializing: channel) }
                }
        } catch {
            throw .daemonUnavailable(sentence(for: error, path: path))
        }
    }

    /// Must run on the channel's event loop.
    private init(initializing channel: any Channel) throws {
        let handler = ResponseHandler(loop: channel.eventLoop)
        try channel.pipeline.syncOperations.addHTTPClientHandlers()
        try channel.pipeline.syncOperations.addHandler(handler)
        self.channel = channel
        self.handler = NIOLoopBound(handler, eventLoop: channel.eventLoop)
    }

    // MARK: One exchange

    func begin(
        _ request: HTTPRequestHead, body: ByteBuffer?, timeout: TimeAmount
    ) async throws -> HTTPResponseHead {
        try await channel.eventLoop.flatSubmit { [handler] in
            handler.value.begin(request, body: body, timeout: timeout)
        }.get()
    }

    func nextChunk() async throws -> ByteBuffer? {
        try await channel.eventLoop.flatSubmit { [handler] in handler.value.nextChunk() }.get()
    }

    func liftDeadline() {
        channel.eventLoop.execute { [handler] in handler.value.liftDeadline() }
    }

    var isReusable: Bool {
        get async {
            (try? await channel.eventLoop.submit { [handler] in handler.value.isReusable }.get()) ?? false
        }
    }

    func close() {
        channel.close(promise: nil)
    }

    // MARK: Why there is no connection

    static func sentence(for error: any Error, path: String) -> String {
        if case ChannelError.connectTimeout(let time) = error {
            return "The daemon at \(path) did not accept a connection within \(time.nanoseconds / 1_000_000_000) s. "
                + "It may have as many connections as it allows: try again later."
        }
        guard let code = (error as? IOError)?.errnoCode else {
            return "No connection to the daemon at \(path): \(error)."
        }
        return switch code {
        case ENOENT: "There is no daemon at \(path). \(start(path))"
        case ECONNREFUSED:
            "A socket is at \(path), but no daemon answers: it has ended or is not a campaignd. \(start(path))"
        case EACCES, EPERM:
            "Permission denied for \(path). Ask the operator to make you a member of the socket's group "
                + "(ls -l \(path) shows it)."
        case ENOTDIR: "A part of \(path) is not a directory. Name the socket with --socket."
        case EAGAIN: "The daemon at \(path) has too many connections waiting. Try again later."
        default: "No connection to the daemon at \(path): \(String(cString: strerror(code))). \(start(path))"
        }
    }

    private static func start(_ path: String) -> String {
        "Start it with `campaignd --socket \(path)`, or name another socket with --socket or CAMPAIGN_LEDGER_SOCKET."
    }
}
