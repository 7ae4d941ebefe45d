import CampaignDomain

extension Reading {
    /// The places of a page, and one more if there are more, worked out from everyone's facts: in bounded memory, however
    /// many influencers there are.
    func places(_ listing: InfluencerListing) async throws(QueryFault) -> [ListPlace] {
        var names = SummaryNames()
        listing.filter.names.forEach { _ = names.number(of: $0) }
        guard let filter = listing.filter.resolved(names) else { return [] }
        var first = FirstPlaces(limit: listing.limit + 1)
        let known = names
        try await forEachIdentifier([ViewKeys.influencer]) { (id) throws(QueryFault) in
            guard let situation = try situation(of: id) else { return }
            // Names of others are of no use: they would only be kept.
            var names = known
            let summary = InfluencerSummary(situation, names: &names)
            if let failure = order.failure { throw QueryFault(failure) }
            guard filter.matches(summary) else { return }
            let place: ListPlace
            if let sort = listing.sort {
                guard let key = summary.key(sort) else { return }
                place = ListPlace(key: key, id: id)
            } else {
                place = ListPlace(key: 0, id: id)
            }
            if listing.after.map({ $0.precedes(place) }) ?? true { first.add(place) }
        }
        return first.sorted
    }
}

/// The first of many places, so many as wanted.
private struct FirstPlaces {
    private let limit: Int
    /// Up to twice as many as wanted, the first of them among these.
    private var places: [ListPlace] = []
    /// None behind it is wanted; nil: not so many yet.
    private var last: ListPlace?

    init(limit: Int) {
        self.limit = limit
    }

    mutating func add(_ place: ListPlace) {
        if let last, last.precedes(place) { return }
        places.append(place)
        if places.count >= 2 * limit { cut() }
    }

    private mutating func cut() {
        places.sort { $0.precedes($1) }
        places.removeLast(max(0, places.count - limit))
        if places.count == limit { last = places.last }
    }

    var sorted: [ListPlace] {
        var all = self
        all.cut()
        return all.places
    }
}
