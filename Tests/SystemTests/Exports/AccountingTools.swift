import Foundation

/// What a balance is of: nobody's is that of all. Money is in minor units.
struct BalanceKey: Hashable, CustomStringConvertible {
    var owner: String
    var account: String
    var currency: String

    var description: String { "\(owner) \(account) \(currency)" }
}

typealias Balances = [BalanceKey: Int]

/// The programs that read exports (Debian: hledger, ledger, beancount, sqlite3), asked for balances.
struct AccountingTools {
    static let names = ["hledger", "ledger", "bean-check", "bean-query", "sqlite3"]

    static var areInstalled: Bool { names.allSatisfy { Files.exists("/usr/bin/\($0)") } }

    /// Minor digits of the currencies of the tests.
    static let places = ["EUR": 2, "GBP": 2, "JPY": 0, "KWD": 3, "USD": 2]

    let journal: String
    let beancount: String
    let sqlite: String

    /// Throws unless each program accepts its file in its strictest mode.
    func check() throws {
        _ = try Self.run("hledger", ["-f", journal, "check", "--strict"])
        _ = try Self.run("ledger", ["-f", journal, "--strict", "--pedantic", "--check-payees", "balance"])
        let beans = try Self.run("bean-check", [beancount])
        try require(beans.isEmpty, "bean-check says:\n\(beans.prefix(2_000))")
        let sound = try Self.run("sqlite3", [sqlite, "PRAGMA integrity_check; PRAGMA foreign_key_check"])
        try require(sound == "ok\n", "SQLite says:\n\(sound.prefix(2_000))")
    }

    // MARK: Of everyone

    func hledgerTotals() throws -> Balances {
        let text = try Self.run("hledger", ["-f", journal] + Self.hledgerBalance)
        return try Self.rows(text, separator: ",").dropFirst().reduce(into: [:]) { balances, cells in
            try balances.add("", cells[0], cells[1], cells[2])
        }
    }

    func ledgerTotals(_ currencies: Set<String>) throws -> Balances {
        try currencies.reduce(into: [:]) { balances, currency in
            let text = try Self.run("ledger", ["-f", journal] + Self.ledgerBalance(currency))
            for cells in Self.rows(text, separator: "|") {
                try balances.add("", cells[0], currency, cells[1])
            }
        }
    }

    func beancountTotals() throws -> Balances {
        let query = "SELECT account, currency, sum(position) AS s GROUP BY account, currency"
        let text = try Self.run("bean-query", ["-f", "csv", beancount, query])
        return try Self.rows(text, separator: ",").dropFirst().reduce(into: [:]) { balances, cells in
            try balances.add("", cells[0], cells[1], cells[2])
        }
    }

    func sqliteTotals() throws -> Balances {
        // From the postings themselves, and not from the file's table of balances.
        let query = """
            SELECT account, currency, sum(minor) FROM (
                SELECT debit AS account, currency, minor FROM postings
                UNION ALL SELECT credit, currency, -minor FROM postings) GROUP BY account, currency
            """
        return try Self.rows(Self.run("sqlite3", [sqlite, query]), separator: "|").reduce(into: [:]) {
            $0[BalanceKey(owner: "", account: $1[0], currency: $1[1])] = Int($1[2])
        }
    }

    // MARK: Of each influencer

    func hledgerByInfluencer(_ accounts: Set<String>) throws -> Balances {
        try accounts.reduce(into: [:]) { balances, account in
            let arguments = ["-f", journal] + Self.hledgerBalance + ["--pivot", "influencer", "acct:^\(account)$"]
            for cells in Self.rows(try Self.run("hledger", arguments), separator: ",").dropFirst()
            where !cells[0].isEmpty {
                try balances.add(cells[0], account, cells[1], cells[2])
            }
        }
    }

    func ledgerByInfluencer(_ currencies: Set<String>) throws -> Balances {
        try currencies.reduce(into: [:]) { balances, currency in
            let arguments = ["-f", journal] + Self.ledgerBalance(currency) + ["--pivot", "influencer"]
            for cells in Self.rows(try Self.run("ledger", arguments), separator: "|") {
                let parts = cells[0].split(separator: ":", maxSplits: 2).map { String($0) }
                guard parts.first == "influencer", parts.count == 3 else { continue }
                try balances.add(parts[1], parts[2], currency, cells[1])
            }
        }
    }

    func beancountByInfluencer() throws -> Balances {
        let query = """
            SELECT entry_meta('influencer') AS i, account, currency, sum(position) AS s GROUP BY i, account, currency
            """
        let text = try Self.run("bean-query", ["-f", "csv", beancount, query])
        return try Self.rows(text, separator: ",").dropFirst().reduce(into: [:]) { balances, cells in
            guard !cells[0].isEmpty else { return }
            try balances.add(cells[0], cells[1], cells[2], cells[3])
        }
    }

    func sqliteByInfluencer() throws -> Balances {
        let query = """
            SELECT influencerId, account, currency, sum(balanceMinor) FROM balances
            WHERE influencerId IS NOT NULL GROUP BY 1, 2, 3
            """
        return try Self.rows(Self.run("sqlite3", [sqlite, query]), separator: "|").reduce(into: [:]) {
            $0[BalanceKey(owner: $1[0], account: $1[1], currency: $1[2])] = Int($1[3])
        }
    }

    // MARK: Running

    private static let hledgerBalance = ["balance", "-E", "-N", "-O", "csv", "--layout", "bare"]

    private static func ledgerBalance(_ currency: String) -> [String] {
        [
            "balance", "--flat", "-E", "--no-total", "-l", "commodity==\"\(currency)\"", "--balance-format",
            "%(account)|%(quantity(display_total))\n",
        ]
    }

    static func run(_ name: String, _ arguments: [String]) throws -> String {
        let environment = ["PATH": "/usr/bin:/bin", "HOME": "/tmp", "LC_ALL": "C.UTF-8"]
        let outcome = try Subprocess.run(
            "/usr/bin/\(name)", arguments, environment: environment, timeoutSeconds: 120)
        try require(outcome.status == 0, "\(name) ends with \(outcome.status): \(outcome.errors.prefix(2_000))")
        return outcome.text
    }

    private static func rows(_ text: String, separator: Character) -> [[String]] {
        text.split(whereSeparator: \.isNewline).map { line in
            line.split(separator: separator, omittingEmptySubsequences: false).map {
                $0.filter { $0 != "\"" && $0 != " " }
            }
        }
    }
}

extension Balances {
    /// - Parameter amount: A decimal; a program may leave trailing zeros out, put the currency after it, or write nothing
    ///   for zero.
    fileprivate mutating func add(
        _ owner: String, _ account: String, _ currency: String, _ amount: String
    ) throws {
        guard let places = AccountingTools.places[currency] else { throw SystemFailure("a balance in \(currency)") }
        let digits = amount.filter { !$0.isLetter }
        let parts = (digits.isEmpty ? "0" : digits).split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        let padded = fraction + String(repeating: "0", count: Swift.max(0, places - fraction.count))
        guard padded.count == places, let minor = Int(parts[0] + padded) else {
            throw SystemFailure("\(account) is \(amount) \(currency)")
        }
        self[BalanceKey(owner: owner, account: account, currency: currency)] = minor
    }

    /// Without what is zero: programs differ in showing it.
    var settled: Balances { filter { $0.value != 0 } }
}
