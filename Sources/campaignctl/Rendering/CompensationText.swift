import LedgerAPI

/// What an influencer has received, is owed, and must report; amounts per currency, never added across currencies.
enum CompensationText {
    static func render(_ answer: Answered<InfluencerCompensationBody>, _ style: Style) -> String {
        let body = answer.body
        return section(
            body.compensation, byCampaign: body.byCampaign, reportable: body.reportable, of: body.influencerId, style)
            + "\n" + StandingText.render(answer.standing, style)
    }

    static func section(
        _ total: [String: CompensationSums], byCampaign: [String: [String: CompensationSums]],
        reportable: [String: ReportableYear], of influencer: String, _ style: Style
    ) -> String {
        let title = style.paint("Compensation of \(TerminalText.escape(influencer))", .bold)
        guard !total.isEmpty || !reportable.isEmpty else { return "\(title): none\n" }
        return "\(title)\n" + sums(total, byCampaign, style) + years(reportable, style)
    }

    // MARK: Sums

    private static func sums(
        _ total: [String: CompensationSums], _ byCampaign: [String: [String: CompensationSums]], _ style: Style
    ) -> String {
        var table = sumsTable(first: "campaign")
        for (campaign, currencies) in byCampaign.sorted(by: { $0.key < $1.key }) {
            for (currency, sums) in currencies.sorted(by: { $0.key < $1.key }) {
                table.rows.append(row(.init(campaign), currency, sums))
            }
        }
        for (currency, sums) in total.sorted(by: { $0.key < $1.key }) {
            table.rows.append(row(.init("all campaigns", .bold, isWhole: true), currency, sums))
        }
        return table.text(style, indent: "  ")
    }

    /// A table of sums whose first column is named by the caller.
    static func sumsTable(first title: String) -> Table {
        var table = Table(
            columns: [.left(title), .left("currency")] + NamedSum.all.map { .right($0.title) }, rows: [])
        table.keyColumns = 2
        return table
    }

    static func row(_ first: Table.Cell, _ currency: String, _ sums: CompensationSums) -> [Table.Cell] {
        [first, .init(currency)]
            + NamedSum.all.map { sum in
                let amount = sum.amount(sums)
                return .init(amount, paint(amount, of: sum.name))
            }
    }

    private static func paint(_ amount: String, of sum: String) -> Paint {
        switch sum {
        case "due": amount.hasPrefix("-") ? .bad : .plain
        case "receivable": isZero(amount) ? .plain : .warning
        default: .plain
        }
    }

    private static func isZero(_ amount: String) -> Bool {
        amount.allSatisfy { $0 == "0" || $0 == "." }
    }

    // MARK: Reportable years

    private static func years(_ years: [String: ReportableYear], _ style: Style) -> String {
        guard !years.isEmpty else { return "" }
        var table = Table(
            .left("year"), .left("currency"), .right("cash"), .right("gifts at value"), .right("total"),
            .left("reportable"))
        for (year, entry) in years.sorted(by: { $0.key < $1.key }) {
            for (currency, sums) in entry.currencies.sorted(by: { $0.key < $1.key }) {
                table.add(
                    .init(year), .init(currency), .init(sums.cash), .init(sums.gifts), .init(sums.total),
                    verdict(entry, currency))
            }
        }
        return "\n" + table.text(style, indent: "  ")
    }

    /// Only dollars are judged against the threshold.
    private static func verdict(_ year: ReportableYear, _ currency: String) -> Table.Cell {
        guard currency == "USD" else { return .init("not judged", .dim) }
        let threshold = year.thresholdUsd.map { "threshold \($0) USD" } ?? "no threshold"
        return year.reportable ? .init("yes, \(threshold)", .warning) : .init("no, \(threshold)")
    }
}
