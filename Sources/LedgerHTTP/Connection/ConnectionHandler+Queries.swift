import HTTPTypes
import Hummingbird
import LedgerAPI
import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    func query(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        phase = .answering
        deadline = nil
        let target = RequestTarget(head.uri)
        isLive = target.query?.contains("follow=true") ?? false
        if case .progress = RouteTable.all.find(method: head.method.rawValue, path: target.path)?.route.content {
            isLive = true
        }
        let body = self.body
        self.body = nil
        query(Self.request(head, body?.bytes ?? ByteBuffer()), context: context, reserved: body?.reservedBytes ?? 0)
    }

    /// Has the router answer in a task of its own; the task writes through an ``AnswerWriter``.
    ///
    /// - Parameter reserved: bytes of the budget that the request's body holds until it is answered.
    func query(_ request: Request, context: ChannelHandlerContext, reserved: Int = 0) {
        let writer = AnswerWriter(NIOLoopBound(self, eventLoop: context.eventLoop), eventLoop: context.eventLoop)
        let isHead = isHeadRequest
        service.registry.taskBegan()
        task = Task { [service] in
            await writer.write(service.responder.respond(to: request), isHead: isHead)
            service.bodies.release(reserved)
            service.registry.taskEnded()
        }
    }

    /// The request as the router takes it: HEAD is GET whose body is not sent.
    private static func request(_ head: HTTPRequestHead, _ body: ByteBuffer) -> Request {
        let name = head.method == .HEAD ? "GET" : head.method.rawValue
        var fields = HTTPFields()
        for (name, value) in head.headers {
            if let name = HTTPField.Name(name) { fields.append(HTTPField(name: name, value: value)) }
        }
        let request = HTTPRequest(
            method: HTTPRequest.Method(name) ?? .get, scheme: nil, authority: nil, path: head.uri, headerFields: fields)
        return Request(head: request, body: RequestBody(buffer: body))
    }

    func startStream(_ response: HTTPResponse) -> EventLoopFuture<Void>? {
        // A plain request is of a route whose answer is whole.
        guard case .answering = phase, !isPlain, let context else { return nil }
        var headers = Self.headers(response.headerFields)
        if isHTTP10 {
            // Such a client finds the end by the close.
            keepsAlive = false
        } else if !isHeadRequest {
            headers.add(name: "transfer-encoding", value: "chunked")
        }
        writeHead(status: response.status.code, headers: headers, context: context)
        context.flush()
        return context.eventLoop.makeSucceededVoidFuture()
    }

    /// Writes a part of a stream; the future is fulfilled once the client's socket has taken it.
    func writePart(_ buffer: ByteBuffer) -> EventLoopFuture<Void>? {
        guard case .answering = phase, let context else { return nil }
        let promise = trackedWrite(context: context)
        context.writeAndFlush(wrapOutboundOut(.body(.byteBuffer(buffer))), promise: promise)
        return promise.futureResult
    }

    func finishStream() {
        guard case .answering = phase, let context else { return }
        finishAnswer(context: context)
    }

    /// A stream that cannot go on ends without its end, so that nobody takes it for whole.
    func abortStream() {
        context?.close(promise: nil)
    }

    func sendWhole(_ response: HTTPResponse, _ body: ByteBuffer) {
        guard case .answering = phase, let context else { return }
        if isPlain {
            let more = response.headerFields.filter { $0.name != .contentType && $0.name != .contentLength }
            return send(
                status: response.status.code, contentType: response.headerFields[.contentType] ?? MediaType.json,
                body: Array(body.readableBytesView), headers: more.map { ($0.name.canonicalName, $0.value) },
                context: context)
        }
        var headers = Self.headers(response.headerFields)
        headers.replaceOrAdd(name: "content-length", value: String(body.readableBytes))
        sendWhole(status: response.status.code, headers: headers, body: body, context: context)
    }

    private static func headers(_ fields: HTTPFields) -> HTTPHeaders {
        var headers = HTTPHeaders()
        headers.reserveCapacity(fields.count + 2)
        for field in fields { headers.add(name: field.name.canonicalName, value: field.value) }
        return headers
    }
}
