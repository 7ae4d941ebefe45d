import Testing

/// What no client should ask and some will.
@Suite(.serialized) struct StrangeRequestTests {
    static let far = "18446744073709551615"

    @Test(
        "The greatest number as a position is answered or refused, and the daemon goes on", .timeLimit(.minutes(5)),
        arguments: [
            "/v1/events?after=\(far)", "/v1/events?follow=true&after=\(far)", "/v1/events/\(far)",
            "/v1/influencers/ana/events?follow=true&after=\(far)", "/v1/influencers/ana?position=\(far)",
            "/v1/influencers?position=\(far)", "/v1/trial-balance?position=\(far)",
        ])
    func greatestPosition(target: String) async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.lines).status == 201)
            let connection = try daemon.connect()
            try await connection.send("GET \(target) HTTP/1.1\r\nhost: l\r\naccept: */*\r\n\r\n")
            #expect(try await connection.receive(toHead: true).status < 500)
            #expect(try await daemon.get("/livez").status == 200)
        }
    }

    @Test("The greatest number as Last-Event-ID does no harm", .timeLimit(.minutes(5)))
    func greatestEventID() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.lines).status == 201)
            let connection = try daemon.connect()
            try await connection.send(
                "GET /v1/events?follow=true HTTP/1.1\r\nhost: l\r\naccept: text/event-stream\r\n"
                    + "last-event-id: \(Self.far)\r\n\r\n")
            #expect(try await connection.receive(toHead: true).status == 200)
            #expect(try await daemon.get("/livez").status == 200)
        }
    }

    @Test("A method that a path does not take is answered with those it takes, with a body or without")
    func allowedMethods() async throws {
        try await withDaemon { daemon in
            for body in ["", "content-length: 2\r\n\r\n{}"] {
                let response = try await daemon.send(
                    "POST /v1/status HTTP/1.1\r\nhost: l\r\n" + (body.isEmpty ? "\r\n" : body))
                #expect(response.status == 405)
                #expect(response.headers["allow"] == "GET, HEAD")
            }
        }
    }

    @Test("A client that ended its output and waits for minPosition still gets its answer", .timeLimit(.minutes(5)))
    func waitsForTheHalfClosed() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            try await connection.send("GET /v1/influencers?minPosition=1 HTTP/1.1\r\nhost: l\r\n\r\n")
            connection.endOutput()
            #expect(try await daemon.post(Samples.lines).status == 201)
            #expect(try await connection.receive().status == 200)
        }
    }

    @Test("Lengths that are only announced keep nobody from posting", .timeLimit(.minutes(5)))
    func announcedLengths() async throws {
        try await withDaemon { daemon in
            var idle: [RawConnection] = []
            for _ in 0..<20 {
                let connection = try daemon.connect()
                try await connection.send(
                    "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: application/x-ndjson\r\n"
                        + "content-length: 16777216\r\n\r\n{")
                idle.append(connection)
            }
            #expect(try await daemon.post(Samples.lines).status == 201)
            #expect(idle.count == 20)
        }
    }
}
