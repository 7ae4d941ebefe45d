import CampaignDomain
import LedgerAPI

/// The schemas of efficiency, the register of exceptions, statements and exports, by name.
enum AuditSchemas {
    static let all = efficiency.merging(audit) { _, other in other }.merging(exports) { _, other in other }

    private static let efficiency: [String: JSONValue] = [
        "CampaignEfficiency": AnswerSchemas.answered([
            "campaignId": Schema.identifier,
            "efficiency": Schema.object([
                "cost": Schema.map(of: Schema.reference("CampaignCost"), "By currency."),
                "posts": Schema.number("Live posts of its collaborations with counters; the sums are theirs."),
                "engagements": Schema.number("likes + comments + shares + saves."),
                "impressions": Schema.number("The sum."), "reach": Schema.number("The sum."),
                "views": Schema.number("The sum."),
                "onTopicReach": Schema.number("Of posts whose topics meet the campaign's."),
                "bandShareBp": Schema.nullable(
                    Schema.number("Its collaborations' influencers in the micro-influencer band, basis points.")),
                "paidUplift": Schema.reference("PaidUplift"),
            ]),
        ]),
        "CampaignCost": Schema.object([
            "cost": Schema.money, "costPaid": Schema.money,
            "costPerEngagement": Schema.nullable(Schema.reference("UnitCost")),
            "costPerMille": Schema.nullable(Schema.reference("UnitCost")),
        ]),
        "UnitCost": Schema.object([
            "minor": Schema.number("The cost in minor units."),
            "count": Schema.number("What it is shared by.", from: 1),
            "decimal": Schema.text("In the currency's unit, four places, half to even."),
        ]),
        "PaidUplift": Schema.object([
            "treated": Schema.number("Posts beside paid ads."), "control": Schema.number("The others."),
            "insufficient": Schema.flag, "upliftBp": uplift, "medianUpliftBp": uplift,
        ]),
        "CampaignFunnel": AnswerSchemas.answered([
            "campaignId": Schema.identifier,
            "influencers": Schema.number("Of whom an event names the campaign."),
            "stages": Schema.list(
                of: Schema.object([
                    "stage": Schema.text(of: PartSchemas.stages), "stageRank": Schema.number("0 to 7."),
                    "count": Schema.number("How many stand there."),
                ])),
        ]),
    ]

    private static let uplift = Schema.nullable(
        Schema.number("Basis points; an association, not an effect. Null where it would divide by 0.", from: nil))

    private static let audit: [String: JSONValue] = [
        "ExceptionList": AnswerSchemas.answered([
            "items": Schema.list(of: Schema.reference("Exception")),
            "next": Schema.nullable(Schema.text("The cursor of the next page.")),
        ]),
        "Exception": Schema.object(
            [
                "kind": Schema.text(of: ExceptionKind.allCases.map(\.rawValue)), "since": Schema.instant,
                "events": Schema.list(of: Schema.reference("EventIdentity")),
                "positions": Schema.list(of: Schema.number("Of the events, in their order.", from: 1)),
                "influencerId": Schema.identifier, "campaignId": Schema.identifier,
                "about": Schema.object(about, optional: Set(about.keys)),
            ], optional: ["influencerId", "campaignId"]),
        "Statement": AnswerSchemas.answered([
            "from": Schema.date, "to": Schema.date, "influencerId": Schema.nullable(Schema.identifier),
            "campaignId": Schema.nullable(Schema.identifier),
            "accounts": Schema.list(
                of: Schema.object([
                    "currency": Schema.text("ISO 4217."), "account": Schema.text("Its name."),
                    "opening": Schema.money, "debits": Schema.money, "credits": Schema.money, "closing": Schema.money,
                ])),
            "postingCount": Schema.number("Postings of the whole span."),
            "items": Schema.list(of: Schema.reference("Posting")),
            "next": Schema.nullable(Schema.text("The cursor of the next page.")),
        ]),
        "Posting": Schema.object([
            "position": Schema.number("Of its event.", from: 1), "source": Schema.text("The event's source."),
            "id": Schema.text("The event's id."), "type": Schema.text("The event's type."), "time": Schema.instant,
            "day": Schema.date, "influencerId": Schema.nullable(Schema.identifier), "campaignId": Schema.identifier,
            "debit": Schema.text("The account that it adds to."), "credit": Schema.text("The account it takes from."),
            "currency": Schema.text("ISO 4217."), "amount": Schema.money,
            "minor": Schema.number("The amount in minor units.", from: 1),
        ]),
    ]

    private static let about: [String: JSONValue] = [
        "thingId": Schema.text("The post, shipment, order, fee, payout, withholding or flight."),
        "campaignId": Schema.identifier, "quantity": Schema.number("Units beyond what the shipment holds."),
        "currency": Schema.text("ISO 4217."), "amount": Schema.money,
    ]

    private static let exports: [String: JSONValue] = [
        "ExportBeginning": AnswerSchemas.answered([
            "export": Schema.text(of: ExportKind.allCases.map(\.rawValue)),
            "ledgerId": Schema.text("Of the ledger, for ever."), "version": Schema.text("Of the program."),
            "influencers": Schema.nullable(Schema.number("How many influencers are gone through.")),
        ]),
        "ExportEnd": Schema.object([
            "end": Schema.flag, "count": Schema.number("Lines between the first and this one."),
        ]),
        "ExportedInfluencer": Schema.object(
            AnswerSchemas.influencer.merging([
                "platform": Schema.nullable(Schema.identifier), "homeTopics": Schema.list(of: Schema.text("A topic.")),
                "engagements": Schema.number("Of live posts of age ≤ 365 days."),
                "registered": Schema.nullable(Schema.instant),
            ]) { _, member in member }),
        "ExportedPost": Schema.object(
            AnswerSchemas.post.merging([
                "influencerId": Schema.identifier, "position": Schema.number("Of the publication.", from: 1),
                "source": Schema.text("The event's source."), "id": Schema.text("The event's id."),
            ]) { _, member in member }),
    ]
}
