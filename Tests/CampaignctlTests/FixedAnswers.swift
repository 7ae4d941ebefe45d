import LedgerAPI

@testable import campaignctl

/// Answers that never change, for texts to be made of.
enum FixedAnswers {
    static let standing = Standing(
        position: 1_234_567, head: 1_234_570, at: "2026-06-30T12:00:00Z",
        policyVersion: PolicyVersionSet(advocacy: 0, tax: 0, trust: 1))

    static let trust = TrustBody(
        score: "49.0000", raw: 490_000, beforeCaps: 910_935,
        caps: [
            TrustCapBody(
                cap: "openBreach", events: [EventIdentity(source: "urn:listening", id: "post-41")], limit: 490_000),
            TrustCapBody(
                cap: "suspiciousFollowers", events: [EventIdentity(source: "urn:audit", id: "a1")], limit: 950_000),
        ],
        components: TrustComponentSet(
            responsiveness: 8_326, nicheFit: 8_888, authenticity: 10_000, engagementQuality: 10_000, disclosure: 7_777,
            reliability: 8_888),
        evidence: "high", evidenceCount: 982, openBreaches: ["post-00041"])

    static let newcomerTrust = TrustBody(
        score: "50.0000", raw: 500_000, beforeCaps: 500_000, caps: [],
        components: TrustComponentSet(
            responsiveness: 5_000, nicheFit: 5_000, authenticity: 5_000, engagementQuality: 5_000, disclosure: 5_000,
            reliability: 5_000),
        evidence: "low", evidenceCount: 1, openBreaches: [])

    static let weights = TrustWeights(values: [20, 15, 25, 20, 15, 5])

    static let advocacy = AdvocacyBody(
        flags: ["ambassador", "atRisk"],
        metrics: AdvocacyMetricSet(acceptRateBp: 3_333, earnedShareBp: 0, seedingPostRateBp: nil), stage: "repeat",
        stageRank: 5)

    static func sums(due: String, receivable: String = "0.00") -> CompensationSums {
        CompensationSums(
            commissionsPending: "10.00", due: due, feesAccrued: "1234.50", giftsAtCost: "20.00", giftsAtValue: "45.00",
            inFlight: "0.00", paid: "110.00", receivable: receivable, withheld: "19.00")
    }

    static let compensation = ["EUR": sums(due: "-2.00", receivable: "2.00"), "USD": sums(due: "700.00")]
    static let byCampaign = [
        "spring": ["EUR": sums(due: "-5.00", receivable: "5.00"), "USD": sums(due: "700.00")],
        "autumn": ["EUR": sums(due: "3.00")],
    ]
    static let reportable = [
        "2025": ReportableYear(
            currencies: ["USD": ReportableSums(cash: "10.00", gifts: "5.00", total: "15.00")], reportable: false,
            thresholdUsd: "600.00"),
        "2026": ReportableYear(
            currencies: [
                "EUR": ReportableSums(cash: "110.00", gifts: "45.00", total: "155.00"),
                "USD": ReportableSums(cash: "2000.00", gifts: "45.00", total: "2045.00"),
            ], reportable: true, thresholdUsd: "2000.00"),
    ]

    static let influencer = InfluencerBody(
        influencerId: "ada", tier: "micro", trust: trust, advocacy: advocacy, compensation: compensation,
        byCampaign: byCampaign, reportable: reportable)

    static let newcomer = InfluencerBody(
        influencerId: "bo", tier: "unknown", trust: newcomerTrust,
        advocacy: AdvocacyBody(
            flags: [], metrics: AdvocacyMetricSet(acceptRateBp: nil, earnedShareBp: nil, seedingPostRateBp: nil),
            stage: "prospect", stageRank: 0),
        compensation: [:], byCampaign: [:], reportable: [:])

    static let campaign = CampaignBody(
        campaignId: "spring", brandId: "paper-and-ink", topics: ["books", "music"],
        budget: MoneyBody(currency: "EUR", amount: "5000.00"), startsOn: "2026-01-01", endsOn: "2026-12-31",
        opened: "2026-01-01T08:00:00Z", closed: "2026-12-31T18:00:00Z")

    static let unknownCampaign = CampaignBody(
        campaignId: "mystery", brandId: nil, topics: [], budget: nil, startsOn: nil, endsOn: nil, opened: nil,
        closed: nil)

