import LedgerAPI

/// Why a stage is reached and a flag is raised: every rule with what it counts and what it asks for.
enum AdvocacyExplanationText {
    static func render(_ answer: Answered<ExplainedAdvocacyBody>, _ style: Style) -> String {
        let body = answer.body
        return AdvocacyText.section(body.advocacy, of: body.influencerId, style) + "\n"
            + stages(body.explanation.stages, style) + "\n" + flags(body.explanation.flags, style) + "\n"
            + metrics(body.explanation.metrics, style) + "\n"
            + ReasonText.hint("advocacy", id: body.influencerId, example: "count.activePosts", style)
            + StandingText.render(answer.standing, style)
    }

    private static func rules(_ title: String) -> Table {
        var table = Table(
            .left(title), .left("counted"), .left("holds"), .left("brand"), .right("found"), .left("asked"),
            .left("met"), .left("positions"))
        table.keyColumns = 2
        return table
    }

    private static func stages(_ stages: [StageRuleBody], _ style: Style) -> String {
        var table = rules("stage")
        for stage in stages {
            table.rows += rows("\(stage.stageRank) \(stage.stage)", holds: stage.holds, stage.ways, style)
        }
        return table.text(style, indent: "  ")
    }

    private static func flags(_ flags: [FlagRuleBody], _ style: Style) -> String {
        var table = rules("flag")
        for flag in flags {
            table.rows += rows(flag.flag, holds: flag.holds, flag.ways, style)
        }
        return table.text(style, indent: "  ")
    }

    /// A rule's ways one after another; each begins with `or` but the first.
    private static func rows(
        _ name: String, holds: Bool, _ ways: [AdvocacyWayBody], _ style: Style
    ) -> [[Table.Cell]] {
        let verdict = answer(holds)
        var rows: [[Table.Cell]] = []
        for (index, way) in ways.enumerated() {
            for (place, condition) in way.conditions.enumerated() {
                let isFirst = rows.isEmpty
                let name = isFirst ? name : index > 0 && place == 0 ? "  or" : "  and"
                rows.append(
                    [
                        .init(name, isFirst && holds ? .bold : .plain), .init(condition.count),
                        isFirst ? verdict : "", .init(place == 0 ? way.brandId ?? "" : ""),
                    ] + cells(condition, style))
            }
        }
        return rows.isEmpty ? [[.init(name, holds ? .bold : .plain), "always", verdict]] : rows
    }

    private static func cells(_ condition: AdvocacyConditionBody, _ style: Style) -> [Table.Cell] {
        let comparison = condition.comparison == "atMost" ? "at most" : "at least"
        return [
            .init(Figures.grouped(condition.found)),
            .init("\(comparison) \(Figures.grouped(condition.bound))"), answer(condition.holds),
            .init(ReasonText.positions(condition.events, style)),
        ]
    }

    private static func answer(_ holds: Bool) -> Table.Cell {
        holds ? .init("yes", .good) : .init("no", .dim)
    }

    private static func metrics(_ metrics: [MetricShareBody], _ style: Style) -> String {
        var table = Table(
            .left("metric"), .right("part"), .left(""), .right("whole"), .right("share"), .left("positions"))
        for metric in metrics {
            table.add(
                .init(metric.metric), .init(Figures.grouped(metric.part)), "of", .init(Figures.grouped(metric.whole)),
                .init(metric.valueBp.map { Figures.percent(bp: $0) } ?? style.dash),
                .init(ReasonText.positions(metric.events, style)))
        }
        return table.text(style, indent: "  ")
    }
}
