extension Situation {
    /// Cash settled and gifts delivered by calendar year, against the thresholds of the tax policy in force. What is
    /// zero is not listed.
    func reportable() -> [ReportableYear] {
        var years: [Int: [ReportableCurrency]] = [:]
        eachReceipt { receipt in
            years[receipt.year, default: []].withSums(of: receipt.currency) {
                if receipt.kind == .cash { $0.cash += receipt.amount } else { $0.gifts += receipt.amount }
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

    /// Something received in a calendar year: a payout, or what of one shipment was delivered or went back in it.
    struct Receipt {
        enum Source {
            case payout(Int)
            /// Of the movements at these places, those of the receipt's kind.
            case movements(Range<Int>)
        }

        let year: Int
        let currency: Currency
        let kind: ReceiptKind
        /// In minor units; what went back is below zero. Together, a shipment's in a year are more than zero.
        let amount: Int128
        let source: Source
    }

    func eachReceipt(_ body: (Receipt) -> Void) {
        for (place, payout) in evidence.payouts.enumerated() {
            guard let initiation = evidence.initiations[payout.initiation], initiation.amount.minorUnits > 0,
                let resolution = evidence.resolutions[payout.resolution], resolution.isSettled
            else { continue }
            body(
                Receipt(
                    year: resolution.stamp.day.date.year, currency: initiation.amount.currency, kind: .cash,
                    amount: Int128(initiation.amount.minorUnits), source: .payout(place)))
        }
        for gift in giftsByYear() {
            let value = gift.unitValue
            guard (value * gift.kept).minorUnits > 0 else { continue }
            func receipt(_ kind: ReceiptKind, _ quantity: Int64) -> Receipt {
                Receipt(
                    year: gift.year, currency: value.currency, kind: kind,
                    amount: Int128(value.minorUnits) * Int128(quantity), source: .movements(gift.places))
            }
            body(receipt(.giftsDelivered, gift.delivered))
            if gift.returned > 0 { body(receipt(.giftsReturned, gift.kept - gift.delivered)) }
        }
    }

    /// The postings behind a receipt; of gifts at fair market value.
    func transfers(of receipt: Receipt) -> [Transfer] {
        switch receipt.source {
        case .payout(let place): return evidence.resolution(of: evidence.payouts[place]).map { [$0] } ?? []
        case .movements(let places):
            let kind: Movement.Kind = receipt.kind == .giftsDelivered ? .delivered : .returned
            return places.filter { evidence.movements[$0].kind == kind }.compactMap {
                evidence.giftValue(movementAt: $0)
            }
        }
    }

    /// What of one shipment was delivered in a calendar year, less what was returned in the same one.
    private struct YearGift {
        let year: Int
        let unitValue: Money
        /// Of its movements.
        var places: Range<Int>
        var delivered: Int64 = 0
        var returned: Int64 = 0

        var kept: Int64 { delivered - min(returned, delivered) }
    }

    /// Movements lie by shipment and time, so that a year's follow each other.
    private func giftsByYear() -> [YearGift] {
        var gifts: [YearGift] = []
        var shipment = -1
        for (place, movement) in evidence.movements.enumerated() where movement.counted > 0 && movement.kind != .lost {
            guard let sending = evidence.sendings[evidence.shipments[movement.shipment]] else { continue }
            let year = movement.stamp.day.date.year
            if movement.shipment != shipment || gifts.last?.year != year {
                shipment = movement.shipment
                gifts.append(YearGift(year: year, unitValue: sending.unitValue, places: place..<place))
            }
            let last = gifts.count - 1
            gifts[last].places = gifts[last].places.lowerBound..<place + 1
            if movement.kind == .delivered {
                gifts[last].delivered += movement.counted
            } else {
                gifts[last].returned += movement.counted
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
