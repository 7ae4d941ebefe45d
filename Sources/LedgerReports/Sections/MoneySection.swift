import LedgerAPI

/// Money over time, the balances of the accounts and the postings.
struct MoneySection {
    static let rowsMax = 500

    /// From before the first posting to the day of the report.
    let statement: StatementBody
    let postings: ReportPostings
    /// The sums and how they are made, which differ by what the report is about.
    let sums: [Markup]

    var section: ReportPage.Section {
        let flows = MoneyFlow.flows(postings.items, dueBefore: postings.dueBefore)
        let rest: [Markup] = omission.map { [.element("p", ["class": "note"], [.text($0)])] } ?? []
        let plots = flows.flatMap { flow -> [Markup] in
            let plot = MoneyPlot(flow: flow)
            return [
                .element("h3", [.text("Money over time in \(flow.currency)")]), plot.markup ?? .empty,
                plot.table.markup,
            ]
        }
        let accounts: [Markup] =
            statement.accounts.isEmpty
            ? [.element("p", [.text("No account was ever moved.")])]
            : [.element("h3", [.text("Accounts and postings")]), balances.markup] + list
        return ReportPage.Section(id: "money", title: "Money", content: rest + plots + sums + accounts)
    }

    /// Which postings are not on the page, if some are not.
    private var omission: String? {
        let count = Decimals.grouped(statement.postingCount)
        switch postings {
        case .all: return nil
        case .newest(let items, let span):
            return "Of \(count) postings the newest \(Decimals.grouped(items.count)) are drawn and listed, those from "
                + "\(span.from) on; what was due before is in the plot. Balances and sums are of all."
        case .tooMany:
            return "There are \(count) postings, and in the newest month more than the "
                + "\(Decimals.grouped(ReportPostings.itemsMax)) that a page takes: none is drawn or listed. Balances "
                + "and sums are of all; campaignctl export writes every posting."
        }
    }

    private var balances: ReportTable {
        ReportTable(
            "Balances of the accounts to \(statement.to), debits above zero",
            [.text("account"), .text("currency"), .number("debits"), .number("credits"), .number("balance")],
            statement.accounts.map { account in
                [
                    .init(account.account), .init(account.currency), .init(account.debits), .init(account.credits),
                    .init(account.closing, "strong"),
                ]
            })
    }

    private var list: [Markup] {
        if case .tooMany = postings { return [] }
        let newest = postings.items.suffix(Self.rowsMax).reversed()
        let which =
            newest.count < statement.postingCount
            ? "\(newest.count) of \(Decimals.grouped(statement.postingCount))" : "all \(newest.count)"
        let table = ReportTable(
            "Postings, newest first, \(which)",
            [
                .text("position"), .time("day"), .text("type"), .text("debit"), .text("credit"), .number("amount"),
                .text("currency"), .text("influencer"), .text("campaign"), .text("event"),
            ],
            newest.map { posting in
                [
                    .init("\(posting.position)"), .init(posting.day), .init(posting.type), .init(posting.debit),
                    .init(posting.credit), .init(posting.amount), .init(posting.currency),
                    .init(posting.influencerId ?? "–"), .init(posting.campaignId),
                    .init("\(posting.source) \(posting.id)"),
                ]
            })
        return [table.markup]
    }
}
