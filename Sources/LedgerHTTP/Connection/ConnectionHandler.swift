import CampaignCoding
import HTTPTypes
import LedgerAPI
import Logging
import NIOCore
import NIOHTTP1

/// One connection: reads a request, has it answered, then the next. `POST /v1/events` goes from here to the ledger and
/// back with one hop; a quick question is answered here; every other request goes to the router in a task.
///
///     idle ──head──► collecting ──end──► answering ──► idle
///       │            expectingEnd ──end──►    ▲
///       │            discarding ──end─────────┘  refused by its head, and its body is small
///       └─► any ──refused before its end──► draining ──► closed
///
/// Invariants: C1 one request is under way; NIO's pipelining handler holds back the next. C2 every phase but `answering`
/// has a deadline, and an answer has one while the client takes nothing. C3 a request is answered once.
final class ConnectionHandler: ChannelInboundHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias OutboundOut = HTTPServerResponsePart

    enum Phase {
        case idle
        case collecting
        case expectingEnd(HTTPRequestHead)
        case discarding(ProblemDetails, bytes: Int)
        case answering
        case draining
        case closed
    }

    let service: ConnectionService
    let poster: Poster
    private var limitsCopy: LiveLimits.Copy
    var phase = Phase.idle
    /// The body of the post under way.
    var body: BodyCollector?
    /// The request under way: whether its answer has no body, whether it is HTTP/1.0, whether the connection goes on after it.
    var isHeadRequest = false
    /// When the request under way began and whose route it is of, until it is counted.
    var measured: (route: Int?, began: NIODeadline)?
    /// It came past the decoder, and its answer goes past the encoder.
    var isPlain = false
    var isHTTP10 = false
    var keepsAlive = true
    /// The answer is a stream that goes on with new events.
    var isLive = false
    /// The task that answers a query.
    var task: Task<Void, Never>?
    var deadline: Deadline?
    /// Writes the client has not taken, and since when nothing moved.
    var pendingWrites = 0
    var lastProgress = NIODeadline.now()
    private var ticker: RepeatedTask?
    var context: ChannelHandlerContext?
    /// What stands before the decoder.
    var front: FrontHandler?
    /// The client sends no more, and what is written for it has not been taken.
    var closesWhenTaken = false

    init(service: ConnectionService, poster: Poster) {
        self.service = service
        self.poster = poster
        limitsCopy = LiveLimits.Copy(of: service.liveLimits)
    }

    var limits: HTTPLimits { limitsCopy.limits }

    /// The limits as they are now, for a request that begins.
    var renewedLimits: HTTPLimits {
        limitsCopy.renew(from: service.liveLimits)
        return limits
    }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        setDeadline(.idle, after: limits.idleTimeout)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        let tick = service.deadlineTick
        ticker = context.eventLoop.scheduleRepeatedTask(initialDelay: tick, delay: tick) { _ in
            bound.value.checkDeadlines()
        }
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        end()
        self.context = nil
    }

    func channelInactive(context: ChannelHandlerContext) {
        end()
        context.fireChannelInactive()
    }

    /// The connection is gone: nothing of it stays behind.
    private func end() {
        phase = .closed
        ticker?.cancel()
        ticker = nil
        task?.cancel()
        task = nil
        releaseBody()
    }

    func releaseBody() {
        if let body { service.bodies.release(body.reservedBytes) }
        body = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(let head): begin(head, context: context)
        case .body(let part): take(part, context: context)
        case .end: finishRequest(context: context)
        }
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        guard let event = event as? ChannelEvent, event == .inputClosed else {
            return context.fireUserInboundEventTriggered(event)
        }
        switch phase {
        case .idle where pendingWrites > 0, .closed where pendingWrites > 0:
            phase = .closed
            closesWhenTaken = true
        case .answering:
            // The last request of a client that sends no more is answered; a stream that is live would never end.
            keepsAlive = false
            if isLive { task?.cancel() }
        case .idle, .collecting, .expectingEnd, .discarding, .draining, .closed:
            context.close(promise: nil)
        }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        guard let error = error as? HTTPParserError else {
            service.logger.debug("connection failed", metadata: ["error": "\(error)"])
            return context.close(promise: nil)
        }
        switch phase {
        case .idle, .collecting, .expectingEnd, .discarding:
            let code: ProblemCode = error == .headerOverflow ? .headersTooLarge : .malformedHTTP
            refuse(ProblemDetails(code, detail: "The request was not understood: \(error)."), context: context)
        case .answering, .draining, .closed:
            context.close(promise: nil)
        }
    }

    /// The daemon stops: what is live ends, what can end by itself does.
    func shouldEnd() {
        keepsAlive = false
        task?.cancel()
    }
}
