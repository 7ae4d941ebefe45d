import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Slow and half-open clients")
    struct DifficultClientTests {
        @Test(
            "A request that arrives byte by byte too slowly is refused while others are served", .timeLimit(.minutes(2))
        )
        func slow() async throws {
            let longest = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let slow = try (0..<20).map { _ in try HTTPConnection(daemon.socketPath, timeoutSeconds: 1) }
                let text = Array("GET /v1/status HTTP/1.1\r\nX-Slow: \(String(repeating: "s", count: 10_000))".utf8)
                let begin = Date()
                var waiting = Set(0..<slow.count)
                var byte = 0
                var longest = 0.0
                while !waiting.isEmpty {
                    let elapsed = Date().timeIntervalSince(begin)
                    try require(elapsed < 40, "\(waiting.count) slow connections still open after \(Int(elapsed)) s")
                    for number in waiting where try !slow[number].send([text[byte]]) { waiting.remove(number) }
                    byte += 1
                    let asked = Date()
                    _ = try daemon.client().head()
                    longest = max(longest, Date().timeIntervalSince(asked))
                    Thread.sleep(forTimeInterval: 0.05)
                }
                for connection in slow {
                    let reply = try connection.receive()
                    try require(reply.status == 408, "a slow request answers \(reply.status)")
                }
                try daemon.stop()
                return longest
            }
            #expect(longest < 2, "another client waited \(longest) s")
        }

        @Test("A client that has finished sending still gets its answer", .timeLimit(.minutes(1)))
        func halfOpen() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                var random = Random(seed: 1)
                for (number, count) in [1, 500].enumerated() {
                    let events = (0..<count).map { Draft.valid(number * 1_000 + $0, &random).bytes }
                    let connection = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                    try connection.send(
                        HTTPRequest(posting: Array(events.joined(separator: [10])), as: MediaType.ndjson).bytes)
                    connection.finishSending()
                    let reply = try connection.receive()
                    try require(reply.status == 201, "a half-open post answers \(reply.status): \(reply.text)")
                }
                try daemon.stop()
            }
        }

        @Test("Clients that go away in the middle leave nothing behind", .timeLimit(.minutes(1)))
        func gone() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                var random = Random(seed: 20_263)
                _ = try daemon.client().head()
                let before = daemon.descriptors
                let whole = HTTPRequest(
                    posting: Array(Draft.valid(1, &random).text.utf8), as: MediaType.cloudEvent
                ).bytes
                for _ in 0..<300 {
                    let connection = try HTTPConnection(daemon.socketPath)
                    try connection.send(Array(whole.prefix(random.within(1...whole.count - 1))))
                    if random.within(0...1) == 0 { connection.finishSending() }
                }
                try Wait.until("the descriptors of gone clients", seconds: 20) { daemon.descriptors <= before + 2 }
                try require(try daemon.client().head() == 0, "a request that was not whole was recorded")
                let (status, _) = try daemon.client().post(Draft.valid(2, &random).bytes, as: MediaType.cloudEvent)
                try require(status == 201, "a good request answers \(status)")
                try daemon.stop()
            }
        }

        @Test("Clients that do not read their answers cost no memory and hold nobody up", .timeLimit(.minutes(2)))
        func unread() async throws {
            let (bytes, longest) = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                var random = Random(seed: 4)
                for batch in 0..<20 {
                    let events = (0..<1_000).map { Draft.valid(batch * 1_000 + $0, &random).bytes }
                    _ = try client.post(Array(events.joined(separator: [10])))
                }
                let idle = try (0..<50).map { _ in
                    let connection = try HTTPConnection(daemon.socketPath)
                    try connection.send(HTTPRequest("GET", "/v1/events").bytes)
                    return connection
                }
                var bytes = 0
                var longest = 0.0
                for number in 0..<200 {
                    let asked = Date()
                    _ = try client.post(Draft.valid(100_000 + number, &random).bytes, as: MediaType.cloudEvent)
                    longest = max(longest, Date().timeIntervalSince(asked))
                    bytes = max(bytes, daemon.anonymousBytes)
                }
                for connection in idle.prefix(3) {
                    let reply = try connection.receive()
                    try require(reply.status == 200, "a late reader gets \(reply.status)")
                    try require(try EventLines(reply.body).lines.count >= 20_000, "a late reader gets less")
                }
                try daemon.stop()
                return (bytes, longest)
            }
            #expect(bytes < 200 << 20)
            #expect(longest < 2, "another client waited \(longest) s")
        }
    }
}
