/// A campaign's compensation: the sums over its influencers, with media (Projections, section 5).
public struct CampaignCompensation: Sendable, Equatable {
    /// The amounts of one currency; media in minor units.
    public struct CurrencySums: Sendable, Equatable {
        public let currency: Currency
        public internal(set) var amounts = Amounts()
        public internal(set) var media: Int128 = 0
    }

    private var sums: [CurrencySums] = []

    /// - Parameter media: the campaign's own evidence; nil: its stream has none.
    public init(media: CampaignEvidence?) {
        for flight in media?.flights ?? [] where flight.spend.minorUnits > 0 {
            withSums(of: flight.spend.currency) { $0.media += Int128(flight.spend.minorUnits) }
        }
    }

    /// Adds what an influencer's answer says of the campaign.
    public mutating func add(_ answer: CompensationAnswer, campaignID: String) {
        guard let campaign = answer.byCampaign.first(where: { $0.campaignID == campaignID }) else { return }
        for own in campaign.currencies {
            withSums(of: own.currency) { $0.amounts.add(own.amounts) }
        }
    }

    /// Adds the sums of other influencers of the same campaign.
    public mutating func merge(_ other: CampaignCompensation) {
        for own in other.sums {
            withSums(of: own.currency) {
                $0.amounts.add(own.amounts)
                $0.media += own.media
            }
        }
    }

    /// Sorted by code.
    public var currencies: [CurrencySums] {
        sums.sorted { $0.currency < $1.currency }
    }

    private mutating func withSums(of currency: Currency, _ change: (inout CurrencySums) -> Void) {
        let place = sums.firstIndex { $0.currency == currency } ?? sums.count
        if place == sums.count { sums.append(CurrencySums(currency: currency)) }
        change(&sums[place])
    }
}
