package import LedgerAPI

/// What the stages of a campaign's funnel are, on pages and terminals.
package enum FunnelNote {
    /// Clauses to stand under the funnel: its stages are not of the campaign alone, and not everyone in it agreed to
    /// something here. None where nobody is in it.
    /// - Parameter influencers: Everyone of whom an event names the campaign; nil where not all of them are known.
    package static func clauses(_ funnel: CampaignFunnelBody, influencers: [CampaignInfluencerBody]?) -> [String] {
        guard funnel.influencers > 0 else { return [] }
        let clause = "stages over all campaigns"
        guard let influencers else { return [clause] }
        let here = influencers.count { $0.kind != nil }
        let verb = here == 1 ? "has" : "have"
        return [
            clause,
            "\(Decimals.grouped(here)) of these \(Decimals.grouped(funnel.influencers)) \(verb) a collaboration here",
        ]
    }
}
