import Foundation
import LedgerAPI
import ProgrammeSimulator
import Testing

extension SystemSuite {
    /// Lists of the release daemon while events arrive. How fast a page is, `ledger-bench lists` measures.
    @Suite("Lists under writes")
    struct ListsUnderWritesTests {
        private typealias List = Answered<ItemList<InfluencerItemBody>>

        private static let influencers = 100_000
        /// Half of the influencers: those who stay where they are.
        private static let stillEvery = 2
        private static let eventsPerSecond = 5_000
        private static let batch = 100
        private static let pageItems = 1_000

        @Test(
            "Paging through 100,000 influencers while 5,000 events/s arrive neither misses nor repeats any that did not move",
            .timeLimit(.minutes(3)))
        func paging() async throws {
            note("lists: \(try await onThread { try Self.run() })")
        }

        private static func run() throws -> String {
            let folder = try TemporaryFolder()
            let daemon = try DaemonProcess(folder.path)
            let client = daemon.client()
            for start in stride(from: 0, to: influencers, by: 5_000) {
                let body = (start..<min(start + 5_000, influencers)).map { fee($0, "f", cents: cents($0)) }
                _ = try client.post(Array(body.joined().utf8))
            }
            let head = try client.head()
            _ = try client.json("/v1/influencers?sort=due&currency=EUR&limit=1&minPosition=\(head)")
            let done = Guarded(false)
            let results = try inParallel(2) { number -> String in
                if number == 0 { return "\(try write(daemon, until: done)) events" }
                defer { done.with { $0 = true } }
                return try page(daemon)
            }
            try daemon.stop()
            return results.joined(separator: ", ")
        }

        /// Pages through the list some times. Everyone who does not move has to be there, once, in order.
        private static func page(_ daemon: DaemonProcess) throws -> String {
            let client = daemon.client()
            let still = (0..<influencers).filter { $0 % stillEvery == 0 }.sorted {
                cents($0) != cents($1) ? cents($0) > cents($1) : name($0) < name($1)
            }.map(name)
            var (pages, tables, oldest) = (0, Set<UInt64>(), 0.0)
            // By how much a list was older than it may be.
            var excess = -Double.infinity
            let end = Date().addingTimeInterval(8)
            repeat {
                var seen: [String] = []
                var cursor: String?
                repeat {
                    let next = cursor.map { "&cursor=\($0)" } ?? ""
                    let reply = try client.get("/v1/influencers?sort=due&currency=EUR&limit=\(pageItems)\(next)")
                    try require(reply.status == 200, "a list answers \(reply.status): \(reply.text.prefix(500))")
                    let list = try WireCoding.decode(List.self, from: Data(reply.body))
                    let now = Date()
                    let age = now.timeIntervalSince(try Instants.date(list.standing.at))
                    oldest = max(oldest, age)
                    excess = max(excess, age - Freshness.secondsMax(at: now.timeIntervalSince1970))
                    tables.insert(list.standing.position)
                    seen += list.body.items.map(\.influencer.influencerId).filter { $0.hasPrefix("still-") }
                    cursor = list.body.next
                    pages += 1
                    Thread.sleep(forTimeInterval: 0.02)
                } while cursor != nil
                try require(
                    seen == still, "\(seen.count) of \(still.count) who stand still were listed, or out of order")
            } while Date() < end
            try require(tables.count >= 3, "the lists hardly moved: \(tables.count) positions in \(pages) pages")
            try require(
                excess <= 0, "a list was \(excess) s older than it may be, and one \(oldest) s behind the clock")
            return "\(pages) pages of \(tables.count) tables, at most \(oldest) s old"
        }

        /// Posts at a fixed rate: those who move get fees, others are new.
        private static func write(_ daemon: DaemonProcess, until done: Guarded<Bool>) throws -> Int {
            let client = daemon.client()
            let begin = Date()
            var number = 0
            while !done.with({ $0 }) {
                let lines = (number..<number + batch).map { event in
                    event % 10 == 0
                        ? fee(influencers + event, "n", cents: 1 + event % 9_000)
                        : fee((event * 7 % influencers) | 1, "m\(event)", cents: 1 + event % 500)
                }
                _ = try client.post(Array(lines.joined().utf8))
                number += batch
                let due = begin.addingTimeInterval(Double(number) / Double(eventsPerSecond))
                Thread.sleep(forTimeInterval: max(0, due.timeIntervalSinceNow))
            }
            return number
        }

        private static func name(_ number: Int) -> String {
            number < influencers && number % stillEvery == 0 ? "still-\(number)" : "moving-\(number)"
        }

        private static func cents(_ number: Int) -> Int { 1 + number * 31 % 5_000 }

        private static func fee(_ number: Int, _ id: String, cents: Int) -> String {
            let amount = "\(cents / 100).\(cents % 100 < 10 ? "0" : "")\(cents % 100)"
            return """
                {"specversion":"1.0","id":"\(id)-\(number)","source":"urn:test","type":"fee.accrued",\
                "time":"2026-01-04T12:00:00Z","data":{"influencerId":"\(name(number))","campaignId":"c1",\
                "feeId":"\(id)","kind":"fee","amount":{"currency":"EUR","amount":"\(amount)"}}}

                """
        }
    }
}
