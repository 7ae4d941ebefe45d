import LedgerAPI

/// Why answers are what they are, and what is asked for over time.
extension FixedAnswers {
    static let influencerItems = [
        InfluencerItemBody(
            influencer: influencer, engagements: 12_345, platform: "instagram", homeTopics: ["books", "tea"]),
        InfluencerItemBody(influencer: newcomer, engagements: 0, platform: nil, homeTopics: []),
    ]

    static func reason(_ name: String, more: Bool = false) -> EventReasonBody {
        EventReasonBody(reason: name, positions: [12, 907, 4_411, 1_234_560], more: more)
    }

    static let explainedTrust = ExplainedTrustBody(
        influencerId: "ada", trust: trust,
        explanation: TrustExplanationBody(
            components: [
                component("responsiveness", 20, 8_326, [("prior", 0, 4_166), ("replied", 800, 4_160)]),
                component("nicheFit", 15, 8_888, [("prior", 0, 5_000), ("onTopic", 7, 3_888)]),
                component("authenticity", 25, 10_000, [("recentPosts", 41, 10_000), ("sponsoredShare", 7, 0)]),
                component(
                    "engagementQuality", 20, 10_000,
                    [("engagementRate", 41, 10_000), ("commentsRatio", 8_652, 0), ("suspiciousFollowers", 1_333, 0)]),
                component("disclosure", 15, 7_777, [("prior", 0, 5_000), ("clear", 6, 2_777)]),
                component("reliability", 5, 8_888, [("prior", 0, 5_000), ("met", 7, 3_888)]),
            ],
            capping: -420_935,
            caps: [
                TrustCapReasonBody(cap: "openBreach", limit: 490_000, events: reason("cap.openBreach")),
                TrustCapReasonBody(
                    cap: "suspiciousFollowers", limit: 950_000, events: reason("cap.suspiciousFollowers")),
            ],
            evidence: [
                EvidenceReasonBody(kind: "messages", count: 960, events: reason("evidence.messages", more: true)),
                EvidenceReasonBody(kind: "sponsoredPosts", count: 22, events: reason("evidence.sponsoredPosts")),
            ],
            homeTopics: HomeTopicsBody(
                topics: ["books", "music", "tea"], source: "organicPosts", events: reason("homeTopics", more: true)),
            authenticity: AuthenticityBody(posts: 41, sponsored: 7, brands: 2),
            engagement: EngagementBody(
                posts: 41, likes: 13_120, comments: 8_652, anomalies: 1, followers: 12_000, suspiciousBp: 1_333)))

    private static func component(
        _ name: String, _ weight: Int64, _ value: Int64, _ parts: [(String, Int128, Int64)]
    ) -> TrustComponentBody {
        let isBeta = parts[0].0 == "prior"
        return TrustComponentBody(
            component: name, weight: weight, value: value, contribution: weight * value,
            parts: parts.map { part, count, points in
                TrustPartBody(
                    part: part, count: count, good: isBeta ? UInt128(count + 1) * 999_123_456 : 0,
                    bad: part == "prior" ? 1_000_000_000 : 0, points: points,
                    events: part == "prior"
                        ? EventReasonBody(reason: "part.prior", positions: [], more: false)
                        : reason("part.\(part)", more: count > 100))
            })
    }

    static let explainedAdvocacy = ExplainedAdvocacyBody(
        influencerId: "ada", advocacy: advocacy,
        explanation: AdvocacyExplanationBody(
            stages: [
                StageRuleBody(
                    stage: "prospect", stageRank: 0, holds: true,
                    ways: [AdvocacyWayBody(brandId: nil, holds: true, conditions: [])]),
                StageRuleBody(
                    stage: "repeat", stageRank: 5, holds: true,
                    ways: [
                        AdvocacyWayBody(
                            brandId: nil, holds: true, conditions: [condition("activeCollaborations", 2, 2)]),
                        AdvocacyWayBody(
                            brandId: nil, holds: false,
                            conditions: [condition("activePosts", 2, 3), condition("activeMonths", 2, 2)]),
                    ]),
                StageRuleBody(
                    stage: "advocate", stageRank: 6, holds: false,
                    ways: [
                        AdvocacyWayBody(
                            brandId: "paper-and-ink", holds: false,
                            conditions: [
                                condition("mentions", 1, 2), condition("mentionSpanDays", 0, 14),
                                condition("openBreaches", 1, 0, isAtMost: true),
                            ])
                    ]),
            ],
            flags: [
                FlagRuleBody(
                    flag: "atRisk", holds: true,
                    ways: [AdvocacyWayBody(brandId: nil, holds: true, conditions: [condition("openBreaches", 1, 1)])],
                    events: reason("flag.atRisk"))
            ],
            metrics: [
                MetricShareBody(
                    metric: "acceptRate", part: 1, whole: 3, valueBp: 3_333, events: reason("metric.acceptRate")),
                MetricShareBody(
                    metric: "seedingPostRate", part: 0, whole: 0, valueBp: nil,
                    events: EventReasonBody(reason: "metric.seedingPostRate", positions: [], more: false)),
            ]))

    private static func condition(
        _ count: String, _ found: Int, _ bound: Int, isAtMost: Bool = false
    ) -> AdvocacyConditionBody {
        AdvocacyConditionBody(
            count: count, found: found, bound: bound, comparison: isAtMost ? "atMost" : "atLeast",
            holds: isAtMost ? found <= bound : found >= bound, events: reason("count.\(count)"))
    }

    static let explainedCompensation = ExplainedCompensationBody(
        influencerId: "ada", compensation: compensation, byCampaign: byCampaign, reportable: reportable,
        explanation: CompensationExplanationBody(
            compensation: [
                "EUR": [
                    "giftsAtCost": SumExplanationBody(
                        value: "20.00",
                        parts: [
                            SumPartBody(debit: "Expenses:Gifts", credit: "Assets:Transit", count: 2, amount: "20.00")
                        ]),
                    "due": SumExplanationBody(
                        value: "-2.00",
                        parts: [
                            SumPartBody(debit: "Expenses:Fees", credit: "Liabilities:Due", count: 3, amount: "1234.50"),
                            SumPartBody(
                                debit: "Liabilities:Due", credit: "Liabilities:InFlight", count: 2, amount: "-1236.50"),
                        ]),
                ]
            ],
            byCampaign: ["autumn": ["EUR": ["due": SumExplanationBody(value: "3.00", parts: [])]]],
            reportable: ["2026": [ReportablePartBody(currency: "USD", kind: "cash", count: 2, amount: "2000.00")]]))

    static let references = [
        EventReferenceBody(
            position: 907, source: "urn:inbox", id: "c-1", type: "conversation.recorded", time: "2026-03-01T10:00:00Z"),
        EventReferenceBody(
            position: 1_234_560, source: "urn:inbox", id: hostile, type: "conversation.recorded",
            time: "2026-03-02T10:00:00Z"),
    ]
}
