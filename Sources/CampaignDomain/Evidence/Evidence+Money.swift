// Shipments, sales, fees, payouts and tax of an influencer's evidence.

extension Evidence {
    /// Reads the payload of a fact about goods or money and takes it in.
    mutating func addMoney(_ type: EventType, _ stamp: Stamp, from reader: inout FactReader) {
        let campaign = readCampaign(&reader)
        switch type {
        case .productSent: addSending(stamp, campaign, &reader)
        case .productDelivered: addMovement(.delivered, stamp, campaign, &reader)
        case .productReturned: addMovement(.returned, stamp, campaign, &reader)
        case .productLost: addMovement(.lost, stamp, campaign, &reader)
        case .saleAttributed: addSale(stamp, campaign, &reader)
        case .saleReversed: addReversal(stamp, campaign, &reader)
        case .commissionApproved:
            let order = readOrder(&reader)
            orderEvents.append(OrderEvent(stamp: stamp, campaign: campaign, order: order, kind: .approved))
        case .feeAccrued: addAccrual(stamp, campaign, &reader)
        case .feeCancelled:
            cancellations.append(Cancellation(stamp: stamp, campaign: campaign, fee: readFee(&reader)))
        case .payoutInitiated: addInitiation(stamp, campaign, &reader)
        case .payoutSettled, .payoutFailed:
            let isSettled = type == .payoutSettled
            let payout = readPayout(&reader)
            if !isSettled { reader.skipText() }  // reason
            resolutions.append(Resolution(stamp: stamp, campaign: campaign, payout: payout, isSettled: isSettled))
        case .taxWithheld: addWithholding(stamp, campaign, &reader)
        default: preconditionFailure("type \(type.rawValue) is no fact of an influencer")
        }
    }

    private mutating func addSending(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let shipment = readShipment(&reader)
        reader.skipText()  // productId
        sendings.append(
            Sending(
                stamp: stamp, campaign: campaign, shipment: shipment, quantity: reader.readInteger(),
                unitCost: reader.readMoney(), unitValue: reader.readMoney()))
        shipments[shipment].keepEarliest(sendings, order)
    }

    private mutating func addMovement(
        _ kind: Movement.Kind, _ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader
    ) {
        let shipment = readShipment(&reader)
        movements.append(
            Movement(
                stamp: stamp, campaign: campaign, shipment: shipment, kind: kind, quantity: reader.readInteger()))
    }

    private mutating func addSale(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let order = readOrder(&reader)
        sales.append(Sale(stamp: stamp, campaign: campaign, order: order, net: reader.readMoney()))
        _ = reader.readWord(SaleChannel.self)
        orders[order].keepEarliest(sales, self.order)
    }

    private mutating func addReversal(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let order = readOrder(&reader)
        let net = reader.readMoney()
        _ = reader.readWord(ReversalReason.self)
        orderEvents.append(OrderEvent(stamp: stamp, campaign: campaign, order: order, kind: .reversed(net)))
    }

    private mutating func addAccrual(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let fee = readFee(&reader)
        let kind = reader.readWord(FeeKind.self)
        accruals.append(Accrual(stamp: stamp, campaign: campaign, fee: fee, kind: kind, amount: reader.readMoney()))
        fees[fee].accrual.keepEarliest(accruals, order)
    }

    private mutating func addInitiation(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let payout = readPayout(&reader)
        initiations.append(Initiation(stamp: stamp, campaign: campaign, payout: payout, amount: reader.readMoney()))
        payouts[payout].initiation.keepEarliest(initiations, order)
    }

    private mutating func addWithholding(_ stamp: Stamp, _ campaign: Int, _ reader: inout FactReader) {
        let withholding = reader.readName(in: &withholdingNames)
        if withholding == withheld.count { withheld.append(.none) }
        withholdings.append(
            Withholding(stamp: stamp, campaign: campaign, withholding: withholding, amount: reader.readMoney()))
        withheld[withholding].keepEarliest(withholdings, order)
    }

    private mutating func readShipment(_ reader: inout FactReader) -> Int {
        let shipment = reader.readName(in: &shipmentNames)
        if shipment == shipments.count { shipments.append(.none) }
        return shipment
    }

    private mutating func readOrder(_ reader: inout FactReader) -> Int {
        let order = reader.readName(in: &orderNames)
        if order == orders.count { orders.append(.none) }
        return order
    }

    private mutating func readFee(_ reader: inout FactReader) -> Int {
        let fee = reader.readName(in: &feeNames)
        if fee == fees.count { fees.append(FeeState()) }
        return fee
    }

    private mutating func readPayout(_ reader: inout FactReader) -> Int {
        let payout = reader.readName(in: &payoutNames)
        if payout == payouts.count { payouts.append(PayoutState()) }
        return payout
    }
}
