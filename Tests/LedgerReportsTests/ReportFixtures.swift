import LedgerAPI
import LedgerReports

/// Answers that never change, long enough to fill a page.
enum ReportFixtures {
    static let standing = Standing(
        position: 8_123, head: 8_200, at: "2026-06-30T12:00:00Z",
        policyVersion: PolicyVersionSet(advocacy: 0, tax: 0, trust: 2))

    /// What an attacker would write where free text is allowed.
    static let hostile = "<script>alert(1)</script>\"'&\u{202E}\u{0}\u{1B}]0;x\u{07}</td></table>]]>日本語🚀"

    static let components = TrustComponentSet(
        responsiveness: 8_326, nicheFit: 8_888, authenticity: 10_000, engagementQuality: 10_000, disclosure: 7_777,
        reliability: 8_888)

    static let trust = TrustBody(
        score: "49.0000", raw: 490_000, beforeCaps: 910_935,
        caps: [
            TrustCapBody(
                cap: "openBreach", events: [EventIdentity(source: "urn:listening", id: "post-41")], limit: 490_000)
        ],
        components: components, evidence: "high", evidenceCount: 982, openBreaches: ["post-41"])

    static let advocacy = AdvocacyBody(
        flags: ["ambassador", "atRisk"],
        metrics: AdvocacyMetricSet(acceptRateBp: 3_333, earnedShareBp: 0, seedingPostRateBp: nil), stage: "repeat",
        stageRank: 5)

    static func sums(due: String) -> CompensationSums {
        CompensationSums(
            commissionsPending: "10.00", due: due, feesAccrued: "1234.50", giftsAtCost: "20.00", giftsAtValue: "45.00",
            inFlight: "0.00", paid: "110.00", receivable: "0.00", withheld: "19.00")
    }

    static func influencer(_ id: String) -> InfluencerBody {
        InfluencerBody(
            influencerId: id, tier: "micro", trust: trust, advocacy: advocacy,
            compensation: ["EUR": sums(due: "-2.00"), "USD": sums(due: "700.00")],
            byCampaign: ["spring": ["EUR": sums(due: "-2.00"), "USD": sums(due: "700.00")]],
            reportable: [
                "2026": ReportableYear(
                    currencies: ["USD": ReportableSums(cash: "2000.00", gifts: "45.00", total: "2045.00")],
                    reportable: true, thresholdUsd: "2000.00")
            ])
    }

    static func reason(_ name: String, _ positions: [UInt64] = [12, 907, 4_411], more: Bool = false) -> EventReasonBody
    {
        EventReasonBody(reason: name, positions: positions, more: more)
    }

    // MARK: Lists

    /// A point a week for a year, the score falling where a cap begins to bind.
    static let history: [TrustPointBody] = (0..<53).map { week in
        let day = WireTime.day(year: 2025, month: 6, day: 30) + Int64(week) * 7
        var point = trust
        let value = 5_000 + Int64(week) * 80
        point.components.responsiveness = value
        point.components.disclosure = 9_000 - Int64(week % 7) * 300
        point.beforeCaps = 600_000 + Int64(week) * 6_000
        point.raw = week > 40 ? 490_000 : point.beforeCaps
        point.caps = week > 40 ? trust.caps : []
        point.score = Decimals.text(Int128(point.raw), places: 4)
        return TrustPointBody(at: WireTime.dayText(day) + "T12:00:00Z", trust: point)
    }

    static func posts(_ id: String) -> [PostBody] {
        (0..<60).map { number in
            let day = WireTime.day(year: 2025, month: 7, day: 1) + Int64(number) * 6
            let engagements = Int64(200 + number * 37 % 400)
            return PostBody(
                postId: "\(id)-\(number)", published: WireTime.dayText(day) + "T09:30:00Z", platform: "instagram",
                topics: ["books", "tea"], brandIds: [], campaignId: number % 4 == 0 ? "spring" : nil,
                connection: number % 4 == 0 ? "fee" : "none", live: number % 11 != 5,
                removed: number % 11 == 5 ? "2026-06-01T00:00:00Z" : nil, needsDisclosure: number % 4 == 0,
                verdict: number == 56 ? "missing" : number % 4 == 0 ? "clear" : nil, engagements: engagements,
                counters: EngagementCounters(
                    time: nil, likes: engagements - 20, comments: 20, shares: nil, saves: nil, views: nil, reach: 4_321,
                    impressions: nil))
        }
    }

    static func postings(_ campaign: String, influencer: String?) -> [PostingBody] {
        (0..<40).map { number in
            let day = WireTime.day(year: 2025, month: 8, day: 3) + Int64(number) * 8
            let kinds = [
                ("fee.accrued", "Expenses:Fees", "Liabilities:Due", Int64(12_000)),
                ("product.delivered", "Expenses:Gifts", "Assets:Transit", 2_500),
                ("payout.initiated", "Liabilities:Due", "Liabilities:InFlight", 9_000),
                ("payout.settled", "Liabilities:InFlight", "Assets:Cash", 9_000),
            ]
            let kind = kinds[number % 4]
            return PostingBody(
                position: UInt64(100 + number), source: "urn:finance", id: "e-\(number)", type: kind.0,
                time: WireTime.dayText(day) + "T10:00:00Z", day: WireTime.dayText(day), influencerId: influencer,
                campaignId: campaign, debit: kind.1, credit: kind.2, currency: "EUR",
                amount: Decimals.text(Int128(kind.3), places: 2), minor: kind.3)
        }
    }

    static func exceptions(influencer: String) -> [ExceptionBody] {
        [
            ExceptionBody(
                kind: "openBreach", since: "2026-06-02T09:30:00Z",
                events: [EventIdentity(source: "urn:listening", id: "post-41")], positions: [7_001],
                influencerId: influencer, campaignId: nil,
                about: ExceptionAboutBody(
                    thingId: "post-41", campaignId: "spring", quantity: nil, currency: nil, amount: nil)),
            ExceptionBody(
                kind: "overReturned", since: "2026-02-02T09:30:00Z",
                events: [EventIdentity(source: "urn:warehouse", id: "r-1")], positions: [3_001],
                influencerId: influencer, campaignId: nil,
                about: ExceptionAboutBody(
                    thingId: "shipment-1", campaignId: "spring", quantity: 2, currency: nil, amount: nil)),
        ]
    }

    static func statement(influencer: String?, campaign: String?) -> StatementBody {
        StatementBody(
            from: "1970-01-01", to: "2026-06-30", influencerId: influencer, campaignId: campaign,
            accounts: [
                StatementAccountBody(
                    currency: "EUR", account: "Expenses:Fees", opening: "0.00", debits: "1200.00", credits: "0.00",
                    closing: "1200.00"),
                StatementAccountBody(
                    currency: "EUR", account: "Liabilities:Due", opening: "0.00", debits: "900.00", credits: "1200.00",
                    closing: "-300.00"),
            ], postingCount: 40, items: [], next: nil)
    }
}
