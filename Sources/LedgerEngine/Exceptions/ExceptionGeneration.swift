import CampaignDomain
import EventLog

/// The whole register of exceptions at one moment. Never changes: the next moment's is another one, made of this one and of
/// those for whom something changed.
///
/// Invariants: G1 `influencers` has everyone with an exception, and nobody else. G2 `costs` is what all influencers cost
/// each campaign. G3 nothing of an influencer changes before the next midnight without a new fact, a change of the
/// directory, or `wakes`. All at `asOf`.
///
/// Memory: some 150 bytes an exception, and 100 an influencer for whom time alone changes something before midnight.
struct ExceptionGeneration {
    let asOf: AsOf
    let position: Position
    let view: DirectoryView
    /// When the directory changes without new facts; nil: never.
    let directoryNextChange: Instant?
    /// The position at which everyone was worked out, and how many they were.
    let wholePosition: Position
    var influencerCount = 0
    var influencers: [String: [LedgerException]] = [:]
    var costs = CampaignCosts()
    /// Until when it holds what is said of an influencer, where that is before the next midnight.
    var wakes: [String: Instant] = [:]
    /// The campaigns' own entries, and when one of their events is dated; nil: none is dated ahead.
    var campaigns: [LedgerException] = []
    var campaignsNextChange: Instant?

    init(_ reading: Reading, directoryNextChange: Instant?) {
        (asOf, position, view) = (reading.asOf, reading.position, reading.view)
        self.directoryNextChange = directoryNextChange
        wholePosition = reading.position
    }

    /// The same register at a moment to which nothing of it changed yet.
    init(_ last: ExceptionGeneration, at reading: Reading) {
        (asOf, position, view) = (reading.asOf, reading.position, reading.view)
        (directoryNextChange, wholePosition) = (last.directoryNextChange, last.wholePosition)
        influencerCount = last.influencerCount
        (influencers, costs, wakes) = (last.influencers, last.costs, last.wakes)
        (campaigns, campaignsNextChange) = (last.campaigns, last.campaignsNextChange)
    }

    /// Takes what is so of an influencer now, also where none of their events counts yet.
    mutating func take(_ id: String, _ evidence: Evidence) {
        let situation = evidence.isEmpty ? nil : Situation(evidence, view)
        let found = situation?.exceptions(of: id) ?? []
        influencers[id] = found.isEmpty ? nil : found
        let next = situation?.nextChange() ?? evidence.nextFactTime
        wakes[id] = next.flatMap { $0 < Day(asOf.at.day.number + 1).start ? $0 : nil }
        if let situation { costs.add(situation, 1) }
    }

    /// All entries, in no order.
    func each(_ body: (LedgerException) -> Void) {
        for exceptions in influencers.values { exceptions.forEach(body) }
        campaigns.forEach(body)
    }
}

/// What influencers cost each campaign, in minor units: enough to tell whether a campaign is within its budget.
struct CampaignCosts: Equatable {
    private var sums: [String: [Currency: Int128]] = [:]

    /// Adds or takes away an influencer.
    ///
    /// - Parameter times: 1 or −1.
    mutating func add(_ situation: Situation, _ times: Int128) {
        let answer = situation.compensation()
        for campaign in answer.byCampaign {
            var own = CampaignCompensation(media: nil)
            own.add(answer, campaignID: campaign.campaignID)
            for sum in own.currencies { add(times * sum.cost, sum.currency, campaign.campaignID) }
        }
    }

    private mutating func add(_ cost: Int128, _ currency: Currency, _ campaignID: String) {
        guard cost != 0 else { return }
        let sum = sums[campaignID]?[currency] ?? 0
        // Nothing is kept of what comes to nothing, so that equal costs are equal.
        sums[campaignID, default: [:]][currency] = sum + cost == 0 ? nil : sum + cost
        if sums[campaignID]?.isEmpty == true { sums[campaignID] = nil }
    }

    /// Whether a campaign's influencers and its media do not cost more than its budget.
    func isWithin(_ budget: Money, _ campaignID: String, _ own: CampaignEvidence) -> Bool {
        let influencers = sums[campaignID]?[budget.currency] ?? 0
        let media = CampaignCompensation(media: own).currencies.first { $0.currency == budget.currency }?.cost ?? 0
        return influencers + media <= Int128(budget.minorUnits)
    }
}
