import LedgerAPI
import LedgerReports

extension ReportFixtures {
    static let explainedTrust = TrustExplanationBody(
        components: [
            component("responsiveness", 20, 8_326, ["prior", "replied", "unreplied"]),
            component("nicheFit", 15, 8_888, ["prior", "onTopic", "offTopic"]),
            component("authenticity", 25, 10_000, ["recentPosts"]),
            component("engagementQuality", 20, 10_000, ["engagementRate", "commentsRatio", "suspiciousFollowers"]),
            component("disclosure", 15, 7_777, ["prior", "clear", "missing"]),
            component("reliability", 5, 8_888, ["prior", "met"]),
        ],
        capping: -420_935,
        caps: [TrustCapReasonBody(cap: "openBreach", limit: 490_000, events: reason("cap.openBreach"))],
        evidence: [
            EvidenceReasonBody(kind: "messages", count: 960, events: reason("evidence.messages", more: true)),
            EvidenceReasonBody(kind: "sponsoredPosts", count: 22, events: reason("evidence.sponsoredPosts")),
        ],
        homeTopics: HomeTopicsBody(
            topics: ["books", "tea"], source: "organicPosts", events: reason("homeTopics")),
        authenticity: AuthenticityBody(posts: 41, sponsored: 7, brands: 2),
        engagement: EngagementBody(
            posts: 41, likes: 13_120, comments: 984, anomalies: 0, followers: 12_000, suspiciousBp: 1_400))

    private static func component(
        _ name: String, _ weight: Int64, _ value: Int64, _ parts: [String]
    ) -> TrustComponentBody {
        let isBeta = parts.contains("prior")
        return TrustComponentBody(
            component: name, weight: weight, value: value, contribution: weight * value,
            parts: parts.enumerated().map { index, part in
                TrustPartBody(
                    part: part, count: Int128(800 + index), good: isBeta ? 799_500_000_000 : 0, bad: 0,
                    points: index == 0 ? value : 0, events: reason("part.\(part)", more: index == 1))
            })
    }

    static func explainedAdvocacy(brand: String) -> AdvocacyExplanationBody {
        let found = AdvocacyConditionBody(
            count: "activePosts", found: 3, bound: 3, comparison: "atLeast", holds: true,
            events: reason("count.activePosts"))
        let lacking = AdvocacyConditionBody(
            count: "mentions", found: 1, bound: 2, comparison: "atLeast", holds: false, events: reason("count.mentions")
        )
        return AdvocacyExplanationBody(
            stages: [
                StageRuleBody(stage: "prospect", stageRank: 0, holds: true, ways: []),
                StageRuleBody(
                    stage: "repeat", stageRank: 5, holds: true,
                    ways: [AdvocacyWayBody(brandId: nil, holds: true, conditions: [found])]),
                StageRuleBody(
                    stage: "advocate", stageRank: 6, holds: false,
                    ways: [
                        AdvocacyWayBody(brandId: brand, holds: false, conditions: [lacking, found]),
                        AdvocacyWayBody(brandId: "other", holds: false, conditions: [lacking]),
                    ]),
            ],
            flags: [
                FlagRuleBody(
                    flag: "atRisk", holds: true,
                    ways: [AdvocacyWayBody(brandId: nil, holds: true, conditions: [found])],
                    events: reason("flag.atRisk"))
            ],
            metrics: [
                MetricShareBody(
                    metric: "acceptRate", part: 1, whole: 3, valueBp: 3_333, events: reason("metric.acceptRate")),
                MetricShareBody(metric: "seedingPostRate", part: 0, whole: 0, valueBp: nil, events: reason("x", [])),
            ])
    }

    static let explainedCompensation = CompensationExplanationBody(
        compensation: [
            "EUR": [
                "due": SumExplanationBody(
                    value: "-2.00",
                    parts: [
                        SumPartBody(debit: "Expenses:Fees", credit: "Liabilities:Due", count: 10, amount: "1200.00"),
                        SumPartBody(
                            debit: "Liabilities:Due", credit: "Liabilities:InFlight", count: 10, amount: "-1202.00"),
                    ])
            ]
        ],
        byCampaign: [:],
        reportable: ["2026": [ReportablePartBody(currency: "USD", kind: "cash", count: 4, amount: "2000.00")]])

