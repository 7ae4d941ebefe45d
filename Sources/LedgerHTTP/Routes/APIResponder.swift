import FoundationEssentials
import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine
import Logging
import NIOCore
import Synchronization

/// Answers every request but posts: Hummingbird's router finds the route, and whatever is thrown becomes a problem here.
struct APIResponder: Sendable {
    private let table = RouteTable.all
    private let router: RouterResponder<LedgerRequestContext>
    private let ledger: Ledger
    private let keepAlive: KeepAlive
    private let metrics: HTTPMetrics
    private let logger: Logger

    init(
        ledger: Ledger, keepAlive: TimeAmount, metrics: HTTPMetrics = HTTPMetrics(RouteTable.all), logger: Logger
    ) {
        self.ledger = ledger
        let keepAlive = KeepAlive(keepAlive)
        self.keepAlive = keepAlive
        self.metrics = metrics
        self.logger = logger
        let router = Router(context: LedgerRequestContext.self)
        for route in table.routes {
            guard let handler = route.handler else { continue }
            guard let method = HTTPRequest.Method(route.method) else { continue }
            router.on(RouterPath(route.path), method: method) { request, _ in
                let target = RequestTarget(request.head.path ?? "/")
                let place = PathTemplate(route.path).match(target.path) ?? ""
                let bytes = try await request.body.collect(upTo: route.body?.bytesMax ?? 0)
                return try await handler(
                    RouteCall(
                        ledger, route, place: place, target: target, headers: request.headers,
                        body: Array(bytes.readableBytesView), keepAlive: keepAlive.interval, metrics: metrics))
            }
        }
        self.router = router.buildResponder()
    }

    /// Another interval for streams that begin from now on.
    func setKeepAlive(_ interval: TimeAmount) {
        keepAlive.set(interval)
    }

    /// A call of a route by a request that is nothing but its target.
    func call(_ route: Route, place: Substring, target: RequestTarget) throws(ProblemDetails) -> RouteCall {
        try RouteCall(
            ledger, route, place: place, target: target, headers: [:], keepAlive: keepAlive.interval, metrics: metrics)
    }

    /// The request of such a call, for the router.
    static func request(target: RequestTarget) -> Request {
        let path = target.query.map { "\(target.path)?\($0)" } ?? target.path
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: path, headerFields: [:])
        return Request(head: head, body: RequestBody(buffer: ByteBuffer()))
    }

    /// The route of a method and path; throws unless there is one.
    @discardableResult
    func check(method: String, path: String) throws(ProblemDetails) -> Route {
        try table.check(method: method, path: path).route
    }

    func respond(to request: Request) async -> Response {
        let path = RequestTarget(request.head.path ?? "/").path
        do {
            try check(method: request.method.rawValue, path: path)
            let context = LedgerRequestContext(source: LedgerRequestSource(logger: logger))
            return try await router.respond(to: request, context: context)
        } catch {
            return response(for: error)
        }
    }

    /// What went wrong as a problem; noted in the log if it is ours.
    func problem(for error: any Error) -> ProblemDetails {
        let problem = ErrorMapping.problem(for: error)
        if problem.status == 500 {
            logger.error(
                "a request could not be answered",
                metadata: ["code": "\(problem.code)", "detail": "\(problem.detail)", "error": "\(error)"])
        }
        return problem
    }

    private func response(for error: any Error) -> Response {
        let problem = problem(for: error)
        metrics.refused(problem.code)
        var headers: HTTPFields = [.contentType: MediaType.problem]
        for (name, value) in ErrorMapping.headers(of: problem) {
            if let name = HTTPField.Name(name) { headers[name] = value }
        }
        return Response(
            status: HTTPResponse.Status(code: problem.status), headers: headers,
            body: ResponseBody(byteBuffer: ErrorMapping.body(of: problem)))
    }
}

/// Between the signs of life of a live stream; may change.
private final class KeepAlive: Sendable {
    private let nanoseconds: Atomic<Int64>

    init(_ interval: TimeAmount) { nanoseconds = Atomic(interval.nanoseconds) }

    var interval: TimeAmount { .nanoseconds(nanoseconds.load(ordering: .relaxed)) }

    func set(_ interval: TimeAmount) { nanoseconds.store(interval.nanoseconds, ordering: .relaxed) }
}

/// The router's context; the requests bring nothing else.
struct LedgerRequestContext: RequestContext {
    typealias Source = LedgerRequestSource

    var coreContext: CoreRequestContextStorage

    init(source: LedgerRequestSource) {
        coreContext = CoreRequestContextStorage(source: source)
    }
}

/// What a context is made of.
struct LedgerRequestSource: RequestContextSource {
    let logger: Logger
}

extension Response {
    /// An answer in JSON.
    static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
        let body = ByteBuffer(bytes: try WireCoding.encode(value))
        return Response(
            status: status, headers: [.contentType: MediaType.json], body: ResponseBody(byteBuffer: body))
    }
}
