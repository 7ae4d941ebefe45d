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
            journal.post(
                sending.unitCost * movement.counted, debit: movement.kind.debit, credit: movement.kind.credit,
                movement.campaign, movement.stamp, waitingFor: sending.stamp.time)
        }
    }

    /// Gifts delivered and returned, at fair market value, in the form of postings; also those that cost nothing.
    @inline(__always)
    func eachGiftValue(_ body: (Transfer) -> Void) {
        for place in movements.indices {
            if let gift = giftValue(movementAt: place) { body(gift) }
        }
    }

    /// What of a movement is a gift's; nil for what counts nothing or was lost.
    func giftValue(movementAt place: Int) -> Transfer? {
        let movement = movements[place]
        guard movement.counted > 0, movement.kind != .lost, let sending = sendings[shipments[movement.shipment]] else {
            return nil
        }
        return Transfer(
            campaign: movement.campaign, debit: movement.kind.debit, credit: movement.kind.credit,
            amount: sending.unitValue * movement.counted, effective: max(movement.stamp.time, sending.stamp.time),
            event: movement.stamp)
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
            journal.post(initiation.amount, debit: .due, credit: .inFlight, initiation.campaign, initiation.stamp)
            if let transfer = resolution(of: payout) { journal.post(transfer) }
        }
    }

    /// What the end of a payout moves; nil while it is in flight.
    func resolution(of payout: PayoutState) -> Transfer? {
        guard let initiation = initiations[payout.initiation], let resolution = resolutions[payout.resolution] else {
            return nil
        }
        return Transfer(
            campaign: initiation.campaign, debit: .inFlight, credit: resolution.isSettled ? .cash : .due,
            amount: initiation.amount, effective: max(resolution.stamp.time, initiation.stamp.time),
            event: resolution.stamp)
    }

    private func postOrders(to journal: inout Journal) {
        var events = orderEvents[...]
        for order in orders.indices {
            let end = events.firstIndex { $0.order != order } ?? events.endIndex
            let own = events[events.startIndex..<end]
            events = events[end...]
            guard let sale = sales[orders[order]], let (commissionBp, agreed) = commissionBp(of: sale) else { continue }
            var commission = OrderCommission(sale, commissionBp, since: max(sale.stamp.time, agreed))
            commission.accrue(to: &journal)
            for event in own where knows(event) { commission.apply(event, to: &journal) }
        }
    }

    /// The commission of a sale, and when it was agreed; nil: it waits for a collaboration that states one.
    func commissionBp(of sale: Sale) -> (basisPoints: Int64, agreed: Instant)? {
        guard let agreement = agreements[collaborations[sale.campaign].agreement] else { return nil }
        return agreement.commissionBp.map { ($0, agreement.stamp.time) }
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
        post(
            Transfer(
                campaign: campaign, debit: debit, credit: credit, amount: amount,
                effective: max(event.time, waitingFor), event: event))
    }

    mutating func post(_ transfer: Transfer) {
        if transfer.amount.minorUnits != 0 { entries.append(transfer) }
    }
}

extension Movement.Kind {
    fileprivate var debit: Account {
        switch self {
        case .delivered: return .gifts
        case .returned: return .inventory
        case .lost: return .losses
        }
    }

    fileprivate var credit: Account { self == .returned ? .gifts : .transit }
}

extension Money {
    /// An event's amount and quantity stay below 10¹⁸ together.
    static func * (price: Money, quantity: Int64) -> Money {
        Money(currency: price.currency, minorUnits: price.minorUnits * quantity)
    }
}
