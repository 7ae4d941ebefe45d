extension Catalogue {
    /// Who takes part, how large their audience is, how they answer it, and what they were invited to.
    static let influencerSchemas = [
        EventSchema(
            .influencerRegistered, "influencer.registered",
            fields: [
                .influencerID, Field("platform", .identifier), Field("country", .country, optional: true),
                Field("niches", .topics),
            ]),
        EventSchema(
            .audienceMeasured, "audience.measured",
            fields: [
                .influencerID, Field("followers", .count), Field("following", .count, optional: true),
                Field("posts", .count, optional: true), Field("suspiciousBp", .basisPoints, optional: true),
            ]),
        EventSchema(
            .conversationRecorded, "conversation.recorded",
            fields: [
                .influencerID, Field("from", .instant), Field("commentsReceived", .count),
                Field("commentsReplied", .count), Field("directMessagesReceived", .count),
                Field("directMessagesReplied", .count),
            ],
            rules: [
                .notGreater("commentsReplied", than: "commentsReceived"),
                .notGreater("directMessagesReplied", than: "directMessagesReceived"), .notAfterTime("from"),
            ]),
    ]

    static let collaborationSchemas = [
        EventSchema(
            .outreachSent, "outreach.sent",
            fields: [.influencerID, .campaignID, Field("channel", .identifier, optional: true)]),
        EventSchema(
            .outreachAnswered, "outreach.answered",
            fields: [
                .influencerID, .campaignID, Field("answer", .oneOf(OutreachAnswer.names)),
                Field("reason", .oneOf(DeclineReason.names), optional: true),
            ]),
        EventSchema(
            .collaborationAgreed, "collaboration.agreed",
            fields: [
                .influencerID, .campaignID, Field("kind", .oneOf(CollaborationKind.names)),
                Field("deliverables", .integer(1...100)), Field("deadlineDays", .integer(1...365)),
                Field("fee", .money, optional: true), Field("commissionBp", .basisPoints, optional: true),
                Field("jurisdiction", .oneOf(Jurisdiction.names), optional: true),
                Field("termDays", .integer(1...3650), optional: true),
            ]),
        EventSchema(
            .collaborationEnded, "collaboration.ended",
            fields: [.influencerID, .campaignID, Field("reason", .oneOf(EndReason.names))]),
    ]

    static let shipmentSchemas = [
        EventSchema(
            .productSent, "product.sent",
            fields: [
                .influencerID, .campaignID, .shipmentID, Field("productId", .identifier), .quantity,
                Field("unitCost", .money), Field("unitValue", .money),
            ],
            rules: [.sameCurrency("unitCost", "unitValue")]),
        EventSchema(
            .productDelivered, "product.delivered", fields: [.influencerID, .campaignID, .shipmentID, .quantity]),
        EventSchema(
            .productReturned, "product.returned", fields: [.influencerID, .campaignID, .shipmentID, .quantity]),
        EventSchema(.productLost, "product.lost", fields: [.influencerID, .campaignID, .shipmentID, .quantity]),
    ]

    static let postSchemas = [
        EventSchema(
            .postPublished, "post.published",
            fields: [
                .influencerID, .postID, Field("platform", .identifier), Field("topics", .topics),
                Field("brandIds", .identifiers(upTo: 8), optional: true),
                Field("campaignId", .identifier, optional: true), Field("connection", .oneOf(Connection.names)),
                Field("disclosure", .oneOf(Disclosure.names), optional: true),
            ]),
        EventSchema(
            .postRemoved, "post.removed", fields: [.influencerID, .postID, Field("by", .oneOf(Remover.names))]),
        EventSchema(
            .disclosureAssessed, "disclosure.assessed",
            fields: [
                .influencerID, .postID, Field("verdict", .oneOf(Verdict.names)),
                Field("rule", .identifier, optional: true),
            ]),
        EventSchema(
            .engagementRecorded, "engagement.recorded",
            fields: [
                .influencerID, .postID, Field("likes", .count), Field("comments", .count),
                Field("shares", .count, optional: true), Field("saves", .count, optional: true),
                Field("views", .count, optional: true), Field("reach", .count, optional: true),
                Field("impressions", .count, optional: true),
            ]),
    ]
}
