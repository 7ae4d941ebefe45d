import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Golden histories, as an auditor asks them")
    struct AuditorGoldenTests {
        private static let seed: UInt64 = 4_001
        private static let points = 200
        private static let pathsOfPoint = 5

        @Test(
            "At 200 points of a history an answer for position and at is that of a ledger of the events up to there",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .timeLimit(.minutes(2)),
            arguments: GoldenHistory.all)
        func asOf(history: GoldenHistory) async throws {
            note("\(history.name): points of seed \(Self.seed)")
            let count = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                var check = AsOfCheck()
                var waiting = Self.points(of: history)[...]
                var head: UInt64 = 0
                for line in [[]] + history.lines {
                    if !line.isEmpty { head = try client.post(line, as: MediaType.cloudEvent).answer.head }
                    while let point = waiting.first, point.position == head {
                        try check.ask(point, client)
                        waiting.removeFirst()
                    }
                }
                try require(waiting.isEmpty, "\(waiting.count) points are behind the history's end")
                try check.compare(client, head: head)
                try daemon.stop()
                return check.count
            }
            #expect(count == Self.points * Self.pathsOfPoint)
        }

        /// Points in the order of their positions, at instants of the events and others.
        private static func points(of history: GoldenHistory) -> [AsOfCheck.Point] {
            var random = Random(seed: seed)
            let times = history.events.compactMap { $0.json["time"]?.string?.replacing("+", with: "%2B") }
            let head = Set(history.events.map(\.identity)).count
            let people = ids("influencerId", of: history)
            let campaigns = ids("campaignId", of: history)
            let drawn = (0..<points).map { _ in
                let later = Instants.text(
                    secondsSince1970: Instants.newYear2025 + random.within(0...(600 * 86_400)))
                return AsOfCheck.Point(
                    position: UInt64(random.within(0...head)),
                    at: Bool.random(using: &random) ? random.pick(times) : later,
                    paths: paths(person: random.pick(people), campaigns: campaigns, &random))
            }
            return drawn.sorted { $0.position < $1.position }
        }

        private static func paths(person: String, campaigns: [String], _ random: inout Random) -> [String] {
            let influencer = "/v1/influencers/\(person)"
            let explained = random.pick(["trust", "advocacy", "compensation"])
            let campaign = campaigns.isEmpty ? "none" : random.pick(campaigns)
            let all = [
                "/v1/influencers?", "\(influencer)?", "\(influencer)/\(explained)?explain=true&",
                "\(influencer)/compensation/postings?", "\(influencer)/posts?", "/v1/campaigns?",
                "/v1/campaigns/\(campaign)/compensation?", "/v1/campaigns/\(campaign)/influencers?",
                "/v1/trial-balance?", "/v1/policies?",
            ]
            return Array(all.shuffled(using: &random).prefix(pathsOfPoint))
        }

        private static func ids(_ name: String, of history: GoldenHistory) -> [String] {
            Set(history.events.compactMap { $0.json["data"]?[name]?.string }).sorted()
        }

        @Test(
            "Explanations of a history add up, name their events, and its points are the single answers",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .timeLimit(.minutes(2)),
            arguments: GoldenHistory.all)
        func explained(history: GoldenHistory) async throws {
            let (named, points) = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                let head = try client.post(Array(history.lines.joined(separator: [10]))).answer.head
                let position = history.position.map { "&position=\($0)" } ?? ""
                let common = "at=\(history.at)&minPosition=\(head)\(position)"
                var check = ExplanationCheck(client, query: common, limit: 2)
                let histories = HistoryCheck(client: client, query: "&minPosition=\(head)\(position)")
                var random = Random(seed: Self.seed)
                var points = 0
                for item in try client.json("/v1/influencers?\(common)")["items"]?.items ?? [] {
                    guard let id = item["influencerId"]?.string else { throw SystemFailure("no influencerId") }
                    try check.check(id)
                    points += try histories.check(
                        id, from: "2025-06-30T00:00:00Z", to: history.at, asked: 10, random: &random)
                }
                try daemon.stop()
                return (check.named, points)
            }
            #expect(named > 0)
            #expect(points > 0)
        }
    }
}
