import Foundation
import LedgerAPI
import Testing

@testable import LedgerHTTP

/// What a whatif found, over the socket.
@Suite struct ChangeRouteTests {
    /// The parameters in force with some of them replaced, as an order has them.
    private static func policies(
        _ daemon: TestDaemon, trust: [String: Int64] = [:], tax: String? = nil
    ) async throws -> JSONValue {
        let answer = try WireCoding.decode(
            JSONValue.self, from: Data(try await daemon.get("/v1/policies/trust").body))
        guard case .object(var body) = answer["inForce"]?["body"] else { throw Unexpected(text: "\(answer)") }
        for (name, value) in trust { body[name] = .integer(value) }
        var policies: [String: JSONValue] = ["trust": .object(body)]
        if let tax { policies["tax"] = JSONValue.parameters(thresholds: [(fromYear: Int64(0), usd: tax)]) }
        return .object(policies)
    }

    private struct Unexpected: Error { let text: String }

    /// Starts a replay and waits for its end.
    private static func run(_ daemon: TestDaemon, _ order: ReplayOrderBody) async throws -> ReplayBody {
        let body = String(decoding: try WireCoding.encode(order), as: UTF8.self)
        let started = try await Self.post(daemon, body)
        #expect(started.status == 202)
        let id = try WireCoding.decode(ReplayBody.self, from: Data(started.body)).id
        #expect(started.headers["location"] == "/v1/replays/\(id)")
        while true {
            let job = try WireCoding.decode(
                ReplayBody.self, from: Data(try await daemon.get("/v1/replays/\(id)").body))
            if job.isEnded { return job }
            try await Task.sleep(for: .milliseconds(5))
        }
    }

    private static func post(_ daemon: TestDaemon, _ body: String) async throws -> RawConnection.Response {
        try await daemon.send(
            "POST /v1/replays HTTP/1.1\r\nhost: ledger\r\ncontent-type: application/json\r\n"
                + "content-length: \(body.utf8.count)\r\n\r\n\(body)")
    }

    @Test func theChangesAreThereWhenTheWhatifHasSucceededPageByPage() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(AuditSamples.lines).status == 201)
            try await daemon.settled(AuditSamples.count)
            let policies = try await Self.policies(daemon, trust: ["breachDays": 0, "evidenceMedium": 0], tax: "0.00")
            let job = try await Self.run(
                daemon, ReplayOrderBody(kind: "whatif", policies: policies, at: AuditSamples.at))
            #expect(job.state == "succeeded", "\(job.error ?? "")")
            #expect(job.whatif?.at == AuditSamples.at && job.whatif?.policies == ["trust", "tax"])
            #expect(job.whatif?.position == UInt64(daemon.head))
            let path = "/v1/replays/\(job.id)/changes"
            let answer = try await daemon.get(path)
            let document = try await daemon.get("/openapi.json").json()
            #expect(SchemaCheck(document: document).faults(in: try answer.json(), of: "ChangeList") == [])
            let all = try WireCoding.decode(ItemList<ChangeBody>.self, from: Data(answer.body))
            #expect(all.next == nil)
            #expect(UInt64(all.items.count) == job.whatif?.changed && job.whatif?.influencers == 3)
            let bob = try #require(all.items.first { $0.influencerId == "bob" })
            #expect(bob.caps == BeforeAfter(before: ["openBreach"], after: []))
            #expect(bob.openBreaches == BeforeAfter(before: 1, after: 0))
            #expect(bob.flags?.before.contains("atRisk") == true && bob.flags?.after.contains("atRisk") == false)
            #expect(bob.evidence == BeforeAfter(before: "low", after: "medium"))
            var paged: [ChangeBody] = []
            var next: String? = "\(path)?limit=1"
            while let target = next {
                let page = try WireCoding.decode(
                    ItemList<ChangeBody>.self, from: Data(try await daemon.get(target).body))
                #expect(page.items.count == 1)
                paged += page.items
                next = page.next.map { "\(path)?limit=1&cursor=\($0)" }
            }
            #expect(paged == all.items && paged.count > 1)
        }
    }

    @Test func theSamePoliciesChangeNobody() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(AuditSamples.lines).status == 201)
            try await daemon.settled(AuditSamples.count)
            let job = try await Self.run(
                daemon, ReplayOrderBody(kind: "whatif", policies: try await Self.policies(daemon), at: AuditSamples.at))
            #expect(job.whatif?.changed == 0)
            let answer = try await daemon.get("/v1/replays/\(job.id)/changes")
            #expect(answer.text.trimmingCharacters(in: .whitespacesAndNewlines) == #"{"items":[],"next":null}"#)
        }
    }

    @Test func withoutAWhatifThatSucceededThereIsAProblemThatSaysSo() async throws {
        try await withDaemon { daemon in
            let missing = try await daemon.get("/v1/replays/7/changes")
            #expect(missing.status == 404 && missing.text.contains("replayNotFound"))
            let policies = try await Self.policies(daemon)
            let job = try await Self.run(
                daemon, ReplayOrderBody(kind: "goBack"))
            let ended = try await daemon.get("/v1/replays/\(job.id)/changes")
            #expect(ended.status == 409 && ended.text.contains("replayNotEnded"))
            let whatIf = try await Self.run(daemon, ReplayOrderBody(kind: "whatif", policies: policies))
            let cursor = try await daemon.get("/v1/replays/\(whatIf.id)/changes?cursor=x")
            #expect(cursor.status == 422 && cursor.text.contains("invalidCursor"))
        }
    }

    @Test func anOrderThatIsNoneStartsNothingAndSaysWhere() async throws {
        try await withDaemon { daemon in
            let orders = [
                (#"{"kind":"whatif"}"#, "/policies"),
                (#"{"kind":"whatif","policies":{"trust":{"brandsFree":1}}}"#, "/policies/trust/decayMultiplier"),
                (#"{"kind":"verify","policies":{"tax":{"thresholds":[{"fromYear":0,"usd":"1.00"}]}}}"#, "/policies"),
                (#"{"kind":"verify","at":"now"}"#, "/at"), ("{", ""),
            ]
            for (order, pointer) in orders {
                let answer = try await Self.post(daemon, order)
                #expect(answer.status == 422, "\(order)")
                #expect(answer.text.contains("\"pointer\":\"\(pointer)\""), "\(order): \(answer.text)")
            }
            let list = try await daemon.get("/v1/replays")
            #expect(list.text.hasPrefix(#"{"items":[]"#))
        }
    }
}
