import LedgerAPI

/// A statement: what each account held before a span of days, what was posted in it, what it held after it.
enum StatementText {
    static func render(_ answer: Answered<StatementBody>, _ style: Style) -> String {
        let body = answer.body
        let whose = [body.influencerId.map { "influencer \($0)" }, body.campaignId.map { "campaign \($0)" }]
            .compactMap { $0 }.joined(separator: ", ")
        let title = "Statement of \(whose.isEmpty ? "everyone" : whose), \(body.from) to \(body.to)"
        let postings =
            body.items.isEmpty
            ? "no postings in these days\n"
            : ReasonText.postings(body.items, style)
        return style.paint(TerminalText.escape(title), .bold) + "\n" + accounts(body, style) + "\n" + postings
            + "\(Figures.grouped(body.items.count)) of \(Figures.count(body.postingCount, "posting"))\n"
            + StandingText.more(body.next, style) + StandingText.render(answer.standing, style)
    }

    private static func accounts(_ body: StatementBody, _ style: Style) -> String {
        guard !body.accounts.isEmpty else { return "  no account was ever moved\n" }
        var table = Table(
            .left("account"), .left(""), .right("opening"), .right("debits"), .right("credits"), .right("closing"))
        table.keyColumns = 2
        for account in body.accounts {
            table.add(
                .init(account.account), .init(account.currency), .init(account.opening), .init(account.debits),
                .init(account.credits), .init(account.closing, .bold))
        }
        return table.text(style, indent: "  ")
    }
}
