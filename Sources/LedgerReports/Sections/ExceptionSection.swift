import LedgerAPI

/// What does not add up.
struct ExceptionSection {
    static let rowsMax = 500

    let exceptions: [ExceptionBody]
    let isWhole: Bool

    var section: ReportPage.Section {
        guard !exceptions.isEmpty else {
            return ReportPage.Section(
                id: "exceptions", title: "Exceptions", content: [.element("p", [.text("None are open.")])])
        }
        let rest: [Markup] =
            isWhole
            ? [] : [.element("p", ["class": "note"], [.text("There are more than the \(exceptions.count) here.")])]
        return ReportPage.Section(
            id: "exceptions", title: "Exceptions",
            content: [ExceptionStrip.table(exceptions, isWhole: isWhole).markup] + rest + [table.markup])
    }

    private var table: ReportTable {
        let shown = exceptions.prefix(Self.rowsMax)
        let all = "\(isWhole ? "" : "more than ")\(exceptions.count)"
        let which = isWhole && exceptions.count == shown.count ? "" : ", the first \(shown.count) of \(all)"
        return ReportTable(
            "Open exceptions\(which)",
            [
                .text("kind"), .time("since"), .text("of"), .text("thing"), .text("campaign"), .number("units"),
                .number("amount"), .text("events"), .text("positions"),
            ],
            shown.map(Self.row))
    }

    private static func row(_ entry: ExceptionBody) -> [ReportTable.Cell] {
        let subject = entry.influencerId.map { "influencer \($0)" } ?? entry.campaignId.map { "campaign \($0)" }
        let about = entry.about
        return [
            .init(entry.kind, "bad"), .init(entry.since), .init(subject ?? "–"), .init(about.thingId ?? "–"),
            .init(about.campaignId ?? "–"), .init(about.quantity.map { Decimals.grouped($0) } ?? "–"),
            .init(about.amount.map { "\($0) \(about.currency ?? "")" } ?? "–"),
            .init(entry.events.map { "\($0.source) \($0.id)" }.joined(separator: ", ")),
            .init(entry.positions.map { String($0) }.joined(separator: ", ")),
        ]
    }
}
