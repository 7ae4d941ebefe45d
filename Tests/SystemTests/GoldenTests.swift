import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Golden histories")
    struct GoldenTests {
        /// How a history's lines are posted.
        enum Arrival: Sendable {
            case oneByOne([[UInt8]])
            case together([[UInt8]])
        }

        private static let seeds: [UInt64] = [11, 12, 13]

        @Test("All seventeen histories are read", .enabled(if: Places.hasShared, "the shared folder is not here"))
        func complete() {
            #expect(GoldenHistory.all.count == 17)
        }

        @Test(
            "A history posted to the daemon has the expected answers in any order of arrival",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .timeLimit(.minutes(2)),
            arguments: GoldenHistory.all)
        func answers(history: GoldenHistory) async throws {
            var cases: [(String, Arrival)] = [
                ("in order of arrival, one by one", .oneByOne(history.lines)),
                ("in order of arrival, as one batch", .together(history.lines)),
            ]
            if !history.isOrdered {
                cases.append(("reversed", .oneByOne(try history.reversed())))
                for seed in Self.seeds {
                    cases.append(("shuffled with seed \(seed)", .oneByOne(try history.shuffled(seed: seed))))
                }
            }
            let tried = cases
            let lanes = 2
            let found = try await onThread {
                try inParallel(lanes) { lane in
                    try stride(from: lane, to: tried.count, by: lanes).flatMap { index in
                        try Self.differences(history, tried[index].1).map { "\(tried[index].0): \($0)" }
                    }
                }
            }
            for difference in found.joined() {
                Issue.record("\(history.name), \(difference)")
            }
        }

        /// Posts the lines to a new daemon and compares all that is asked.
        private static func differences(_ history: GoldenHistory, _ arrival: Arrival) throws -> [String] {
            let folder = try TemporaryFolder()
            let daemon = try DaemonProcess(folder.path)
            let client = daemon.client()
            switch arrival {
            case .oneByOne(let lines):
                for line in lines { _ = try client.post(line, as: MediaType.cloudEvent) }
            case .together(let lines):
                _ = try client.post(Array(lines.joined(separator: [10])))
            }
            let found = try JSONDifference.between(expected: expected(history), found: answer(history, client))
            try daemon.stop()
            return found
        }

        private static func expected(_ history: GoldenHistory) -> JSONValue {
            history.expected.without(["at"])
        }

        private static let standing: Set<String> = ["position", "head", "at", "policyVersion"]

        /// The daemon's answers, put together in the form of the golden ones.
        private static func answer(_ history: GoldenHistory, _ client: HTTPClient) throws -> JSONValue {
            let head = try client.head()
            var query = "at=\(history.at)&minPosition=\(head)"
            if let position = history.position { query += "&position=\(position)" }
            let list = try client.json("/v1/influencers?\(query)")
            var influencers: [String: JSONValue] = [:]
            for item in list["items"]?.items ?? [] {
                guard let id = item["influencerId"]?.string else { throw SystemFailure("an influencer without its id") }
                let single = try client.json("/v1/influencers/\(id)?\(query)")
                influencers[id] = single.without(standing.union(["influencerId"]))
                // What lists are sorted and filtered by besides is told in lists alone.
                try require(
                    item.without(["influencerId", "engagements", "platform", "homeTopics"]) == influencers[id],
                    "\(id) in the list is not as the single answer")
                try checkParts(of: single, id: id, query: query, client)
            }
            var campaigns: [String: JSONValue] = [:]
            for item in try client.json("/v1/campaigns?\(query)")["items"]?.items ?? [] {
                guard let id = item["campaignId"]?.string else { throw SystemFailure("a campaign without its id") }
                campaigns[id] = try campaign(id, query: query, client)
            }
            let balance = try client.json("/v1/trial-balance?\(query)")
            try require(balance["head"]?.integer == Int64(head), "head is \(String(describing: balance["head"]))")
            try require(balance["at"]?.string == history.at, "at is \(String(describing: balance["at"]))")
            return .object([
                "influencers": .object(influencers), "campaigns": .object(campaigns),
                "exceptions": .array(try exceptions(query: query, client)),
                "trialBalance": balance["trialBalance"] ?? .null, "head": balance["position"] ?? .null,
                "policyVersion": balance["policyVersion"] ?? .null,
            ])
        }

        /// A campaign's answers as one.
        private static func campaign(_ id: String, query: String, _ client: HTTPClient) throws -> JSONValue {
            var members: [String: JSONValue] = [:]
            for part in ["compensation", "efficiency"] {
                let answer = try client.json("/v1/campaigns/\(id)/\(part)?\(query)").without(standing)
                members.merge(answer.without(["campaignId"]).members) { _, other in other }
            }
            return .object(members)
        }

        /// The register, two entries a page, without what the histories do not have; the export has the same entries.
        private static func exceptions(query: String, _ client: HTTPClient) throws -> [JSONValue] {
            var items: [JSONValue] = []
            var cursor: String?
            repeat {
                let page = try client.json(
                    "/v1/exceptions?limit=2&\(query)\(cursor.map { "&cursor=\($0)" } ?? "")")
                items += page["items"]?.items ?? []
                cursor = page["next"]?.string
            } while cursor != nil
            let exported = try ExportedLines("/v1/export/exceptions?\(query)", client).lines
            try require(
                ExportedLines.texts(exported) == ExportedLines.texts(items),
                "the export has other exceptions than the register")
            return items.map { $0.without(["about", "positions"]) }
        }

        /// `/trust`, `/advocacy` and `/compensation` say what the whole answer says.
        private static func checkParts(
            of whole: JSONValue, id: String, query: String, _ client: HTTPClient
        ) throws {
            for part in ["trust", "advocacy", "compensation"] {
                let answer = try client.json("/v1/influencers/\(id)/\(part)?\(query)")
                for (key, value) in answer.members {
                    try require(whole[key] == value, "\(id)/\(part): \(key) is not as in the whole answer")
                }
            }
        }
    }
}
