import Foundation
import LedgerAPI

/// One client over kept-alive connections. Not for use by two threads at a time.
final class HTTPClient {
    private let path: String
    private let timeoutSeconds: Int
    private var connection: HTTPConnection?

    init(_ path: String, timeoutSeconds: Int) {
        self.path = path
        self.timeoutSeconds = timeoutSeconds
    }

    func send(_ request: HTTPRequest) throws -> HTTPReply {
        let kept = try connection ?? HTTPConnection(path, timeoutSeconds: timeoutSeconds)
        connection = nil
        try kept.send(request.bytes)
        let reply = try kept.receive(toHead: request.method == "HEAD")
        if !reply.closes { connection = kept }
        return reply
    }

    func get(_ target: String) throws -> HTTPReply {
        try send(HTTPRequest("GET", target))
    }

    /// The answer's JSON; the answer has to be a 200.
    func json(_ target: String) throws -> JSONValue {
        let reply = try get(target)
        try require(reply.status == 200, "GET \(target) answers \(reply.status): \(reply.text.prefix(2_000))")
        return try WireCoding.decode(JSONValue.self, from: Data(reply.body))
    }

    /// Posts events that have to be accepted.
    func post(
        _ body: [UInt8], as contentType: String = MediaType.ndjson, query: String = ""
    ) throws -> (status: Int, answer: AppendAnswer) {
        let reply = try send(HTTPRequest(posting: body, as: contentType, query: query))
        try require(
            reply.status == 200 || reply.status == 201, "a post answers \(reply.status): \(reply.text.prefix(2_000))")
        return (reply.status, try WireCoding.decode(AppendAnswer.self, from: Data(reply.body)))
    }

    func head() throws -> UInt64 {
        let reply = try get("/v1/status")
        try require(reply.status == 200, "GET /v1/status answers \(reply.status)")
        return try WireCoding.decode(StatusBody.self, from: Data(reply.body)).head
    }

    /// The log's lines after a position, up to the head.
    func events(after position: UInt64 = 0) throws -> EventLines {
        let reply = try get("/v1/events?after=\(position)")
        try require(reply.status == 200, "GET /v1/events answers \(reply.status): \(reply.text.prefix(2_000))")
        return try EventLines(reply.body)
    }
}
