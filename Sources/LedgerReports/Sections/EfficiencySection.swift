import LedgerAPI

/// What a campaign costs and what it brings, and how unit costs were derived.
struct EfficiencySection {
    let efficiency: CampaignEfficiencyBody
    let budget: MoneyBody?

    var section: ReportPage.Section {
        var content: [Markup] = []
        if let budgetTable {
            content.append(budgetTable.markup)
        }
        content += efficiency.cost.isEmpty ? [.element("p", [.text("No cost yet.")])] : [costs.markup]
        content += [reach.markup, uplift.markup]
        content.append(
            .element(
                "p", ["class": "note"],
                [
                    .text(
                        "Paid uplift compares the reach of mature posts beside paid ads with that of the others. It is "
                            + "an association, not an effect: ads are bought for posts that do well anyway.")
                ]))
        return ReportPage.Section(id: "efficiency", title: "Cost and efficiency", content: content)
    }

    /// Cost and unit costs, by currency.
    var figures: [(title: String, value: String, note: String)] {
        efficiency.cost.sorted { $0.key < $1.key }.map { currency, cost in
            let each = cost.costPerEngagement.map { "\($0.decimal) \(currency) per engagement" }
            return ("cost", "\(cost.cost) \(currency)", each ?? "no engagements yet")
        }
    }

    private var budgetTable: ReportTable? {
        guard let budget, let whole = Decimals.parse(budget.amount)?.units, whole > 0 else { return nil }
        let cost = efficiency.cost[budget.currency]?.cost
        let spent = cost.flatMap { Decimals.parse($0)?.units } ?? 0
        let bp = spent * 10_000 / whole
        return ReportTable(
            "Spend against the budget, in the budget's currency",
            [.text("currency"), .number("budget"), .number("cost"), .number("share"), .text("")],
            [
                [
                    .init(budget.currency), .init(budget.amount), .init(cost ?? "none"),
                    .init(Decimals.percent(bp: bp), bp > 10_000 ? "bad" : nil),
                    .init(ShareBar.markup(bp, of: 10_000, fill: bp > 10_000 ? "fbad" : "fa")),
                ]
            ])
    }

    private var costs: ReportTable {
        ReportTable(
            "Unit costs: cost in minor units, divided by a count; per mille by thousands of impressions",
            [
                .text("currency"), .number("cost"), .number("of it paid"), .number("minor units"),
                .number("engagements"), .number("per engagement"), .number("impressions"), .number("per mille"),
            ],
            efficiency.cost.sorted { $0.key < $1.key }.map { currency, cost in
                let minor = cost.costPerEngagement?.minor ?? cost.costPerMille?.minor
                return [
                    .init(currency), .init(cost.cost), .init(cost.costPaid),
                    .init(minor.map { Decimals.grouped($0) } ?? "–"),
                    .init(cost.costPerEngagement.map { Decimals.grouped($0.count) } ?? "–"),
                    .init(cost.costPerEngagement?.decimal ?? "–", "strong"),
                    .init(cost.costPerMille.map { Decimals.grouped($0.count) } ?? "–"),
                    .init(cost.costPerMille?.decimal ?? "–", "strong"),
                ]
            })
    }

    private var reach: ReportTable {
        var table = ReportTable(
            "What the campaign's live posts with counters reached", [.text("what"), .number("number")])
        for (name, value) in [
            ("posts", Int128(efficiency.posts)), ("engagements", efficiency.engagements),
            ("impressions", efficiency.impressions), ("reach", efficiency.reach),
            ("on-topic reach", efficiency.onTopicReach), ("views", efficiency.views),
        ] {
            table.add(.init(name), .init(Decimals.grouped(value)))
        }
        let band = efficiency.bandShareBp.map { Decimals.percent(bp: Int128($0)) } ?? "–"
        table.add("influencers in the micro-influencer band", .init(band))
        return table
    }

    private var uplift: ReportTable {
        let uplift = efficiency.paidUplift
        let values = [uplift.upliftBp, uplift.medianUpliftBp].map { $0.map { Decimals.percent(bp: $0) } ?? "–" }
        return ReportTable(
            "Paid uplift of reach, an association",
            [
                .text("posts beside ads"), .number("other posts"), .number("uplift of the mean"),
                .number("of the median"), .text("enough posts"),
            ],
            [
                [
                    .init("\(uplift.treated)"), .init("\(uplift.control)"), .init(values[0]), .init(values[1]),
                    uplift.insufficient ? .init("no, each group needs five", "bad") : "yes",
                ]
            ])
    }
}
