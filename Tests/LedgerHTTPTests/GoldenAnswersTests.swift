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
            let efficiency = try await daemon.get("/v1/campaigns/\(id)/efficiency?\(query)").json()
            #expect(same(efficiency["efficiency"], fields["efficiency"]), "\(id): \(efficiency)")
        }
        for limit in [1, 1000] {
            let found = try await exceptions(daemon, "\(query)&limit=\(limit)")
            #expect(same(found, expected["exceptions"]), "limit \(limit): \(found)")
        }
        let balance = try await daemon.get("/v1/trial-balance?\(query)").json()
        #expect(same(balance["trialBalance"], expected["trialBalance"]))
    }

    /// The whole register, page by page, without what the histories leave out.
    private static func exceptions(_ daemon: TestDaemon, _ query: String) async throws -> [[String: Any]] {
        var items: [[String: Any]] = []
        var cursor: String?
        repeat {
            let page = try await daemon.get("/v1/exceptions?\(query)\(cursor.map { "&cursor=\($0)" } ?? "")").json()
            for var item in page["items"] as? [[String: Any]] ?? [] {
                let (events, positions) = (item["events"] as? [Any], item.removeValue(forKey: "positions") as? [Any])
                #expect(events?.count == positions?.count)
                #expect(item.removeValue(forKey: "about") != nil)
                items.append(item)
            }
            cursor = page["next"] as? String
        } while cursor != nil
        return items
    }

    private static func same(_ left: Any?, _ right: Any?) -> Bool {
        (left as? NSObject)?.isEqual(right) ?? (right == nil)
    }
}
