import LedgerAPI

/// Trust over time, and how the score was derived.
struct TrustSection {
    let answer: ExplainedTrustBody
    let history: [TrustPointBody]
    let isHistoryWhole: Bool

    var section: ReportPage.Section {
        ReportPage.Section(id: "trust", title: "Trust", content: plots + derivation)
    }

    private var plots: [Markup] {
        guard isHistoryWhole else {
            // The first points of a span say nothing about its end.
            let sentence =
                "The span asked for has more points than the \(Decimals.grouped(history.count)) that were fetched "
                + "for this page: none is drawn. Ask for a longer --step, or for a shorter span with --from and --to."
            return [.element("p", ["class": "note"], [.text(sentence)])]
        }
        let plot = TrustPlot(history)
        guard let score = plot.score, let components = plot.components else {
            return [.element("p", [.text("There is no point in the span asked for.")])]
        }
        return [
            .element("h3", [.text("Score over time")]), score,
            .element("h3", [.text("Components over time")]), components,
            .block(
                "details", [:],
                [.element("summary", [.text("The \(plot.points.count) points as a table")]), plot.table.markup]),
        ]
    }

    // MARK: Derivation

    private var derivation: [Markup] {
        [.element("h3", [.text("How the score was derived")]), contributions.markup]
            + answer.explanation.components.map { component($0).markup }
            + [samples.markup] + caps + [evidence.markup]
    }

    private var contributions: ReportTable {
        let explanation = answer.explanation
        var table = ReportTable(
            "Score: weight × value of each component, less what caps take",
            [.text("component"), .number("value"), .text(""), .number("weight"), .number("contribution")])
        for item in explanation.components {
            table.add(
                .init(item.component), .init(Decimals.percent(bp: Int128(item.value))),
                .init(ShareBar.markup(Int128(item.value), of: 10_000)), .init("\(item.weight)"),
                .init(Self.score(item.contribution)))
        }
        let weights = explanation.components.map(\.weight).reduce(0, +)
        table.add("sum", "", "", .init("\(weights)"), .init(Self.score(answer.trust.beforeCaps)))
        table.add(
            "caps take", "", "", "", .init(Self.score(explanation.capping), explanation.capping < 0 ? "bad" : nil))
        table.add(.init("score", "strong"), "", "", "", .init(answer.trust.score, "strong"))
        return table
    }

    private static func score(_ raw: Int64) -> String {
        Decimals.text(Int128(raw), places: 4)
    }

    private func component(_ item: TrustComponentBody) -> ReportTable {
        let isBeta = item.parts.contains { $0.good > 0 || $0.bad > 0 }
        let weights: [ReportTable.Column] = isBeta ? [.number("good, weighed"), .number("bad, weighed")] : []
        var table = ReportTable(
            "\(item.component): points in ten-thousandths that add up to its value",
            [.text("part"), .number("count")] + weights
                + [.number(TrustPartText.pointsTitle), .text("positions of the events")])
        for part in item.parts {
            let weighed = [part.good, part.bad].map {
                ReportTable.Cell(Decimals.short(Int128(clamping: $0), places: 9))
            }
            table.rows.append(
                [.init(part.part), .init(TrustPartText.count(part))] + (isBeta ? weighed : [])
                    + [.init("\(part.points)", part.points < 0 ? "bad" : nil), ReasonCell.cell(part.events)])
        }
        let blank: [ReportTable.Cell] = isBeta ? ["", "", ""] : [""]
        let value: [ReportTable.Cell] = [.init("\(item.value)", "strong"), ""]
        table.rows.append([.init("value", "strong")] + blank + value)
        return table
    }

    private var samples: ReportTable {
        let explanation = answer.explanation
        let posts = explanation.authenticity
        let engagement = explanation.engagement
        var table = ReportTable("What components were worked out from", [.text("what"), .text("numbers")])
        table.add(
            "authenticity",
            .init(
                "posts \(Decimals.grouped(posts.posts)), sponsored \(Decimals.grouped(posts.sponsored)), "
                    + "brands \(Decimals.grouped(posts.brands))"))
        table.add(
            "engagement quality",
            .init(
                "posts \(Decimals.grouped(engagement.posts)), likes \(Decimals.grouped(engagement.likes)), "
                    + "comments \(Decimals.grouped(engagement.comments)), "
                    + "followers \(engagement.followers.map { Decimals.grouped($0) } ?? "unknown"), "
                    + "suspicious \(Decimals.percent(bp: Int128(engagement.suspiciousBp))), "
                    + "anomalies \(Decimals.grouped(engagement.anomalies))"))
        let topics = explanation.homeTopics
        let names = topics.topics.isEmpty ? "none" : topics.topics.joined(separator: ", ")
        table.add(.init("home topics (\(topics.source))"), .init(names))
        return table
    }

    private var caps: [Markup] {
        guard !answer.explanation.caps.isEmpty else {
            return [.element("p", [.text("No cap applies.")])]
        }
        var table = ReportTable(
            "Caps that apply", [.text("cap"), .number("at most"), .text("binds"), .text("positions"), .text("events")])
        for cap in answer.explanation.caps {
            let events = answer.trust.caps.first { $0.cap == cap.cap }?.events ?? []
            table.add(
                .init(cap.cap), .init(Self.score(cap.limit)),
                answer.trust.beforeCaps > cap.limit ? .init("yes", "bad") : "no", ReasonCell.cell(cap.events),
                .init(events.map { "\($0.source) \($0.id)" }.joined(separator: ", ")))
        }
        return [table.markup]
    }

    private var evidence: ReportTable {
        var table = ReportTable(
            "Evidence: how much the score rests on",
            [.text("evidence"), .number("count"), .text("positions of the events")])
        for item in answer.explanation.evidence {
            table.add(.init(item.kind), .init(Decimals.grouped(item.count)), ReasonCell.cell(item.events))
        }
        table.add(
            .init(answer.trust.evidence, "strong"), .init(Decimals.grouped(answer.trust.evidenceCount), "strong"), "")
        return table
    }
}
