import Foundation
import LedgerAPI
import ProgrammeSimulator
import Testing

extension SystemSuite {
    /// What an auditor asks of a simulated programme: one answer against another, over the real socket.
    @Suite("Audit")
    struct AuditTests {
        private static let at = "2026-06-01T00:00:00Z"
        private static let eventsCount = 30_000

        private static func programme() throws -> [[UInt8]] {
            var settings = SimulationSettings(
                seed: 4, influencers: 400, events: eventsCount, from: SimulatedInstant(year: 2025, month: 6, day: 1),
                to: SimulatedInstant(year: 2026, month: 6, day: 1))
            settings.firstPosition = 1
            var simulation = try Simulation(settings)
            var bytes: [UInt8] = []
            while simulation.next(into: &bytes) {}
            return bytes.split(separator: 10).map { Array($0) }
        }

        /// Runs the body with a daemon that holds the programme.
        private static func withProgramme(
            _ body: @escaping @Sendable (HTTPClient, DaemonProcess, Int) throws -> String
        ) async throws {
            let note = try await onThread {
                let lines = try programme()
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                for start in stride(from: 0, to: lines.count, by: 5_000) {
                    _ = try client.post(Array(lines[start..<min(start + 5_000, lines.count)].joined(separator: [10])))
                }
                _ = try client.json("/v1/policies?minPosition=\(lines.count)")
                let note = try body(client, daemon, lines.count)
                try daemon.stop()
                return note
            }
            SystemTests.note(note)
        }

        /// All items of a list, page by page.
        private static func items(_ target: String, limit: Int, _ client: HTTPClient) throws -> [JSONValue] {
            var items: [JSONValue] = []
            var cursor: String?
            repeat {
                let page = try client.json("\(target)&limit=\(limit)\(cursor.map { "&cursor=\($0)" } ?? "")")
                items += page["items"]?.items ?? []
                cursor = page["next"]?.string
            } while cursor != nil
            return items
        }

        // MARK: Statements

        @Test(
            "Statements close as they opened and were posted, join one another, and come to the trial balance",
            .timeLimit(.minutes(3)))
        func statements() async throws {
            try await Self.withProgramme { client, _, _ in
                let whole = try Self.statement("from=1970-01-01&to=9999-12-31", client)
                try Self.checkAgainstTrialBalance(whole, client)
                let early = try Self.statement("from=1970-01-01&to=2025-12-31", client)
                let late = try Self.statement("from=2026-01-01&to=9999-12-31", client)
                try require(early.count + late.count == whole.count, "the halves have other postings than the whole")
                for (account, line) in late.accounts {
                    try require(
                        line.opening == early.accounts[account]?.closing ?? 0, "\(account) opens as it did not close")
                    try require(line.closing == whole.accounts[account]?.closing, "\(account) closes at another sum")
                }
                try Self.checkSums(of: "influencer", "/v1/influencers?at=\(Self.at)", whole, hasMedia: false, client)
                try Self.checkSums(of: "campaign", "/v1/campaigns?at=\(Self.at)", whole, hasMedia: true, client)
                return "statements: \(whole.count) postings in \(whole.accounts.count) accounts"
            }
        }

        /// A statement in minor units: its lines by currency and account.
        private struct Sums {
            struct Line {
                var opening: Int128
                var debits: Int128
                var credits: Int128
                var closing: Int128
            }

            var accounts: [String: Line] = [:]
            var count = 0
        }

        private static func statement(_ query: String, _ client: HTTPClient) throws -> Sums {
            let answer = try client.json("/v1/statements?at=\(at)&limit=1&\(query)")
            var sums = Sums(count: Int(answer["postingCount"]?.integer ?? -1))
            for line in answer["accounts"]?.items ?? [] {
                func minor(_ name: String) throws -> Int128 {
                    guard let value = Int128((line[name]?.string ?? "").replacing(".", with: "")) else {
                        throw SystemFailure("\(query): \(name) is no amount")
                    }
                    return value
                }
                let found = Sums.Line(
                    opening: try minor("opening"), debits: try minor("debits"), credits: try minor("credits"),
                    closing: try minor("closing"))
                let account = "\(line["currency"]?.string ?? "") \(line["account"]?.string ?? "")"
                try require(found.closing == found.opening + found.debits - found.credits, "\(query): \(account)")
                sums.accounts[account] = found
            }
            return sums
        }

        private static func checkAgainstTrialBalance(_ whole: Sums, _ client: HTTPClient) throws {
            let balance = try client.json("/v1/trial-balance?at=\(at)")["trialBalance"]?.members ?? [:]
            var found = 0
            for (currency, accounts) in balance {
                for (account, sum) in accounts.members {
                    found += 1
                    try require(
                        whole.accounts["\(currency) \(account)"]?.closing == sum.integer.map { Int128($0) },
                        "\(currency) \(account) closes not at its balance")
                }
            }
            try require(
                found == whole.accounts.count && found > 0, "\(whole.accounts.count) accounts, \(found) balances")
        }

