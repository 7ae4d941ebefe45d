/// What one currency of a compensation comes to (Projections, section 5): decimal strings with all the currency's minor
/// digits. `due` keeps its sign; a negative one is a receivable.
package struct CompensationSums: Codable, Sendable, Equatable {
    package var commissionsPending: String
    package var due: String
    package var feesAccrued: String
    package var giftsAtCost: String
    package var giftsAtValue: String
    package var inFlight: String
    package var paid: String
    package var receivable: String
    package var withheld: String

    package init(
        commissionsPending: String, due: String, feesAccrued: String, giftsAtCost: String, giftsAtValue: String,
        inFlight: String, paid: String, receivable: String, withheld: String
    ) {
        self.commissionsPending = commissionsPending
        self.due = due
        self.feesAccrued = feesAccrued
        self.giftsAtCost = giftsAtCost
        self.giftsAtValue = giftsAtValue
        self.inFlight = inFlight
        self.paid = paid
        self.receivable = receivable
        self.withheld = withheld
    }
}

/// A campaign's sums: those of its influencers, and what its ads cost.
package struct CampaignSums: Codable, Sendable, Equatable {
    package var sums: CompensationSums
    package var media: String

    package init(sums: CompensationSums, media: String) {
        self.sums = sums
        self.media = media
    }

    private enum CodingKeys: String, CodingKey {
        case media
    }

    package init(from decoder: any Decoder) throws {
        sums = try CompensationSums(from: decoder)
        media = try decoder.container(keyedBy: CodingKeys.self).decode(String.self, forKey: .media)
    }

    package func encode(to encoder: any Encoder) throws {
        try sums.encode(to: encoder)
        var container = encoder.container(keyedBy: CodingKeys.self)
        try container.encode(media, forKey: .media)
    }
}

/// What is reportable for one calendar year.
package struct ReportableYear: Codable, Sendable, Equatable {
    /// By currency.
    package var currencies: [String: ReportableSums]
    /// Whether the year's sum in US dollars reaches the threshold.
    package var reportable: Bool
    /// The tax policy's threshold for the year; null where the policy has none for it.
    @Nullable package var thresholdUsd: String?

    package init(currencies: [String: ReportableSums], reportable: Bool, thresholdUsd: String?) {
        self.currencies = currencies
        self.reportable = reportable
        self._thresholdUsd = Nullable(wrappedValue: thresholdUsd)
    }
}

/// Cash settled and gifts at their fair market value, of one year and currency.
package struct ReportableSums: Codable, Sendable, Equatable {
    package var cash: String
    package var gifts: String
    package var total: String

    package init(cash: String, gifts: String, total: String) {
        self.cash = cash
        self.gifts = gifts
        self.total = total
    }
}
