import LedgerAPI
import NIOCore
import NIOHTTP1

extension ConnectionHandler {
    /// A request's head: everything that can be refused by it is refused before the body is read.
    func begin(_ head: HTTPRequestHead, context: ChannelHandlerContext) {
        guard case .idle = phase else { return }
        isPlain = false
        isHeadRequest = head.method == .HEAD
        isHTTP10 = head.version == .http1_0
        keepsAlive = keepsAlive && head.isKeepAlive
        measured = (Self.route(of: head), .now())
        setDeadline(.body, after: renewedLimits.bodyTimeout)
        let expectation = head.headers.first(name: "expect")
        do throws(ProblemDetails) {
            if let expectation, expectation.lowercased() != "100-continue" {
                throw ProblemDetails(.expectationFailed, detail: "Expect is \(excerpt(expectation)).")
            }
            try accept(head, context: context)
            if expectation != nil, !isHTTP10 {
                let go = HTTPResponseHead(version: .http1_1, status: .continue)
                context.writeAndFlush(wrapOutboundOut(.head(go)), promise: nil)
            }
        } catch {
            refuse(error, head: head, awaitsContinue: expectation != nil, context: context)
        }
    }

    private static func route(of head: HTTPRequestHead) -> Int? {
        let method = head.method == .HEAD ? "GET" : head.method.rawValue
        return RouteTable.all.find(method: method, path: RequestTarget(head.uri).path)?.route.number
    }

    private func accept(_ head: HTTPRequestHead, context: ChannelHandlerContext) throws(ProblemDetails) {
        let target = RequestTarget(head.uri)
        if head.method == .POST, target.path == AppendPlan.path {
            let plan = try AppendPlan(head: head, query: target.query)
            return collect(.append(plan), context: context)
        }
        if head.method != .GET, head.method != .HEAD, head.hasBody {
            let route = try service.responder.check(method: head.method.rawValue, path: target.path)
            if let body = route.body { return collect(try BodyPlan(body, head: head), context: context) }
        }
        if head.hasBody {
            try service.responder.check(method: head.method.rawValue, path: target.path)
            let request = "\(head.method.rawValue) \(excerpt(target.path))"
            throw ProblemDetails(.unexpectedBody, detail: "\(request) takes no body.")
        }
        phase = .expectingEnd(head)
    }

    private func collect(_ plan: BodyPlan, context: ChannelHandlerContext) {
        body = BodyCollector(plan: plan, allocator: context.channel.allocator)
        phase = .collecting
    }

    static var busy: ProblemDetails {
        ProblemDetails(.busy, detail: "As many bytes of requests are in memory as may be.")
    }

    func take(_ part: ByteBuffer, context: ChannelHandlerContext) {
        switch phase {
        case .collecting:
            guard let body else { return }
            let size = body.bytes.readableBytes + part.readableBytes
            guard size <= body.plan.bytesMax else {
                return refuse(body.plan.tooLarge("The body has more bytes"), context: context)
            }
            let missing = body.missingBytes(for: part)
            guard service.bodies.reserve(missing) else { return refuse(Self.busy, context: context) }
            self.body?.take(part, reserved: missing)
        case .discarding(let problem, let bytes):
            let seen = bytes + part.readableBytes
            if seen > HTTPLimits.discardBytesMax { return refuse(problem, context: context) }
            phase = .discarding(problem, bytes: seen)
        case .idle, .expectingEnd, .answering, .draining, .closed:
            break
        }
    }

    func finishRequest(context: ChannelHandlerContext) {
        switch phase {
        case .collecting:
            switch body?.plan {
            case .append(let plan): append(plan, context: context)
            case .route(_, let head, _): query(head, context: context)
            case nil: break
            }
        case .expectingEnd(let head): query(head, context: context)
        case .discarding(let problem, _):
            phase = .answering
            send(problem, context: context)
        case .idle, .answering, .draining, .closed: break
        }
    }

    /// Refuses by the head: where little is left of the request it is read first, so that the connection can go on.
    private func refuse(
        _ problem: ProblemDetails, head: HTTPRequestHead, awaitsContinue: Bool, context: ChannelHandlerContext
    ) {
        let length = head.headers.first(name: "content-length").flatMap { Int($0) } ?? 0
        if awaitsContinue || length > HTTPLimits.discardBytesMax {
            refuse(problem, context: context)
        } else {
            phase = .discarding(problem, bytes: 0)
        }
    }

    /// Refuses before the request is whole: answers, says no more, and reads on for a moment so that the client gets to
    /// see the answer.
    func refuse(_ problem: ProblemDetails, context: ChannelHandlerContext) {
        releaseBody()
        phase = .answering
        keepsAlive = false
        send(problem, context: context, isRequestWhole: false)
    }
}

extension HTTPRequestHead {
    /// Whether the head announces a body.
    fileprivate var hasBody: Bool {
        if headers.contains(name: "transfer-encoding") { return true }
        guard let length = headers.first(name: "content-length") else { return false }
        return Int(length) != 0
    }
}
