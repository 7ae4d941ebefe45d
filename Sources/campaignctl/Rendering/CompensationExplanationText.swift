import LedgerAPI

/// Why sums of compensation are what they are: the accounts between which the money went.
enum CompensationExplanationText {
    static func render(_ answer: Answered<ExplainedCompensationBody>, _ style: Style) -> String {
        let body = answer.body
        let explanation = body.explanation
        var text =
            CompensationText.section(
                body.compensation, byCampaign: body.byCampaign, reportable: body.reportable, of: body.influencerId,
                style) + "\n"
        text += section("All campaigns", explanation.compensation, style)
        for (campaign, currencies) in explanation.byCampaign.sorted(by: { $0.key < $1.key }) {
            text += section("Campaign \(TerminalText.escape(campaign))", currencies, style)
        }
        text += reportable(explanation.reportable, style)
        let currency = explanation.compensation.keys.min() ?? "EUR"
        return text
            + style.flow(
                [
                    "the postings of a sum and their events:",
                    "campaignctl compensation \(Shell.quote(body.influencerId)) --sum due --currency \(currency)",
                ], separator: " ", indent: "  ", paint: .dim) + StandingText.render(answer.standing, style)
    }

    private static func section(
        _ title: String, _ currencies: [String: [String: SumExplanationBody]], _ style: Style
    ) -> String {
        guard !currencies.isEmpty else { return "" }
        var table = Table(
            .left("sum"), .left("debit"), .left("credit"), .right("postings"), .right("amount"))
        table.keyColumns = 3
        for (currency, values) in currencies.sorted(by: { $0.key < $1.key }) {
            for name in names(values) {
                table.rows += rows(name, currency, values[name], style)
            }
        }
        return "  " + style.paint(title, .bold) + "\n" + table.text(style, indent: "    ") + "\n"
    }

    /// The sums that we know in their order, then others by name.
    private static func names(_ values: [String: SumExplanationBody]) -> [String] {
        let known = NamedSum.all.map(\.name)
        return known.filter { values[$0] != nil } + values.keys.filter { !known.contains($0) }.sorted()
    }

    private static func rows(
        _ name: String, _ currency: String, _ sum: SumExplanationBody?, _ style: Style
    ) -> [[Table.Cell]] {
        guard let sum else { return [] }
        let parts: [[Table.Cell]] = sum.parts.map { part in
            [
                "", .init(part.debit), .init(part.credit), .init(Figures.grouped(part.count)),
                .init("\(part.amount) \(currency)"),
            ]
        }
        let value: [Table.Cell] = [
            .init(name, .bold), "", "", .init(Figures.grouped(sum.parts.map(\.count).reduce(0, +)), .bold),
            .init("\(sum.value) \(currency)", .bold),
        ]
        return [value] + parts
    }

    private static func reportable(_ years: [String: [ReportablePartBody]], _ style: Style) -> String {
        guard !years.isEmpty else { return "" }
        var table = Table(
            .left("reportable"), .left("kind"), .right("postings"), .right("amount"), .left(""))
        for (year, parts) in years.sorted(by: { $0.key < $1.key }) {
            for part in parts {
                table.add(
                    .init(year), .init(part.kind), .init(Figures.grouped(part.count)), .init(part.amount),
                    .init(part.currency))
            }
        }
        return table.text(style, indent: "  ") + "\n"
    }

    /// Postings as a list of their own.
    static func renderPostings(
        _ answer: Answered<ItemList<PostingBody>>, title: String, _ style: Style
    ) -> String {
        style.paint(TerminalText.escape(title), .bold) + "\n" + ReasonText.postings(answer.body.items, style)
            + Figures.count(answer.body.items.count, "posting") + "\n" + StandingText.more(answer.body.next, style)
            + StandingText.render(answer.standing, style)
    }
}
