import CampaignDomain
import LedgerAPI

/// The schemas of what answers are made of, by name.
enum PartSchemas {
    static let tiers = Tier.allCases.map(\.rawValue)
    static let stages = Stage.allCases.map(\.name)

    static let all = judgements.merging(money) { _, other in other }.merging(rest) { _, other in other }

    private static let judgements: [String: JSONValue] = [
        "PolicyVersions": Schema.object([
            "advocacy": Schema.number("0 means the defaults."), "tax": Schema.number("0 means the defaults."),
            "trust": Schema.number("0 means the defaults."),
        ]),
        "Score": .object([
            "type": .string("string"), "pattern": .string(#"^[0-9]{1,3}\.[0-9]{4}$"#),
            "description": .string("0.0000 to 100.0000."),
        ]),
        "Trust": Schema.object([
            "score": Schema.reference("Score"), "raw": Schema.number("The score times 10,000."),
            "beforeCaps": Schema.number("The sum of the weighted components."),
            "caps": Schema.list(
                of: Schema.object([
                    "cap": Schema.text(of: ["openBreach", "suspiciousFollowers"]),
                    "events": Schema.list(of: Schema.reference("EventIdentity")),
                    "limit": Schema.number("The most that raw can be."),
                ])),
            "components": Schema.object(
                Dictionary(
                    uniqueKeysWithValues: TrustComponent.allCases.map {
                        ($0.rawValue, Schema.number("0 to 10,000 basis points."))
                    })),
            "evidence": Schema.text(of: EvidenceBand.allCases.map(\.rawValue)),
            "evidenceCount": Schema.number("The e of the evidence band."),
            "openBreaches": Schema.list(of: Schema.identifier),
        ]),
        "EventIdentity": Schema.tuple([Schema.text("The event's source."), Schema.text("The event's id.")]),
        "Advocacy": Schema.object([
            "flags": Schema.list(of: Schema.text(of: AdvocacyFlag.allCases.map(\.rawValue))),
            "metrics": Schema.object([
                "acceptRateBp": share, "earnedShareBp": share, "seedingPostRateBp": share,
            ]),
            "stage": Schema.text(of: stages), "stageRank": Schema.number("0 to 7."),
        ]),
    ]

    private static let share = Schema.nullable(Schema.number("Basis points; null where the denominator is 0."))

    private static let sums = Dictionary(uniqueKeysWithValues: NamedSum.all.map { ($0.name, Schema.money) })

    private static let money: [String: JSONValue] = [
        "Money": Schema.object(["currency": Schema.text("ISO 4217."), "amount": Schema.money]),
        "Sums": Schema.object(sums),
        "CampaignSums": Schema.object(sums.merging(["media": Schema.money]) { _, other in other }),
        "ReportableYear": Schema.object([
            "currencies": Schema.map(
                of: Schema.object(["cash": Schema.money, "gifts": Schema.money, "total": Schema.money]),
                "By currency."),
            "reportable": Schema.flag, "thresholdUsd": Schema.nullable(Schema.money),
        ]),
    ]

    private static let rest: [String: JSONValue] = [
        "Counters": Schema.object([
            "time": Schema.nullable(Schema.instant), "likes": Schema.number("Cumulative."),
            "comments": Schema.number("Cumulative."), "shares": counter, "saves": counter, "views": counter,
            "reach": counter, "impressions": counter,
        ]),
        "PolicyVersion": Schema.object([
            "version": Schema.number("0 for the built-in defaults."), "time": Schema.nullable(Schema.instant),
            "effectiveFrom": Schema.nullable(Schema.instant),
            "position": Schema.nullable(Schema.number("Of its event.", from: 1)),
            "body": .object(["type": .string("object"), "description": .string("The parameters of its kind.")]),
        ]),
    ]

    private static let counter = Schema.nullable(Schema.number("Cumulative; null where it was not told."))
}
