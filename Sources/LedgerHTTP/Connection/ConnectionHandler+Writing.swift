import LedgerAPI
import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    /// Answers with a problem.
    func send(_ problem: ProblemDetails, context: ChannelHandlerContext, isRequestWhole: Bool = true) {
        service.metrics.refused(problem.code)
        send(
            status: problem.status, contentType: MediaType.problem,
            body: Array(ErrorMapping.body(of: problem).readableBytesView), headers: ErrorMapping.headers(of: problem),
            context: context, isRequestWhole: isRequestWhole)
    }

    /// Answers with a body that is whole.
    func send(
        status: Int, contentType: String, body: [UInt8], headers more: [(String, String)] = [],
        context: ChannelHandlerContext, isRequestWhole: Bool = true
    ) {
        if isPlain {
            let answer = PlainAnswer(
                status: status, contentType: contentType, headers: more, body: body, isLast: !keepsAlive)
            return finishAnswer(context: context, plain: ByteBuffer(bytes: answer.bytes))
        }
        var headers = HTTPHeaders()
        headers.reserveCapacity(3 + more.count)
        headers.add(name: "content-type", value: contentType)
        headers.add(name: "content-length", value: String(body.count))
        for (name, value) in more { headers.add(name: name, value: value) }
        let body = ByteBuffer(bytes: body)
        sendWhole(status: status, headers: headers, body: body, context: context, isRequestWhole: isRequestWhole)
    }

    /// The same past the plain way.
    func sendWhole(
        status: Int, headers: HTTPHeaders, body: ByteBuffer, context: ChannelHandlerContext, isRequestWhole: Bool = true
    ) {
        writeHead(status: status, headers: headers, context: context)
        if !isHeadRequest, body.readableBytes > 0 {
            context.write(wrapOutboundOut(.body(.byteBuffer(body))), promise: nil)
        }
        finishAnswer(context: context, isRequestWhole: isRequestWhole)
    }

    func writeHead(status: Int, headers: HTTPHeaders, context: ChannelHandlerContext) {
        var headers = headers
        if !keepsAlive {
            headers.replaceOrAdd(name: "connection", value: "close")
        } else if isHTTP10 {
            headers.replaceOrAdd(name: "connection", value: "keep-alive")
        }
        let head = HTTPResponseHead(
            version: .http1_1, status: HTTPResponseStatus(statusCode: status), headers: headers)
        context.write(wrapOutboundOut(.head(head)), promise: nil)
    }

    /// Writes the end. The next request may come in before this returns, so the phase moves on first.
    ///
    /// - Parameter plain: the whole answer to a plain request.
    func finishAnswer(context: ChannelHandlerContext, isRequestWhole: Bool = true, plain: ByteBuffer? = nil) {
        let closes = !keepsAlive
        task = nil
        countAnswer()
        if closes {
            phase = isRequestWhole ? .closed : .draining
            deadline = nil
        } else {
            phase = .idle
            setDeadline(.idle, after: limits.idleTimeout)
        }
        let promise = trackedWrite(context: context)
        if closes {
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            promise.futureResult.whenComplete { _ in bound.value.closeAfterAnswer(isRequestWhole: isRequestWhole) }
        }
        if let plain, let front {
            front.writeAndFlush(plain, promise: promise)
        } else {
            context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
        }
        if !closes { front?.answered() }
    }

    private func countAnswer() {
        guard let measured else { return }
        self.measured = nil
        // How long a live stream lasted is its client's affair.
        if isLive { return }
        let taken = NIODeadline.now() - measured.began
        service.metrics.answered(route: measured.route, nanoseconds: UInt64(max(0, taken.nanoseconds)))
    }

    private func closeAfterAnswer(isRequestWhole: Bool) {
        guard let context else { return }
        if isRequestWhole {
            context.close(promise: nil)
        } else {
            setDeadline(.linger, after: HTTPLimits.lingerTimeout)
            context.close(mode: .output, promise: nil)
        }
    }

    /// A promise for a write whose time the output deadline bounds.
    func trackedWrite(context: ChannelHandlerContext) -> EventLoopPromise<Void> {
        if pendingWrites == 0 { lastProgress = .now() }
        pendingWrites += 1
        let promise = context.eventLoop.makePromise(of: Void.self)
        let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
        promise.futureResult.whenComplete { _ in bound.value.writeWasTaken() }
        return promise
    }

    private func writeWasTaken() {
        pendingWrites -= 1
        lastProgress = .now()
        if pendingWrites == 0, closesWhenTaken { context?.close(promise: nil) }
    }
}
