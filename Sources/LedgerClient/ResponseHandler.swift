import NIOCore
import NIOHTTP1

/// What goes wrong on a connection, before it is put into sentences.
enum ConnectionFault: Error {
    case timedOut
    case closed
    case busy
}

/// One exchange at a time on one connection: takes the parts of the answer and gives them out when asked.
///
/// Bound memory: while `bufferedBytesMax` wait to be taken, nothing is read from the socket, so a slow reader makes the
/// daemon wait instead of growing this process. Lives on its event loop only.
final class ResponseHandler: ChannelDuplexHandler {
    typealias InboundIn = HTTPClientResponsePart
    typealias OutboundIn = HTTPClientRequestPart
    typealias OutboundOut = HTTPClientRequestPart

    /// Bytes of an answer that may wait to be taken.
    static let bufferedBytesMax = 256 * 1_024

    private var head: EventLoopPromise<HTTPResponseHead>?
    private var chunks = CircularBuffer<ByteBuffer>()
    private var bufferedBytes = 0
    private var waiter: EventLoopPromise<ByteBuffer?>?
    private var isOpen = true
    private var isBusy = false
    private var hasEnded = true
    private var failure: (any Error)?
    private var readIsHeldBack = false
    private var deadline: Scheduled<Void>?
    /// Nil when the connection has ended.
    private var context: ChannelHandlerContext?
    private let loop: any EventLoop

    init(loop: any EventLoop) {
        self.loop = loop
    }

    // MARK: What the connection asks for

    /// Sends a request. The future is that of the answer's head.
    func begin(
        _ request: HTTPRequestHead, body: ByteBuffer?, timeout: TimeAmount
    ) -> EventLoopFuture<HTTPResponseHead> {
        guard let context, isOpen, !isBusy else {
            return loop.makeFailedFuture(isBusy ? ConnectionFault.busy : ConnectionFault.closed)
        }
        let promise = context.eventLoop.makePromise(of: HTTPResponseHead.self)
        head = promise
        isBusy = true
        hasEnded = false
        failure = nil
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        deadline = context.eventLoop.scheduleTask(in: timeout) { bound.value.fail(ConnectionFault.timedOut) }
        context.write(wrapOutboundOut(.head(request)), promise: nil)
        if let body {
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: nil)
        return promise.futureResult
    }

    /// The next bytes of the answer; nil after the last. What arrived before the connection ended is still given out.
    func nextChunk() -> EventLoopFuture<ByteBuffer?> {
        let promise = loop.makePromise(of: ByteBuffer?.self)
        if let chunk = chunks.popFirst() {
            bufferedBytes -= chunk.readableBytes
            promise.succeed(chunk)
            resumeReading()
        } else if let failure {
            promise.fail(failure)
        } else if hasEnded {
            promise.succeed(nil)
        } else {
            waiter = promise
        }
        return promise.futureResult
    }

    /// The answer has no deadline any more: a live stream may be silent for long.
    func liftDeadline() {
        deadline?.cancel()
        deadline = nil
    }

    /// Whether another request can go over this connection.
    var isReusable: Bool {
        isOpen && hasEnded && failure == nil && chunks.isEmpty
    }

    // MARK: The channel's events

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head):
            // 1xx is only a prelude.
            guard head.status.code >= 200 else { return }
            isOpen = isOpen && head.isKeepAlive
            self.head?.succeed(head)
            self.head = nil
        case .body(let chunk):
            take(chunk)
        case .end:
            hasEnded = true
            isBusy = false
            liftDeadline()
            waiter?.succeed(nil)
            waiter = nil
        }
    }

    private func take(_ chunk: ByteBuffer) {
        if let waiter {
            self.waiter = nil
            waiter.succeed(chunk)
        } else {
            chunks.append(chunk)
            bufferedBytes += chunk.readableBytes
        }
    }

    func read(context: ChannelHandlerContext) {
        if bufferedBytes > Self.bufferedBytesMax {
            readIsHeldBack = true
        } else {
            context.read()
        }
    }

    private func resumeReading() {
        guard let context, readIsHeldBack, bufferedBytes <= Self.bufferedBytesMax else { return }
        readIsHeldBack = false
        context.read()
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fail(error)
    }

    func channelInactive(context: ChannelHandlerContext) {
        isOpen = false
        if !hasEnded {
            fail(ConnectionFault.closed)
        }
        context.fireChannelInactive()
    }

    /// Ends the exchange and the connection: after a fault nobody knows where the next answer begins.
    private func fail(_ error: any Error) {
        isOpen = false
        liftDeadline()
        if !hasEnded, failure == nil {
            failure = error
        }
        head?.fail(error)
        head = nil
        waiter?.fail(error)
        waiter = nil
        context?.close(promise: nil)
    }
}
