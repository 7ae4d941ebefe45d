extension Situation {
    /// Compensation at the moment (Projections, section 5).
    public func compensation() -> CompensationAnswer {
        let byCampaign = amountsByCampaign()
        let campaigns = byCampaign.indices.filter { !byCampaign[$0].isEmpty }
            .sorted { evidence.campaignNames.precedes($0, $1) }
        return CompensationAnswer(
            policyVersion: view.tax.version, currencies: total(byCampaign),
            byCampaign: campaigns.map {
                CampaignAmounts(campaignID: evidence.campaignNames.name($0), currencies: byCampaign[$0].settled())
            },
            reportable: reportable())
    }

    /// The amounts over all campaigns, sorted by code: the `currencies` of `compensation()`.
    func amounts() -> [CurrencyAmounts] {
        total(amountsByCampaign())
    }

    private func total(_ byCampaign: [[CurrencyAmounts]]) -> [CurrencyAmounts] {
        var total: [CurrencyAmounts] = []
        for currencies in byCampaign {
            for own in currencies { total.withAmounts(of: own.currency) { $0.add(own.amounts) } }
        }
        return total.settled()
    }

    /// All postings by (day, time, source, id) of their events.
    public func postings() -> [Posting] {
        let order = evidence.order
        let sorted = evidence.transfers().sorted {
            $0.day != $1.day ? $0.day < $1.day : order.precedes($0.event, $1.event)
        }
        return sorted.map { posting($0) }
    }

    func posting(_ transfer: Transfer) -> Posting {
        Posting(
            campaignID: evidence.campaignNames.name(transfer.campaign), debit: transfer.debit, credit: transfer.credit,
            amount: transfer.amount, day: transfer.day, event: transfer.event)
    }

    /// By campaign index, the currencies in which a posting or gift exists.
    private func amountsByCampaign() -> [[CurrencyAmounts]] {
        var byCampaign = [[CurrencyAmounts]](repeating: [], count: evidence.campaignNames.count)
        for transfer in evidence.transfers() {
            byCampaign[transfer.campaign].withAmounts(of: transfer.amount.currency) {
                $0.add(Int128(transfer.amount.minorUnits), to: transfer.debit)
                $0.add(-Int128(transfer.amount.minorUnits), to: transfer.credit)
            }
        }
        evidence.eachGiftValue { gift in
            byCampaign[gift.campaign].withAmounts(of: gift.amount.currency) {
                let value = Int128(gift.amount.minorUnits)
                $0.giftsAtValue += gift.debit == .gifts ? value : -value
            }
        }
        return byCampaign
    }
}

extension [CurrencyAmounts] {
    /// Changes the amounts of a currency, which is added if it is new. An influencer has few of them.
    mutating func withAmounts(of currency: Currency, _ change: (inout Amounts) -> Void) {
        let place = firstIndex { $0.currency == currency } ?? count
        if place == count { append(CurrencyAmounts(currency: currency, amounts: Amounts())) }
        change(&self[place].amounts)
    }

    /// Sorted by code, with the receivables of one influencer.
    fileprivate func settled() -> [CurrencyAmounts] {
        var settled = sorted { $0.currency < $1.currency }
        for place in settled.indices { settled[place].amounts.settleReceivable() }
        return settled
    }
}
