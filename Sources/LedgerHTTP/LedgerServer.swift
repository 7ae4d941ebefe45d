package import LedgerEngine
package import Logging
import NIOCore
import NIOPosix
import ServiceLifecycle
import Synchronization

/// The HTTP service of a ledger on a Unix socket.
///
/// It stops in this order: no new connections; what is live ends, what is under way is answered; after the bound what is
/// left is closed.
package final class LedgerServer: Sendable {
    /// What is listened on.
    package enum Endpoint: Sendable {
        /// A socket of our own.
        case file(SocketFile)
        /// One that systemd made and keeps.
        case descriptor(Int32)

        var descriptor: Int32 {
            switch self {
            case .file(let file): file.descriptor
            case .descriptor(let descriptor): descriptor
            }
        }
    }

    private let service: ConnectionService
    private let endpoint: Endpoint
    private let stopBound: TimeAmount
    private let logger: Logger
    private let threads: MultiThreadedEventLoopGroup

    /// - Parameters:
    ///   - stopBoundSeconds: how long requests that are under way may take when the server stops.
    ///   - threadCount: event loops; 0 takes one a core.
    package init(
        ledger: Ledger, endpoint: Endpoint, limits: HTTPLimits = HTTPLimits(), stopBoundSeconds: Int = 8,
        threadCount: Int = 0, logger: Logger
    ) {
        service = ConnectionService(ledger: ledger, limits: limits, logger: logger)
        self.endpoint = endpoint
        self.stopBound = .seconds(Int64(stopBoundSeconds))
        self.logger = logger
        threads = MultiThreadedEventLoopGroup(numberOfThreads: threadCount > 0 ? threadCount : System.coreCount)
    }

    /// Takes other limits; `sendBufferBytes` alone stays what it was at the start.
    package func reload(_ limits: HTTPLimits) {
        service.reload(limits)
    }

    /// Serves until the task is cancelled or told to stop gracefully.
    ///
    /// - Parameter onListening: called once connections are taken.
    package func run(onListening: @Sendable () async -> Void = {}) async throws {
        let listener = try await listen()
        logger.info("serving", metadata: ["socket": "\(description)"])
        await onListening()
        await untilStopped()
        await stop(listener)
    }

    private func listen() async throws -> any Channel {
        let service = service
        return try await ServerBootstrap(group: threads)
            // NIO listens again with a backlog of its own.
            .serverChannelOption(.backlog, value: SocketFile.backlog)
            .childChannelOption(.allowRemoteHalfClosure, value: true)
            .childChannelOption(.socketOption(.so_sndbuf), value: .init(service.limits.sendBufferBytes))
            .childChannelOption(
                .recvAllocator, value: AdaptiveRecvByteBufferAllocator(minimum: 1024, initial: 4096, maximum: 1 << 20)
            )
            .childChannelInitializer { ConnectionPipeline.configure($0, service: service) }
            .withBoundSocket(endpoint.descriptor)
            .get()
    }

    private func untilStopped() async {
        let stream = AsyncStream<Void>.makeStream()
        await withTaskCancellationOrGracefulShutdownHandler {
            for await _ in stream.stream {}
        } onCancelOrGracefulShutdown: {
            stream.continuation.finish()
        }
    }

    private func stop(_ listener: any Channel) async {
        logger.info("stopping: no new connections", metadata: ["open": "\(service.registry.count)"])
        // Closing can only fail because it is closed.
        try? await listener.close()
        if case .file(let file) = endpoint { file.remove() }
        service.registry.quiesce()
        let registry = service.registry
        let forced = threads.any().scheduleTask(in: stopBound) { registry.closeAll() }
        await registry.whenEmpty()
        forced.cancel()
        try? await threads.shutdownGracefully()
    }

    private var description: String {
        switch endpoint {
        case .file(let file): file.path
        case .descriptor(let descriptor): "descriptor \(descriptor), handed over"
        }
    }
}
