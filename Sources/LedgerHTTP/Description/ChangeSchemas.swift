import CampaignDomain
import LedgerAPI

/// The schemas of what a whatif finds, by name.
enum ChangeSchemas {
    static let all: [String: JSONValue] = [
        "Change": change,
        "ChangeList": Schema.object([
            "items": Schema.list(of: Schema.reference("Change")),
            "next": Schema.nullable(Schema.text("The cursor of the next page.")),
        ]),
    ]

    private static let change = Schema.object([
        "influencerId": Schema.identifier, "tier": Schema.text(of: PartSchemas.tiers),
        "score": changed(Schema.reference("Score")), "scoreBeforeCaps": changed(Schema.reference("Score")),
        "components": Schema.list(
            of: Schema.object([
                "component": Schema.text(of: TrustComponent.allCases.map(\.rawValue)),
                "before": Schema.number("Basis points."), "after": Schema.number("Basis points."),
            ])),
        "evidence": changed(Schema.text(of: EvidenceBand.allCases.map(\.rawValue))),
        "evidenceCount": changed(Schema.number("The e of the evidence band.")),
        "caps": changed(Schema.list(of: Schema.text(of: TrustCap.Kind.allCases.map(\.rawValue)))),
        "openBreaches": changed(Schema.number("Posts in open breach.")),
        "stage": changed(Schema.text(of: PartSchemas.stages)),
        "flags": changed(Schema.list(of: Schema.text(of: AdvocacyFlag.allCases.map(\.rawValue)))),
        "metrics": Schema.list(
            of: Schema.object([
                "metric": Schema.text(of: AdvocacyMetric.allCases.map(\.rawValue)), "before": share, "after": share,
            ])),
        "homeTopics": changed(Schema.list(of: Schema.text("A topic."))),
        "compensation": Schema.map(
            of: Schema.map(of: pair(Schema.money), "By the name of the sum; those that differ."), "By currency."),
        "reportable": Schema.list(
            of: Schema.object([
                "year": Schema.number("A calendar year, UTC."), "currency": Schema.text("ISO 4217."),
                "before": reported, "after": reported,
            ])),
    ])

    private static let share = Schema.nullable(Schema.number("Basis points; null where the denominator is 0."))

    private static let reported = Schema.object([
        "cash": Schema.money, "gifts": Schema.money, "reportable": Schema.nullable(Schema.flag),
    ])

    private static func pair(_ value: JSONValue) -> JSONValue {
        Schema.object(["before": value, "after": value])
    }

    /// Before and after; null where it stays as it is.
    private static func changed(_ value: JSONValue) -> JSONValue { Schema.nullable(pair(value)) }
}
