/// The accounts of Projections, section 5, and how the tools write their names.
package enum AccountChart {
    /// Every account that the ledger posts to.
    package static let accounts = [
        "Assets:Cash", "Assets:Inventory", "Assets:Transit", "Expenses:Bonuses", "Expenses:Commissions",
        "Expenses:Fees", "Expenses:Gifts", "Expenses:Losses", "Expenses:Media", "Expenses:Reimbursements",
        "Expenses:UsageRights", "Liabilities:Due", "Liabilities:InFlight", "Liabilities:Media", "Liabilities:Pending",
        "Liabilities:TaxWithheld",
    ]

    /// The most accounts beyond the chart that one export declares: a newer daemon may know some.
    static let othersMax = 1_000

    /// For a journal: each part a token of letters, digits, `.` `_` `-` `~`, so no parenthesis or bracket makes it
    /// virtual and no two spaces end it.
    package static func journalName(_ account: String) throws(ExportFault) -> String {
        try checkLength(account)
        var parts: [String] = []
        for part in account.split(separator: ":", omittingEmptySubsequences: false) {
            parts.append(try ExportToken.name(String(part)))
        }
        return parts.joined(separator: ":")
    }

    /// For Beancount: one of its five roots, then parts that begin with a capital letter or a digit and hold letters,
    /// digits and `-`. Every other byte becomes `-` and two hexadecimal digits; a part that begins otherwise gets `X-`
    /// before it and its first byte encoded; an account under another root goes under `Equity`.
    package static func beancountName(_ account: String) throws(ExportFault) -> String {
        try checkLength(account)
        let parts = account.split(separator: ":", omittingEmptySubsequences: false).map {
            beancountPart(Array($0.utf8))
        }
        let isRooted = parts.count > 1 && ["Assets", "Liabilities", "Equity", "Income", "Expenses"].contains(parts[0])
        return (isRooted ? parts : ["Equity"] + parts).joined(separator: ":")
    }

    private static func checkLength(_ account: String) throws(ExportFault) {
        guard account.utf8.count <= ExportToken.textBytesMax else {
            throw .unwritableValue("The name of an account has \(account.utf8.count) bytes.")
        }
    }

    private static func beancountPart(_ bytes: [UInt8]) -> String {
        let beginsWell = bytes.first.map { (0x41...0x5A).contains($0) || (0x30...0x39).contains($0) } ?? false
        var name = beginsWell ? "" : "X-"
        for (index, byte) in bytes.enumerated() {
            let isKept = ExportToken.isLetterOrDigit(byte) && (index > 0 || beginsWell)
            name += isKept ? String(UnicodeScalar(byte)) : "-" + ExportToken.hexadecimal(byte)
        }
        return name
    }
}

/// What a file has declared so far. Each thing once, before its first use.
struct Declarations: Sendable {
    private(set) var accounts: Set<String> = []
    private var currencies: Set<String> = []

    /// Whether the account is to be declared now.
    mutating func isNew(account: String) throws(ExportFault) -> Bool {
        guard !accounts.contains(account) else { return false }
        guard accounts.count < AccountChart.accounts.count + AccountChart.othersMax else {
            throw .unwritableValue("The postings are to more than \(AccountChart.othersMax) accounts beyond the chart.")
        }
        accounts.insert(account)
        return true
    }

    /// Whether the currency is to be declared now. There are only so many words of three capitals.
    mutating func isNew(currency: String) -> Bool {
        currencies.insert(currency).inserted
    }
}
