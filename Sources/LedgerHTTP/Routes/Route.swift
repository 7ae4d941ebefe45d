import HTTPTypes
import Hummingbird
import LedgerAPI
import LedgerEngine
import NIOCore

/// A route: where it is, what it takes and gives, and what it does. The API's description is made of these.
struct Route: Sendable {
    /// What an answer holds.
    enum Content: Sendable, Equatable {
        /// JSON of the schema of that name.
        case json(schema: String)
        /// Events, one a line or as server-sent events.
        case events
        /// One event.
        case event
        /// JSON of the schemas told, one a line.
        case lines(String)
        /// Text of that media type.
        case text(String)
        /// Server-sent events of the names told, which end by themselves.
        case progress(String)
    }

    /// A body that a request brings: JSON of a schema, at most so long.
    struct Body: Sendable {
        let schema: String
        let meaning: String
        let bytesMax: Int
    }

    let method: String
    /// With `{id}`, `{kind}` or `{position}` for what varies.
    let path: String
    /// The permanent name of the operation.
    let operation: String
    let summary: String
    let parameters: [ParameterSpec]
    let content: Content
    /// The problems of its own; those every route has are added.
    let problems: [ProblemCode]
    /// What its request brings; nil where it brings nothing, and for the append route, whose body has forms of its own.
    let body: Body?
    /// The statuses of success, with what each says where it is not the one.
    let successes: [(status: Int, meaning: String?)]
    /// Nil for the append route, which does not come to the router.
    let handler: Handler?
    /// Answers on the event loop where that is quick, with 200 and JSON; nil for a route that is never.
    let atOnce: AtOnceHandler?

    /// Its place in the table of routes: what is counted of it stands there.
    var number = 0

    typealias Handler = @Sendable (RouteCall) async throws -> Response
    /// Gives nil when the answer would have to wait or would take long: then the handler is asked.
    typealias AtOnceHandler = @Sendable (RouteCall) throws -> [UInt8]?

    /// A route to read something, or with another method to do something.
    init(
        _ path: String, _ operation: String, _ summary: String, _ content: Content, method: String = "GET",
        body: Body? = nil, parameters: [ParameterSpec] = [], problems: [ProblemCode] = [],
        successes: [(status: Int, meaning: String?)] = [(200, nil)], atOnce: AtOnceHandler? = nil,
        handler: @escaping Handler
    ) {
        self.method = method
        self.body = body
        self.successes = successes
        self.path = path
        self.operation = operation
        self.summary = summary
        self.parameters = parameters
        self.content = content
        self.problems = problems + (body == nil ? [] : Self.problemsOfBodies)
        self.atOnce = atOnce
        self.handler = handler
    }

    /// What can be wrong with a body as such.
    private static let problemsOfBodies: [ProblemCode] = [
        .bodyTooLarge, .unsupportedMediaType, .unsupportedEncoding, .expectationFailed, .requestTimeout, .busy,
    ]

    /// The append route.
    init(append path: String, _ operation: String, _ summary: String, parameters: [ParameterSpec]) {
        method = "POST"
        body = nil
        successes = [(200, nil), (201, "Something new was recorded.")]
        self.path = path
        self.operation = operation
        self.summary = summary
        self.parameters = parameters
        content = .json(schema: "AppendAnswer")
        problems = Self.problemsOfBodies + [.readOnly, .stopping, .outcomeUnknown]
        atOnce = nil
        handler = nil
    }
}

/// A request on its way through a route.
struct RouteCall: Sendable {
    let ledger: Ledger
    let parameters: QueryParameters
    /// What stands in the path for `{…}`, decoded; empty where the path has none.
    let place: String
    let path: String
    let headers: HTTPFields
    /// The body of a route that takes one.
    let body: [UInt8]
    let keepAlive: TimeAmount
    let metrics: HTTPMetrics

    /// Throws unless the query is one the route takes.
    ///
    /// - Parameter place: still encoded.
    init(
        _ ledger: Ledger, _ route: Route, place: Substring, target: RequestTarget, headers: HTTPFields,
        body: [UInt8] = [], keepAlive: TimeAmount, metrics: HTTPMetrics
    ) throws(ProblemDetails) {
        self.ledger = ledger
        parameters = try QueryParameters(target.query, route.parameters)
        try parameters.checkRequired()
        self.place = PercentCoding.decode(place) ?? ""
        path = target.path
        self.headers = headers
        self.body = body
        self.keepAlive = keepAlive
        self.metrics = metrics
    }
}
