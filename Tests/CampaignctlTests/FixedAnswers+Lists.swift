import LedgerAPI

/// Lists of points, postings and exceptions, and what a campaign costs.
extension FixedAnswers {
    /// A point every fourteen days: the score rises, and falls to a cap at the end.
    static let history: [TrustPointBody] = (0..<14).map { index in
        var point = trust
        point.components.responsiveness = 4_000 + Int64(index) * 300
        point.components.authenticity = index % 2 == 0 ? 0 : 10_000
        point.beforeCaps = 600_000 + Int64(index) * 25_000
        point.raw = index > 11 ? 490_000 : point.beforeCaps
        point.caps = index > 11 ? trust.caps : []
        let day = 1 + index * 2
        return TrustPointBody(at: "2026-06-\(day < 10 ? "0" : "")\(day)T12:00:00Z", trust: point)
    }

    static let postings = [
        PostingBody(
            position: 1_234, source: "urn:finance", id: "e-1", type: "fee.accrued", time: "2026-03-01T10:00:00Z",
            day: "2026-03-01", influencerId: "ada", campaignId: "spring", debit: "Expenses:Fees",
            credit: "Liabilities:Due", currency: "EUR", amount: "129.90", minor: 12_990),
        PostingBody(
            position: 1_299, source: "urn:bank", id: "e-2", type: "payout.settled", time: "2026-03-09T10:00:00Z",
            day: "2026-03-09", influencerId: nil, campaignId: "spring", debit: "Liabilities:InFlight",
            credit: "Assets:Cash", currency: "EUR", amount: "110.00", minor: 11_000),
    ]

    static let posts = [
        PostBody(
            postId: "post-41", published: "2026-06-02T09:30:00Z", platform: "instagram", topics: ["books"],
            brandIds: ["paper-and-ink"], campaignId: "spring", connection: "gift", live: true, removed: nil,
            needsDisclosure: true, verdict: "missing", engagements: 321, counters: nil)
    ]

    static let exceptions = [
        ExceptionBody(
            kind: "openBreach", since: "2026-06-02T09:30:00Z",
            events: [EventIdentity(source: "urn:listening", id: "post-41")], positions: [7_001], influencerId: "ada",
            campaignId: nil,
            about: ExceptionAboutBody(
                thingId: "post-41", campaignId: "spring", quantity: nil, currency: nil, amount: nil)),
        ExceptionBody(
            kind: "overBudget", since: "2026-05-01T00:00:00Z",
            events: [EventIdentity(source: "urn:ads", id: "flight-9")], positions: [6_400], influencerId: nil,
            campaignId: "spring",
            about: ExceptionAboutBody(
                thingId: nil, campaignId: nil, quantity: nil, currency: "EUR", amount: "221.22")),
        ExceptionBody(
            kind: "overReturned", since: "2026-04-01T00:00:00Z",
            events: [EventIdentity(source: "urn:warehouse", id: hostile)], positions: [5_000, 5_001],
            influencerId: "bo", campaignId: nil,
            about: ExceptionAboutBody(
                thingId: hostile, campaignId: "spring", quantity: 2, currency: nil, amount: nil)),
    ]

    static let statement = StatementBody(
        from: "2026-01-01", to: "2026-03-31", influencerId: "ada", campaignId: "spring",
        accounts: [
            StatementAccountBody(
                currency: "EUR", account: "Expenses:Fees", opening: "1104.60", debits: "129.90", credits: "0.00",
                closing: "1234.50"),
            StatementAccountBody(
                currency: "EUR", account: "Liabilities:Due", opening: "0.00", debits: "110.00", credits: "129.90",
                closing: "-19.90"),
        ], postingCount: 2, items: postings, next: nil)

    static let funnel = CampaignFunnelBody(
        campaignId: "spring", influencers: 1_234,
        stages: [
            ("prospect", 40), ("contacted", 600), ("agreed", 300), ("seeded", 150), ("activated", 100), ("repeat", 30),
            ("advocate", 12), ("trueFan", 2),
        ].enumerated().map { FunnelStageBody(stage: $1.0, stageRank: $0, count: $1.1) })

    static let noFunnel = CampaignFunnelBody(campaignId: "mystery", influencers: 0, stages: [])

    static let efficiency = CampaignEfficiencyBody(
        cost: [
            "EUR": CampaignCostBody(
                cost: "4221.22", costPaid: "97.77",
                costPerEngagement: UnitCostBody(minor: 422_122, count: 906, decimal: "4.6592"),
                costPerMille: UnitCostBody(minor: 422_122, count: 13_200, decimal: "319.7894")),
            "USD": CampaignCostBody(cost: "10.00", costPaid: "0.00", costPerEngagement: nil, costPerMille: nil),
        ],
        posts: 12, engagements: 906, impressions: 13_200, reach: 10_751, views: 50, onTopicReach: 9_401,
        bandShareBp: 3_333,
        paidUplift: PaidUpliftBody(treated: 5, control: 4, insufficient: true, upliftBp: 6_093, medianUpliftBp: nil))

    static let noEfficiency = CampaignEfficiencyBody(
        cost: [:], posts: 0, engagements: 0, impressions: 0, reach: 0, views: 0, onTopicReach: 0, bandShareBp: nil,
        paidUplift: PaidUpliftBody(treated: 0, control: 0, insufficient: true, upliftBp: nil, medianUpliftBp: nil))
}
