import Foundation
import LedgerHTTP
import NIOCore
import Testing

@Suite(.serialized)
struct EventStreamTests {
    private static func withEvents(_ body: @Sendable (TestDaemon) async throws -> Void) async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.lines).status == 201)
            try await daemon.settled(8)
            try await body(daemon)
        }
    }

    private static func identifiers(_ text: String) throws -> [String] {
        try text.split(separator: "\n").map { line in
            let event = try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
            return try #require(event?["id"] as? String)
        }
    }

    private static let questions = [
        ("", "12345678"), ("?after=6", "78"), ("?limit=3", "123"), ("?after=2&limit=2", "34"),
        ("?type=influencer.registered", "28"), ("?type=influencer.registered,campaign.opened", "128"),
        ("?type=influencer.registered&type=campaign.opened", "128"), ("?subject=influencer/bob", "8"),
        ("?subject=campaign%2Fc1", "1"), ("?since=2026-01-04T12:00:00Z", "567"),
        ("?until=2026-01-01T10:00:00%2B01:00", "1"), ("?after=99", ""),
    ]

    @Test func eventsAreReadAsLines() async throws {
        try await Self.withEvents { daemon in
            for (query, ids) in Self.questions {
                let answer = try await daemon.get("/v1/events\(query)")
                #expect(answer.status == 200, "\(query)")
                #expect(answer.headers["content-type"] == "application/x-ndjson", "\(query)")
                #expect(try Self.identifiers(answer.text).joined() == ids, "\(query)")
            }
        }
    }

    @Test func anInfluencersStreamIsReadAlone() async throws {
        try await Self.withEvents { daemon in
            let answer = try await daemon.get("/v1/influencers/ana/events?after=3")
            #expect(try Self.identifiers(answer.text).joined() == "4567")
        }
    }

    @Test func whatWasGivenOutCanBePostedAgain() async throws {
        try await Self.withEvents { daemon in
            let lines = try await daemon.get("/v1/events").text
            let again = try await daemon.post(lines)
            #expect(again.status == 200)
            #expect(try again.json()["recorded"] as? Int == 0)
            #expect((try again.json()["repeats"] as? [Any])?.count == 8)
        }
    }

    @Test func aLiveStreamGoesOnWithNewEventsUpToItsLimit() async throws {
        try await Self.withEvents { daemon in
            let connection = try daemon.connect()
            try await connection.send("GET /v1/events?after=7&follow=true&limit=2 HTTP/1.1\r\nhost: l\r\n\r\n")
            _ = try await connection.receive(toHead: true)
            #expect(try Self.identifiers(try await connection.receiveChunk() ?? "") == ["8"])
            #expect(try await daemon.post(Samples.registered("eva", id: "9")).status == 201)
            #expect(try Self.identifiers(try await connection.receiveChunk() ?? "") == ["9"])
            #expect(try await connection.receiveChunk() == nil)
        }
    }

    @Test func serverSentEventsCarryThePositionAndGoOnAfterTheLast() async throws {
        try await Self.withEvents { daemon in
            let answer = try await daemon.get(
                "/v1/events?limit=2", headers: "accept: text/event-stream\r\nlast-event-id: 3\r\n")
            #expect(answer.headers["content-type"] == "text/event-stream")
            let blocks = answer.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
            #expect(blocks.count == 2)
            #expect(blocks.map { $0.prefix(6) } == ["id: 4\n", "id: 5\n"])
            for block in blocks {
                let lines = block.split(separator: "\n")
                #expect(lines.count == 2)
                #expect(lines[1].hasPrefix("data: {"))
                _ = try Self.identifiers(String(lines[1].dropFirst(6)))
            }
            let malformed = try await daemon.get(
                "/v1/events", headers: "accept: text/event-stream\r\nlast-event-id: x\r\n")
            #expect(malformed.status == 422)
            let unacceptable = try await daemon.get("/v1/events", headers: "accept: text/html\r\n")
            #expect(unacceptable.status == 406)
            let browser = try await daemon.get("/v1/events", headers: "accept: text/html, */*;q=0.8\r\n")
            #expect(browser.headers["content-type"] == "application/x-ndjson")
        }
    }

    @Test func aQuietLiveStreamSaysThatItIsAlive() async throws {
        var limits = HTTPLimits()
        limits.keepAliveInterval = .milliseconds(100)
        try await withDaemon(limits: limits) { daemon in
            let connection = try daemon.connect()
            try await connection.send(
                "GET /v1/events?follow=true HTTP/1.1\r\nhost: l\r\naccept: text/event-stream\r\n\r\n")
            _ = try await connection.receive(toHead: true)
            #expect(try await connection.receiveChunk() == ": alive\n\n")
            #expect(try await connection.receiveChunk() == ": alive\n\n")
            #expect(try await daemon.post(Samples.programme[0]).status == 201)
            var chunk = try await connection.receiveChunk()
            while chunk == ": alive\n\n" { chunk = try await connection.receiveChunk() }
            #expect(chunk?.hasPrefix("id: 1\ndata: {") == true)
        }
    }

    @Test func aLongLogIsReadWhole() async throws {
        try await withDaemon { daemon in
            for part in 0..<4 {
                let lines = (0..<2500).map { Samples.registered("i\(part).\($0)", id: "e\(part).\($0)") }
                #expect(try await daemon.post(lines.joined(separator: "\n")).status == 201)
            }
            let answer = try await daemon.get("/v1/events")
            #expect(answer.body.count { $0 == UInt8(ascii: "\n") } == 10_000)
        }
    }
}
