/// Whose conclusions can differ between two views of the directory.
public enum DirectoryChange: Sendable, Equatable {
    /// Of influencers whose events name one of these campaigns; sorted. None: nobody's.
    case campaigns([String])
    /// Anybody's.
    case everyone
}

extension DirectoryView {
    /// What differs from an earlier view, as far as an `InfluencerSummary` goes: it asks the directory for the policies of
    /// trust and advocacy, the brands of the campaigns that the influencer's events name, and whether a brand has a
    /// campaign at all.
    public func changes(since earlier: DirectoryView) -> DirectoryChange {
        guard trust.version == earlier.trust.version, advocacy.version == earlier.advocacy.version,
            hasSameBrands(as: earlier)
        else { return .everyone }
        let ids = Set(campaignIDs).union(earlier.campaignIDs)
        return .campaigns(ids.filter { brand(ofCampaign: $0) != earlier.brand(ofCampaign: $0) }.sorted())
    }
}
