import Foundation
import ProgrammeSimulator
import Testing

@testable import LedgerBenchmarks

@Suite struct WireTests {
    private static func programme(events: Int) throws -> ProgrammeFile {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)").path
        defer { unlink(path) }
        var settings = Settings.quick
        settings.events = events
        return try ProgrammeFile(settings.base(ids: .random), path: path)
    }

    @Test("A programme is cut into requests of whole lines, and its kinds are counted")
    func requests() throws {
        let programme = try Self.programme(events: 2_500)
        let requests = programme.requests(of: 1_000)
        #expect(requests.map(\.events) == [1_000, 1_000, 500])
        #expect(requests.first?.bytes.lowerBound == 0 && requests.last?.bytes.upperBound == programme.bytesCount)
        let text = String(decoding: programme.bytes, as: UTF8.self)
        #expect(programme.posts == text.components(separatedBy: "\"type\":\"post.published\"").count - 1)
        #expect(programme.registrations == text.components(separatedBy: "\"type\":\"influencer.registered\"").count - 1)
        #expect(programme.posts > 0 && programme.registrations > 0)
        let second = programme.requests(of: 100, fromByte: requests[1].bytes.lowerBound, limit: 2)
        #expect(second.map(\.events) == [100, 100] && second[0].bytes.lowerBound == requests[1].bytes.lowerBound)
        var lines = 0
        programme.bytes(of: second[0]).forEachLine { line in
            #expect(line.first == 0x7B && line.last == 0x7D)
            lines += 1
        }
        #expect(lines == 100)
    }

    @Test(
        "A reply of Redis ends where it ends, and not before all of it is there",
        arguments: [
            "+OK\r\n", ":42\r\n", "$5\r\na\r\nbc\r\n", "$-1\r\n", "*0\r\n",
            "*2\r\n*2\r\n$3\r\n1-0\r\n*2\r\n$1\r\ne\r\n$4\r\n\r\n\r\n\r\n$1\r\nx\r\n",
        ])
    func replies(text: String) throws {
        let reply = Array(text.utf8)
        for count in 0..<reply.count {
            #expect(try Array(reply[..<count]).withUnsafeBytes { try RESP.end(of: $0) } == nil, "\(count) of \(text)")
        }
        let followed = reply + Array("+NEXT\r\n".utf8)
        #expect(try followed.withUnsafeBytes { try RESP.end(of: $0) } == reply.count)
    }

    @Test("An error of Redis is a fault, also inside an array", arguments: ["-ERR no\r\n", "*2\r\n:1\r\n-ERR no\r\n"])
    func redisErrors(text: String) {
        #expect(throws: BenchmarkFault.self) { try Array(text.utf8).withUnsafeBytes { try RESP.end(of: $0) } }
    }

    @Test("A pipeline is one XADD an event, and is answered when all are; a transaction when it is executed")
    func redisRequests() throws {
        let programme = try Self.programme(events: 1_000)
        let requests = programme.requests(of: 3)
        for (form, replies) in [
            (RedisWire.Form.pipeline, ["$3\r\n1-0\r\n", "$3\r\n2-0\r\n", "$3\r\n3-0\r\n"]),
            (
                .transaction,
                ["+OK\r\n", "+QUEUED\r\n", "+QUEUED\r\n", "+QUEUED\r\n", "*3\r\n$1\r\na\r\n$1\r\nb\r\n$1\r\nc\r\n"]
            ),
        ] {
            let wire = RedisWire(programme, requests[...], form)
            var bytes: [UInt8] = []
            _ = wire.encode(1, into: &bytes)
            let sent = String(decoding: bytes, as: UTF8.self)
            #expect(sent.components(separatedBy: "XADD").count - 1 == 3)
            #expect(sent.contains("MULTI") == (form == .transaction))
            // What is sent is itself a sequence of arrays: commands that Redis can read.
            var end = 0
            try bytes.withUnsafeBytes { while end < $0.count { end = try #require(try RESP.end(of: $0, from: end)) } }
            for (index, reply) in replies.enumerated() {
                let taken = try Array(reply.utf8).withUnsafeBytes { try wire.take($0) }
                #expect(taken.bytes == reply.utf8.count)
                #expect(taken.answer == (index == replies.count - 1 ? .whole : .partial))
            }
        }
    }

    @Test("NATS has acknowledged a request when each of its events is, signs of life aside; an error is a fault")
    func natsAnswers() throws {
        let programme = try Self.programme(events: 1_000)
        let requests = programme.requests(of: 2)
        let wire = NATSWire(programme, requests[...])
        var bytes: [UInt8] = []
        _ = wire.encode(0, into: &bytes)
        #expect(String(decoding: bytes, as: UTF8.self).components(separatedBy: "PUB events.all").count - 1 == 2)
        let one = "MSG _INBOX.5 1 27\r\n{\"stream\":\"EVENTS\",\"seq\":1}\r\n"
        let cut = Array((one + "PING\r\n" + one.dropLast(3)).utf8)
        let partial = try cut.withUnsafeBytes { try wire.take($0) }
        #expect(partial.answer == .partial && partial.bytes == one.utf8.count + 6)
        #expect(try Array(one.utf8).withUnsafeBytes { try wire.take($0) }.answer == .whole)
        _ = wire.encode(1, into: &bytes)
        let refused = "MSG _INBOX.5 1 31\r\n{\"error\":{\"code\":503},\"seq\":10}\r\n"
        #expect(throws: BenchmarkFault.self) { try Array(refused.utf8).withUnsafeBytes { try wire.take($0) } }
    }

    @Test("A post is answered when its answer is whole; busy is told apart; anything else is a fault")
    func postAnswers() throws {
        let programme = try Self.programme(events: 1_000)
        let tally = PostWire.Tally()
        let wire = PostWire(programme, programme.requests(of: 10)[...], tally)
        var head: [UInt8] = []
        let body = try #require(wire.encode(0, into: &head))
        #expect(String(decoding: head, as: UTF8.self).contains("Content-Length: \(body.count)\r\n"))
        let answer = Array(
            "HTTP/1.1 201 Created\r\ncontent-length: 25\r\n\r\n{\"head\":77,\"recorded\":10}\n".utf8.dropLast())
        for count in 0..<answer.count {
            let taken = try Array(answer[..<count]).withUnsafeBytes { try wire.take($0) }
            #expect(taken.answer == .partial && taken.bytes == 0)
        }
        #expect(try answer.withUnsafeBytes { try wire.take($0) }.answer == .whole)
        #expect(wire.head == 77 && tally.recorded == 10)
        let busy = Array("HTTP/1.1 429 Too Many\r\ncontent-length: 0\r\n\r\n".utf8)
        #expect(try busy.withUnsafeBytes { try wire.take($0) }.answer == .busy)
        let refused = Array("HTTP/1.1 422 No\r\ncontent-length: 2\r\n\r\n{}".utf8)
        #expect(throws: BenchmarkFault.self) { try refused.withUnsafeBytes { try wire.take($0) } }
    }

    @Test("Questions name the simulator's influencers, by seven digits")
    func questions() {
        let wire = TrustWire(influencers: 12, .visible(seed: 3))
        var seen: Set<String> = []
        for _ in 0..<200 {
            var bytes: [UInt8] = []
            _ = wire.encode(99, into: &bytes)
            let path = String(decoding: bytes, as: UTF8.self).split(separator: " ")[1]
            #expect(path.hasSuffix("/trust?minPosition=99"))
            seen.insert(String(path.dropFirst("/v1/influencers/".count).prefix { $0 != "/" }))
        }
        #expect(seen == Set((1...12).map { "inf-" + String(10_000_000 + $0).dropFirst() }))
    }
}
