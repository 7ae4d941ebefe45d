import Foundation
import LedgerAPI
import LedgerEngine
import Testing

/// `/v1/export/…` over the socket: each line equals what the single answers say at the same moment.
@Suite(.serialized)
struct ExportRouteTests {
    /// The lines between the first and the last, both of which are checked.
    private static func lines<Line: Codable>(
        _ type: Line.Type, _ export: String, _ query: String, position: Int = AuditSamples.count, _ daemon: TestDaemon
    ) async throws -> [Line] {
        let answer = try await daemon.get("/v1/export/\(export)?at=\(AuditSamples.at)&\(query)")
        #expect(answer.status == 200, "\(answer.text)")
        #expect(answer.headers["content-type"] == "application/x-ndjson")
        #expect(answer.text.hasSuffix("\n"))
        let lines = answer.text.dropLast().split(separator: "\n", omittingEmptySubsequences: false)
        let first = try WireCoding.decode(ExportBeginning.self, from: Data(try #require(lines.first).utf8))
        #expect(first.export == export && first.at == AuditSamples.at && first.position == UInt64(position))
        #expect(first.ledgerId == daemon.ledger.identity && first.head == UInt64(AuditSamples.count))
        let end = try WireCoding.decode(ExportEnd.self, from: Data(try #require(lines.last).utf8))
        #expect(end.end && end.count == lines.count - 2, "\(export) \(query)")
        return try lines.dropFirst().dropLast().map { try WireCoding.decode(Line.self, from: Data($0.utf8)) }
    }

    private static func answer<Body: Codable & Sendable>(
        _ type: Body.Type, _ target: String, _ daemon: TestDaemon
    ) async throws -> Body {
        let response = try await daemon.get("\(target)at=\(AuditSamples.at)")
        #expect(response.status == 200, "\(target): \(response.text)")
        return try WireCoding.decode(Body.self, from: Data(response.body))
    }

    private static let scopes = [
        "", "influencer=ana", "campaign=c1", "campaign=c2", "campaign=c1&influencer=bob", "position=9",
        "influencer=cleo",
    ]

    @Test func postingsAreThoseOfTheStatement() async throws {
        try await withAuditSamples { daemon in
            for scope in Self.scopes {
                let position = scope == "position=9" ? 9 : AuditSamples.count
                if scope == "influencer=cleo" {
                    #expect(try await Self.lines(PostingBody.self, "postings", scope, daemon).isEmpty)
                }
                let lines = try await Self.lines(PostingBody.self, "postings", scope, position: position, daemon)
                let statement = try await Self.answer(
                    StatementBody.self, "/v1/statements?from=1970-01-01&to=9999-12-31&limit=1000&\(scope)&", daemon)
                // Influencer by influencer, then media; a statement's are sorted already.
                let ordered = ["ana", "bob", nil].flatMap { owner in
                    statement.items.filter { $0.influencerId == owner }
                }
                #expect(lines == ordered, "\(scope)")
            }
            let all = try await Self.lines(PostingBody.self, "postings", "", daemon)
            #expect(all.map(\.id) == ["04", "06", "07", "z8", "a9", "11", "12", "10"])
        }
    }

    @Test func influencersAreTheSingleAnswers() async throws {
        try await withAuditSamples { daemon in
            let lines = try await Self.lines(ExportedInfluencerBody.self, "influencers", "", daemon)
            #expect(lines.map(\.influencer.influencerId) == ["ana", "bob", "cleo"])
            for line in lines {
                let single = try await Self.answer(
                    InfluencerBody.self, "/v1/influencers/\(line.influencer.influencerId)?", daemon)
                #expect(line.influencer == single)
            }
            #expect(lines.map(\.registered) == ["2026-01-01T12:00:00Z", nil, "2026-01-25T12:00:00Z"])
            #expect(lines.map(\.platform) == ["instagram", nil, "instagram"])
            #expect(lines.map(\.engagements) == [0, 320, 0])
            #expect(lines[0].homeTopics == ["books"])
            let members = try await Self.lines(ExportedInfluencerBody.self, "influencers", "campaign=c2", daemon)
            #expect(members == Array(lines.prefix(2)))
            let one = try await Self.lines(ExportedInfluencerBody.self, "influencers", "influencer=cleo", daemon)
            #expect(one == [lines[2]])
        }
    }

    @Test func postsAreThoseOfTheLists() async throws {
        try await withAuditSamples { daemon in
            let lines = try await Self.lines(ExportedPostBody.self, "posts", "", daemon)
            #expect(lines.map(\.id) == ["15", "14"])
            #expect(lines.map(\.position) == [15, 14])
            for line in lines {
                let list = try await Self.answer(
                    ItemList<PostBody>.self, "/v1/influencers/\(line.influencerId)/posts?", daemon)
                #expect(list.items == [line.post])
            }
            let campaign = try await Self.lines(ExportedPostBody.self, "posts", "campaign=c1", daemon)
            #expect(campaign == [lines[1]])
        }
    }

    @Test func exceptionsAreThoseOfTheRegister() async throws {
        try await withAuditSamples { daemon in
            for scope in Self.scopes {
                let position = scope == "position=9" ? 9 : AuditSamples.count
                let lines = try await Self.lines(ExceptionBody.self, "exceptions", scope, position: position, daemon)
                let list = try await Self.answer(ItemList<ExceptionBody>.self, "/v1/exceptions?\(scope)&", daemon)
                let owners = ["ana", "bob"].flatMap { id in list.items.filter { $0.influencerId == id } }
                #expect(lines == owners + list.items.filter { $0.influencerId == nil }, "\(scope)")
            }
        }
    }

    @Test func headIsTheFirstPartWithoutItsBody() async throws {
        try await withAuditSamples { daemon in
            let connection = try daemon.connect()
            try await connection.send(
                "HEAD /v1/export/postings HTTP/1.1\r\nhost: l\r\n\r\nGET /livez HTTP/1.1\r\nhost: l\r\n\r\n")
            #expect(try await connection.receiveHead().status == 200)
            #expect(try await connection.receive().text == #"{"reasons":[],"status":"ok"}"#)
        }
    }

    @Test func anExportIsOfItsBeginningWhateverArrivesMeanwhile() async throws {
        try await withDaemon { daemon in
            // More than a client's socket holds, so that the daemon has to wait for it half way.
            let influencers = 5000
            let names = (0..<influencers).map { "i\(10_000 + $0)" }
            for part in stride(from: 0, to: influencers, by: 2500) {
                let lines = names[part..<part + 2500].map { Samples.registered($0, id: "r.\($0)") }
                #expect(try await daemon.post(lines.joined(separator: "\n")).status == 201)
            }
            try await daemon.settled(influencers)
            let connection = try daemon.connect()
            try await connection.send("GET /v1/export/influencers HTTP/1.1\r\nhost: l\r\n\r\n")
            let head = try await connection.receive(toHead: true)
            #expect(head.status == 200)
            var text = try await connection.receiveChunk() ?? ""
            // A newcomer behind all, and something new of the last one there is.
            let measured = Samples.measured(names[influencers - 1], id: "m", followers: 12_000)
            #expect(try await daemon.post(Samples.registered("z", id: "z") + "\n" + measured).status == 201)
            try await daemon.settled(influencers + 2)
            while let chunk = try await connection.receiveChunk() { text += chunk }
            let lines = text.split(separator: "\n")
            #expect(lines.count == influencers + 2)
            #expect(lines[0].contains(#""influencers":5000"#) && lines[0].contains(#""position":5000"#))
            #expect(lines.last == #"{"count":5000,"end":true}"#)
            #expect(lines[influencers].contains(#""tier":"unknown""#))
            let now = try await daemon.get("/v1/influencers/\(names[influencers - 1])").text
            #expect(now.contains(#""tier":"micro""#))
        }
    }
}
