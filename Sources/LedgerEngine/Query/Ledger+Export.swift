package import CampaignDomain
import EventLog
import LedgerStore

/// What is taken away in one piece: the influencers and campaigns of a scope, all of one moment. Each is read in a short
/// snapshot when its turn comes, and nothing is held between.
package struct Export: Sendable {
    private let reading: Reading
    private let scope: Scope
    /// How many influencers are gone through; of some of them nothing may count.
    package let influencerCount: Int

    fileprivate init(_ reading: Reading, _ scope: Scope) async throws(QueryFault) {
        self.reading = reading
        self.scope = scope
        influencerCount = try await reading.influencerCount(in: scope)
    }

    /// Visits the influencers of whom an event counts, and names the scope's campaign, by identifier.
    ///
    /// - Parameter body: may wait for whoever takes what it makes.
    package func eachInfluencer(_ body: (String, Situation) async throws -> Void) async throws {
        var last: String?
        while true {
            // Each look for identifiers goes through the whole overlay: a thousand at a time, few looks.
            let ids = try reading.influencers(in: scope, after: last, limit: Reading.identifiersPerStep)
            for (number, id) in ids.enumerated() {
                if number % Reading.itemsPerTurn == 0 { try await reading.giveWay() }
                guard let situation = try reading.situation(of: id, in: scope) else { continue }
                try await body(id, situation)
                try reading.checkOrder()
            }
            if ids.count < Reading.identifiersPerStep { return }
            last = ids.last
        }
    }

    /// An influencer's postings in the scope, by (day, time, source, id).
    package func postings(_ situation: Situation, of influencerID: String) throws(QueryFault) -> [Posting] {
        var page = page()
        page.add(situation, influencerID: influencerID)
        return try finish(page)
    }

    /// The media of a campaign that is in the scope, in the same order.
    package func postings(_ media: CampaignEvidence, ofCampaign id: String) throws(QueryFault) -> [Posting] {
        var page = page()
        page.add(media, campaignID: id)
        return try finish(page)
    }

    private func page() -> StatementPage {
        guard let span = StatementSpan(from: Day(.min), to: Day(.max), campaignID: scope.campaignID) else {
            preconditionFailure("all days are a span")
        }
        // One influencer's are held at a time.
        return StatementPage(span, limit: Int.max / 2, order: reading.order)
    }

    private func finish(_ page: consuming StatementPage) throws(QueryFault) -> [Posting] {
        let postings = page.finish().map(\.posting)
        try reading.checkOrder()
        return postings
    }

    /// Visits the campaigns of the scope by identifier; none where it is one influencer's.
    package func eachCampaign(_ body: (String, CampaignEvidence) async throws -> Void) async throws {
        for id in try await campaigns() { try await body(id, reading.evidence(ofCampaign: id)) }
    }

    /// Identifiers of campaigns are few.
    private func campaigns() async throws(QueryFault) -> [String] {
        var ids: [String] = []
        try await reading.eachCampaign(in: scope) { (id, _) throws(QueryFault) in ids.append(id) }
        return ids
    }

    /// A campaign's own exceptions.
    ///
    /// - Parameter costs: what its influencers cost, as `costs` were gathered; nil: nothing.
    package func exceptions(
        ofCampaign id: String, _ own: CampaignEvidence, _ costs: CampaignCompensation?
    ) async throws(QueryFault) -> [LedgerException] {
        try await reading.exceptions(ofCampaign: id, own, costs)
    }

    /// Adds what an influencer costs each campaign of the scope.
    package func addCosts(of situation: Situation, to costs: inout [String: CampaignCompensation]) {
        if scope.influencerID == nil { situation.addCosts(to: &costs, of: scope.campaignID) }
    }

    /// Whether an entry of the register is of the scope.
    package func contains(_ exception: LedgerException) -> Bool {
        ExceptionFilter(influencerID: scope.influencerID, campaignID: scope.campaignID).matches(exception)
    }
}

extension Ledger {
    /// Fixes what is exported: position, `at` and policies as of now, whatever comes while it is taken.
    package func export(of scope: Scope, _ query: Query) async throws(QueryFault) -> Answer<Export> {
        let reading = try await reading(query)
        try reading.check(scope)
        return answer(try await Export(reading, scope), of: reading)
    }

    /// What this ledger is called for ever.
    package var identity: String { directory.marker.identity }
    /// The version of the program.
    package var version: String { configuration.version }
}
