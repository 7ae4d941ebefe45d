import Foundation
import LedgerAPI
import Testing

@testable import LedgerHTTP

/// The answers that are written by hand are, byte for byte, what `WireCoding` writes.
@Suite struct JSONTextTests {
    private static let standing = Standing(
        position: 7, head: .max, at: "2026-06-30T12:00:00Z", policyVersion: .init(advocacy: 0, tax: -1, trust: 2))

    private static func same<Body: TextBody>(_ body: Body) throws {
        let answer = Answered(standing: standing, body: body)
        #expect(
            String(decoding: answer.text, as: UTF8.self)
                == String(decoding: try WireCoding.encode(answer), as: UTF8.self))
    }

    private static let strange = [
        "", "plain", "a\"b\\c/d", "\u{0}\u{1}\u{8}\t\n\u{B}\u{C}\r\u{1F}\u{7F}", "ä😀\u{2028}", "e\u{301}",
    ]

    private static let trust = TrustBody(
        score: "57.8100", raw: -578_100, beforeCaps: .min,
        caps: [
            TrustCapBody(
                cap: "openBreach", events: strange.map { EventIdentity(source: $0, id: "1") }, limit: 400_000),
            TrustCapBody(cap: "suspiciousFollowers", events: [], limit: 0),
        ],
        components: TrustComponentSet(
            responsiveness: 1, nicheFit: 20, authenticity: 300, engagementQuality: 4000, disclosure: 10_000,
            reliability: 0), evidence: "high", evidenceCount: Int128(1) << 100, openBreaches: strange)

    private static func sums(_ due: String) -> CompensationSums {
        CompensationSums(
            commissionsPending: "0.01", due: due, feesAccrued: "1.00", giftsAtCost: "2.00", giftsAtValue: "3.00",
            inFlight: "4.00", paid: "5.00", receivable: "6.00", withheld: "7.00")
    }

    private static let byCampaign = [
        "spring-2": ["EUR": sums("-1.00")], "Spring.1": [:], "spring-10": ["JPY": sums("3")],
    ]
    private static let reportable = [
        "2026": ReportableYear(
            currencies: ["USD": ReportableSums(cash: "1.00", gifts: "2.00", total: "3.00")], reportable: true,
            thresholdUsd: nil),
        "2025": ReportableYear(currencies: [:], reportable: false, thresholdUsd: "600.00"),
    ]

    private static let advocacy = AdvocacyBody(
        flags: ["ambassador", "dormant"],
        metrics: AdvocacyMetricSet(acceptRateBp: nil, earnedShareBp: 8000, seedingPostRateBp: nil), stage: "trueFan",
        stageRank: 7)

    @Test("A posting, of someone and of nobody, with every kind of text")
    func postingsAreTheSame() throws {
        for text in Self.strange {
            for influencer in [nil, "ana"] {
                let body = PostingBody(
                    position: .max, source: text, id: text, type: "fee.accrued", time: "2026-01-01T00:00:00Z",
                    day: "2026-01-01", influencerId: influencer, campaignId: text, debit: "Expenses:Fees",
                    credit: "Liabilities:Due", currency: "JPY", amount: "12", minor: 12)
                let expected = String(decoding: try WireCoding.encode(body), as: UTF8.self)
                #expect(String(decoding: body.text, as: UTF8.self) == expected)
            }
        }
    }

    @Test("Trust, with every kind of text and number")
    func trustIsTheSame() throws {
        try Self.same(InfluencerTrustBody(influencerId: "ana.b-c_1", trust: Self.trust))
        var small = Self.trust
        small.evidenceCount = -5
        small.caps = []
        try Self.same(InfluencerTrustBody(influencerId: "b", trust: small))
    }

    @Test("Advocacy, with and without metrics")
    func advocacyIsTheSame() throws {
        try Self.same(InfluencerAdvocacyBody(influencerId: "ana", advocacy: Self.advocacy))
    }

    @Test("Compensation, by name of currency, campaign and year")
    func compensationIsTheSame() throws {
        try Self.same(
            InfluencerCompensationBody(
                influencerId: "ana", compensation: ["USD": Self.sums("1.00"), "EUR": Self.sums("0.00")],
                byCampaign: Self.byCampaign, reportable: Self.reportable))
        try Self.same(
            InfluencerCompensationBody(influencerId: "ana", compensation: [:], byCampaign: [:], reportable: [:]))
    }

    @Test("A list of influencers, with and without a platform")
    func listIsTheSame() throws {
        let influencer = InfluencerBody(
            influencerId: "ana", tier: "micro", trust: Self.trust, advocacy: Self.advocacy,
            compensation: ["EUR": Self.sums("-0.01")], byCampaign: Self.byCampaign, reportable: Self.reportable)
        try Self.same(
            ItemList(
                items: [
                    InfluencerItemBody(
                        influencer: influencer, engagements: .max, platform: "instagram", homeTopics: ["books", "art"]),
                    InfluencerItemBody(influencer: influencer, engagements: 0, platform: nil, homeTopics: []),
                ], next: "abc"))
        try Self.same(ItemList<InfluencerItemBody>(items: [], next: nil))
    }

    @Test("All of an influencer")
    func influencerIsTheSame() throws {
        try Self.same(
            InfluencerBody(
                influencerId: "ana", tier: "micro", trust: Self.trust, advocacy: Self.advocacy,
                compensation: ["EUR": Self.sums("-0.01")], byCampaign: Self.byCampaign, reportable: Self.reportable))
    }
}
