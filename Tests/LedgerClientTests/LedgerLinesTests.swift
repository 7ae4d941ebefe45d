import Foundation
import LedgerAPI
@testable import LedgerClient
import StubDaemon
import Testing

@Suite struct LedgerLinesTests {
    private func lines(of chunks: [String], endsWell: Bool = true) async throws -> [String] {
        let daemon = try await StubDaemon { _ in
            .chunks(chunks, contentType: MediaType.ndjson, endsWell: endsWell)
        }
        var lines: [String] = []
        for try await line in try await LedgerClient(socketPath: daemon.socketPath).lines("/v1/events") {
            lines.append(String(decoding: line, as: UTF8.self))
        }
        try await daemon.stop()
        return lines
    }

    @Test func `lines come whole wherever their chunks are cut`() async throws {
        let text = "{\"a\":1}\n\r\n{\"b\":\"zwölf\"}\r\nlast without an end"
        let expected = ["{\"a\":1}", "", "{\"b\":\"zwölf\"}", "last without an end"]
        let characters = text.unicodeScalars.map { String($0) }
        for size in [1, 2, 3, 7, 100] {
            let chunks = stride(from: 0, to: characters.count, by: size).map {
                characters[$0..<min($0 + size, characters.count)].joined()
            }
            #expect(try await lines(of: chunks) == expected, "chunks of \(size)")
        }
        #expect(try await lines(of: []) == [])
    }

    @Test func `a stream that breaks off gives its lines and then the error`() async throws {
        let daemon = try await StubDaemon { _ in
            .chunks(["one\ntwo\n"], contentType: MediaType.ndjson, endsWell: false)
        }
        var seen: [String] = []
        let error = await #expect(throws: LedgerClientError.self) {
            for try await line in try await LedgerClient(socketPath: daemon.socketPath).lines("/v1/events") {
                seen.append(String(decoding: line, as: UTF8.self))
            }
        }
        #expect(seen == ["one", "two"])
        #expect(error?.isWorthRetrying == true)
        try await daemon.stop()
    }

    @Test func `a refusal of a stream is thrown at its beginning`() async throws {
        let daemon = try await StubDaemon { _ in
            .problem(
                status: 422,
                """
                {"type":"t","title":"T","status":422,"detail":"d","code":"invalidParameter","remedy":"r","retry":false}
                """)
        }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let error = await #expect(throws: LedgerClientError.self) { try await client.lines("/v1/events?after=x") }
        guard case .problem(let problem, _)? = error else {
            Issue.record("not a problem: \(String(describing: error))")
            return
        }
        #expect(problem.code == "invalidParameter")
        try await daemon.stop()
    }

    /// 32 MiB are to come; while one line was taken, only what fits into buffers may have left the daemon.
    @Test func `a slow reader makes the daemon wait instead of filling memory`() async throws {
        let total = 32 * 1_024 * 1_024
        let daemon = try await StubDaemon { $0.path == "/flood" ? .flood(bytes: total) : .json("{}") }
        let client = LedgerClient(socketPath: daemon.socketPath)
        var flood = try await client.lines("/flood").makeAsyncIterator()
        #expect(try await flood.next()?.count == 1_023)
        // Two hundred answers of the same daemon: time enough to send everything, if anything let it.
        for _ in 0..<200 {
            _ = try await client.get("/livez")
        }
        #expect(daemon.floodedBytes < total / 8)
        var count = 1
        while try await flood.next() != nil {
            count += 1
        }
        #expect(count == total / 1_024)
        try await daemon.stop()
    }

    @Test func `a line beyond the limit ends the stream`() async throws {
        let piece = String(repeating: "x", count: 64 * 1_024)
        let daemon = try await StubDaemon { _ in
            .chunks(Array(repeating: piece, count: 20), contentType: MediaType.ndjson, endsWell: true)
        }
        let error = await #expect(throws: LedgerClientError.self) {
            for try await _ in try await LedgerClient(socketPath: daemon.socketPath).lines("/v1/events") {}
        }
        #expect(error?.description.contains("a line has more than") == true)
        try await daemon.stop()
    }

    @Test func `the position after which to go on is sent along`() async throws {
        let daemon = try await StubDaemon { _ in
            .chunks([], contentType: MediaType.eventStream, endsWell: true)
        }
        let lines = try await LedgerClient(socketPath: daemon.socketPath).lines(
            "/v1/events?follow=true", accept: MediaType.eventStream, lastEventID: 42)
        for try await _ in lines {}
        let request = try #require(daemon.requests.first)
        #expect(request.fields["Last-Event-ID"] == "42")
        #expect(request.fields["Accept"] == "text/event-stream")
        try await daemon.stop()
    }
}

@Suite struct ServerSentEventParserTests {
    private func messages(_ text: String) -> [ServerSentEvent] {
        var parser = ServerSentEventParser()
        return text.split(separator: "\n", omittingEmptySubsequences: false).compactMap { parser.take(Data($0.utf8)) }
    }

    @Test func `id and data make a message at an empty line, comments are skipped`() {
        #expect(
            messages(": keep-alive\n\nid: 7\ndata: {\"a\":1}\n\n: more\nid:8\nevent: x\ndata:one\ndata: two\n\n") == [
                ServerSentEvent(id: "7", data: Data("{\"a\":1}".utf8)),
                ServerSentEvent(id: "8", event: "x", data: Data("one\ntwo".utf8)),
            ])
    }

    @Test func `a message that is not finished is not given`() {
        #expect(messages("id: 7\ndata: half").isEmpty)
        #expect(messages("id: 9\n\n").isEmpty)
    }
}

@Suite struct RequestPathTests {
    @Test func `segments and parameters are percent-encoded, absent ones left out`() {
        var path = RequestPath("v1", "influencers", "a/b c?é")
        path.add("at", "2026-01-01T00:00:00+02:00")
        path.add("position", nil)
        path.add("type", "post.published,audience.measured")
        #expect(
            path.text == "/v1/influencers/a%2Fb%20c%3F%C3%A9?at=2026-01-01T00%3A00%3A00%2B02%3A00"
                + "&type=post.published%2Caudience.measured")
    }
}
