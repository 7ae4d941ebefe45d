package import CampaignDomain

/// What is asked of the list of influencers beside its moment.
package struct InfluencerListing: Sendable {
    /// Nil: by identifier.
    package var sort: InfluencerSort?
    package var filter: InfluencerFilter
    /// Go on behind this place.
    package var after: ListPlace?
    /// Items of a page, at least 1.
    package var limit: Int

    package init(sort: InfluencerSort? = nil, filter: InfluencerFilter = .init(), after: ListPlace? = nil, limit: Int) {
        self.sort = sort
        self.filter = filter
        self.after = after
        self.limit = limit
    }
}

/// A place in a list. It stays where it is when the influencer who stood there moves or goes.
package struct ListPlace: Hashable, Sendable {
    /// What the list is sorted by, the greatest first; 0 in the list by identifier.
    package var key: Int128
    package var id: String

    package init(key: Int128, id: String) {
        self.key = key
        self.id = id
    }

    /// Whether this place comes before another one of the same list.
    func precedes(_ other: ListPlace) -> Bool {
        key != other.key ? key > other.key : id < other.id
    }
}

/// A page of a list of influencers.
package struct InfluencerPage: Sendable {
    package var items: [InfluencerItem]
    /// The place of the last item; nil at the end.
    package var next: ListPlace?
}
