import LedgerAPI
import NIOHTTP1

/// What a request's body is for, known from its head.
enum BodyPlan {
    /// Events for the ledger.
    case append(AppendPlan)
    /// JSON for a route that takes a body, which goes to the router.
    case route(Route.Body, HTTPRequestHead, length: Int?)

    /// A plan for a route's body.
    ///
    /// - Throws: what is wrong with the head, before the body is read.
    init(_ body: Route.Body, head: HTTPRequestHead) throws(ProblemDetails) {
        if let coding = head.headers.first(name: "content-encoding"), coding.lowercased() != "identity" {
            throw ProblemDetails(.unsupportedEncoding, detail: "Content-Encoding is \(excerpt(coding)).")
        }
        let type = head.headers.first(name: "content-type")
        let name = try type.map { value throws(ProblemDetails) in try MediaTypeValue(value).name }
        guard name == MediaType.json else {
            throw ProblemDetails(
                .unsupportedMediaType,
                detail: type.map { "Content-Type is \(excerpt($0))." } ?? "There is no Content-Type.",
                remedy: "Use \(MediaType.json).")
        }
        self = .route(body, head, length: head.headers.first(name: "content-length").flatMap { Int($0) })
        if let contentLength, contentLength > bytesMax { throw tooLarge("The body has \(contentLength) bytes") }
    }

    /// The body's length, where the head says it.
    var contentLength: Int? {
        switch self {
        case .append(let plan): plan.contentLength
        case .route(_, _, let length): length
        }
    }

    var bytesMax: Int {
        switch self {
        case .append: HTTPLimits.bodyBytesMax
        case .route(let body, _, _): body.bytesMax
        }
    }

    /// The refusal of a body beyond the limit.
    func tooLarge(_ what: String) -> ProblemDetails {
        switch self {
        case .append: AppendPlan.tooLarge(what)
        case .route:
            ProblemDetails(
                .bodyTooLarge, detail: "\(what), this request has at most \(bytesMax).", remedy: "Send less.")
        }
    }
}
