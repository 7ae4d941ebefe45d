package import LedgerAPI

/// A page about one influencer, made of the daemon's answers for one position and instant. The same answers give the
/// same page, byte for byte.
package struct InfluencerReport: Sendable {
    package var influencer: Answered<InfluencerBody>
    package var trust: ExplainedTrustBody
    package var advocacy: ExplainedAdvocacyBody
    package var compensation: ExplainedCompensationBody
    package var history: ReportList<TrustPointBody>
    /// The newest.
    package var posts: ReportList<PostBody>
    package var exceptions: ReportList<ExceptionBody>
    /// Of all days up to the report's; its own items are not used.
    package var statement: StatementBody
    /// The items of the statement's pages.
    package var postings: ReportPostings

    package init(
        influencer: Answered<InfluencerBody>, trust: ExplainedTrustBody, advocacy: ExplainedAdvocacyBody,
        compensation: ExplainedCompensationBody, history: ReportList<TrustPointBody>, posts: ReportList<PostBody>,
        exceptions: ReportList<ExceptionBody>, statement: StatementBody, postings: ReportPostings
    ) {
        self.influencer = influencer
        self.trust = trust
        self.advocacy = advocacy
        self.compensation = compensation
        self.history = history
        self.posts = posts
        self.exceptions = exceptions
        self.statement = statement
        self.postings = postings
    }

    /// The page.
    package var html: String {
        ReportPage(
            kind: "Influencer", name: influencer.body.influencerId, standing: influencer.standing, figures: figures,
            sections: [
                TrustSection(answer: trust, history: history.items, isHistoryWhole: history.isWhole).section,
                AdvocacySection(answer: advocacy).section,
                PostSection(posts: posts.items, isWhole: posts.isWhole, note: "All posts of this influencer.").section,
                MoneySection(statement: statement, postings: postings, sums: sums).section,
                ExceptionSection(exceptions: exceptions.items, isWhole: exceptions.isWhole).section,
                AboutSection.section(influencer.standing, commands: commands),
            ]
        ).html
    }

    private var figures: [(title: String, value: String, note: String)] {
        let body = influencer.body
        let capped = body.trust.raw < body.trust.beforeCaps ? ", held down by a cap" : ""
        let dues = body.compensation.sorted { $0.key < $1.key }.map { currency, sums in
            ("due", "\(sums.due) \(currency)", "paid \(sums.paid) \(currency)")
        }
        let flags = body.advocacy.flags.isEmpty ? "no flags" : body.advocacy.flags.joined(separator: ", ")
        let followers = trust.explanation.engagement.followers
        return [
            ("trust", body.trust.score, "of 100, evidence \(body.trust.evidence)\(capped)"),
            ("stage", body.advocacy.stage, flags),
            ("tier", body.tier, followers.map { "\(Decimals.grouped($0)) followers" } ?? "no audience measured"),
        ] + dues + [
            (
                "open exceptions", Decimals.grouped(exceptions.items.count) + (exceptions.isWhole ? "" : " and more"),
                "see below"
            )
        ]
    }

    private var sums: [Markup] {
        let body = compensation
        var rows: [(name: String, currency: String, sums: CompensationSums)] = []
        for (campaign, currencies) in body.byCampaign.sorted(by: { $0.key < $1.key }) {
            rows += currencies.sorted { $0.key < $1.key }.map { (campaign, $0.key, $0.value) }
        }
        rows += body.compensation.sorted { $0.key < $1.key }.map { ("all campaigns", $0.key, $0.value) }
        guard !rows.isEmpty else { return [.element("p", [.text("No compensation.")])] }
        return [
            .element("h3", [.text("Compensation and how it was derived")]),
            CompensationTables.sums(rows, first: "campaign").markup,
            CompensationTables.derivation(body.explanation).markup,
        ] + CompensationTables.reportable(body.reportable, body.explanation.reportable)
    }

    private var commands: [String] {
        let id = Shell.quote(influencer.body.influencerId)
        let moment = AboutSection.moment(influencer.standing)
        return [
            "campaignctl trust \(id) --explain \(moment)", "campaignctl trust \(id) --plot \(moment)",
            "campaignctl advocacy \(id) --explain \(moment)", "campaignctl compensation \(id) --explain \(moment)",
            "campaignctl exceptions --influencer \(id) \(moment)",
            "campaignctl statement --influencer \(id) --from \(statement.from) --to \(statement.to) \(moment)",
        ]
    }
}

/// The items of a list as far as a report takes them.
package struct ReportList<Item: Sendable>: Sendable {
    package var items: [Item]
    /// Whether there are no more than these; the page says so where there are.
    package var isWhole: Bool

    package init(items: [Item], isWhole: Bool) {
        self.items = items
        self.isWhole = isWhole
    }
}