    static let campaignInfluencers = ItemList(
        items: [
            CampaignInfluencerBody(
                influencerId: "ada", kind: "affiliate", agreed: "2026-01-10T12:00:00Z", ended: "2026-04-10T12:00:00Z",
                endReason: "completed", tier: "micro", score: "49.0000", stage: "repeat",
                compensation: ["EUR": sums(due: "-5.00")]),
            CampaignInfluencerBody(
                influencerId: "bo", kind: nil, agreed: nil, ended: nil, endReason: nil, tier: "unknown",
                score: "50.0000", stage: "prospect", compensation: [:]),
        ], next: "bo")

    static let campaignCompensation = CampaignCompensationBody(
        campaignId: "spring", compensation: ["EUR": CampaignSums(sums: sums(due: "8.00"), media: "77.77")])

    static let taxPolicy = PolicyBody(
        kind: "tax",
        inForce: PolicyVersionBody(
            version: 0, time: nil, effectiveFrom: nil, position: nil,
            body: .object([
                "thresholds": .array([.object(["fromYear": .integer(0), "usd": .string("600.00")])])
            ])),
        versions: [])

    static let trustPolicy = PolicyBody(
        kind: "trust", inForce: trustVersion(2, position: 900),
        versions: [trustVersion(1, position: 1), trustVersion(2, position: 900)])

    private static func trustVersion(_ version: Int64, position: UInt64) -> PolicyVersionBody {
        PolicyVersionBody(
            version: version, time: "2026-0\(version)-01T00:00:00Z", effectiveFrom: "2026-0\(version)-02T00:00:00Z",
            position: position,
            body: .object([
                "evidenceDays": .integer(730),
                "weights": .object(["disclosure": .integer(15), "authenticity": .integer(85)]),
            ]))
    }

    static let status = StatusBody(
        version: "0.1.0", ledgerId: "0190b3c5-7a5c-7d1e-8f2a-0123456789ab", dataDirectory: "/var/lib/campaign-ledger",
        head: 1_234_570,
        readModels: [
            ReadModelStatus(
                name: "views", position: 1_234_570, checkpointPosition: 1_230_000, lagEvents: 0, lagSeconds: 0),
            ReadModelStatus(
                name: "index", position: 1_200_000, checkpointPosition: 1_200_000, lagEvents: 34_570, lagSeconds: 12),
        ],
        sizes: [
            EnvironmentSize(name: "log", bytes: 412_345_678, mapBytes: 1 << 40, usedBytes: 400_000_000),
            EnvironmentSize(name: "views", bytes: 1_000, mapBytes: 1 << 20, usedBytes: 1_000_000),
        ],
        oldestReaderSeconds: 3, queueDepth: 1, durability: "synced before it is acknowledged", readOnly: false,
        readOnlyReason: nil, troubles: [], uptimeSeconds: 93_784)

    static let event = """
        {"data":{"campaignId":"spring","feeId":"fee-1","influencerId":"ada","kind":"fee","amount":{"amount":"129.90",\
        "currency":"EUR"}},"dataschema":"urn:campaign-ledger:fee.accrued:1","id":"e-1",\
        "recordedtime":"2026-03-01T10:00:01.000002Z","sequence":"00000000000000001234","source":"urn:finance",\
        "specversion":"1.0","subject":"influencer/ada","time":"2026-03-01T10:00:00Z","type":"fee.accrued"}
        """

    /// What an attacker would write where free text is allowed.
    static let hostile = "\u{1B}[2J\u{1B}]0;owned\u{07}\r\n\u{202E}txt\u{9B}31m\u{200B}"

    static let faults = ProblemDetails(
        status: 422, title: "Events refused",
        faults: [
            ProblemFault(
                index: 0, code: "invalidField", pointer: "/data/followers", expected: "an integer from 0",
                found: "\"many\"", remedy: "Mend the field."),
            ProblemFault(
                index: 2, code: "unknownField", pointer: "/data/folowers", expected: "a field of audience.measured",
                found: hostile, remedy: "Mend the name."),
            ProblemFault(
                index: nil, code: "tooMany", pointer: "", expected: "at most 10000 events", found: "10001",
                remedy: "Post fewer."),
        ], total: 3)
}