        /// The statements of everyone, or of every campaign, add up to that of all.
        private static func checkSums(
            of name: String, _ list: String, _ whole: Sums, hasMedia: Bool, _ client: HTTPClient
        ) throws {
            var closings: [String: Int128] = [:]
            var count = 0
            for item in try items(list, limit: 1000, client) {
                guard let id = item["\(name)Id"]?.string else { throw SystemFailure("an item without its id") }
                let own = try statement("from=1970-01-01&to=9999-12-31&\(name)=\(id)", client)
                count += own.count
                for (account, line) in own.accounts { closings[account, default: 0] += line.closing }
            }
            // Media are a campaign's alone.
            for (account, line) in whole.accounts where hasMedia || !account.hasSuffix(":Media") {
                try require(closings[account] == line.closing, "\(name): \(account) is \(closings[account] ?? 0)")
            }
            try require(hasMedia ? count == whole.count : count < whole.count, "\(name): \(count) postings")
        }

        // MARK: Pages, exports

        @Test(
            "Pages of any size, and exports, are the same postings and exceptions while events arrive",
            .timeLimit(.minutes(3)))
        func moments() async throws {
            try await Self.withProgramme { client, daemon, head in
                let position = head / 2
                let query = "at=\(Self.at)&position=\(position)"
                let statement = "/v1/statements?from=1970-01-01&to=9999-12-31&\(query)"
                let postings = try Self.items(statement, limit: 1000, client)
                let exceptions = try Self.items("/v1/exceptions?\(query)", limit: 1000, client)
                try require(postings.count > 1000 && exceptions.count > 20, "too little to page through")
                let small = try Self.items("/v1/exceptions?\(query)", limit: max(7, exceptions.count / 9), client)
                try require(small == exceptions, "small pages of exceptions are others")
                let smaller = try Self.items(statement, limit: 333, client)
                try require(smaller == postings, "small pages of postings are others")
                // Half of the lanes writes new events about the same influencers, the other half reads the past.
                _ = try inParallel(2) { lane in
                    let own = daemon.client()
                    if lane == 0 { return try Self.postAgain(own) }
                    for _ in 0..<3 { try Self.checkExports(query, postings, exceptions, own) }
                    try Self.checkPresent(own)
                }
                let grown = try client.head()
                try require(grown > UInt64(head), "nothing arrived meanwhile")
                return "moments: \(postings.count) postings, \(exceptions.count) exceptions at \(position) of \(grown)"
            }
        }

        /// Posts the programme's events as new ones, a hundred at a time.
        private static func postAgain(_ client: HTTPClient) throws {
            let lines = try programme().prefix(10_000).map { String(decoding: $0, as: UTF8.self) }
                .filter { !$0.contains("policy.published") && !$0.contains("event.retracted") }
                .map { $0.replacing(/"source":"[^"]*"/, with: #""source":"urn:again""#, maxReplacements: 1) }
            for start in stride(from: 0, to: lines.count, by: 100) {
                let part = lines[start..<min(start + 100, lines.count)]
                _ = try client.post(Array(part.joined(separator: "\n").utf8))
            }
        }

        /// The exports of a moment are what the lists of it were.
        private static func checkExports(
            _ query: String, _ postings: [JSONValue], _ exceptions: [JSONValue], _ client: HTTPClient
        ) throws {
            let exported = try ExportedLines("/v1/export/postings?\(query)", client)
            try require(query.hasSuffix("=\(exported.beginning.position)"), "another position")
            try require(byEvent(exported.lines) == byEvent(postings), "the export has other postings")
            let register = try ExportedLines("/v1/export/exceptions?\(query)", client)
            try require(
                ExportedLines.texts(register.lines) == ExportedLines.texts(exceptions),
                "the export has other exceptions")
        }

        /// An export of now is what the statement of its own position is.
        private static func checkPresent(_ client: HTTPClient) throws {
            let now = try ExportedLines("/v1/export/postings?at=\(at)", client)
            let moment = "at=\(at)&position=\(now.beginning.position)"
            let paged = try items("/v1/statements?from=1970-01-01&to=9999-12-31&\(moment)", limit: 1000, client)
            try require(
                now.lines.count == paged.count && byEvent(now.lines) == byEvent(paged), "it is of no one moment")
        }

        private static func byEvent(_ postings: [JSONValue]) -> [Int64: JSONValue] {
            Dictionary(postings.map { ($0["position"]?.integer ?? -1, $0) }) { first, _ in first }
        }
    }
}
