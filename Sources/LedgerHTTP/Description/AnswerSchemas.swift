import CampaignDomain
import LedgerAPI

/// The schemas of answers, by name. Each answer that has a standing is closed: its members are all there are.
enum AnswerSchemas {
    static let all: [String: JSONValue] = [
        "Influencer": answered(influencer),
        "InfluencerList": list(
            of: influencer.merging([
                "engagements": Schema.number("Of live posts of age up to 365 days."),
                "platform": Schema.nullable(Schema.identifier),
                "homeTopics": Schema.list(of: Schema.text("A topic.")),
            ]) { _, member in member }),
        "InfluencerTrust": explained(
            ["influencerId": Schema.identifier, "trust": Schema.reference("Trust")], "TrustExplanation"),
        "InfluencerAdvocacy": explained(
            ["influencerId": Schema.identifier, "advocacy": Schema.reference("Advocacy")], "AdvocacyExplanation"),
        "InfluencerCompensation": explained(compensation, "CompensationExplanation"),
        "EventReferenceList": list(of: Schema.reference("EventReference")),
        "PostingList": list(of: Schema.reference("Posting")),
        "TrustHistory": list(
            of: Schema.object(["at": Schema.instant, "trust": Schema.reference("Trust")])),
        "PostList": list(of: post),
        "Campaign": answered(campaign),
        "CampaignList": list(of: campaign),
        "CampaignInfluencerList": list(of: campaignInfluencer),
        "CampaignCompensation": answered([
            "campaignId": Schema.identifier,
            "compensation": Schema.map(of: Schema.reference("CampaignSums"), "By currency."),
        ]),
        "TrialBalance": answered([
            "trialBalance": Schema.map(
                of: Schema.map(
                    of: Schema.number("Minor units, debits positive; up to 128 bits.", from: nil), "By account."),
                "By currency.")
        ]),
        "Policy": answered(policy),
        "PolicyList": list(of: policy),
    ]

    static let standing: [String: JSONValue] = [
        "position": Schema.number("The last position the answer has seen."),
        "head": Schema.number("The log's head when the answer was made."),
        "at": Schema.instant,
        "policyVersion": Schema.reference("PolicyVersions"),
    ]

    static func answered(_ members: [String: JSONValue]) -> JSONValue {
        Schema.object(standing.merging(members) { _, member in member })
    }

    /// An answer that has its reasons with `explain=true`.
    private static func explained(_ members: [String: JSONValue], _ explanation: String) -> JSONValue {
        let reasons = ["explanation": Schema.reference(explanation)]
        return Schema.object(
            standing.merging(members) { _, member in member }.merging(reasons) { _, member in member },
            optional: ["explanation"])
    }

    static func list(of item: [String: JSONValue]) -> JSONValue { list(of: Schema.object(item)) }

    static func list(of item: JSONValue) -> JSONValue {
        answered([
            "items": Schema.list(of: item),
            "next": Schema.nullable(Schema.text("The cursor of the next page.")),
        ])
    }

    private static let compensation: [String: JSONValue] = [
        "influencerId": Schema.identifier,
        "compensation": Schema.map(of: Schema.reference("Sums"), "By currency."),
        "byCampaign": Schema.map(of: Schema.map(of: Schema.reference("Sums"), "By currency."), "By campaign."),
        "reportable": Schema.map(of: Schema.reference("ReportableYear"), "By calendar year."),
    ]

    static let influencer: [String: JSONValue] = compensation.merging([
        "tier": Schema.text(of: PartSchemas.tiers), "trust": Schema.reference("Trust"),
        "advocacy": Schema.reference("Advocacy"),
    ]) { _, member in member }

    static let post: [String: JSONValue] = [
        "postId": Schema.identifier, "published": Schema.instant, "platform": Schema.identifier,
        "topics": Schema.list(of: Schema.text("A topic.")), "brandIds": Schema.list(of: Schema.identifier),
        "campaignId": Schema.nullable(Schema.identifier),
        "connection": Schema.text(of: ["none", "gift", "fee", "affiliate"]), "live": Schema.flag,
        "removed": Schema.nullable(Schema.instant), "needsDisclosure": Schema.flag,
        "verdict": Schema.nullable(Schema.text(of: ["clear", "ambiguous", "missing", "notRequired"])),
        "engagements": Schema.number("likes + comments + shares + saves."),
        "counters": Schema.nullable(Schema.reference("Counters")),
    ]

    private static let campaign: [String: JSONValue] = [
        "campaignId": Schema.identifier, "brandId": Schema.nullable(Schema.identifier),
        "topics": Schema.list(of: Schema.text("A topic.")), "budget": Schema.nullable(Schema.reference("Money")),
        "startsOn": Schema.nullable(Schema.date), "endsOn": Schema.nullable(Schema.date),
        "opened": Schema.nullable(Schema.instant), "closed": Schema.nullable(Schema.instant),
    ]

    private static let campaignInfluencer: [String: JSONValue] = [
        "influencerId": Schema.identifier,
        "kind": Schema.nullable(Schema.text(of: ["gift", "paid", "affiliate", "ambassador"])),
        "agreed": Schema.nullable(Schema.instant), "ended": Schema.nullable(Schema.instant),
        "endReason": Schema.nullable(Schema.text(of: EndReason.names)), "tier": Schema.text(of: PartSchemas.tiers),
        "score": Schema.reference("Score"),
        "stage": Schema.text(of: PartSchemas.stages),
        "compensation": Schema.map(of: Schema.reference("Sums"), "In this campaign, by currency."),
    ]

    private static let policy: [String: JSONValue] = [
        "kind": Schema.text(of: ["advocacy", "tax", "trust"]), "inForce": Schema.reference("PolicyVersion"),
        "versions": Schema.list(of: Schema.reference("PolicyVersion")),
    ]
}
