/// An amount of money as events and answers write it.
package struct MoneyBody: Codable, Sendable, Equatable {
    /// An ISO 4217 code.
    package var currency: String
    /// A decimal with all the currency's minor digits.
    package var amount: String

    package init(currency: String, amount: String) {
        self.currency = currency
        self.amount = amount
    }
}

/// A campaign: the body of `/v1/campaigns/{id}` and an item of `/v1/campaigns`. What its opening says is null while no
/// opening is known.
package struct CampaignBody: Codable, Sendable, Equatable {
    package var campaignId: String
    @Nullable package var brandId: String?
    package var topics: [String]
    @Nullable package var budget: MoneyBody?
    /// `YYYY-MM-DD`.
    @Nullable package var startsOn: String?
    @Nullable package var endsOn: String?
    /// When it was opened, RFC 3339 in UTC.
    @Nullable package var opened: String?
    @Nullable package var closed: String?

    package init(
        campaignId: String, brandId: String?, topics: [String], budget: MoneyBody?, startsOn: String?, endsOn: String?,
        opened: String?, closed: String?
    ) {
        self.campaignId = campaignId
        self._brandId = Nullable(wrappedValue: brandId)
        self.topics = topics
        self._budget = Nullable(wrappedValue: budget)
        self._startsOn = Nullable(wrappedValue: startsOn)
        self._endsOn = Nullable(wrappedValue: endsOn)
        self._opened = Nullable(wrappedValue: opened)
        self._closed = Nullable(wrappedValue: closed)
    }
}

/// An item of `/v1/campaigns/{id}/influencers`.
package struct CampaignInfluencerBody: Codable, Sendable, Equatable {
    package var influencerId: String
    /// `gift`, `paid`, `affiliate` or `ambassador`; null without an agreement.
    @Nullable package var kind: String?
    @Nullable package var agreed: String?
    @Nullable package var ended: String?
    /// `completed`, `cancelled` or `breach`.
    @Nullable package var endReason: String?
    package var tier: String
    /// The trust score as a decimal with four places.
    package var score: String
    package var stage: String
    /// In this campaign, by currency.
    package var compensation: [String: CompensationSums]

    package init(
        influencerId: String, kind: String?, agreed: String?, ended: String?, endReason: String?, tier: String,
        score: String, stage: String, compensation: [String: CompensationSums]
    ) {
        self.influencerId = influencerId
        self._kind = Nullable(wrappedValue: kind)
        self._agreed = Nullable(wrappedValue: agreed)
        self._ended = Nullable(wrappedValue: ended)
        self._endReason = Nullable(wrappedValue: endReason)
        self.tier = tier
        self.score = score
        self.stage = stage
        self.compensation = compensation
    }
}

/// The body of `/v1/campaigns/{id}/compensation`.
package struct CampaignCompensationBody: Codable, Sendable, Equatable {
    package var campaignId: String
    /// By currency.
    package var compensation: [String: CampaignSums]

    package init(campaignId: String, compensation: [String: CampaignSums]) {
        self.campaignId = campaignId
        self.compensation = compensation
    }
}
