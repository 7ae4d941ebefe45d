import LedgerAPI
import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    /// Answers with a problem.
    func send(_ problem: ProblemDetails, context: ChannelHandlerContext, isRequestWhole: Bool = true) {
        send(
            status: problem.status, contentType: MediaType.problem, body: ErrorMapping.body(of: problem),
            headers: ErrorMapping.headers(of: problem), context: context, isRequestWhole: isRequestWhole)
    }

    /// Answers with a body that is whole.
    func send(
        status: Int, contentType: String, body: ByteBuffer, headers more: [(String, String)] = [],
        context: ChannelHandlerContext, isRequestWhole: Bool = true
    ) {
        var headers = HTTPHeaders()
        headers.reserveCapacity(3 + more.count)
        headers.add(name: "content-type", value: contentType)
        headers.add(name: "content-length", value: String(body.readableBytes))
        for (name, value) in more { headers.add(name: name, value: value) }
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
    func finishAnswer(context: ChannelHandlerContext, isRequestWhole: Bool = true) {
        let closes = !keepsAlive
        task = nil
        if closes {
            phase = isRequestWhole ? .closed : .draining
            deadline = nil
        } else {
            phase = .idle
            setDeadline(.idle, after: service.limits.idleTimeout)
        }
        let promise = trackedWrite(context: context)
        if closes {
            let bound = NIOLoopBound(self, eventLoop: context.eventLoop)
            promise.futureResult.whenComplete { _ in bound.value.closeAfterAnswer(isRequestWhole: isRequestWhole) }
        }
        context.writeAndFlush(wrapOutboundOut(.end(nil)), promise: promise)
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
        promise.futureResult.whenComplete { _ in
            bound.value.pendingWrites -= 1
            bound.value.lastProgress = .now()
        }
        return promise
    }
}
