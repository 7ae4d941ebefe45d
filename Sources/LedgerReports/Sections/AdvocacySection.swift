import LedgerAPI

/// The stage, the flags and the metrics, with every rule's conditions.
struct AdvocacySection {
    let answer: ExplainedAdvocacyBody

    var section: ReportPage.Section {
        let advocacy = answer.advocacy
        let flags = advocacy.flags.isEmpty ? "none" : advocacy.flags.joined(separator: ", ")
        return ReportPage.Section(
            id: "advocacy", title: "Advocacy",
            content: [
                .element(
                    "p",
                    [
                        .text("Stage "), .element("strong", [.text(advocacy.stage)]),
                        .text(", \(advocacy.stageRank) of 7. Flags: \(flags)."),
                    ]),
                stages.markup, flagRules.markup, metrics.markup,
            ])
    }

    private static let columns: [ReportTable.Column] = [
        .text("holds"), .text("brand"), .text("counted"), .number("found"), .text("asked"), .text("met"),
        .text("positions of the events"),
    ]

    private var stages: ReportTable {
        ReportTable(
            "Stages: the last whose rule holds", [.text("stage")] + Self.columns,
            answer.explanation.stages.flatMap { Self.rows("\($0.stageRank) \($0.stage)", $0.holds, $0.ways) })
    }

    private var flagRules: ReportTable {
        ReportTable(
            "Flags: each whose rule holds", [.text("flag")] + Self.columns,
            answer.explanation.flags.flatMap { Self.rows($0.flag, $0.holds, $0.ways) })
    }

    private static func rows(_ name: String, _ holds: Bool, _ ways: [AdvocacyWayBody]) -> [[ReportTable.Cell]] {
        var rows: [[ReportTable.Cell]] = []
        for (index, way) in ways.enumerated() {
            for (place, condition) in way.conditions.enumerated() {
                let lead: [ReportTable.Cell] =
                    rows.isEmpty
                    ? [.init(name, holds ? "strong" : nil), answer(holds)]
                    : [.init(place == 0 && index > 0 ? "or" : "and"), ""]
                let comparison = condition.comparison == "atMost" ? "at most" : "at least"
                rows.append(
                    lead + [
                        .init(place == 0 ? way.brandId ?? "" : ""), .init(condition.count),
                        .init(Decimals.grouped(condition.found)),
                        .init("\(comparison) \(Decimals.grouped(condition.bound))"), answer(condition.holds),
                        ReasonCell.cell(condition.events),
                    ])
            }
        }
        return rows.isEmpty
            ? [[.init(name, holds ? "strong" : nil), answer(holds), "", "always", "", "", "", ""]] : rows
    }

    private static func answer(_ holds: Bool) -> ReportTable.Cell {
        holds ? .init("yes", "good") : .init("no")
    }

    private var metrics: ReportTable {
        ReportTable(
            "Metrics",
            [
                .text("metric"), .number("part"), .number("of"), .number("share"), .text(""),
                .text("positions of the events"),
            ],
            answer.explanation.metrics.map { metric in
                [
                    .init(metric.metric), .init(Decimals.grouped(metric.part)), .init(Decimals.grouped(metric.whole)),
                    .init(metric.valueBp.map { Decimals.percent(bp: Int128($0)) } ?? "–"),
                    metric.valueBp.map { .init(ShareBar.markup(Int128($0), of: 10_000)) } ?? "",
                    ReasonCell.cell(metric.events),
                ]
            })
    }
}
