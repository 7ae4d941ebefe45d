extension Situation {
    /// The influencer's open exceptions, in the order of the register (Projections, section 6). Those of campaigns are
    /// worked out by `CampaignExceptions`.
    public func exceptions(of influencerID: String) -> [LedgerException] {
        var list = ExceptionList(evidence, influencerID: influencerID)
        if evidence.registrations.isEmpty, let earliest = evidence.earliest() {
            list.add(.unknownInfluencer, earliest.stamp, campaign: earliest.campaign)
        }
        addRepeats(to: &list)
        addRepeatsOfMoney(to: &list)
        addUnknownThings(to: &list)
        addMovements(to: &list)
        addReversals(to: &list)
        addCounters(to: &list)
        addDuties(to: &list)
        addPayouts(to: &list)
        return list.finish()
    }

    private func addRepeats(to list: inout ExceptionList) {
        list.addRepeats(
            evidence.registrations, campaign: { _ in nil }, thing: { _ in nil },
            counting: { _ in evidence.registration })
        list.addRepeats(
            evidence.agreements, campaign: { $0.campaign }, thing: { _ in nil },
            counting: { evidence.collaborations[$0.campaign].agreement })
        list.addRepeats(
            evidence.endings, campaign: { $0.campaign }, thing: { _ in nil },
            counting: { evidence.collaborations[$0.campaign].ending })
        list.addRepeats(
            evidence.publications, campaign: { $0.campaign }, thing: { evidence.postNames.name($0.post) },
            counting: { evidence.posts[$0.post].publication })
        list.addRepeats(
            evidence.removals, campaign: { _ in nil }, thing: { evidence.postNames.name($0.post) },
            counting: { evidence.posts[$0.post].removal })
        list.addRepeats(
            evidence.sendings, campaign: { $0.campaign }, thing: { evidence.shipmentNames.name($0.shipment) },
            counting: { evidence.shipments[$0.shipment] })
    }

    private func addRepeatsOfMoney(to list: inout ExceptionList) {
        list.addRepeats(
            evidence.sales, campaign: { $0.campaign }, thing: { evidence.orderNames.name($0.order) },
            counting: { evidence.orders[$0.order] })
        list.addRepeats(
            evidence.accruals, campaign: { $0.campaign }, thing: { evidence.feeNames.name($0.fee) },
            counting: { evidence.fees[$0.fee].accrual })
        list.addRepeats(
            evidence.initiations, campaign: { $0.campaign }, thing: { evidence.payoutNames.name($0.payout) },
            counting: { evidence.payouts[$0.payout].initiation })
        list.addRepeats(
            evidence.withholdings, campaign: { $0.campaign },
            thing: { evidence.withholdingNames.name($0.withholding) },
            counting: { evidence.withheld[$0.withholding] })
        list.addRepeats(
            .repeated, among: evidence.cancellations, campaign: { $0.campaign }, thing: { $0.fee },
            name: { evidence.feeNames.name($0.fee) })
        list.addRepeats(
            .repeated, among: evidence.orderEvents.filter(\.isApproval), campaign: { $0.campaign }, thing: { $0.order },
            name: { evidence.orderNames.name($0.order) })
        list.addRepeats(
            .payoutResolvedTwice, among: evidence.resolutions.filter { evidence.knows($0) }, campaign: { $0.campaign },
            thing: { $0.payout }, name: { evidence.payoutNames.name($0.payout) })
    }

    private func addUnknownThings(to list: inout ExceptionList) {
        for movement in evidence.movements where !evidence.knows(movement) {
            list.add(
                .unknownShipment, movement.stamp, thing: evidence.shipmentNames.name(movement.shipment),
                campaign: movement.campaign)
        }
        for event in evidence.orderEvents where !evidence.knows(event) {
            list.add(.unknownOrder, event.stamp, thing: evidence.orderNames.name(event.order), campaign: event.campaign)
        }
        for event in evidence.cancellations where !evidence.knows(event) {
            list.add(.unknownFee, event.stamp, thing: evidence.feeNames.name(event.fee), campaign: event.campaign)
        }
        for event in evidence.resolutions where !evidence.knows(event) {
            list.add(
                .unknownPayout, event.stamp, thing: evidence.payoutNames.name(event.payout), campaign: event.campaign)
        }
        for ending in evidence.endings where evidence.collaborations[ending.campaign].agreement == .none {
            list.add(.unknownCollaboration, ending.stamp, campaign: ending.campaign)
        }
        for sale in evidence.orders.lazy.compactMap({ evidence.sales[$0] }) where evidence.commissionBp(of: sale) == nil
        {
            list.add(
                .unknownCommission, sale.stamp, thing: evidence.orderNames.name(sale.order), campaign: sale.campaign)
        }
        addUnknownPosts(evidence.removals, { $0.post }, to: &list)
        addUnknownPosts(evidence.reviews, { $0.post }, to: &list)
        addUnknownPosts(evidence.snapshots, { $0.post }, to: &list)
    }

    private func addUnknownPosts<Event: Stamped>(
        _ events: [Event], _ post: (Event) -> Int, to list: inout ExceptionList
    ) {
        for event in events where evidence.posts[post(event)].publication == .none {
            list.add(.unknownPost, event.stamp, thing: evidence.postNames.name(post(event)))
        }
    }
}

extension OrderEvent {
    fileprivate var isApproval: Bool {
        if case .approved = kind { return true }
        return false
    }
}
