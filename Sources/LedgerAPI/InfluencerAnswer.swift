/// Everything of one influencer: the body of `/v1/influencers/{id}` and an item of `/v1/influencers`.
package struct InfluencerBody: Codable, Sendable, Equatable {
    package var influencerId: String
    /// `unknown`, `emerging`, `nano`, `micro`, `mid`, `macro` or `mega`.
    package var tier: String
    package var trust: TrustBody
    package var advocacy: AdvocacyBody
    /// By currency.
    package var compensation: [String: CompensationSums]
    /// By campaign, then by currency.
    package var byCampaign: [String: [String: CompensationSums]]
    /// By calendar year.
    package var reportable: [String: ReportableYear]

    package init(
        influencerId: String, tier: String, trust: TrustBody, advocacy: AdvocacyBody,
        compensation: [String: CompensationSums], byCampaign: [String: [String: CompensationSums]],
        reportable: [String: ReportableYear]
    ) {
        self.influencerId = influencerId
        self.tier = tier
        self.trust = trust
        self.advocacy = advocacy
        self.compensation = compensation
        self.byCampaign = byCampaign
        self.reportable = reportable
    }
}

/// The body of `/v1/influencers/{id}/trust`.
package struct InfluencerTrustBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var trust: TrustBody

    package init(influencerId: String, trust: TrustBody) {
        self.influencerId = influencerId
        self.trust = trust
    }
}

/// The body of `/v1/influencers/{id}/advocacy`.
package struct InfluencerAdvocacyBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var advocacy: AdvocacyBody

    package init(influencerId: String, advocacy: AdvocacyBody) {
        self.influencerId = influencerId
        self.advocacy = advocacy
    }
}

/// The body of `/v1/influencers/{id}/compensation`.
package struct InfluencerCompensationBody: Codable, Sendable, Equatable {
    package var influencerId: String
    package var compensation: [String: CompensationSums]
    package var byCampaign: [String: [String: CompensationSums]]
    package var reportable: [String: ReportableYear]

    package init(
        influencerId: String, compensation: [String: CompensationSums],
        byCampaign: [String: [String: CompensationSums]], reportable: [String: ReportableYear]
    ) {
        self.influencerId = influencerId
        self.compensation = compensation
        self.byCampaign = byCampaign
        self.reportable = reportable
    }
}
