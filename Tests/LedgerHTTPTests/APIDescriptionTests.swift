import Foundation
import LedgerAPI
import Testing

@testable import LedgerHTTP

/// The description and the daemon say the same.
@Suite(.serialized)
struct APIDescriptionTests {
    private static func document(_ daemon: TestDaemon) async throws -> [String: Any] {
        try await daemon.get("/openapi.json").json()
    }

    @Test func everyPathIsServedAndEveryRouteDescribed() async throws {
        try await withDaemon { daemon in
            let document = try await Self.document(daemon)
            #expect(document["openapi"] as? String == "3.1.0")
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            let described = Set(
                paths.flatMap { path, operations in operations.keys.map { "\($0.uppercased()) \(path)" } })
            #expect(described == Set(RouteTable.all.routes.map { "\($0.method) \($0.path)" }))
            // The method not described is the one refused: the daemon knows no more than the document.
            for (path, operations) in paths {
                let target = path.replacing(/\{[a-z]+\}/, with: "x")
                let answer = try await daemon.send("PUT \(target) HTTP/1.1\r\nhost: l\r\n\r\n")
                #expect(answer.status == 405, "\(path)")
                let allowed = Set((answer.headers["allow"] ?? "").components(separatedBy: ", ")).subtracting(["HEAD"])
                #expect(allowed == Set(operations.keys.map { $0.uppercased() }), "\(path)")
            }
        }
    }

    @Test func theParametersDescribedAreThoseTaken() async throws {
        try await withDaemon { daemon in
            let document = try await Self.document(daemon)
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            for (path, operations) in paths {
                guard let operation = operations["get"] else { continue }
                let parameters = operation["parameters"] as? [[String: Any]] ?? []
                let names = parameters.filter { $0["in"] as? String == "query" }.compactMap { $0["name"] as? String }
                let target = path.replacing(/\{[a-z]+\}/, with: "1")
                let answer = try await daemon.get("\(target)?not.a.parameter=1").json()
                let remedy = try #require(answer["remedy"] as? String, "\(path)")
                let expected =
                    names.isEmpty ? "This path takes no parameters." : "It takes \(names.joined(separator: ", "))."
                #expect(remedy == expected, "\(path)")
            }
        }
    }

