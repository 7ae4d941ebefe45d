// What can be said only when all events are read: which resolutions meet their thing, what of a shipment's movements
// counts.

extension Evidence {
    /// Matches cancellations and resolutions with what they refer to, sorts the movements of shipments and the events
    /// of orders, and counts what the shipments hold.
    mutating func settleMoney() {
        for (place, cancellation) in cancellations.enumerated() {
            let fee = fees[cancellation.fee]
            guard knows(cancellation) else { continue }
            if cancellations[fee.cancellation].map({ order.precedes(cancellation.stamp, $0.stamp) }) ?? true {
                fees[cancellation.fee].cancellation = EventIndex(place)
            }
        }
        for (place, resolution) in resolutions.enumerated() {
            let payout = payouts[resolution.payout]
            guard knows(resolution) else { continue }
            if resolutions[payout.resolution].map({ order.precedes(resolution.stamp, $0.stamp) }) ?? true {
                payouts[resolution.payout].resolution = EventIndex(place)
            }
        }
        sortOrderEvents()
        sortMovements()
        countMovements()
    }

    private mutating func sortOrderEvents() {
        let order = order
        orderEvents.sort { $0.order != $1.order ? $0.order < $1.order : order.precedes($0.stamp, $1.stamp) }
    }

    private mutating func sortMovements() {
        let order = order
        movements.sort { $0.shipment != $1.shipment ? $0.shipment < $1.shipment : order.precedes($0.stamp, $1.stamp) }
    }

    /// Delivered and lost together count up to what was sent, which is there from the start; returned up to what was
    /// delivered before (Projections, section 5).
    private mutating func countMovements() {
        var shipment = -1
        var (underway, delivered): (Int64, Int64) = (0, 0)
        for place in movements.indices {
            let movement = movements[place]
            movements[place].counted = 0
            guard knows(movement), let sending = sendings[shipments[movement.shipment]] else { continue }
            if movement.shipment != shipment {
                shipment = movement.shipment
                (underway, delivered) = (sending.quantity, 0)
            }
            let counted = min(movement.quantity, movement.kind == .returned ? delivered : underway)
            movements[place].counted = counted
            switch movement.kind {
            case .delivered:
                underway -= counted
                delivered += counted
            case .returned: delivered -= counted
            case .lost: underway -= counted
            }
        }
    }
}

// An event that refers to a thing under another campaign than the one that made it refers to something unknown (Events,
// section 3).
extension Evidence {
    func knows(_ movement: Movement) -> Bool { sendings[shipments[movement.shipment]]?.campaign == movement.campaign }

    func knows(_ event: OrderEvent) -> Bool { sales[orders[event.order]]?.campaign == event.campaign }

    func knows(_ cancellation: Cancellation) -> Bool {
        accruals[fees[cancellation.fee].accrual]?.campaign == cancellation.campaign
    }

    func knows(_ resolution: Resolution) -> Bool {
        initiations[payouts[resolution.payout].initiation]?.campaign == resolution.campaign
    }
}
