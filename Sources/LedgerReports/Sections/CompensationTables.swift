import LedgerAPI

/// Sums of compensation and the accounts between which their money went.
enum CompensationTables {
    /// One row for each campaign and currency, the totals last.
    static func sums(_ rows: [(name: String, currency: String, sums: CompensationSums)], first: String) -> ReportTable {
        ReportTable(
            "Compensation", [.text(first), .text("currency")] + NamedSum.all.map { .number($0.title) },
            rows.map { row in
                [.init(row.name), .init(row.currency)]
                    + row.sums.amounts.map { .init($0, $0.hasPrefix("-") ? "bad" : nil) }
            })
    }

    /// How each sum of all campaigns was derived.
    static func derivation(_ explanation: CompensationExplanationBody) -> ReportTable {
        var table = ReportTable(
            "How each sum was derived: its postings by the accounts they go between",
            [.text("sum"), .text("currency"), .text("debit"), .text("credit"), .number("postings"), .number("amount")])
        for (currency, sums) in explanation.compensation.sorted(by: { $0.key < $1.key }) {
            for name in NamedSum.all {
                guard let sum = sums[name.name] else { continue }
                table.add(
                    .init(name.title, "strong"), .init(currency), "", "",
                    .init(Decimals.grouped(sum.parts.map(\.count).reduce(0, +))), .init(sum.value, "strong"))
                for part in sum.parts {
                    table.add(
                        "", .init(currency), .init(part.debit), .init(part.credit), .init(Decimals.grouped(part.count)),
                        .init(part.amount))
                }
            }
        }
        return table
    }

    /// What is reportable by year, with its parts.
    static func reportable(
        _ years: [String: ReportableYear], _ parts: [String: [ReportablePartBody]]
    ) -> [Markup] {
        guard !years.isEmpty else { return [] }
        var totals = ReportTable(
            "Reportable by calendar year",
            [
                .text("year"), .text("currency"), .number("cash"), .number("gifts at value"), .number("total"),
                .text("reportable"),
            ])
        for (year, entry) in years.sorted(by: { $0.key < $1.key }) {
            for (currency, sums) in entry.currencies.sorted(by: { $0.key < $1.key }) {
                let threshold = entry.thresholdUsd.map { "threshold \($0) USD" } ?? "no threshold"
                let verdict = currency == "USD" ? "\(entry.reportable ? "yes" : "no"), \(threshold)" : "not judged"
                totals.add(
                    .init(year), .init(currency), .init(sums.cash), .init(sums.gifts), .init(sums.total, "strong"),
                    .init(verdict))
            }
        }
        var table = ReportTable(
            "What each year is made of",
            [.text("year"), .text("kind"), .number("postings"), .number("amount"), .text("currency")])
        for (year, entries) in parts.sorted(by: { $0.key < $1.key }) {
            for part in entries {
                table.add(
                    .init(year), .init(part.kind), .init(Decimals.grouped(part.count)), .init(part.amount),
                    .init(part.currency))
            }
        }
        return [totals.markup, table.markup]
    }
}
