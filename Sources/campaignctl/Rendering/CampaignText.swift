import LedgerAPI

/// One campaign with its collaborators and sums, and lists of campaigns.
enum CampaignText {
    static func render(
        _ campaign: Answered<CampaignBody>, funnel: CampaignFunnelBody, efficiency: CampaignEfficiencyBody,
        compensation: CampaignCompensationBody, influencers: ItemList<CampaignInfluencerBody>, _ style: Style
    ) -> String {
        let everyone = influencers.next == nil ? influencers.items : nil
        return facts(campaign.body, style) + "\n"
            + EfficiencyText.funnel(funnel, influencers: everyone, style) + "\n"
            + EfficiencyText.costs(efficiency, budget: campaign.body.budget, style) + "\n"
            + EfficiencyText.reach(efficiency, style) + "\n" + sums(compensation, style) + "\n"
            + collaborators(influencers, style) + "\n"
            + StandingText.render(campaign.standing, style)
    }

    private static func facts(_ body: CampaignBody, _ style: Style) -> String {
        var table = Table(.left(""), .left(""))
        table.add("brand", .init(body.brandId ?? style.dash))
        table.add("topics", .init(body.topics.isEmpty ? style.dash : body.topics.joined(separator: ", ")))
        table.add("budget", .init(body.budget.map { "\($0.amount) \($0.currency)" } ?? style.dash))
        table.add("runs", .init(span(body, style)))
        table.add("opened", .init(body.opened ?? "not known: no campaign.opened counts"))
        table.add("closed", .init(body.closed ?? "no"))
        return style.paint("Campaign \(TerminalText.escape(body.campaignId))", .bold) + "\n"
            + table.text(style, indent: "  ")
    }

    private static func span(_ body: CampaignBody, _ style: Style) -> String {
        guard let from = body.startsOn, let to = body.endsOn else { return style.dash }
        return "\(from) to \(to)"
    }

    private static func sums(_ compensation: CampaignCompensationBody, _ style: Style) -> String {
        let title = style.paint("Compensation", .bold)
        guard !compensation.compensation.isEmpty else { return "\(title): none\n" }
        var table = CompensationText.sumsTable(first: "")
        var media = Table(.left(""), .left("currency"), .right("media"))
        for (currency, sums) in compensation.compensation.sorted(by: { $0.key < $1.key }) {
            table.rows.append(CompensationText.row(.init("all influencers", isWhole: true), currency, sums.sums))
            media.add("paid ads", .init(currency), .init(sums.media))
        }
        return "\(title)\n" + table.text(style, indent: "  ") + "\n"
            + media.text(style, indent: "  ")
    }

    private static func collaborators(_ list: ItemList<CampaignInfluencerBody>, _ style: Style) -> String {
        let title = style.paint("Influencers", .bold)
        guard !list.items.isEmpty else { return "\(title): none\n" }
        var table = Table(
            .left("influencer"), .left("kind"), .left("agreed"), .left("ended"), .left("tier"), .right("trust"),
            .left("stage"), .left("due here"))
        for item in list.items {
            let due = item.compensation.sorted { $0.key < $1.key }.map { "\($0.value.due) \($0.key)" }
            table.add(
                .init(item.influencerId), .init(item.kind ?? style.dash), .init(item.agreed ?? style.dash),
                .init(ending(item) ?? style.dash), .init(item.tier), .init(item.score), .init(item.stage),
                .init(due.joined(separator: ", ")))
        }
        let rest = list.next == nil ? "" : "  and more: ask for --limit up to 1000, or for --json\n"
        return "\(title)\n" + table.text(style, indent: "  ") + rest
    }

    private static func ending(_ item: CampaignInfluencerBody) -> String? {
        item.ended.map { ended in item.endReason.map { "\(ended), \($0)" } ?? ended }
    }

    static func renderList(_ answer: Answered<ItemList<CampaignBody>>, _ style: Style) -> String {
        var table = Table(
            .left("campaign"), .left("brand"), .right("budget"), .left("from"), .left("to"), .left("topics"),
            .left("closed"))
        for item in answer.body.items {
            table.add(
                .init(item.campaignId), .init(item.brandId ?? style.dash),
                .init(item.budget.map { "\($0.amount) \($0.currency)" } ?? style.dash),
                .init(item.startsOn ?? style.dash), .init(item.endsOn ?? style.dash),
                .init(item.topics.joined(separator: ", ")), .init(item.closed ?? style.dash))
        }
        return table.text(style) + Figures.count(answer.body.items.count, "campaign") + "\n"
            + StandingText.more(answer.body.next, style) + StandingText.render(answer.standing, style)
    }
}