    static func influencerReport(_ id: String = "ada") -> InfluencerReport {
        let body = influencer(id)
        return InfluencerReport(
            influencer: Answered(standing: standing, body: body),
            trust: ExplainedTrustBody(influencerId: id, trust: trust, explanation: explainedTrust),
            advocacy: ExplainedAdvocacyBody(
                influencerId: id, advocacy: advocacy, explanation: explainedAdvocacy(brand: id)),
            compensation: ExplainedCompensationBody(
                influencerId: id, compensation: body.compensation, byCampaign: body.byCampaign,
                reportable: body.reportable, explanation: explainedCompensation),
            history: ReportList(items: history, isWhole: true), posts: ReportList(items: posts(id), isWhole: true),
            exceptions: ReportList(items: exceptions(influencer: id), isWhole: true),
            statement: statement(influencer: id, campaign: nil),
            postings: .all(postings("spring", influencer: id)))
    }

    static func campaignReport(_ id: String = "spring") -> CampaignReport {
        CampaignReport(
            campaign: Answered(
                standing: standing,
                body: CampaignBody(
                    campaignId: id, brandId: id, topics: ["books", id],
                    budget: MoneyBody(currency: "EUR", amount: "1000.00"), startsOn: "2026-01-01", endsOn: "2026-12-31",
                    opened: "2026-01-01T08:00:00Z", closed: nil)),
            funnel: CampaignFunnelBody(
                campaignId: id, influencers: 17,
                stages: [
                    FunnelStageBody(stage: "prospect", stageRank: 0, count: 9),
                    FunnelStageBody(stage: "trueFan", stageRank: 7, count: 8),
                ]),
            efficiency: efficiency,
            compensation: CampaignCompensationBody(
                campaignId: id, compensation: ["EUR": CampaignSums(sums: sums(due: "300.00"), media: "77.77")]),
            influencers: ReportList(
                items: [
                    CampaignInfluencerBody(
                        influencerId: id, kind: "paid", agreed: "2026-01-10T12:00:00Z", ended: "2026-04-10T12:00:00Z",
                        endReason: "completed", tier: "micro", score: "49.0000", stage: "repeat",
                        compensation: ["EUR": sums(due: "-2.00")])
                ], isWhole: true),
            posts: ReportList(items: exportedPosts(id), isWhole: false),
            exceptions: ReportList(items: exceptions(influencer: id), isWhole: true),
            statement: statement(influencer: nil, campaign: id),
            postings: .all(postings(id, influencer: id)))
    }

    /// The posts that name the campaign, each of an influencer of its own.
    static func exportedPosts(_ id: String) -> [ExportedPostBody] {
        posts(id).enumerated().map { number, post in
            ExportedPostBody(
                post: post, influencerId: "\(id)-of-\(number)", position: UInt64(5_000 + number),
                source: "urn:listening",
                id: "p-\(number)")
        }
    }

    static let efficiency = CampaignEfficiencyBody(
        cost: [
            "EUR": CampaignCostBody(
                cost: "1221.22", costPaid: "97.77",
                costPerEngagement: UnitCostBody(minor: 122_122, count: 906, decimal: "1.3479"),
                costPerMille: UnitCostBody(minor: 122_122, count: 13_200, decimal: "92.5167")),
            "USD": CampaignCostBody(cost: "10.00", costPaid: "0.00", costPerEngagement: nil, costPerMille: nil),
        ],
        posts: 12, engagements: 906, impressions: 13_200, reach: 10_751, views: 50, onTopicReach: 9_401,
        bandShareBp: 3_333,
        paidUplift: PaidUpliftBody(treated: 5, control: 5, insufficient: false, upliftBp: 6_093, medianUpliftBp: nil))
}
