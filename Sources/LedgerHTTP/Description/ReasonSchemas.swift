import CampaignDomain
import LedgerAPI

/// The schemas of explanations and of what stands behind them, by name.
enum ReasonSchemas {
    static let all = trust.merging(advocacy) { _, other in other }.merging(money) { _, other in other }
        .merging(events) { _, other in other }

    private static let reason = Schema.reference("EventReason")

    private static let events: [String: JSONValue] = [
        "EventReason": Schema.object([
            "reason": Schema.text("What to ask for all the events with."),
            "positions": Schema.list(of: Schema.number("Ascending; the first ten at most.", from: 1)),
            "more": Schema.flag,
        ]),
        "EventReference": Schema.object(event),
    ]

    private static let event: [String: JSONValue] = [
        "position": Schema.number("In the log.", from: 1), "source": Schema.text("The event's source."),
        "id": Schema.text("The event's id."), "type": Schema.text("A name of the catalogue."),
        "time": Schema.instant,
    ]

    private static let trust: [String: JSONValue] = [
        "TrustExplanation": Schema.object([
            "components": Schema.list(of: Schema.reference("TrustComponentReasons")),
            "capping": .object([
                "type": .string("integer"), "maximum": .integer(0),
                "description": .string("What the caps take away: beforeCaps + capping = raw."),
            ]),
            "caps": Schema.list(
                of: Schema.object([
                    "cap": Schema.text(of: ["openBreach", "suspiciousFollowers"]),
                    "limit": Schema.number("The most that raw can be."), "events": reason,
                ])),
            "evidence": Schema.list(
                of: Schema.object([
                    "kind": Schema.text(of: EvidenceKind.allCases.map(\.rawValue)),
                    "count": Schema.number("Together they are evidenceCount."), "events": reason,
                ])),
            "homeTopics": Schema.object([
                "topics": Schema.list(of: Schema.text("A topic.")),
                "source": Schema.text(of: ["organicPosts", "registration", "none"]), "events": reason,
            ]),
            "authenticity": Schema.object([
                "posts": Schema.number("Live posts of the days."), "sponsored": Schema.number("Of them."),
                "brands": Schema.number("Distinct, on the sponsored ones."),
            ]),
            "engagement": Schema.object([
                "posts": Schema.number("Mature, with counters."), "likes": Schema.number("Their sum."),
                "comments": Schema.number("Their sum."), "anomalies": Schema.number("Posts whose likes stand out."),
                "followers": Schema.nullable(Schema.number("Null: never measured.")),
                "suspiciousBp": Schema.number("Basis points of the followers."),
            ]),
        ]),
        "TrustComponentReasons": Schema.object([
            "component": Schema.text(of: TrustComponent.allCases.map(\.rawValue)),
            "weight": Schema.number("Of the policy."),
            "value": Schema.number("0 to 10,000 basis points: the sum of the parts' points."),
            "contribution": Schema.number("weight times value; together they are beforeCaps."),
            "parts": Schema.list(
                of: Schema.object([
                    "part": Schema.text(of: TrustPart.allCases.map(\.rawValue)),
                    "count": Schema.number("What is counted."), "good": Schema.number("Weighted evidence for."),
                    "bad": Schema.number("Weighted evidence against."),
                    "points": Schema.number("Basis points; below zero what it takes away.", from: nil),
                    "events": reason,
                ])),
        ]),
    ]

    private static let advocacy: [String: JSONValue] = [
        "AdvocacyExplanation": Schema.object([
            "stages": Schema.list(
                of: Schema.object([
                    "stage": Schema.text(of: PartSchemas.stages), "stageRank": Schema.number("0 to 7."),
                    "holds": Schema.flag, "ways": Schema.list(of: Schema.reference("AdvocacyWay")),
                ])),
            "flags": Schema.list(
                of: Schema.object([
                    "flag": Schema.text(of: AdvocacyFlag.allCases.map(\.rawValue)), "holds": Schema.flag,
                    "ways": Schema.list(of: Schema.reference("AdvocacyWay")), "events": reason,
                ])),
            "metrics": Schema.list(
                of: Schema.object([
                    "metric": Schema.text(of: AdvocacyMetric.allCases.map(\.rawValue)),
                    "part": Schema.number("Of the whole."), "whole": Schema.number("What is counted."),
                    "valueBp": Schema.nullable(Schema.number("Basis points; null where the whole is 0.")),
                    "events": reason,
                ])),
        ]),
        "AdvocacyWay": Schema.object([
            "brandId": Schema.nullable(Schema.identifier), "holds": Schema.flag,
            "conditions": Schema.list(
                of: Schema.object([
                    "count": Schema.text(of: AdvocacyCount.allCases.map(\.rawValue)),
                    "found": Schema.number("How many there are."), "bound": Schema.number("What the rule asks for."),
                    "comparison": Schema.text(of: ["atLeast", "atMost"]), "holds": Schema.flag, "events": reason,
                ])),
        ]),
    ]

    private static let money: [String: JSONValue] = [
        "CompensationExplanation": Schema.object([
            "compensation": sums,
            "byCampaign": Schema.map(of: sums, "By campaign."),
            "reportable": Schema.map(
                of: Schema.list(
                    of: Schema.object([
                        "currency": Schema.text("ISO 4217."),
                        "kind": Schema.text(of: ReceiptKind.allCases.map(\.rawValue)),
                        "count": Schema.number("Postings."), "amount": Schema.money,
                    ])), "By calendar year."),
        ]),
        "SumReasons": Schema.object([
            "value": Schema.money,
            "parts": Schema.list(
                of: Schema.object([
                    "debit": accounts, "credit": accounts, "count": Schema.number("Postings."),
                    "amount": Schema.money,
                ])),
        ]),
        "Posting": Schema.object(
            event.merging([
                "day": Schema.date, "influencerId": Schema.nullable(Schema.identifier),
                "campaignId": Schema.identifier, "debit": accounts, "credit": accounts,
                "currency": Schema.text("ISO 4217."), "amount": Schema.money,
                "minor": Schema.number("The amount in minor units."),
            ]) { _, member in member }),
    ]

    private static let accounts = Schema.text(of: Account.allCases.map(\.name))

    private static let sums = Schema.map(
        of: Schema.object(
            Dictionary(
                uniqueKeysWithValues: CompensationSum.allCases.map { ($0.rawValue, Schema.reference("SumReasons")) })),
        "By currency.")
}
