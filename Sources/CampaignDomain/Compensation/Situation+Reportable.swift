extension Situation {
    /// Cash settled and gifts delivered by calendar year, against the thresholds of the tax policy in force. What is
    /// zero is not listed.
    func reportable() -> [ReportableYear] {
        var years: [Int: [ReportableCurrency]] = [:]
        for payout in evidence.payouts {
            guard let initiation = evidence.initiations[payout.initiation], initiation.amount.minorUnits > 0,
                let resolution = evidence.resolutions[payout.resolution], resolution.isSettled
            else { continue }
            years[resolution.stamp.day.date.year, default: []].withSums(of: initiation.amount.currency) {
                $0.cash += Int128(initiation.amount.minorUnits)
            }
        }
        for gift in giftsByYear() where (gift.unitValue * gift.kept).minorUnits > 0 {
            years[gift.year, default: []].withSums(of: gift.unitValue.currency) {
                $0.gifts += Int128((gift.unitValue * gift.kept).minorUnits)
            }
        }
        return years.sorted { $0.key < $1.key }.map { reportable(year: $0.key, $0.value) }
    }

    private func reportable(year: Int, _ currencies: [ReportableCurrency]) -> ReportableYear {
        let threshold = view.tax.threshold(year: year)?.minorUnits
        let dollars = currencies.first { $0.currency == .usd }?.total ?? 0
        return ReportableYear(
            year: year, currencies: currencies.sorted { $0.currency < $1.currency },
            isReportable: threshold.map { dollars >= Int128($0) } ?? false, thresholdUSD: threshold)
    }

    /// What of one shipment was delivered in a calendar year, less what was returned in the same one.
    private struct YearGift {
        let year: Int
        let unitValue: Money
        var delivered: Int64 = 0
        var returned: Int64 = 0

        var kept: Int64 { delivered - min(returned, delivered) }
    }

    /// Movements lie by shipment and time, so that a year's follow each other.
    private func giftsByYear() -> [YearGift] {
        var gifts: [YearGift] = []
        var shipment = -1
        for movement in evidence.movements where movement.counted > 0 && movement.kind != .lost {
            guard let sending = evidence.sendings[evidence.shipments[movement.shipment]] else { continue }
            let year = movement.stamp.day.date.year
            if movement.shipment != shipment || gifts.last?.year != year {
                shipment = movement.shipment
                gifts.append(YearGift(year: year, unitValue: sending.unitValue))
            }
            if movement.kind == .delivered {
                gifts[gifts.count - 1].delivered += movement.counted
            } else {
                gifts[gifts.count - 1].returned += movement.counted
            }
        }
        return gifts
    }
}

extension [ReportableCurrency] {
    /// Changes the sums of a currency, which is added if it is new.
    fileprivate mutating func withSums(of currency: Currency, _ change: (inout ReportableCurrency) -> Void) {
        let place = firstIndex { $0.currency == currency } ?? count
        if place == count { append(ReportableCurrency(currency: currency)) }
        change(&self[place])
    }
}
