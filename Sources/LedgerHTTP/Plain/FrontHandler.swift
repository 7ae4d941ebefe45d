import NIOCore

/// Stands before the decoder and looks at each request's head. A plain request that can be answered on the spot, a post
/// or a quick question, goes straight to the connection; the bytes of every other go to the decoder, and nothing of the
/// request behind it before it is answered. Once a head is not plain everything goes to the decoder.
///
///     open ──plain──► answering ──answered──► open
///       │                                       ▲
///       ├──of known length──► decoding(n) ──answered
///       └──anything else──► decoderOnly
///
/// Invariants: F1 the decoder holds no part of a request while one is `answering`. F2 requests are answered in their
/// order: what comes behind one that is under way is held. F3 what is held is bounded, since nothing is read beyond it.
final class FrontHandler: ChannelDuplexHandler {
    typealias InboundIn = ByteBuffer
    typealias InboundOut = ByteBuffer
    typealias OutboundIn = ByteBuffer
    typealias OutboundOut = ByteBuffer

    private enum Way {
        case open
        case answering
        /// Bytes of the request under way that have not come.
        case decoding(missing: Int)
        case decoderOnly
    }

    private let connection: ConnectionHandler
    private var way = Way.open
    private var held: ByteBuffer?
    private var isProceeding = false
    /// The rest of what is held has its turn in a moment.
    private var isTurnWaiting = false
    private var isReadWaiting = false
    private var isEndWaiting = false
    private var context: ChannelHandlerContext?

    /// Requests that are begun before other connections have their turn.
    private static let requestsPerTurn = 8
    /// What may be held behind a request under way, in bytes, before no more is read.
    private static let heldBytesMax = 64 << 10

    init(connection: ConnectionHandler) { self.connection = connection }

    func handlerAdded(context: ChannelHandlerContext) {
        self.context = context
        connection.front = self
    }

    func handlerRemoved(context: ChannelHandlerContext) {
        self.context = nil
        held = nil
        connection.front = nil
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .decoderOnly = way {
            connection.bytesArrived()
            return context.fireChannelRead(data)
        }
        let bytes = unwrapInboundIn(data)
        if held == nil { held = bytes } else { held?.writeImmutableBuffer(bytes) }
        proceed(context)
    }

    func channelWritabilityChanged(context: ChannelHandlerContext) {
        if context.channel.isWritable { proceed(context) }
        context.fireChannelWritabilityChanged()
    }

    /// Goes on with what is held as far as it can.
    private func proceed(_ context: ChannelHandlerContext) {
        guard !isProceeding, !isTurnWaiting else { return }
        isProceeding = true
        var requests = 0
        while let count = held?.readableBytes, count > 0, step(count, &requests, context) {}
        isProceeding = false
        if held?.readableBytes == 0 { held = nil }
        if isEndWaiting { endInput(context) }
        if isReadWaiting, !isFull(context) {
            isReadWaiting = false
            context.read()
        }
    }

    /// - Parameter requests: how many were begun in this turn.
    /// - Returns: whether there may be more to do.
    private func step(_ count: Int, _ requests: inout Int, _ context: ChannelHandlerContext) -> Bool {
        switch way {
        case .open:
            // Who takes no answers gets no more of them.
            guard context.channel.isWritable else { return false }
            guard requests < Self.requestsPerTurn else {
                waitForTurn(context)
                return false
            }
            requests += 1
            return beginRequest(context)
        case .answering, .decoding(missing: 0): return false
        case .decoding(let missing):
            let part = min(missing, count)
            way = .decoding(missing: missing - part)
            forward(part, context)
            return true
        case .decoderOnly:
            forward(count, context)
            return true
        }
    }

    private func waitForTurn(_ context: ChannelHandlerContext) {
        isTurnWaiting = true
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        context.eventLoop.execute {
            let front = bound.value
            front.isTurnWaiting = false
            if let context = front.context { front.proceed(context) }
        }
    }

    private func beginRequest(_ context: ChannelHandlerContext) -> Bool {
        switch readHead() {
        case .partial, nil:
            connection.bytesArrived()
            return false
        case .other: way = .decoderOnly
        case .head(let head):
            if let request = plainRequest(head) {
                way = .answering
                held?.moveReaderIndex(forwardBy: head.length)
                connection.begin(request, context: context)
            } else {
                way = .decoding(missing: head.length)
            }
        }
        return true
    }

    private func readHead() -> PlainHead.Outcome? {
        let limits = connection.renewedLimits
        return held?.withUnsafeReadableBytes {
            PlainHead.read($0, lengthMax: limits.headerFieldBytesMax, fieldsMax: limits.headerCountMax)
        }
    }

    private func plainRequest(_ head: PlainHead) -> PlainRequest? {
        guard let held, held.readableBytes >= head.length else { return nil }
        return connection.service.plainRequest(head, of: held)
    }

    private func forward(_ count: Int, _ context: ChannelHandlerContext) {
        guard let part = held?.readSlice(length: count) else { return }
        connection.bytesArrived()
        context.fireChannelRead(wrapInboundOut(part))
    }

    /// The connection has written the end of an answer.
    func answered() {
        switch way {
        case .answering, .decoding(missing: 0): way = .open
        // An answer before the end of its request: the connection ends with it.
        case .open, .decoding, .decoderOnly: return
        }
        if let context { proceed(context) }
    }

    /// Writes bytes past the encoder.
    func writeAndFlush(_ bytes: ByteBuffer, promise: EventLoopPromise<Void>) {
        guard let context else { return promise.fail(ChannelError.ioOnClosedChannel) }
        context.writeAndFlush(wrapOutboundOut(bytes), promise: promise)
    }

    func read(context: ChannelHandlerContext) { if isFull(context) { isReadWaiting = true } else { context.read() } }

    /// No more is read: enough is held, or the client takes no answers.
    private func isFull(_ context: ChannelHandlerContext) -> Bool {
        !context.channel.isWritable || held.map { $0.readableBytes >= Self.heldBytesMax } ?? false
    }

    func userInboundEventTriggered(context: ChannelHandlerContext, event: Any) {
        switch event {
        case is ConnectionShouldEnd:
            connection.shouldEnd()
            // NIO's own handler answers what is under way with `connection: close`, and closes what is idle: to it a
            // connection with a plain request is idle. That one closes by itself when it is answered.
            if case .answering = way { return }
            context.fireUserInboundEventTriggered(ChannelShouldQuiesceEvent())
        case let event as ChannelEvent where event == .inputClosed:
            isEndWaiting = true
            endInput(context)
        default: context.fireUserInboundEventTriggered(event)
        }
    }

    /// Passes on that the client sends no more, once no whole request of it is held.
    private func endInput(_ context: ChannelHandlerContext) {
        if held != nil {
            switch way {
            case .answering, .decoding(missing: 0): return
            case .open where isTurnWaiting || !context.channel.isWritable: return
            case .open, .decoding, .decoderOnly: break
            }
        }
        isEndWaiting = false
        context.fireUserInboundEventTriggered(ChannelEvent.inputClosed)
    }
}
