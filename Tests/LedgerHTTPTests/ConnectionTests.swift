import LedgerHTTP
import NIOCore
import Testing

@Suite(.serialized)
struct ConnectionTests {
    private static let event = Samples.programme[0]

    @Test func aLengthBeyondTheLimitIsRefusedBeforeTheBody() async throws {
        try await withDaemon { daemon in
            let answer = try await daemon.send(
                "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/x-ndjson\r\n"
                    + "content-length: 16777217\r\n\r\n")
            #expect(answer.status == 413)
            #expect(answer.headers["connection"] == "close")
            #expect(try answer.json()["code"] as? String == "bodyTooLarge")
        }
    }

    @Test func aChunkedBodyIsCutOffAtTheLimit() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send(
                "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/x-ndjson\r\n"
                    + "transfer-encoding: chunked\r\n\r\n")
            let size = 1 << 20
            let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 0x20, count: size) + Array("\r\n".utf8)
            for _ in 0..<16 { try await connection.send(chunk) }
            try? await connection.send(chunk)
            #expect(try await connection.receive().status == 413)
        }
    }

    @Test func aChunkedBodyIsTaken() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send(
                "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/x-ndjson\r\n"
                    + "transfer-encoding: chunked\r\n\r\n")
            for part in [Samples.lines.prefix(100), Samples.lines.dropFirst(100)] {
                try await connection.send("\(String(part.utf8.count, radix: 16))\r\n\(part)\r\n")
            }
            try await connection.send("0\r\n\r\n")
            #expect(try await connection.receive().status == 201)
            try await connection.send("GET /livez HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(try await connection.receive().status == 200)
        }
    }

    @Test func pipelinedRequestsAreAnsweredInTheirOrder() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            var requests = ""
            for index in 0..<20 {
                let body = Samples.registered("i\(index)", id: "e\(index)")
                requests +=
                    "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/cloudevents+json\r\n"
                    + "content-length: \(body.utf8.count)\r\n\r\n\(body)GET /v1/events/\(index + 1) HTTP/1.1\r\nhost: l\r\n\r\n"
            }
            try await connection.send(requests)
            for index in 0..<20 {
                let posted = try await connection.receive()
                #expect(posted.text.contains("\"positions\":[[\(index + 1),\(index + 1)]]"))
                let read = try await connection.receive()
                #expect(try read.json()["id"] as? String == "e\(index)")
            }
        }
    }

    @Test func continueIsSaidBeforeTheBodyAndARefusalInsteadOfIt() async throws {
        try await withDaemon { daemon in
            let head =
                "POST /v1/events HTTP/1.1\r\nhost: l\r\nexpect: 100-continue\r\n"
                + "content-length: \(Self.event.utf8.count)\r\n"
            let connection = try daemon.connect()
            try await connection.send(head + "content-type: application/cloudevents+json\r\n\r\n")
            #expect(try await connection.receiveHead().status == 100)
            try await connection.send(Self.event)
            #expect(try await connection.receive().status == 201)

            let refused = try await daemon.send(head + "content-type: text/plain\r\n\r\n")
            #expect(refused.status == 415)
            #expect(refused.headers["connection"] == "close")
            let other = try await daemon.send("GET /livez HTTP/1.1\r\nhost: l\r\nexpect: 200-maybe\r\n\r\n")
            #expect(other.status == 417)
        }
    }

    @Test func aConnectionGoesOnAfterASmallRefusedBody() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send(
                "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: text/plain\r\ncontent-length: 5\r\n\r\nhello")
            #expect(try await connection.receive().status == 415)
            try await connection.send("GET /livez HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(try await connection.receive().status == 200)
        }
    }

    @Test func whatIsNotHTTPIsAnsweredAndClosed() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send("\u{1}\u{2}\u{3} garbage\r\n\r\n")
            let answer = try await connection.receive()
            #expect(answer.status == 400)
            #expect(try answer.json()["code"] as? String == "malformedHTTP")
            #expect(try await connection.isClosed())
        }
    }

    @Test func headerFieldsHaveLimits() async throws {
        try await withDaemon { daemon in
            let long = String(repeating: "x", count: 20_000)
            let answer = try await daemon.send("GET /livez HTTP/1.1\r\nhost: l\r\nx-long: \(long)\r\n\r\n")
            #expect(answer.status == 431)
        }
    }

    @Test func closeAndHTTP10AreHonoured() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send("GET /livez HTTP/1.1\r\nhost: l\r\nconnection: close\r\n\r\n")
            let answer = try await connection.receive()
            #expect(answer.headers["connection"] == "close")
            #expect(try await connection.isClosed())
            let old = try daemon.connect()
            try await old.send("GET /livez HTTP/1.0\r\n\r\n")
            #expect(try await old.receive().status == 200)
            #expect(try await old.isClosed())
        }
    }

    @Test func aClientThatEndsItsOutputStillGetsItsAnswer() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send("GET /v1/policies HTTP/1.1\r\nhost: l\r\n\r\n")
            connection.endOutput()
            #expect(try await connection.receive().status == 200)
            #expect(try await connection.isClosed())
        }
    }

    @Test func slowHeadsAndBodiesTimeOut() async throws {
        var limits = HTTPLimits()
        limits.headerTimeout = .milliseconds(200)
        limits.bodyTimeout = .milliseconds(200)
        try await withDaemon(limits: limits) { daemon in
            let head = try daemon.connect()
            try await head.send("GET /livez HT")
            #expect(try await head.receive().status == 408)
            let body = try daemon.connect()
            try await body.send(
                "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/x-ndjson\r\ncontent-length: 9\r\n\r\n{"
            )
            #expect(try await body.receive().status == 408)
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        var limits = HTTPLimits()
        limits.idleTimeout = .milliseconds(200)
        try await withDaemon(limits: limits) { daemon in
            let connection = try daemon.connect()
            try await connection.send("GET /livez HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(try await connection.receive().status == 200)
            #expect(try await connection.isClosed())
        }
    }

    @Test func aClientThatDoesNotReadIsDisconnected() async throws {
        var limits = HTTPLimits()
        limits.outputTimeout = .milliseconds(300)
        limits.sendBufferBytes = 4096
        try await withDaemon(limits: limits) { daemon in
            for part in 0..<10 {
                let lines = (0..<1000).map { Samples.registered("i\(part).\($0)", id: "e\(part).\($0)") }
                #expect(try await daemon.post(lines.joined(separator: "\n")).status == 201)
            }
            let connection = try daemon.connect()
            try await connection.send("GET /v1/events HTTP/1.1\r\nhost: l\r\n\r\n")
            try await Task.sleep(for: .seconds(1))
            // What was on its way arrives; the end of the stream never does.
            _ = try await connection.receive(toHead: true)
            await #expect(throws: RawConnection.Failure.self) {
                while try await connection.receiveChunk() != nil {}
            }
        }
    }

    @Test func oneConnectionTooManyIsTurnedAway() async throws {
        var limits = HTTPLimits()
        limits.connectionsMax = 2
        try await withDaemon(limits: limits) { daemon in
            let kept = [try daemon.connect(), try daemon.connect()]
            for connection in kept {
                try await connection.send("GET /livez HTTP/1.1\r\nhost: l\r\n\r\n")
                #expect(try await connection.receive().status == 200)
            }
            let turnedAway = try daemon.connect()
            let answer = try await turnedAway.receive()
            #expect(answer.status == 503)
            #expect(answer.headers["retry-after"] == "1")
        }
    }

    @Test func bodiesBeyondTheBudgetAreBusy() async throws {
        var limits = HTTPLimits()
        limits.bodiesBytesMax = 1000
        try await withDaemon(limits: limits) { daemon in
            let answer = try await daemon.post(Samples.lines)
            #expect(answer.status == 429)
            #expect(answer.headers["retry-after"] == "1")
            // What was taken of the budget was given back.
            for _ in 0..<5 { #expect(try await daemon.post(Self.event).status < 300) }
        }
    }
}
