import CampaignDomain
import EventLog

/// The whole register of exceptions at one moment. Never changes: the next moment's is another one, made of this one and of
/// those for whom something changed.
///
/// Invariants: G1 `entries` has everyone with an exception, and nobody else. G2 `costs` is what all influencers cost
/// each campaign. G3 nothing of an influencer or a campaign changes before the next midnight without a new fact, a change
/// of the directory, or `wakes`. G4 `sorted` has all of `entries`, once. All at `asOf`.
///
/// Memory: some 300 bytes an exception, and 100 for everyone for whom time alone changes something before midnight.
struct ExceptionGeneration {
    typealias Subject = LedgerException.Subject

    let asOf: AsOf
    let position: Position
    let view: DirectoryView
    /// When the directory changes without new facts; nil: never.
    let directoryNextChange: Instant?
    /// The position at which everyone was worked out, and how many influencers they were.
    let wholePosition: Position
    var influencerCount = 0
    /// How many were worked out for this moment.
    private(set) var workedOut = 0
    private(set) var entries: [Subject: [LedgerException]] = [:]
    private(set) var sorted = SortedExceptions()
    /// Those whose entries are not yet the sorted ones.
    private var changed: Set<Subject> = []
    var costs = CampaignCosts()
    /// Until when it holds what is said of them, where that is before the next midnight.
    private(set) var wakes: [Subject: Instant] = [:]

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
        (entries, sorted, costs, wakes) = (last.entries, last.sorted, last.costs, last.wakes)
    }

    /// Takes what is so of an influencer now, also where none of their events counts yet.
    mutating func take(_ id: String, _ evidence: Evidence) {
        let situation = evidence.isEmpty ? nil : Situation(evidence, view)
        let next = situation?.nextChange() ?? evidence.nextFactTime
        set(situation?.exceptions(of: id) ?? [], of: .influencer(id), until: next)
        if let situation { costs.add(situation, 1) }
    }

    /// Takes a campaign's own entries.
    ///
    /// - Parameter next: when one of its own events is dated ahead; nil: none is.
    mutating func take(_ found: [LedgerException], ofCampaign id: String, until next: Instant?) {
        set(found, of: .campaign(id), until: next)
    }

    private mutating func set(_ found: [LedgerException], of subject: Subject, until next: Instant?) {
        workedOut += 1
        wakes[subject] = next.flatMap { $0 < Day(asOf.at.day.number + 1).start ? $0 : nil }
        guard found != entries[subject] ?? [] else { return }
        entries[subject] = found.isEmpty ? nil : found
        changed.insert(subject)
    }

    /// Sorts what was taken in among the others.
    mutating func sort(_ reading: Reading) async throws(QueryFault) {
        guard !changed.isEmpty else { return }
        sorted = try await sorted.replacing(changed, with: changed.flatMap { entries[$0] ?? [] }, reading)
        changed = []
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
