import CampaignDomain

extension ListGeneration {
    /// Of each order the answers of so many are kept: a first page.
    static let answersPerOrder = 100
    /// Currencies by whose dues first pages are kept: those with the most influencers.
    static let answeredCurrenciesMax = 8

    /// Whose answers are kept, each once: `answersPerOrder` of each order at most, so some 1,100 in all.
    var answered: Set<String> {
        var ids: Set<String> = []
        for sort in Self.standardSorts + answeredCurrencies.map({ .due($0) }) {
            for number in (orders[sort] ?? []).prefix(Self.answersPerOrder) { ids.insert(self.ids[Int(number)]) }
        }
        return ids
    }

    private var answeredCurrencies: ArraySlice<Currency> {
        var counts: [(currency: Currency, count: Int)] = []
        for case (.due(let currency), let order) in orders { counts.append((currency, order.count)) }
        counts.sort { $0.count != $1.count ? $0.count > $1.count : $0.currency < $1.currency }
        return counts.map(\.currency).prefix(Self.answeredCurrenciesMax)
    }
}
