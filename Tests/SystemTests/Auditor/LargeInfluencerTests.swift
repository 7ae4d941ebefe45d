import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("An influencer with 10,000 events")
    struct LargeInfluencerTests {
        private static let seed: UInt64 = 4_003
        private static let events = 10_000
        private static let points = 60
        /// Seconds from event to event.
        private static let pace = 5_400
        /// What issue 4 promises of an answer as of any point.
        private static let boundMilliseconds = 50.0
        /// Of a point, the quickest of so many answers is taken: other programs use the machine too.
        private static let tries = 3

        @Test("Is answered as of any point in under 50 ms", .timeLimit(.minutes(2)))
        func quickly() async throws {
            let slowest = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                let lines = Self.lines()
                for first in stride(from: 0, to: lines.count, by: 1_000) {
                    let batch = lines[first..<min(first + 1_000, lines.count)]
                    _ = try client.post(Array(batch.joined(separator: "\n").utf8))
                }
                let head = try client.head()
                try require(head == UInt64(Self.events), "the head is \(head)")
                let ada = "/v1/influencers/ada"
                _ = try client.json("\(ada)?minPosition=\(head)")
                var random = Random(seed: Self.seed)
                var slowest: [String: Double] = [:]
                for number in 0..<Self.points {
                    // The first of them is all that there is.
                    let position = number == 0 ? Self.events : random.within(2...Self.events)
                    let seconds = number == 0 ? Self.events * Self.pace : random.within(86_400...80_000_000)
                    let at = Instants.text(secondsSince1970: Instants.newYear2025 + seconds)
                    let query = "at=\(at)&position=\(position)"
                    for path in ["\(ada)?", "\(ada)/trust?", "\(ada)/advocacy?", "\(ada)/compensation?"] {
                        let taken = try Self.milliseconds("\(path)\(query)", client)
                        slowest[path] = max(slowest[path] ?? 0, taken)
                    }
                    for part in ["trust", "advocacy", "compensation"] {
                        let path = "\(ada)/\(part)?explain=true&"
                        slowest[path] = max(slowest[path] ?? 0, try Self.milliseconds("\(path)\(query)", client))
                    }
                }
                let history = "\(ada)/trust/history?limit=1000&step=6h&at=2026-09-01T00:00:00Z"
                note("a page of 1,000 points of a history: \(try Self.milliseconds(history, client)) ms")
                try daemon.stop()
                return slowest
            }
            note("10,000 events, seed \(Self.seed), slowest of \(Self.points) points in ms: \(slowest)")
            for (path, taken) in slowest { #expect(taken < Self.boundMilliseconds, "\(path)") }
        }

        private static func milliseconds(_ target: String, _ client: HTTPClient) throws -> Double {
            var best = Double.infinity
            for _ in 0..<tries {
                let begin = Date()
                let reply = try client.get(target)
                best = min(best, Date().timeIntervalSince(begin) * 1_000)
                try require(reply.status == 200, "GET \(target) answers \(reply.status): \(reply.text.prefix(500))")
            }
            return best
        }

        /// A registration and an audience, then posts with what comes of them and money, an hour and a half apart.
        private static func lines() -> [String] {
            (0..<events).map { number in
                let time = Instants.text(secondsSince1970: Instants.newYear2025 + number * pace)
                let (type, data) = event(number, of: number / 10)
                return
                    #"{"specversion":"1.0","id":"\#(number)","source":"urn:large","type":"\#(type)","time":"\#(time)","#
                    + #""data":{"influencerId":"ada",\#(data)}}"#
            }
        }

        private static func event(_ number: Int, of group: Int) -> (type: String, data: String) {
            let campaign = #""campaignId":"c\#(group % 50)""#
            let amount = #""amount":{"currency":"EUR","amount":"\#(group % 90 + 1).50"}"#
            switch number {
            case 0: return ("influencer.registered", #""platform":"instagram","niches":["books","tea"]"#)
            case 1: return ("audience.measured", #""followers":50000,"suspiciousBp":100"#)
            default: break
            }
            switch number % 10 {
            case 0, 1, 2:
                let isOwn = number % 10 == 0
                return (
                    "post.published",
                    #""postId":"p\#(number)","platform":"instagram","topics":["t\#(number % 7)"],"brandIds":["b\#(group % 80)"],"#
                        + (isOwn
                            ? #""connection":"none""#
                            : "\(campaign),"
                                + #""connection":"fee","disclosure":"clear""#)
                )
            case 3, 4, 5:
                return (
                    "engagement.recorded",
                    #""postId":"p\#(number - 3)","likes":\#(900 + number % 70),"comments":\#(number % 40)"#
                )
            case 6:
                return (
                    "conversation.recorded",
                    #""from":"2024-12-01T00:00:00Z","commentsReceived":9,"commentsReplied":7,"#
                        + #""directMessagesReceived":3,"directMessagesReplied":2"#
                )
            case 7:
                return ("collaboration.agreed", #"\#(campaign),"kind":"paid","deliverables":2,"deadlineDays":30"#)
            case 8: return ("fee.accrued", #"\#(campaign),"feeId":"f\#(group)","kind":"fee",\#(amount)"#)
            default: return ("payout.initiated", #"\#(campaign),"payoutId":"o\#(group)",\#(amount)"#)
            }
        }
    }
}
