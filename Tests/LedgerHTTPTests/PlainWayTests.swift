import Foundation
import Logging
import NIOCore
import Testing

@testable import LedgerHTTP

/// Posts and quick questions that go past the decoder: to a client nothing differs but the time.
@Suite(.serialized) struct PlainWayTests {
    private static func post(_ body: String, type: String = "application/cloudevents+json") -> String {
        "POST /v1/events HTTP/1.1\r\nhost: l\r\ncontent-type: \(type)\r\ncontent-length: \(body.utf8.count)\r\n\r\n\(body)"
    }

    private static func get(_ target: String, _ fields: String = "") -> String {
        "GET \(target) HTTP/1.1\r\nhost: l\r\n\(fields)\r\n"
    }

    private static let paths = ["", "/trust", "/advocacy", "/compensation"].map { "/v1/influencers/ana\($0)" }
    /// A request with it goes to the decoder, as does all behind it.
    private static let longWay = "trailer: none\r\n"

    @Test("The plain way and the long way give the same answers, problems too")
    func bothWaysAnswerTheSame() async throws {
        try await withSamples { daemon in
            let queries = ["?at=\(Samples.at)", "?at=\(Samples.at)&minPosition=8", "?at=\(Samples.at)&position=3"]
            let faults = ["?at=x", "?love=1", "?position=99", "?at=%zz"]
            var targets = Self.paths.flatMap { path in (queries + faults).map { path + $0 } }
            targets += [
                "/v1/influencers/ana?minPosition=99", "/v1/influencers/nobody/trust", "/v1/influencers/a%20b/trust",
                "/v1/influencers/%zz/trust",
            ]
            for target in targets {
                let plain = try await daemon.get(target)
                let long = try await daemon.get(target, headers: Self.longWay)
                #expect(plain.status == long.status, "\(target)")
                #expect(plain.text == long.text, "\(target)")
                #expect(plain.headers["content-type"] == long.headers["content-type"], "\(target)")
            }
        }
    }

