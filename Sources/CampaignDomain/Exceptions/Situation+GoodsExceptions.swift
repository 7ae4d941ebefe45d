// Shipments and orders: more than there is, and what came too early.

extension Situation {
    func addMovements(to list: inout ExceptionList) {
        for movement in evidence.movements where evidence.knows(movement) {
            guard let sending = evidence.sendings[evidence.shipments[movement.shipment]] else { continue }
            let thing = evidence.shipmentNames.name(movement.shipment)
            if movement.counted < movement.quantity {
                list.add(
                    movement.kind == .returned ? .overReturned : .overDelivered, movement.stamp, thing: thing,
                    campaign: movement.campaign, quantity: movement.quantity - movement.counted)
            }
            if movement.kind == .delivered && movement.stamp.time < sending.stamp.time {
                list.add(.deliveredBeforeSent, movement.stamp, thing: thing, campaign: movement.campaign)
            }
        }
    }

    /// Reversals beyond the order's net and in another currency than the sale's, whether there is a commission or not.
    func addReversals(to list: inout ExceptionList) {
        var order = -1
        var net = OrderNet(0)
        // By order, then (time, source, id).
        for event in evidence.orderEvents where evidence.knows(event) {
            guard let sale = evidence.sales[evidence.orders[event.order]], case .reversed(let reversed) = event.kind
            else { continue }
            if event.order != order { (order, net) = (event.order, OrderNet(sale.net.minorUnits)) }
            let thing = evidence.orderNames.name(event.order)
            guard reversed.currency == sale.net.currency else {
                list.add(
                    .currencyMismatch, event.stamp, thing: thing, campaign: event.campaign,
                    amount: (Int128(reversed.minorUnits), reversed.currency))
                continue
            }
            let excess = net.reverse(reversed.minorUnits)
            if excess > 0 {
                list.add(
                    .overReversed, event.stamp, thing: thing, campaign: event.campaign,
                    amount: (Int128(excess), reversed.currency))
            }
        }
    }
}
