/// One campaign's own exceptions (Projections, section 6): `unknownCampaign`, `overBudget`, and what of its stream was
/// recorded again. Influencers are added in any order.
///
/// Finding where the budget was passed needs every posting that costs. Who knows the campaign's sums says so, and nothing
/// is kept for a campaign within its budget: `EfficiencySums` and `CampaignCompensation` have them.
public struct CampaignExceptions {
    /// What a posting adds to the cost, from when on.
    private struct Change {
        let effective: Instant
        let event: Stamp
        let amount: Int128
    }

    private let campaignID: String
    private let own: CampaignEvidence?
    private let order: any IdentityOrder
    /// The earliest event that names the campaign, wanted while it is not opened.
    private var earliest: Stamp?
    private let isOpened: Bool
    private let budget: Money?
    private var changes: [Change] = []

    /// - Parameters:
    ///   - own: the campaign's own evidence; nil: its stream has none.
    ///   - view: the directory at the same moment.
    ///   - sums: of the campaign; nil: not known, costs are collected to find out.
    ///   - order: decides between events of one time.
    public init(
        _ campaignID: String, own: CampaignEvidence?, _ view: DirectoryView, sums: CampaignCompensation? = nil,
        order: some IdentityOrder
    ) {
        self.campaignID = campaignID
        self.own = own
        self.order = order
        let campaign = view.campaign(campaignID)
        isOpened = campaign != nil
        earliest = isOpened ? nil : own?.earliest
        let isWithin = campaign.map { campaign in sums?.isWithin(campaign.budget) ?? false }
        budget = isWithin == true ? nil : campaign?.budget
        guard let budget else { return }
        for flight in own?.flights ?? [] where flight.spend.currency == budget.currency {
            add(flight.recorded, Int128(flight.spend.minorUnits), from: flight.recorded.time)
        }
    }

    /// Whether influencers need not be added: nothing they say can open an exception.
    public var isSettled: Bool { isOpened && budget == nil }

    /// Adds an influencer of whom an event names the campaign.
    public mutating func add(_ situation: Situation) {
        let evidence = situation.evidence
        guard !isSettled, let campaign = evidence.campaignNames.find(campaignID) else { return }
        if !isOpened, let stamp = evidence.earliest(naming: campaign),
            earliest.map({ order.precedes(stamp, $0) }) ?? true
        {
            earliest = stamp
        }
        guard let budget else { return }
        for transfer in evidence.transfers()
        where transfer.campaign == campaign && transfer.amount.currency == budget.currency && transfer.cost != 0 {
            add(transfer.event, transfer.cost, from: transfer.effective)
        }
    }

    /// The exceptions of all that was added, in the order of the register.
    public func finish() -> [LedgerException] {
        var found: [LedgerException] = []
        let subject = LedgerException.Subject.campaign(campaignID)
        if let earliest {
            found.append(
                LedgerException(
                    .unknownCampaign, subject, since: earliest.time, events: [earliest.position],
                    ExceptionDetail(campaignID: campaignID)))
        }
        for (counting, later, flightID) in own?.repeats ?? [] {
            found.append(
                LedgerException(
                    .repeated, subject, since: later.time, events: [counting.position, later.position],
                    ExceptionDetail(thingID: flightID, campaignID: campaignID)))
        }
        if let budget, let (passed, excess) = lastCrossing(of: budget) {
            var detail = ExceptionDetail(campaignID: campaignID)
            detail.set(excess, budget.currency)
            found.append(
                LedgerException(.overBudget, subject, since: passed.effective, events: [passed.event.position], detail))
        }
        return found.sorted { order.precedes($0, $1) }
    }

    private mutating func add(_ event: Stamp, _ amount: Int128, from effective: Instant) {
        changes.append(Change(effective: effective, event: event, amount: amount))
    }

    /// The posting that last took the cost above the budget, and by how much it is above it now; nil: it is not.
    private func lastCrossing(of budget: Money) -> (Change, excess: Int128)? {
        let sorted = changes.sorted {
            $0.effective != $1.effective ? $0.effective < $1.effective : order.precedes($0.event, $1.event)
        }
        let limit = Int128(budget.minorUnits)
        var cost: Int128 = 0
        var passed: Change?
        for change in sorted {
            let isAbove = cost > limit
            cost += change.amount
            if cost > limit && !isAbove { passed = change }
        }
        guard cost > limit, let passed else { return nil }
        return (passed, cost - limit)
    }
}

extension CampaignCompensation {
    /// Whether what the campaign costs in a budget's currency is not above it.
    public func isWithin(_ budget: Money) -> Bool {
        let cost = currencies.first { $0.currency == budget.currency }?.cost ?? 0
        return cost <= Int128(budget.minorUnits)
    }
}

extension Transfer {
    /// What it adds to its campaign's cost, in minor units.
    fileprivate var cost: Int128 {
        let amount = Int128(self.amount.minorUnits)
        return (debit.isCost ? amount : 0) - (credit.isCost ? amount : 0)
    }
}

extension Account {
    /// Part of a campaign's cost: every expense but what was lost on the way.
    fileprivate var isCost: Bool { isExpense && self != .losses }
}
