package import LedgerAPI

/// Postings as a Beancount file: accounts are opened, commodities declared, and each transaction carries its event as
/// metadata.
package struct BeancountWriter: ExportTextWriter {
    package static let stream = "postings"

    /// The day on which accounts are opened: events are of 1970 and later.
    private static let openingDay = "1970-01-01"
    private static let accountColumns = 30

    package var bytes: [UInt8] = []
    private var declarations = Declarations()
    private var count = 0

    package init() {}

    package mutating func begin(_ moment: ExportMoment) {
        write(
            """
            ; Campaign Ledger: postings for Beancount.
            \(BookkeepingText.comments(on: moment))
            ; Balances by influencer: bean-query FILE \
            "SELECT entry_meta('influencer') AS influencer, account, sum(position) GROUP BY influencer, account"

            option "title" "Campaign Ledger"


            """)
        for account in AccountChart.accounts where (try? declarations.isNew(account: account)) == true {
            write("\(Self.openingDay) open \(account)\n")
        }
    }

    package mutating func add(_ posting: PostingBody) throws(ExportFault) {
        let entry = try BookkeepingEntry(posting)
        let debit = try AccountChart.beancountName(posting.debit)
        let credit = try AccountChart.beancountName(posting.credit)
        var text = "\n"
        for account in [debit, credit] where try declarations.isNew(account: account) {
            text += "\(Self.openingDay) open \(account)\n"
        }
        if declarations.isNew(currency: entry.currency) {
            text += "\(Self.openingDay) commodity \(entry.currency)\n"
        }
        // Tokens hold neither a quote nor a backslash.
        text += "\(entry.day) * \"\(entry.payee)\" \"\(entry.type)\"\n  position: \(entry.position)\n"
        for (key, value) in entry.tags {
            text += "  \(key): \"\(value)\"\n"
        }
        text += BookkeepingText.line(debit, entry.amount, entry.currency, columns: Self.accountColumns, indent: "  ")
        text += BookkeepingText.line(
            credit, Decimals.negated(entry.amount), entry.currency, columns: Self.accountColumns, indent: "  ")
        write(text)
        count += 1
    }

    package mutating func finish() {
        write("\n; The end: \(count) transactions.\n")
    }
}
