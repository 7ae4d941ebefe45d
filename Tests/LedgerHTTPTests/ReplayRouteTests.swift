import EventLog
import Foundation
import LedgerAPI
import Synchronization
import Testing

@testable import LedgerEngine
@testable import LedgerHTTP

/// Replays over the socket: asked for, followed, called off, removed.
@Suite(.serialized)
struct ReplayRouteTests {
    /// A replay that finds something and then waits until it may end.
    private final class Gate: ReplayWork {
        let isOpen = Atomic<Bool>(false)

        static let result = ReplayResult.rebuild(
            RebuildResult(position: Position(3), rows: 2, sha256: String(repeating: "a", count: 64), differences: 1))

        func run(_ ledger: Ledger, _ progress: ReplayProgress, job: ReplayJob) throws -> ReplayResult {
            progress.begin(.fold, total: 10)
            progress.advance(by: 4, to: Position(4))
            progress.find(ReplayFinding(.views, .missing, position: nil, subject: "influencer/i-1", "it is not there"))
            progress.find(ReplayFinding(.log, .damaged, position: Position(2), "a bit was flipped"))
            while !isOpen.load(ordering: .acquiring) {
                try progress.rest(worked: 0)
                usleep(1_000)
            }
            return Self.result
        }
    }

    private static func withReplays(_ body: @Sendable (TestDaemon, Gate) async throws -> Void) async throws {
        let gate = Gate()
        try await withDaemon(configure: { $0.replayWork = { _ in gate } }) { daemon in try await body(daemon, gate) }
    }

