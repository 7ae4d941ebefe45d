import Foundation
import LedgerAPI

extension SystemSuite.ExportTests {
    /// Exports a ledger of these events in every form, and holds what the programs sum against the ledger's answers.
    static func compare(_ events: String, currencies: Set<String>) throws -> String {
        let folder = try TemporaryFolder()
        let daemon = try DaemonProcess(folder.path, arguments: ["--policy", policyPath])
        try post(events, daemon)
        let position = try daemon.client().head()
        let moment = ["--position", "\(position)", "--at", at]
        let tools = AccountingTools(
            journal: try export(["--format", "journal"] + moment, to: "\(folder.path)/a.journal", daemon),
            beancount: try export(["--format", "beancount"] + moment, to: "\(folder.path)/a.beancount", daemon),
            sqlite: try export(["--format", "sqlite"] + moment, to: "\(folder.path)/a.sqlite", daemon))
        try tools.check()
        let query = "position=\(position)&at=\(at)"
        let trial = try trialBalance(daemon.client().json("/v1/trial-balance?\(query)"))
        try require(Set(trial.keys.map(\.currency)) == currencies, "\(Set(trial.keys.map(\.currency)))")
        try expect(tools.hledgerTotals(), trial, "hledger")
        try expect(tools.ledgerTotals(currencies), trial, "ledger")
        try expect(tools.beancountTotals(), trial, "bean-query")
        try expect(tools.sqliteTotals(), trial, "SQLite")
        let people = try compensation(daemon.client(), query)
        let accounts = Set(trial.keys.map(\.account))
        try expectCompensation(tools.hledgerByInfluencer(accounts), people, "hledger")
        try expectCompensation(tools.ledgerByInfluencer(currencies), people, "ledger")
        try expectCompensation(tools.beancountByInfluencer(), people, "bean-query")
        try expectCompensation(tools.sqliteByInfluencer(), people, "SQLite")
        let counts = try AccountingTools.run(
            "sqlite3", [tools.sqlite, "SELECT count(*) FROM events; SELECT count(*) FROM postings"])
        let numbers = counts.split(separator: "\n")
        try require(numbers.first.map { String($0) } == "\(position)", "\(counts) of \(position) events")
        try daemon.stop()
        return
            "\(position) events, \(numbers[1]) postings, \(trial.count) balances of all, \(people.count) of people"
    }

    private static func expect(_ found: Balances, _ expected: Balances, _ program: String) throws {
        let differing = Set(found.settled.keys).union(expected.settled.keys).filter {
            found[$0, default: 0] != expected[$0, default: 0]
        }
        let first = differing.prefix(5).map { "\($0): \(found[$0] ?? 0), not \(expected[$0] ?? 0)" }
        try require(differing.isEmpty, "\(program) finds \(differing.count) other balances: \(first)")
    }

    private static func expectCompensation(_ found: Balances, _ expected: Balances, _ program: String) throws {
        var sums: Balances = [:]
        for (key, minor) in found {
            for (sum, accounts, sign) in compensationAccounts where accounts.contains(key.account) {
                sums[BalanceKey(owner: key.owner, account: sum, currency: key.currency), default: 0] += sign * minor
            }
        }
        try expect(sums, expected, program)
    }

    /// The sums of an influencer's compensation that are balances of accounts (Projections, section 5).
    private static let compensationAccounts: [(sum: String, accounts: Set<String>, sign: Int)] = [
        ("giftsAtCost", ["Expenses:Gifts"], 1), ("due", ["Liabilities:Due"], -1),
        ("commissionsPending", ["Liabilities:Pending"], -1), ("inFlight", ["Liabilities:InFlight"], -1),
        ("paid", ["Assets:Cash"], -1), ("withheld", ["Liabilities:TaxWithheld"], -1),
        (
            "feesAccrued",
            ["Expenses:Fees", "Expenses:UsageRights", "Expenses:Bonuses", "Expenses:Reimbursements"], 1
        ),
    ]

    // MARK: The ledger's answers

    private static func trialBalance(_ answer: JSONValue) throws -> Balances {
        var balances: Balances = [:]
        for (currency, accounts) in answer["trialBalance"]?.members ?? [:] {
            for (account, minor) in accounts.members {
                balances[BalanceKey(owner: "", account: account, currency: currency)] = minor.integer.map {
                    Int($0)
                }
            }
        }
        return balances
    }

    private static func compensation(_ client: HTTPClient, _ query: String) throws -> Balances {
        var balances: Balances = [:]
        var cursor: String?
        repeat {
            let next = cursor.map { "&cursor=\($0)" } ?? ""
            let page = try client.json("/v1/influencers?limit=500&\(query)\(next)")
            for item in page["items"]?.items ?? [] {
                let owner = item["influencerId"]?.string ?? ""
                for (currency, sums) in item["compensation"]?.members ?? [:] {
                    for (sum, _, _) in compensationAccounts {
                        let minor = (sums[sum]?.string).flatMap { Int($0.filter { $0 != "." }) }
                        balances[BalanceKey(owner: owner, account: sum, currency: currency)] = minor
                    }
                }
            }
            cursor = page["next"]?.string
        } while cursor != nil
        return balances
    }
}
