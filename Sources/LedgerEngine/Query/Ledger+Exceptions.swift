package import CampaignDomain
import EventLog

extension Ledger {
    /// A page of the register of exceptions, in its order; `next` is the last entry's `key`.
    ///
    /// The present's whole register is kept between questions and brought on; it can be some seconds behind the clock, and
    /// the answer says so. That of a scope, a position or an instant is worked out from the facts.
    ///
    /// - Parameters:
    ///   - after: go on after this place.
    ///   - limit: at least 1.
    package func exceptions(
        _ filter: ExceptionFilter, _ query: Query, after: ExceptionPlace?, limit: Int
    ) async throws(QueryFault) -> Answer<Page<LedgerException>> {
        // One more than is asked for tells whether there is a next page.
        let most = limit + 1
        guard query.at == nil, query.position == nil, filter.scope == Scope() else {
            let reading = try await reading(query)
            try reading.check(filter.scope)
            var page = ExceptionPage(after: after, limit: most, order: reading.order)
            try await reading.eachException(filter) { page.add($0) }
            return try self.page(page.finish(), limit, of: reading)
        }
        let register = try await exceptionRegister.generation(query.minPosition, self)
        // Nothing more is read than the order of events.
        let then = Reading(
            projection: projection, serving: projection.lock.withLock { $0.serving }, order: LogIdentityOrder(log: log),
            asOf: register.asOf, view: register.view,
            position: register.position)
        let found = register.sorted.page(filter.kinds, since: filter.since, after: after, limit: most, then.order)
        return try page(found, limit, of: then)
    }

    /// - Parameter found: entries in order, one more than the limit where there is a next page.
    private func page(
        _ found: [LedgerException], _ limit: Int, of reading: Reading
    ) throws(QueryFault) -> Answer<Page<LedgerException>> {
        try reading.checkOrder()
        let items = Array(found.prefix(limit))
        let next = found.count > limit ? items.last?.place.key : nil
        return answer(Page(items: items, next: next), of: reading)
    }
}

extension ExceptionFilter {
    var scope: Scope { Scope(influencerID: influencerID, campaignID: campaignID) }

    /// Whether campaigns' own entries can pass.
    var takesCampaigns: Bool {
        influencerID == nil && (kinds.map { !$0.isDisjoint(with: Self.campaignKinds) } ?? true)
    }

    /// Whether influencers' entries can pass.
    var takesInfluencers: Bool {
        kinds.map { !$0.isSubset(of: Self.onlyCampaignKinds) } ?? true
    }

    private static let onlyCampaignKinds: Set<ExceptionKind> = [.unknownCampaign, .overBudget]
    private static let campaignKinds: Set<ExceptionKind> = onlyCampaignKinds.union([.repeated])
}

extension Reading {
    /// Visits the entries of the register that pass: influencer by influencer, then campaign by campaign, those of each
    /// in the order of the register.
    func eachException(
        _ filter: ExceptionFilter, _ body: (LedgerException) -> Void
    ) async throws(QueryFault) {
        var costs: [String: CampaignCompensation] = [:]
        if filter.takesInfluencers || filter.takesCampaigns {
            try await eachInfluencer(in: filter.scope) { (id, situation) throws(QueryFault) in
                if filter.takesInfluencers {
                    for exception in situation.exceptions(of: id) where filter.matches(exception) { body(exception) }
                }
                if filter.takesCampaigns { situation.addCosts(to: &costs, of: filter.campaignID) }
            }
        }
        guard filter.takesCampaigns else { return }
        try await eachCampaign(in: filter.scope) { (id, own) async throws(QueryFault) in
            for exception in try await exceptions(ofCampaign: id, own, costs[id]) where filter.matches(exception) {
                body(exception)
            }
        }
    }

    /// A campaign's own exceptions. Its influencers are gone through only where it is over its budget or not opened.
    ///
    /// - Parameter costs: what its influencers cost; nil: nothing.
    func exceptions(
        ofCampaign id: String, _ own: CampaignEvidence, _ costs: CampaignCompensation?
    ) async throws(QueryFault) -> [LedgerException] {
        var sums = CampaignCompensation(media: own)
        if let costs { sums.merge(costs) }
        let isWithin = view.campaign(id).map { sums.isWithin($0.budget) } ?? false
        return try await exceptions(ofCampaign: id, own, isWithinBudget: isWithin)
    }

    /// The same where it is known whether all that the campaign costs is within its budget.
    func exceptions(
        ofCampaign id: String, _ own: CampaignEvidence, isWithinBudget: Bool
    ) async throws(QueryFault) -> [LedgerException] {
        // Sums of nothing say that no cost has to be collected.
        var register = CampaignExceptions(
            id, own: own.isEmpty ? nil : own, view, sums: isWithinBudget ? CampaignCompensation(media: nil) : nil,
            order: order)
        if !register.isSettled {
            try await eachInfluencer(in: Scope(campaignID: id)) { (_, situation) throws(QueryFault) in
                register.add(situation)
            }
        }
        let found = register.finish()
        try checkOrder()
        return found
    }
}

extension Situation {
    /// Adds what the influencer costs each campaign, or the one given.
    func addCosts(to costs: inout [String: CampaignCompensation], of campaignID: String?) {
        let answer = compensation()
        for campaign in answer.byCampaign where campaignID.map({ $0 == campaign.campaignID }) ?? true {
            costs[campaign.campaignID, default: CampaignCompensation(media: nil)]
                .add(answer, campaignID: campaign.campaignID)
        }
    }
}
