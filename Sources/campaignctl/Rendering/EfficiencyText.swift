import LedgerAPI
import LedgerReports

/// What a campaign costs and what it brings: funnel, spend against the budget, unit costs, paid uplift.
enum EfficiencyText {
    private static let barColumns = 30

    /// How many influencers stand at each stage.
    /// - Parameter influencers: All of them; nil where not all were asked for.
    static func funnel(
        _ funnel: CampaignFunnelBody, influencers: [CampaignInfluencerBody]?, _ style: Style
    ) -> String {
        let most = Int64(funnel.stages.map(\.count).max() ?? 0)
        var table = Table(.left("stage"), .right("influencers"), .left(""))
        for stage in funnel.stages {
            table.add(
                .init(stage.stage), .init(Figures.grouped(stage.count)),
                .init(most == 0 ? "" : style.bar(Int64(stage.count), of: most, width: barColumns)))
        }
        return style.paint("Funnel", .bold) + ": \(Figures.count(funnel.influencers, "influencer"))\n"
            + table.text(style, indent: "  ")
            + style.flow(
                FunnelNote.clauses(funnel, influencers: influencers), separator: "; ", indent: "  ", paint: .dim)
    }

    /// Spend against the budget, and the unit costs by currency.
    static func costs(_ efficiency: CampaignEfficiencyBody, budget: MoneyBody?, _ style: Style) -> String {
        var text = style.paint("Spend", .bold) + "\n" + self.budget(efficiency, budget, style)
        guard !efficiency.cost.isEmpty else { return text + "  no cost yet\n" }
        var table = Table(
            .left("currency"), .right("cost"), .right("of it paid"), .right("per engagement"), .right("per mille"))
        for (currency, cost) in efficiency.cost.sorted(by: { $0.key < $1.key }) {
            table.add(
                .init(currency), .init(cost.cost), .init(cost.costPaid),
                .init(cost.costPerEngagement?.decimal ?? style.dash),
                .init(cost.costPerMille?.decimal ?? style.dash))
        }
        text += table.text(style, indent: "  ")
        return text
    }

    private static func budget(
        _ efficiency: CampaignEfficiencyBody, _ budget: MoneyBody?, _ style: Style
    ) -> String {
        guard let budget, let whole = Decimals.parse(budget.amount) else { return "  no budget is known\n" }
        let cost = efficiency.cost[budget.currency]?.cost ?? Decimals.text(0, places: whole.places)
        guard let spent = Decimals.parse(cost), whole.units > 0 else {
            return "  \(TerminalText.escape(cost)) of \(TerminalText.escape(budget.amount)) \(budget.currency)\n"
        }
        let bp = spent.units * 10_000 / whole.units
        let paint: Paint = bp > 10_000 ? .bad : bp > 9_000 ? .warning : .good
        let bar = style.bar(Int64(clamping: bp), of: 10_000, width: barColumns)
        let sums = "\(cost) of \(budget.amount) \(budget.currency)"
        return style.flow(
            [.init(bar, paint), .init(Decimals.percent(bp: bp), paint), .init(sums)], separator: "  ", indent: "  ")
    }

    /// What the campaign's posts reached.
    static func reach(_ body: CampaignEfficiencyBody, _ style: Style) -> String {
        var table = Table(.left(""), .right(""))
        for (name, value) in [
            ("posts with counters", Int128(body.posts)), ("engagements", body.engagements),
            ("impressions", body.impressions), ("reach", body.reach), ("on-topic reach", body.onTopicReach),
            ("views", body.views),
        ] {
            table.add(.init(name), .init(Figures.grouped(value)))
        }
        table.add(
            "in the micro-influencer band", .init(body.bandShareBp.map { Figures.percent(bp: $0) } ?? style.dash))
        return style.paint("Reach", .bold) + "\n" + table.text(style, indent: "  ") + uplift(body.paidUplift, style)
    }

    private static func uplift(_ uplift: PaidUpliftBody, _ style: Style) -> String {
        let groups =
            "\(Figures.count(uplift.treated, "post")) beside paid ads, \(Figures.grouped(uplift.control)) without"
        let values = [("mean", uplift.upliftBp), ("median", uplift.medianUpliftBp)].map { name, value in
            "\(name) \(value.map { Decimals.percent(bp: $0) } ?? style.dash)"
        }
        let warning = uplift.insufficient ? ["too few posts to say anything (5 in each group)"] : []
        return style.flow(
            ["paid uplift of reach: \(values.joined(separator: ", "))", groups] + warning
                + ["an association, not an effect"], separator: "; ", indent: "  ")
    }
}
