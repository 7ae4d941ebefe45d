import FoundationEssentials
import LedgerAPI

@testable import LedgerExports

extension Fixtures {
    static let sums = CompensationSums(
        commissionsPending: "10.00", due: "-2.00", feesAccrued: "1234.50", giftsAtCost: "20.00", giftsAtValue: "45.00",
        inFlight: "0.00", paid: "110.00", receivable: "2.00", withheld: "19.00")

    static let influencer = person("ada")

    static func person(
        _ id: String, byCampaign: [String: [String: CompensationSums]] = ["spring": ["EUR": sums]]
    ) -> ExportedInfluencerBody {
        ExportedInfluencerBody(
            influencer: InfluencerBody(
                influencerId: id, tier: "micro",
                trust: TrustBody(
                    score: "49.0000", raw: 490_000, beforeCaps: 910_935,
                    caps: [
                        TrustCapBody(
                            cap: "openBreach", events: [EventIdentity(source: "urn:listening", id: "p4")],
                            limit: 490_000)
                    ],
                    components: TrustComponentSet(
                        responsiveness: 8_326, nicheFit: 8_888, authenticity: 10_000, engagementQuality: 10_000,
                        disclosure: 7_777, reliability: 8_888),
                    evidence: "high", evidenceCount: 982, openBreaches: ["post-41"]),
                advocacy: AdvocacyBody(
                    flags: ["ambassador", "atRisk"],
                    metrics: AdvocacyMetricSet(acceptRateBp: 3_333, earnedShareBp: 0, seedingPostRateBp: nil),
                    stage: "repeat", stageRank: 5),
                compensation: ["EUR": sums], byCampaign: byCampaign,
                reportable: [
                    "2026": ReportableYear(
                        currencies: ["EUR": ReportableSums(cash: "110.00", gifts: "45.00", total: "155.00")],
                        reportable: false, thresholdUsd: "2000.00")
                ]),
            platform: "instagram", homeTopics: ["books", "tea"], engagements: 321, registered: "2025-01-01T00:00:00Z")
    }

    static let post = ExportedPostBody(
        post: PostBody(
            postId: "post-41", published: "2026-01-01T00:00:00Z", platform: "instagram", topics: ["books"],
            brandIds: ["acme"], campaignId: "spring", connection: "fee", live: true, removed: nil,
            needsDisclosure: true, verdict: "missing", engagements: 321,
            counters: EngagementCounters(
                time: "2026-01-02T00:00:00Z", likes: 300, comments: 21, shares: nil, saves: nil, views: nil,
                reach: nil, impressions: nil)),
        influencerId: "ada", position: 2, source: "urn:shop", id: "e2")

    static let exception = ExceptionBody(
        kind: "payoutExceedsDue", since: "2026-01-02T03:04:05Z",
        events: [EventIdentity(source: "urn:shop", id: "e3"), EventIdentity(source: "urn:shop", id: "e5")],
        positions: [3, 5], influencerId: "ada", campaignId: nil,
        about: ExceptionAboutBody(
            thingId: "pay-1", campaignId: "spring", quantity: nil, currency: "EUR", amount: "-2.00"))

    /// The retraction of an event of ada's, as it was recorded.
    static func retraction(of target: Int, at position: Int) throws -> Data {
        let digits = String(position)
        let event: JSONValue = .object([
            "source": .string("urn:shop"), "id": .string("e\(position)"), "type": .string("event.retracted"),
            "time": .string("2026-12-01T00:00:00Z"), "recordedtime": .string("2026-12-01T00:00:00Z"),
            "subject": .string("influencer/ada"),
            "sequence": .string(String(repeating: "0", count: 20 - digits.count) + digits),
            "data": .object(["influencerId": .string("ada"), "position": .integer(Int64(target))]),
        ])
        return try WireCoding.encode(event)
    }

    /// The recorded events 1 to `count`: of an influencer by turns, the last a campaign's.
    static func events(_ count: Int, ext: String = "x") throws -> [Data] {
        try (1...count).map { position in
            let isMedia = position == count
            let data: JSONValue = .object(
                isMedia
                    ? ["campaignId": .string("spring"), "ext": .object(["n": .string(ext)])]
                    : [
                        "influencerId": .string(position.isMultiple(of: 5) ? "bo" : "ada"),
                        "campaignId": .string(position == 4 ? "autumn" : "spring"),
                        "ext": .object(["n": .string(ext)]),
                    ])
            let digits = String(position)
            let event: JSONValue = .object([
                "source": .string("urn:shop"), "id": .string("e\(position)"), "type": .string("fee.accrued"),
                "time": .string("2026-01-02T03:04:05Z"), "recordedtime": .string("2026-01-02T03:04:06Z"),
                "subject": .string(
                    isMedia ? "campaign/spring" : position.isMultiple(of: 5) ? "influencer/bo" : "influencer/ada"),
                "sequence": .string(String(repeating: "0", count: 20 - digits.count) + digits), "data": data,
            ])
            return try WireCoding.encode(event)
        }
    }
}
