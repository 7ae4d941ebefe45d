package import LedgerAPI

/// Postings as one journal for `hledger` and `ledger`, strict in both: accounts, commodities, payees and tags are
/// declared before their first use, and every transaction balances by itself.
package struct JournalWriter: ExportTextWriter {
    package static let stream = "postings"

    /// The tags of a transaction.
    static let tags = ["position", "source", "id", "type", "time", "influencer", "campaign"]
    private static let accountColumns = 30

    package var bytes: [UInt8] = []
    private var declarations = Declarations()
    private var payee: String?
    private var count = 0

    package init() {}

    package mutating func begin(_ moment: ExportMoment) {
        write(
            """
            ; Campaign Ledger: postings for hledger and ledger.
            \(BookkeepingText.comments(on: moment))
            ; Balances of one influencer: hledger bal payee:^ada$
            ;                             ledger bal @/^ada$/
            ; of one campaign:            hledger bal tag:campaign=^spring$
            ;                             ledger bal %campaign=^spring$


            """)
        for tag in Self.tags {
            write("tag \(tag)\n")
        }
        write("\n")
        for account in AccountChart.accounts where (try? declarations.isNew(account: account)) == true {
            write("account \(account)\n")
        }
    }

    package mutating func add(_ posting: PostingBody) throws(ExportFault) {
        let entry = try BookkeepingEntry(posting)
        let debit = try AccountChart.journalName(posting.debit)
        let credit = try AccountChart.journalName(posting.credit)
        var text = "\n"
        for account in [debit, credit] where try declarations.isNew(account: account) {
            text += "account \(account)\n"
        }
        if declarations.isNew(currency: entry.currency) {
            text += "commodity \(entry.currency)\n" + Self.format(entry)
        }
        if entry.payee != payee {
            // The stream goes influencer by influencer: nobody else's name has to be kept in memory.
            text += "payee \(entry.payee)\n"
            payee = entry.payee
        }
        text += "\(entry.day) * (\(entry.position)) \(entry.payee)\n    ; position: \(entry.position)\n"
        for (key, value) in entry.tags {
            text += "    ; \(key): \(value)\n"
        }
        text += BookkeepingText.line(debit, entry.amount, entry.currency, columns: Self.accountColumns, indent: "    ")
        text += BookkeepingText.line(
            credit, Decimals.negated(entry.amount), entry.currency, columns: Self.accountColumns, indent: "    ")
        write(text)
        count += 1
    }

    package mutating func finish() {
        write("\n; The end: \(count) transactions.\n")
    }

    /// How many minor digits the currency has. `hledger` wants a decimal point here and `ledger` none without digits
    /// after it: a currency without minor digits goes without, and both take it from the amounts.
    private static func format(_ entry: BookkeepingEntry) -> String {
        let places = Decimals.places(entry.amount)
        return places == 0 ? "" : "    format 1000.\(String(repeating: "0", count: places)) \(entry.currency)\n"
    }
}