    @Test("Requests of all ways on one connection are answered in their order")
    func allWaysKeepTheOrder() async throws {
        try await withSamples { daemon in
            let connection = try daemon.connect()
            var requests = ""
            for number in 0..<30 {
                requests += Self.post(Samples.registered("i\(number)", id: "o\(number)"))
                requests += Self.get("/v1/influencers/ana/trust?at=2026-02-\(10 + number % 10)T00:00:00Z")
                requests += Self.get("/v1/events/\(number + 9)")
                requests += "HEAD /livez HTTP/1.1\r\nhost: l\r\n\r\n"
                if number == 20 { requests += Self.get("/livez", Self.longWay) }
            }
            let all = Array(requests.utf8)
            // In parts that end anywhere.
            Task { [all] in
                var start = 0
                while start < all.count {
                    let end = min(start + 977, all.count)
                    try await connection.send(Array(all[start..<end]))
                    start = end
                }
            }
            for number in 0..<30 {
                #expect(try await connection.receive().text.contains("[[\(number + 9),\(number + 9)]]"))
                let trust = try await connection.receive()
                #expect(trust.text.contains("\"at\":\"2026-02-\(10 + number % 10)T"))
                #expect(try await connection.receive().json()["id"] as? String == "o\(number)")
                #expect(try await connection.receiveHead().status == 200)
                if number == 20 { #expect(try await connection.receive().status == 200) }
            }
        }
    }

    @Test("A request that comes byte by byte is answered like any other")
    func byteByByte() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            for (number, byte) in Array(Self.post(Samples.registered("ana", id: "1")).utf8).enumerated() {
                try await connection.send([byte])
                if number % 16 == 0 { try await Task.sleep(for: .milliseconds(1)) }
            }
            #expect(try await connection.receive().status == 201)
        }
    }

    @Test("A post with a large body is taken past its first bytes")
    func largeBodies() async throws {
        try await withDaemon { daemon in
            let connection = try daemon.connect()
            for part in 0..<3 {
                let lines = (0..<5000).map { Samples.registered("i\(part).\($0)", id: "e\(part).\($0)") }
                try await connection.send(Self.post(lines.joined(separator: "\n"), type: "application/x-ndjson"))
                try await connection.send(Self.get("/v1/influencers/i0.1/trust?minPosition=5000"))
                #expect(try await connection.receive().status == 201)
                #expect(try await connection.receive().status == 200)
            }
        }
    }

    @Test(
        "Who sends requests and reads nothing is not read from without end, and is disconnected",
        .timeLimit(.minutes(1)))
    func readsNothing() async throws {
        var limits = HTTPLimits()
        limits.outputTimeout = .seconds(2)
        limits.sendBufferBytes = 4096
        try await withSamples(limits: limits) { daemon in
            let connection = try daemon.connect()
            let many = Array(String(repeating: Self.get("/v1/influencers/ana"), count: 1000).utf8)
            var sent = 0
            // What is held of it, and what the kernel keeps, is below 2 MB.
            while sent < 40, (try? await connection.send(many)) != nil { sent += 1 }
            #expect(sent < 40)
            #expect(try await daemon.get("/livez").status == 200)
        }
    }

    @Test("Who sends many requests before reading gets all answers", .timeLimit(.minutes(1)))
    func readsLate() async throws {
        var limits = HTTPLimits()
        limits.sendBufferBytes = 4096
        try await withSamples(limits: limits) { daemon in
            let connection = try daemon.connect()
            let count = 2000
            Task {
                for number in 0..<count {
                    try await connection.send(
                        Self.get("/v1/influencers/ana/trust?at=2026-02-01T00:00:00.\(number + 1000)00Z"))
                }
                connection.endOutput()
            }
            try await Task.sleep(for: .milliseconds(300))
            for number in 0..<count {
                let text = try await connection.receive().text
                #expect(text.contains("2026-02-01T00:00:00.\(number + 1000)00Z"))
            }
            #expect(try await connection.isClosed())
        }
    }

    @Test("A client that ended its output gets the answers to all it sent", .timeLimit(.minutes(1)))
    func halfClosed() async throws {
        try await withSamples { daemon in
            let connection = try daemon.connect()
            var requests = ""
            for number in 0..<40 {
                requests += Self.post(Samples.registered("h\(number)", id: "h\(number)"))
                requests += Self.get("/v1/influencers/ana/advocacy")
            }
            try await connection.send(requests + "GET /v1/infl")
            connection.endOutput()
            for _ in 0..<40 {
                #expect(try await connection.receive().status == 201)
                #expect(try await connection.receive().status == 200)
            }
            #expect(try await connection.isClosed())
        }
    }

    @Test("A question that has to wait holds up nobody, and is answered when it can be", .timeLimit(.minutes(1)))
    func waitingQuestions() async throws {
        try await withSamples { daemon in
            // The daemon of the tests has one event loop: were it blocked, no post could come through.
            let waiting = try daemon.connect()
            try await waiting.send(Self.get("/v1/influencers/ana/trust?minPosition=9"))
            #expect(try await daemon.get("/v1/influencers/ana/trust").status == 200)
            #expect(try await daemon.post(Samples.registered("new", id: "new")).status == 201)
            let answer = try await waiting.receive()
            #expect(answer.status == 200)
            #expect(try answer.json()["position"] as? Int == 9)
        }
    }

    @Test("An influencer with many events is not judged on the event loop")
    func largeInfluencers() async throws {
        try await withSamples { daemon in
            let lines = (0..<2000).map { number in
                Samples.measured("ana", id: "m\(number)", followers: number)
            }
            #expect(try await daemon.post(lines.joined(separator: "\n")).status == 201)
            try await daemon.settled(2008)
            let (route, place) = try #require(
                RouteTable.all.find(method: "GET", path: "/v1/influencers/ana/trust"))
            let responder = APIResponder(
                ledger: daemon.ledger, keepAlive: .seconds(1), logger: Logger(label: "test"))
            func atOnce(_ id: Substring, _ query: String = "") throws -> [UInt8]? {
                let target = RequestTarget("/v1/influencers/\(id)/trust\(query)")
                let call = try responder.call(route, place: id, target: target)
                return try route.atOnce?(call)
            }
            #expect(try atOnce(place) == nil)
            #expect(try atOnce("bob") != nil)
            #expect(try atOnce("bob", "?minPosition=99999") == nil)
            #expect(try atOnce("bob", "?position=1") == nil)
            #expect(try await daemon.get("/v1/influencers/ana/trust").status == 200)
        }
    }

    @Test("Bytes of bodies beyond the budget are busy, and the connection goes on")
    func busy() async throws {
        var limits = HTTPLimits()
        limits.bodiesBytesMax = 400
        try await withDaemon(limits: limits) { daemon in
            let connection = try daemon.connect()
            for _ in 0..<3 {
                try await connection.send(Self.post(Samples.lines, type: "application/x-ndjson"))
                let refused = try await connection.receive()
                #expect(refused.status == 429)
                #expect(refused.headers["retry-after"] == "1")
                try await connection.send(Self.post(Samples.registered("ana", id: "1")))
                #expect(try await connection.receive().status < 300)
            }
        }
    }

    @Test(
        "When the daemon stops, a plain request under way is answered and its connection closed",
        .timeLimit(.minutes(1)))
    func stops() async throws {
        let kept = Kept()
        try await withSamples { daemon in
            let connection = try daemon.connect()
            try await connection.send(Self.get("/v1/influencers/ana/trust?minPosition=99"))
            try await Task.sleep(for: .milliseconds(100))
            await kept.keep(connection)
        }
        let connection = try #require(await kept.connection)
        let answer = try await connection.receive()
        #expect(answer.status == 503)
        #expect(answer.headers["connection"] == "close")
        #expect(try await connection.isClosed())
    }

    private actor Kept {
        var connection: RawConnection?

        func keep(_ connection: RawConnection) { self.connection = connection }
    }
}
