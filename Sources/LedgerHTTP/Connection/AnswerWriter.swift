import HTTPTypes
import Hummingbird
import NIOCore

/// The way of an answer from the router's task to its connection. A whole answer takes one hop; a stream waits until the
/// client has taken each part, so that it never holds more than one.
final class AnswerWriter: Sendable {
    private let connection: NIOLoopBound<ConnectionHandler>
    private let eventLoop: any EventLoop

    init(_ connection: NIOLoopBound<ConnectionHandler>, eventLoop: any EventLoop) {
        self.connection = connection
        self.eventLoop = eventLoop
    }

    func write(_ response: Response, isHead: Bool) async {
        if response.body.contentLength != nil {
            let collector = Collector()
            // A collector cannot fail; were it to, what it has is sent with its own length.
            try? await response.body.write(collector)
            let body = collector.buffer
            eventLoop.execute { [connection] in connection.value.sendWhole(response.head, body) }
            return
        }
        do {
            try await onConnection { $0.startStream(response.head) }
            if isHead {
                eventLoop.execute { [connection] in connection.value.finishStream() }
            } else {
                try await response.body.write(Stream(writer: self))
            }
        } catch {
            eventLoop.execute { [connection] in connection.value.abortStream() }
        }
    }

    private func onConnection(
        _ body: @escaping @Sendable (ConnectionHandler) -> EventLoopFuture<Void>?
    ) async throws {
        try await eventLoop.flatSubmit { [connection, eventLoop] in
            body(connection.value) ?? eventLoop.makeFailedFuture(ChannelError.ioOnClosedChannel)
        }.get()
    }

    /// Keeps what is written.
    private final class Collector: ResponseBodyWriter {
        var buffer = ByteBuffer()

        func write(_ part: ByteBuffer) async throws {
            if buffer.readableBytes == 0 { buffer = part } else { buffer.writeImmutableBuffer(part) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
    }

    /// Sends what is written.
    private struct Stream: ResponseBodyWriter {
        let writer: AnswerWriter

        func write(_ part: ByteBuffer) async throws {
            try await writer.onConnection { $0.writePart(part) }
        }

        consuming func finish(_ trailingHeaders: HTTPFields?) async throws {
            writer.eventLoop.execute { [connection = writer.connection] in connection.value.finishStream() }
        }
    }
}
