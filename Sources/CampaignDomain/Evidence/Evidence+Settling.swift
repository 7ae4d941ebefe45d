// What can be said only when all events are read: which resolutions meet their thing, what of a shipment's movements
// counts.

extension Evidence {
    /// Matches cancellations and resolutions with what they refer to, sorts the movements of shipments and the events
    /// of orders, and counts what the shipments hold.
    mutating func settleMoney() {
        for (place, cancellation) in cancellations.enumerated() {
            let fee = fees[cancellation.fee]
            // Under another campaign it refers to something unknown (Events, section 3).
            guard accruals[fee.accrual]?.campaign == cancellation.campaign else { continue }
            if cancellations[fee.cancellation].map({ order.precedes(cancellation.stamp, $0.stamp) }) ?? true {
                fees[cancellation.fee].cancellation = EventIndex(place)
            }
        }
        for (place, resolution) in resolutions.enumerated() {
            let payout = payouts[resolution.payout]
            guard initiations[payout.initiation]?.campaign == resolution.campaign else { continue }
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
            guard let sending = sendings[shipments[movement.shipment]] else { continue }
            if movement.shipment != shipment {
                shipment = movement.shipment
                (underway, delivered) = (sending.quantity, 0)
            }
            guard movement.campaign == sending.campaign else { continue }
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
