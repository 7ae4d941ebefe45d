import FoundationEssentials
import LedgerAPI
package import NIOCore
import NIOHTTP1

/// A client of the daemon: HTTP/1.1 over its Unix socket, with kept-alive connections.
///
/// Requests made at the same time each take a connection of their own; what is free again is used by the next. An
/// answer that is not of status 2xx is thrown as `LedgerClientError.problem`.
package actor LedgerClient {
    /// The most bytes of an answer that is taken whole; longer ones are to be streamed.
    package static let answerBytesMax = 256 * 1_024 * 1_024

    package nonisolated let socketPath: String
    private let timeouts: LedgerClientTimeouts
    private var idle: [LedgerConnection] = []

    package init(socketPath: String, timeouts: LedgerClientTimeouts = LedgerClientTimeouts()) {
        self.socketPath = socketPath
        self.timeouts = timeouts
    }

    /// The answer to a GET of a path with its query, such as `/v1/status`.
    package func get(_ path: String) async throws(LedgerClientError) -> LedgerAnswer {
        try await whole(request(.GET, path, []), body: nil)
    }

    /// The answer to a GET whatever its status: `/readyz` says no with 503 and its reasons.
    package func look(_ path: String) async throws(LedgerClientError) -> LedgerAnswer {
        let (connection, head) = try await send(request(.GET, path, []), body: nil)
        return LedgerAnswer(
            status: Int(head.status.code), contentType: head.headers.first(name: "Content-Type"),
            body: try await collect(connection))
    }

    /// The answer to a POST. A connection that turns out to be dead is replaced once: posting the same events again
    /// changes nothing.
    package func post(
        _ path: String, contentType: String, body: ByteBuffer
    ) async throws(LedgerClientError) -> LedgerAnswer {
        let head = request(
            .POST, path, [("Content-Type", contentType), ("Content-Length", String(body.readableBytes))])
        return try await whole(head, body: body)
    }

    /// The answer to a DELETE.
    package func delete(_ path: String) async throws(LedgerClientError) -> LedgerAnswer {
        try await whole(request(.DELETE, path, []), body: nil)
    }

    /// The lines of an answer as they come, in bounded memory, for as long as the daemon sends them.
    /// - Parameters:
    ///   - accept: The media type asked for; the default is NDJSON.
    ///   - lastEventID: For an event stream, the position after which to go on.
    package func lines(
        _ path: String, accept: String = MediaType.ndjson, lastEventID: UInt64? = nil
    ) async throws(LedgerClientError) -> LedgerLines {
        var fields = [("Accept", accept)]
        if let lastEventID {
            fields.append(("Last-Event-ID", String(lastEventID)))
        }
        let (connection, head) = try await send(request(.GET, path, fields), body: nil)
        guard (200..<300).contains(head.status.code) else {
            throw try await refusal(head, connection)
        }
        connection.liftDeadline()
        return LedgerLines(connection)
    }

    /// Closes the free connections.
    package func close() {
        for connection in idle {
            connection.close()
        }
        idle = []
    }

    // MARK: Exchanges

    private nonisolated func request(
        _ method: HTTPMethod, _ path: String, _ fields: [(String, String)]
    ) -> HTTPRequestHead {
        HTTPRequestHead(
            version: .http1_1, method: method, uri: path,
            headers: HTTPHeaders([("Host", "ledger"), ("User-Agent", "campaign-ledger-client")] + fields))
    }

    private func whole(_ request: HTTPRequestHead, body: ByteBuffer?) async throws(LedgerClientError) -> LedgerAnswer {
        let (connection, head) = try await send(request, body: body)
        guard (200..<300).contains(head.status.code) else {
            throw try await refusal(head, connection)
        }
        return LedgerAnswer(
            status: Int(head.status.code), contentType: head.headers.first(name: "Content-Type"),
            body: try await collect(connection))
    }

    private func send(
        _ request: HTTPRequestHead, body: ByteBuffer?
    ) async throws(LedgerClientError) -> (LedgerConnection, HTTPResponseHead) {
        if let kept = idle.popLast() {
            do {
                return (kept, try await exchange(request, body, over: kept))
            } catch LedgerClientError.connectionLost {
                // The daemon closed it while it was idle: a new one decides.
            }
        }
        let fresh = try await LedgerConnection.open(socketPath, timeout: timeouts.connect)
        return (fresh, try await exchange(request, body, over: fresh))
    }

    private func exchange(
        _ request: HTTPRequestHead, _ body: ByteBuffer?, over connection: LedgerConnection
    ) async throws(LedgerClientError) -> HTTPResponseHead {
        let timeout = timeouts.answer
        return try await Self.translating(timeouts) {
            try await connection.begin(request, body: body, timeout: timeout)
        } onCancel: {
            connection.close()
        }
    }

    private func collect(_ connection: LedgerConnection) async throws(LedgerClientError) -> Data {
        let body = try await Self.translating(timeouts) {
            var body = Data()
            while let chunk = try await connection.nextChunk() {
                body.append(contentsOf: chunk.readableBytesView)
                guard body.count <= Self.answerBytesMax else {
                    connection.close()
                    throw LedgerClientError.unexpectedAnswer(
                        status: 200, "it is longer than \(Self.answerBytesMax) bytes")
                }
            }
            return body
        } onCancel: {
            connection.close()
        }
        if await connection.isReusable {
            idle.append(connection)
        } else {
            connection.close()
        }
        return body
    }

    private func refusal(
        _ head: HTTPResponseHead, _ connection: LedgerConnection
    ) async throws(LedgerClientError) -> LedgerClientError {
        let body = try await collect(connection)
        let status = Int(head.status.code)
        let type = head.headers.first(name: "Content-Type") ?? "no Content-Type"
        guard type.hasPrefix(MediaType.problem), let problem = try? WireCoding.decode(ProblemDetails.self, from: body)
        else {
            return .unexpectedAnswer(status: status, "it is \(type) and no problem details")
        }
        return .problem(problem, retryAfterSeconds: head.headers.first(name: "Retry-After").flatMap { Int64($0) })
    }

    /// Turns what a connection throws into an error that people can read.
    static func translating<Value: Sendable>(
        _ timeouts: LedgerClientTimeouts?, _ operation: @escaping @Sendable () async throws -> Value,
        onCancel: @escaping @Sendable () -> Void
    ) async throws(LedgerClientError) -> Value {
        do {
            return try await withTaskCancellationHandler(operation: operation, onCancel: onCancel)
        } catch let error as LedgerClientError {
            throw error
        } catch {
            if Task.isCancelled {
                throw .cancelled
            }
            switch error {
            case ConnectionFault.timedOut:
                throw .timedOut(seconds: (timeouts?.answer.nanoseconds ?? 0) / 1_000_000_000)
            default: throw .connectionLost(reason(for: error))
            }
        }
    }

    /// A clause for people: names of calls and numbers of errors say nothing to them.
    private static func reason(for error: any Error) -> String {
        switch error {
        case ConnectionFault.closed, HTTPParserError.invalidEOFState, is IOError, is ChannelError:
            "the daemon closed the connection"
        case is HTTPParserError: "what came is not HTTP"
        default: "the connection broke"
        }
    }
}
