extension Evidence {
    /// All postings, grouped by what they are about (Projections, section 5).
    func transfers() -> [Transfer] {
        var journal = Journal()
        journal.entries.reserveCapacity(sendings.count + movements.count + 2 * accruals.count + 2 * sales.count)
        postShipments(to: &journal)
        postFees(to: &journal)
        postOrders(to: &journal)
        postPayouts(to: &journal)
        for withholding in withheld.lazy.compactMap({ withholdings[$0] }) {
            journal.post(
                withholding.amount, debit: .due, credit: .taxWithheld, withholding.campaign, withholding.stamp)
        }
        return journal.entries
    }

    private func postShipments(to journal: inout Journal) {
        for sending in shipments.lazy.compactMap({ sendings[$0] }) {
            journal.post(
                sending.unitCost * sending.quantity, debit: .transit, credit: .inventory, sending.campaign,
                sending.stamp)
        }
        for movement in movements where movement.counted > 0 {
            guard let sending = sendings[shipments[movement.shipment]] else { continue }
            let accounts: (debit: Account, credit: Account)
            switch movement.kind {
            case .delivered: accounts = (.gifts, .transit)
            case .returned: accounts = (.inventory, .gifts)
            case .lost: accounts = (.losses, .transit)
            }
            journal.post(
                sending.unitCost * movement.counted, debit: accounts.debit, credit: accounts.credit,
                movement.campaign, movement.stamp, waitingFor: sending.stamp.time)
        }
    }

    private func postFees(to journal: inout Journal) {
        for fee in fees {
            guard let accrual = accruals[fee.accrual] else { continue }
            let expense = Account(accrual.kind)
            journal.post(accrual.amount, debit: expense, credit: .due, accrual.campaign, accrual.stamp)
            guard let cancellation = cancellations[fee.cancellation] else { continue }
            journal.post(
                accrual.amount, debit: .due, credit: expense, accrual.campaign, cancellation.stamp,
                waitingFor: accrual.stamp.time)
        }
    }

    private func postPayouts(to journal: inout Journal) {
        for payout in payouts {
            guard let initiation = initiations[payout.initiation] else { continue }
            journal.post(
                initiation.amount, debit: .due, credit: .inFlight, initiation.campaign, initiation.stamp)
            guard let resolution = resolutions[payout.resolution] else { continue }
            journal.post(
                initiation.amount, debit: .inFlight, credit: resolution.isSettled ? .cash : .due,
                initiation.campaign, resolution.stamp, waitingFor: initiation.stamp.time)
        }
    }

    private func postOrders(to journal: inout Journal) {
        var events = orderEvents[...]
        for order in orders.indices {
            let end = events.firstIndex { $0.order != order } ?? events.endIndex
            let own = events[events.startIndex..<end]
            events = events[end...]
            guard let sale = sales[orders[order]],
                let agreement = agreements[collaborations[sale.campaign].agreement],
                let commissionBp = agreement.commissionBp
            else { continue }
            var commission = OrderCommission(sale, commissionBp, since: max(sale.stamp.time, agreement.stamp.time))
            commission.accrue(to: &journal)
            for event in own where event.campaign == sale.campaign { commission.apply(event, to: &journal) }
        }
    }
}

/// Collects postings; one of zero is not made.
struct Journal {
    var entries: [Transfer] = []

    /// - Parameter waitingFor: the time of another event without which this one cannot be posted.
    mutating func post(
        _ amount: Money, debit: Account, credit: Account, _ campaign: Int, _ event: Stamp,
        waitingFor: Instant = .earliest
    ) {
        guard amount.minorUnits != 0 else { return }
        entries.append(
            Transfer(
                campaign: campaign, debit: debit, credit: credit, amount: amount,
                day: max(event.time, waitingFor).day, event: event))
    }
}

extension Money {
    /// An event's amount and quantity stay below 10¹⁸ together.
    static func * (price: Money, quantity: Int64) -> Money {
        Money(currency: price.currency, minorUnits: price.minorUnits * quantity)
    }
}
