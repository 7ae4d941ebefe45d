import LedgerAPI

/// Money over time, the balances of the accounts and the postings.
struct MoneySection {
    static let rowsMax = 500

    /// From before the first posting to the day of the report.
    let statement: StatementBody
    /// All pages' postings, by day.
    let postings: [PostingBody]
    let isWhole: Bool
    /// The sums and how they are made, which differ by what the report is about.
    let sums: [Markup]

    var section: ReportPage.Section {
        let flows = MoneyFlow.flows(postings)
        let rest: [Markup] =
            isWhole
            ? []
            : [
                .element(
                    "p", ["class": "note"], [.text("There are more postings than the \(postings.count) drawn here.")])
            ]
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
            : [.element("h3", [.text("Accounts and postings")]), balances.markup, list.markup]
        return ReportPage.Section(id: "money", title: "Money", content: rest + plots + sums + accounts)
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

    private var list: ReportTable {
        let newest = postings.suffix(Self.rowsMax).reversed()
        let which =
            newest.count < statement.postingCount
            ? "\(newest.count) of \(Decimals.grouped(statement.postingCount))" : "all \(newest.count)"
        return ReportTable(
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
    }
}
