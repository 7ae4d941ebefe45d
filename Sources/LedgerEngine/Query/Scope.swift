import CampaignDomain
import EventLog

/// Whose postings, posts or exceptions are asked for: those of an influencer, of a campaign, of one in the other, or of
/// everyone.
package struct Scope: Sendable, Equatable {
    package var influencerID: String?
    package var campaignID: String?

    package init(influencerID: String? = nil, campaignID: String? = nil) {
        self.influencerID = influencerID
        self.campaignID = campaignID
    }
}

extension Reading {
    /// Throws unless events that count name whom the scope names: a slip of the pen must not read as "nothing there".
    func check(_ scope: Scope) throws(QueryFault) {
        if let id = scope.influencerID, try evidence(ofInfluencer: id).isEmpty { throw .unknownInfluencer(id) }
        if let id = scope.campaignID, try campaign(id) == nil { throw .unknownCampaign(id) }
    }

    /// Visits the influencers of a scope, in the order of their identifiers: those of whom an event counts, and names the
    /// campaign if one is given.
    func eachInfluencer(
        in scope: Scope, _ body: (String, Situation) throws(QueryFault) -> Void
    ) async throws(QueryFault) {
        try await forEachIdentifier(in: scope) { (id) throws(QueryFault) in
            if let situation = try situation(of: id, in: scope) { try body(id, situation) }
        }
    }

    /// Visits the identifiers of a scope's influencers, in order; of some of them nothing may count.
    private func forEachIdentifier(
        in scope: Scope, _ body: (String) throws(QueryFault) -> Void
    ) async throws(QueryFault) {
        if let id = scope.influencerID { return try body(id) }
        try await forEachIdentifier(influencerPrefix(of: scope), body)
    }

    /// The same a part at a time.
    ///
    /// - Parameter after: go on after this identifier.
    func influencers(in scope: Scope, after: String?, limit: Int) throws(QueryFault) -> [String] {
        if let id = scope.influencerID { return after == nil ? [id] : [] }
        return try identifiers(influencerPrefix(of: scope), after: after, limit: limit)
    }

    /// How many identifiers that are.
    func influencerCount(in scope: Scope) async throws(QueryFault) -> Int {
        var count = 0
        try await forEachIdentifier(in: scope) { _ in count += 1 }
        return count
    }

    private func influencerPrefix(of scope: Scope) -> [UInt8] {
        scope.campaignID.map { ViewKeys.members(of: $0) } ?? [ViewKeys.influencer]
    }

    /// An influencer of a scope; nil if no event of theirs counts, or none that does names the campaign.
    func situation(of id: String, in scope: Scope) throws(QueryFault) -> Situation? {
        let evidence = try evidence(ofInfluencer: id)
        let isInScope = scope.campaignID.map { evidence.names(campaign: $0) } ?? !evidence.isEmpty
        return isInScope ? Situation(evidence, view) : nil
    }

    /// Visits the campaigns of a scope, in the order of their identifiers: all that an event ever named, or the one given;
    /// none where an influencer is given, as what is a campaign's own is nobody's.
    func eachCampaign(
        in scope: Scope, _ body: (String, CampaignEvidence) async throws(QueryFault) -> Void
    ) async throws(QueryFault) {
        let partSize = 256
        if scope.influencerID != nil { return }
        if let id = scope.campaignID { return try await body(id, evidence(ofCampaign: id)) }
        var last: String?
        while true {
            let ids = try campaignIdentifiers(after: last, limit: partSize)
            for (number, id) in ids.enumerated() {
                if number % Self.itemsPerTurn == 0 { try await giveWay() }
                try await body(id, evidence(ofCampaign: id))
            }
            if ids.count < partSize { return }
            last = ids.last
        }
    }
}
