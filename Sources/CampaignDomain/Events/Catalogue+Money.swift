extension Catalogue {
    /// Sales, commissions, fees, payouts, tax: what is owed and paid.
    static let moneySchemas = [
        EventSchema(
            .saleAttributed, "sale.attributed",
            fields: [
                .influencerID, .campaignID, .orderID, Field("net", .money),
                Field("channel", .oneOf(SaleChannel.names)),
            ]),
        EventSchema(
            .saleReversed, "sale.reversed",
            fields: [
                .influencerID, .campaignID, .orderID, Field("net", .money),
                Field("reason", .oneOf(ReversalReason.names)),
            ]),
        EventSchema(.commissionApproved, "commission.approved", fields: [.influencerID, .campaignID, .orderID]),
        EventSchema(
            .feeAccrued, "fee.accrued",
            fields: [
                .influencerID, .campaignID, .feeID, Field("kind", .oneOf(FeeKind.names)), Field("amount", .money),
            ]),
        EventSchema(.feeCancelled, "fee.cancelled", fields: [.influencerID, .campaignID, .feeID]),
        EventSchema(
            .payoutInitiated, "payout.initiated",
            fields: [.influencerID, .campaignID, .payoutID, Field("amount", .money)]),
        EventSchema(.payoutSettled, "payout.settled", fields: [.influencerID, .campaignID, .payoutID]),
        EventSchema(
            .payoutFailed, "payout.failed",
            fields: [.influencerID, .campaignID, .payoutID, Field("reason", .identifier)]),
        EventSchema(
            .taxWithheld, "tax.withheld",
            fields: [.influencerID, .campaignID, Field("withholdingId", .identifier), Field("amount", .money)]),
    ]

    static let campaignSchemas = [
        EventSchema(
            .campaignOpened, "campaign.opened",
            fields: [
                .campaignID, Field("brandId", .identifier), Field("topics", .topics), Field("budget", .money),
                Field("startsOn", .date), Field("endsOn", .date),
            ],
            rules: [.notGreater("startsOn", than: "endsOn")]),
        EventSchema(.campaignClosed, "campaign.closed", fields: [.campaignID, Field("reason", .identifier)]),
        EventSchema(
            .adflightRecorded, "adflight.recorded",
            fields: [
                .campaignID, Field("flightId", .identifier), Field("from", .instant), Field("to", .instant),
                Field("spend", .money), Field("impressions", .count),
            ],
            rules: [.notGreater("from", than: "to")]),
    ]

    /// What is said about the ledger itself: the policies in force and the events that count no longer.
    static let ledgerSchemas = [
        EventSchema(
            .policyPublished, "policy.published",
            fields: [
                Field("kind", .oneOf(PolicyKind.names)), Field("version", .integer(1...((1 << 53) - 1))),
                Field("effectiveFrom", .instant), Field("body", .policyBody),
            ]),
        EventSchema(
            .eventRetracted, "event.retracted",
            fields: [
                Field("influencerId", .identifier, optional: true), Field("campaignId", .identifier, optional: true),
                Field("position", .integer(1...((1 << 53) - 1))), Field("reason", .identifier),
                Field("actor", .identifier),
            ],
            rules: [.exactlyOne("influencerId", "campaignId")]),
    ]
}