    private static func start(
        _ daemon: TestDaemon, _ body: String, type: String = "application/json", headers: String = ""
    ) async throws -> RawConnection.Response {
        try await daemon.send(
            "POST /v1/replays HTTP/1.1\r\nhost: l\r\ncontent-type: \(type)\r\n\(headers)"
                + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    private static func delete(_ daemon: TestDaemon, _ id: String) async throws -> RawConnection.Response {
        try await daemon.send("DELETE /v1/replays/\(id) HTTP/1.1\r\nhost: l\r\n\r\n")
    }

    private static func replay(_ response: RawConnection.Response) throws -> ReplayBody {
        try WireCoding.decode(ReplayBody.self, from: Data(response.body))
    }

    private static func wait(
        _ daemon: TestDaemon, _ id: String, until isSo: (ReplayBody) -> Bool
    ) async throws -> ReplayBody {
        for _ in 0..<500 {
            let body = try replay(try await daemon.get("/v1/replays/\(id)"))
            if isSo(body) { return body }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw RawConnection.Failure(description: "replay \(id) did not become so")
    }

    @Test func aReplayIsStartedShownListedAndRemoved() async throws {
        try await Self.withReplays { daemon, gate in
            let started = try await Self.start(daemon, #"{"kind":"rebuild","cores":1,"sharePercent":7}"#)
            #expect(started.status == 202 && started.headers["location"] == "/v1/replays/1")
            let first = try Self.replay(started)
            #expect(first.id == "1" && first.kind == "rebuild" && first.cores == 1 && first.sharePercent == 7)
            let running = try await Self.wait(daemon, "1") { $0.findings == 2 }
            #expect(running.state == "running" && running.phase == "fold" && running.attempt == 1)
            #expect(running.done == 4 && running.total == 10 && running.position == 4)
            let check = SchemaCheck(document: try await daemon.get("/openapi.json").json())
            #expect(check.faults(in: try await daemon.get("/v1/replays/1").json(), of: "Replay") == [])
            gate.isOpen.store(true, ordering: .releasing)
            let ended = try await Self.wait(daemon, "1") { $0.isEnded }
            #expect(ended.state == "succeeded" && ended.rebuild?.differences == 1 && ended.phase == nil)
            for (target, schema) in [
                ("/v1/replays/1", "Replay"), ("/v1/replays", "ReplayList"), ("/v1/replays/1/findings", "FindingList"),
            ] {
                #expect(check.faults(in: try await daemon.get(target).json(), of: schema) == [], "\(target)")
            }
            #expect(try await Self.delete(daemon, "1").status == 200)
            let gone = try await Self.delete(daemon, "1")
            #expect(gone.status == 404)
            #expect(try gone.json()["code"] as? String == "replayNotFound")
        }
    }

    @Test func findingsAndReplaysArePaged() async throws {
        try await Self.withReplays { daemon, _ in
            for _ in 0..<3 { #expect(try await Self.start(daemon, #"{"kind":"verify"}"#).status == 202) }
            _ = try await Self.wait(daemon, "1") { $0.findings == 2 }
            for (list, member, expected) in [
                ("/v1/replays", "id", ["3", "2", "1"]), ("/v1/replays/1/findings", "kind", ["missing", "damaged"]),
            ] {
                var found: [String] = []
                var cursor = ""
                repeat {
                    let page = try await daemon.get("\(list)?limit=1\(cursor)").json()
                    let items = try #require(page["items"] as? [[String: Any]])
                    #expect(items.count == 1)
                    found += items.compactMap { $0[member] as? String }
                    cursor = (page["next"] as? String).map { "&cursor=\($0)" } ?? ""
                } while !cursor.isEmpty
                #expect(found == expected, "\(list)")
            }
        }
    }

    @Test func aReplayIsFollowedToItsEnd() async throws {
        try await Self.withReplays { daemon, gate in
            #expect(try await Self.start(daemon, #"{"kind":"rebuild"}"#).status == 202)
            _ = try await Self.wait(daemon, "1") { $0.findings == 2 }
            async let following = daemon.get("/v1/replays/1/progress")
            try await Task.sleep(for: .milliseconds(300))
            gate.isOpen.store(true, ordering: .releasing)
            let answer = try await following
            #expect(answer.status == 200 && answer.headers["content-type"] == "text/event-stream")
            let messages = answer.text.components(separatedBy: "\n\n").filter { !$0.isEmpty && !$0.hasPrefix(":") }
            let names = messages.map { $0.split(separator: "\n")[0].dropFirst("event: ".count) }
            // How often it is told how far it is hangs on the time.
            #expect(names.first == "progress" && names.filter { $0 != "progress" } == ["finding", "finding", "end"])
            let last = try #require(messages.last?.split(separator: "\n").last?.dropFirst("data: ".count))
            let end = try WireCoding.decode(ReplayBody.self, from: Data(last.utf8))
            #expect(end.state == "succeeded")
            // One that has ended says so at once.
            #expect(try await daemon.get("/v1/replays/1/progress").text.contains("event: end\n"))
        }
    }

    @Test func aReplayIsCalledOff() async throws {
        try await Self.withReplays { daemon, _ in
            for _ in 0..<2 { #expect(try await Self.start(daemon, #"{"kind":"rebuild"}"#).status == 202) }
            let waiting = try await Self.delete(daemon, "2")
            #expect(waiting.status == 202)
            #expect(try Self.replay(waiting).state == "cancelled")
            _ = try await Self.wait(daemon, "1") { $0.state == "running" }
            #expect(try await Self.delete(daemon, "1").status == 202)
            #expect(try await Self.wait(daemon, "1") { $0.isEnded }.state == "cancelled")
        }
    }

    private static let refused: [(String, Int, String, String?)] = [
        ("", 422, "invalidJSON", nil), ("[]", 422, "invalidField", nil), ("{}", 422, "missingField", "/kind"),
        (#"{"kind":"dream"}"#, 422, "invalidField", "/kind"),
        (#"{"kind":"verify","colour":"red"}"#, 422, "unknownField", "/colour"),
        (#"{"kind":"verify","sharePercent":101}"#, 422, "invalidField", "/sharePercent"),
        (#"{"kind":"verify","cores":1000}"#, 422, "invalidField", "/cores"),
        (#"{"kind":"whatif"}"#, 422, "missingField", "/policies"),
        (#"{"kind":"rebuild","position":1}"#, 422, "unknownField", "/position"),
        (#"{"kind":"verify","kind":"verify"}"#, 422, "duplicateKey", "/kind"),
        (
            #"{"kind":"whatif","position":9,"policies":{"tax":{"thresholds":[{"fromYear":2026,"usd":"1.00"}]}}}"#, 422,
            "positionBeyondHead", nil
        ),
    ]

    @Test func whatCannotBeIsRefusedWithItsPlaceAndNothingIsStarted() async throws {
        try await Self.withReplays { daemon, _ in
            for (body, status, code, pointer) in Self.refused {
                let answer = try await Self.start(daemon, body)
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
                #expect(answer.status == status && problem.code == code, "\(body): \(answer.text)")
                if let pointer { #expect(problem.pointer == pointer, "\(body)") }
                #expect(!problem.remedy.isEmpty, "\(body)")
            }
            let large = #"{"kind":"verify""# + String(repeating: " ", count: 256 << 10) + "}"
            #expect(try await Self.start(daemon, large).status == 413)
            #expect(try await Self.start(daemon, "{}", type: "text/plain").status == 415)
            #expect(try await Self.start(daemon, "{}", headers: "content-encoding: gzip\r\n").status == 415)
            #expect(try await daemon.get("/v1/replays").json()["items"] as? [String] == [])
            for id in ["0", "01", "-1", "x", "18446744073709551616"] {
                #expect(try await daemon.get("/v1/replays/\(id)").status == 404, "\(id)")
            }
        }
    }

    @Test func tooManyThatWaitAreRefusedWithTheTimeToComeAgain() async throws {
        try await Self.withReplays { daemon, _ in
            _ = try await Self.start(daemon, #"{"kind":"verify"}"#)
            _ = try await Self.wait(daemon, "1") { $0.state == "running" }
            for _ in 0..<ReplayCenter.waitingMax {
                #expect(try await Self.start(daemon, #"{"kind":"verify"}"#).status == 202)
            }
            let refused = try await Self.start(daemon, #"{"kind":"verify"}"#)
            #expect(refused.status == 429)
            #expect(try refused.json()["code"] as? String == "replaysBusy")
            #expect(refused.headers["retry-after"] == "1")
        }
    }

    /// Sent in parts, with a body whose length is not told, and on a connection that goes on.
    @Test func aBodyInPiecesIsTakenAndTheConnectionGoesOn() async throws {
        try await Self.withReplays { daemon, _ in
            let connection = try daemon.connect()
            try await connection.send(
                "POST /v1/replays HTTP/1.1\r\nhost: l\r\ncontent-type: application/json\r\n"
                    + "transfer-encoding: chunked\r\n\r\n9\r\n{\"kind\":\"\r\n")
            try await connection.send("8\r\nverify\"}\r\n0\r\n\r\n")
            #expect(try await connection.receive().status == 202)
            try await connection.send("GET /v1/replays/1 HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(try await connection.receive().status == 200)
        }
    }
}
