import Foundation
import Testing

/// The golden histories over the socket: posted in their order, asked for their answers, compared field by field.
@Suite(.serialized)
struct GoldenAnswersTests {
    /// The folder of the histories; nil where it is not there, and then this is skipped visibly.
    private static let folder: String? = {
        let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        let shared = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SHARED"] ?? root.path + "/shared"
        let folder = shared + "/golden"
        return FileManager.default.fileExists(atPath: folder + "/index.json") ? folder : nil
    }()

    private static let names: [String] = {
        guard let folder, let files = try? FileManager.default.contentsOfDirectory(atPath: folder) else { return [] }
        return files.filter { $0.hasSuffix(".ndjson") }.map { String($0.dropLast(7)) }.sorted()
    }()

    @Test(.enabled(if: folder != nil, "needs the golden histories beside the repository"), arguments: names)
    func theAnswersAreTheGoldenOnes(name: String) async throws {
        let folder = try #require(Self.folder)
        let lines = try String(contentsOfFile: "\(folder)/\(name).ndjson", encoding: .utf8)
        let file = try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name).expected.json"))
        let text = String(decoding: file, as: UTF8.self)
        try await withDaemon { daemon in
            let posted = try await daemon.post(lines)
            #expect(posted.status == 201, "\(posted.text)")
            try await Self.compare(daemon, expected: Data(text.utf8))
        }
    }

    private static func compare(_ daemon: TestDaemon, expected data: Data) async throws {
        let expected = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        let at = try #require(expected["at"] as? String)
        let position = try #require(expected["head"] as? Int)
        try await daemon.settled(position)
        let query = "at=\(at)&position=\(position)"
        let influencers = try #require(expected["influencers"] as? [String: [String: Any]])
        let list = try await daemon.get("/v1/influencers?\(query)").json()
        let listed = (list["items"] as? [[String: Any]] ?? []).compactMap { $0["influencerId"] as? String }
        #expect(listed == influencers.keys.sorted())
        for (id, fields) in influencers {
            let answer = try await daemon.get("/v1/influencers/\(id)?\(query)").json()
            for (name, value) in fields { #expect(same(answer[name], value), "\(id) \(name)") }
            #expect(same(answer["policyVersion"], expected["policyVersion"]), "\(id)")
        }
        let campaigns = try #require(expected["campaigns"] as? [String: [String: Any]])
        for (id, fields) in campaigns {
            let answer = try await daemon.get("/v1/campaigns/\(id)/compensation?\(query)").json()
            #expect(same(answer["compensation"], fields["compensation"]), "\(id)")
        }
        let balance = try await daemon.get("/v1/trial-balance?\(query)").json()
        #expect(same(balance["trialBalance"], expected["trialBalance"]))
    }

    private static func same(_ left: Any?, _ right: Any?) -> Bool {
        (left as? NSObject)?.isEqual(right) ?? (right == nil)
    }
}