    /// What a path cannot do without is described as required, and is a 400 that names it.
    @Test func theParametersRequiredAreThoseThatCannotBeMissing() async throws {
        try await withDaemon { daemon in
            let document = try await Self.document(daemon)
            let paths = try #require(document["paths"] as? [String: [String: [String: Any]]])
            var needed: [String: [String]] = [:]
            for (path, operations) in paths {
                guard let operation = operations["get"] else { continue }
                let parameters = operation["parameters"] as? [[String: Any]] ?? []
                let names = parameters.filter { $0["in"] as? String == "query" && $0["required"] as? Bool == true }
                    .compactMap { $0["name"] as? String }
                let answer = try await daemon.get(path.replacing(/\{[a-z]+\}/, with: "1"))
                let isMissing = answer.status == 400
                #expect(isMissing == !names.isEmpty, "\(path)")
                guard isMissing, let first = names.first else { continue }
                needed[path] = names
                let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
                #expect(problem.code == "missingParameter" && problem.detail == "\(first) is not given.", "\(path)")
                #expect((operation["responses"] as? [String: Any])?["400"] != nil, "\(path)")
            }
            #expect(
                needed == [
                    "/v1/influencers/{id}/trust/events": ["reason"],
                    "/v1/influencers/{id}/advocacy/events": ["reason"], "/v1/statements": ["from", "to"],
                ])
        }
    }

    @Test func everyReferenceIsToSomethingThatIsThere() throws {
        let data = try WireCoding.encode(APIDescription.document)
        let document = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let text = String(decoding: data, as: UTF8.self)
        var count = 0
        for match in text.matches(of: /"\$ref":"#\/([A-Za-z0-9\/]+)"/) {
            var node: Any? = document
            for part in match.output.1.split(separator: "/") { node = (node as? [String: Any])?[String(part)] }
            #expect(node != nil, "\(match.output.1)")
            count += 1
        }
        #expect(count > 50)
    }

    @Test func everyProblemCodeIsDescribed() throws {
        let text = String(decoding: try WireCoding.encode(APIDescription.document), as: UTF8.self)
        for code in ProblemCode.allCases { #expect(text.contains("\(code.rawValue): "), "\(code)") }
    }

    @Test func whatTheDaemonAnswersIsOfItsSchema() async throws {
        try await withDaemon { daemon in
            let posted = try await daemon.post(Samples.lines)
            try await daemon.settled(8)
            let document = try await Self.document(daemon)
            let check = SchemaCheck(document: document)
            #expect(check.faults(in: try posted.json(), of: "AppendAnswer") == [])
            let answers: [(String, String)] = [
                ("/v1/influencers", "InfluencerList"), ("/v1/influencers?sort=trust", "InfluencerList"),
                ("/v1/influencers/ana", "Influencer"),
                ("/v1/influencers/ana/trust", "InfluencerTrust"),
                ("/v1/influencers/ana/advocacy", "InfluencerAdvocacy"),
                ("/v1/influencers/ana/compensation", "InfluencerCompensation"),
                ("/v1/influencers/ana/trust?explain=true", "InfluencerTrust"),
                ("/v1/influencers/ana/advocacy?explain=true", "InfluencerAdvocacy"),
                ("/v1/influencers/ana/compensation?explain=true", "InfluencerCompensation"),
                ("/v1/influencers/ana/trust/events?reason=part.recentPosts", "EventReferenceList"),
                ("/v1/influencers/ana/advocacy/events?reason=flag.atRisk", "EventReferenceList"),
                ("/v1/influencers/ana/compensation/postings", "PostingList"),
                ("/v1/influencers/ana/trust/history?step=30d", "TrustHistory"),
                ("/v1/influencers/ana/posts", "PostList"), ("/v1/campaigns", "CampaignList"),
                ("/v1/campaigns/c1", "Campaign"), ("/v1/campaigns/c1/influencers", "CampaignInfluencerList"),
                ("/v1/campaigns/c1/compensation", "CampaignCompensation"),
                ("/v1/campaigns/c1/efficiency", "CampaignEfficiency"), ("/v1/campaigns/c1/funnel", "CampaignFunnel"),
                ("/v1/exceptions", "ExceptionList"),
                ("/v1/statements?from=2026-01-01&to=2026-12-31", "Statement"), ("/v1/trial-balance", "TrialBalance"),
                ("/v1/policies", "PolicyList"), ("/v1/policies/tax", "Policy"), ("/v1/status", "Status"),
                ("/livez", "Health"), ("/readyz", "Health"), ("/v1/events/1", "CloudEvent"), ("/v1/none", "Problem"),
            ]
            for (target, schema) in answers {
                let answer = try await daemon.get(target).json()
                #expect(check.faults(in: answer, of: schema) == [], "\(target)")
            }
            #expect(try await daemon.post(AuditSamples.lines).status == 201)
            try await daemon.settled(8 + AuditSamples.count)
            #expect(check.faults(in: try await daemon.get("/v1/exceptions").json(), of: "ExceptionList") == [])
            for (export, schema) in [
                ("postings", "Posting"), ("influencers", "ExportedInfluencer"), ("posts", "ExportedPost"),
                ("exceptions", "Exception"),
            ] {
                let lines = try await daemon.get("/v1/export/\(export)").text.split(separator: "\n")
                #expect(lines.count > 3, "\(export)")
                for (number, line) in lines.enumerated() {
                    let name = number == 0 ? "ExportBeginning" : number == lines.count - 1 ? "ExportEnd" : schema
                    let value = try JSONSerialization.jsonObject(with: Data(line.utf8))
                    #expect(check.faults(in: value, of: name) == [], "\(export): \(line)")
                }
            }
            let refused = try await daemon.post("{}").json()
            #expect(check.faults(in: refused, of: "Problem") == [])
            // The check itself can fail.
            #expect(!check.faults(in: ["status": "ok"], of: "Health").isEmpty)
            #expect(!check.faults(in: ["status": "fine", "reasons": [Int]()], of: "Health").isEmpty)
            #expect(!check.faults(in: ["status": "ok", "reasons": [String](), "more": 1], of: "Health").isEmpty)
        }
    }
}
