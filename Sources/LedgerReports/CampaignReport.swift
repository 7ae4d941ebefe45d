package import LedgerAPI

/// A page about one campaign, made of the daemon's answers for one position and instant. The same answers give the same
/// page, byte for byte.
package struct CampaignReport: Sendable {
    package var campaign: Answered<CampaignBody>
    package var funnel: CampaignFunnelBody
    package var efficiency: CampaignEfficiencyBody
    package var compensation: CampaignCompensationBody
    package var influencers: ReportList<CampaignInfluencerBody>
    /// The newest posts in this campaign.
    package var posts: ReportList<ExportedPostBody>
    package var exceptions: ReportList<ExceptionBody>
    /// Of all days up to the report's; its own items are not used.
    package var statement: StatementBody
    /// The items of the statement's pages.
    package var postings: ReportPostings

    package init(
        campaign: Answered<CampaignBody>, funnel: CampaignFunnelBody, efficiency: CampaignEfficiencyBody,
        compensation: CampaignCompensationBody, influencers: ReportList<CampaignInfluencerBody>,
        posts: ReportList<ExportedPostBody>, exceptions: ReportList<ExceptionBody>, statement: StatementBody,
        postings: ReportPostings
    ) {
        self.campaign = campaign
        self.funnel = funnel
        self.efficiency = efficiency
        self.compensation = compensation
        self.influencers = influencers
        self.posts = posts
        self.exceptions = exceptions
        self.statement = statement
        self.postings = postings
    }

    /// The page.
    package var html: String {
        let efficiency = EfficiencySection(efficiency: efficiency, budget: campaign.body.budget)
        return ReportPage(
            kind: "Campaign", name: campaign.body.campaignId, standing: campaign.standing,
            figures: facts + efficiency.figures + [influencerFigure, exceptionFigure],
            sections: [
                FunnelSection(funnel: funnel, influencers: influencers).section, efficiency.section,
                PostSection(
                    campaignPosts: posts.items, isWhole: posts.isWhole,
                    note: "Posts of the campaign's influencers in it; campaignctl event POSITION shows the publication."
                ).section,
                MoneySection(statement: statement, postings: postings, sums: sums).section,
                ExceptionSection(exceptions: exceptions.items, isWhole: exceptions.isWhole).section,
                AboutSection.section(campaign.standing, commands: commands),
            ]
        ).html
    }

    private var facts: [(title: String, value: String, note: String)] {
        let body = campaign.body
        let span = [body.startsOn, body.endsOn].compactMap { $0 }.joined(separator: " to ")
        // Days, like the span: a box of figures is too narrow for an instant.
        let state =
            body.closed.map { "closed \($0.prefix(10))" } ?? body.opened.map { "opened \($0.prefix(10))" }
            ?? "no opening is known"
        return [
            ("brand", body.brandId ?? "unknown", body.topics.joined(separator: ", ")),
            ("runs", span.isEmpty ? "unknown" : span, state),
        ]
    }

    private var influencerFigure: (title: String, value: String, note: String) {
        ("influencers", Decimals.grouped(funnel.influencers), "who an event of this campaign names")
    }

    private var exceptionFigure: (title: String, value: String, note: String) {
        (
            "open exceptions", Decimals.grouped(exceptions.items.count) + (exceptions.isWhole ? "" : " and more"),
            "see below"
        )
    }

    private var sums: [Markup] {
        let rows = compensation.compensation.sorted { $0.key < $1.key }
        guard !rows.isEmpty else { return [.element("p", [.text("No compensation.")])] }
        let media = ReportTable(
            "Paid ads", [.text("currency"), .number("media")],
            rows.map { [.init($0.key), .init($0.value.media)] })
        return [
            CompensationTables.sums(rows.map { ("all influencers", $0.key, $0.value.sums) }, first: "of").markup,
            media.markup,
        ]
    }

    private var commands: [String] {
        let id = Shell.quote(campaign.body.campaignId)
        let moment = AboutSection.moment(campaign.standing)
        return [
            "campaignctl campaign \(id) \(moment)", "campaignctl exceptions --campaign \(id) \(moment)",
            "campaignctl statement --campaign \(id) --from \(statement.from) --to \(statement.to) \(moment)",
        ]
    }
}
