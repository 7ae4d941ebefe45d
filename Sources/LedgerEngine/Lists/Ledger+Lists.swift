import CampaignDomain
import EventLog

extension Ledger {
    /// A page of the list of influencers.
    ///
    /// Without `at` and `position` a list that is sorted or filtered is read from a table that is some seconds behind: the
    /// answer says at which position and `at` it stands, and is of that moment whole. With them it is worked out from
    /// everyone's facts, and takes the time that takes. The plain list by identifier is always of the present.
    ///
    /// - Throws: `.listsBehind` when the table is not there, or too old, and does not become current in time;
    ///   `.unknownCampaign` when no event that counts names the filter's campaign.
    package func influencers(
        _ query: Query, _ listing: InfluencerListing
    ) async throws(QueryFault) -> Answer<InfluencerPage> {
        if listing.sort == nil, listing.filter == InfluencerFilter() {
            let page = try await influencers(query, after: listing.after?.id, limit: listing.limit)
            return Answer(
                value: InfluencerPage(
                    items: page.value.items, next: page.value.next.map { ListPlace(key: 0, id: $0) }),
                position: page.position, head: page.head, at: page.at, policyVersion: page.policyVersion)
        }
        // A slip of the pen in the campaign's name must not read as "nobody".
        let scope = Scope(campaignID: listing.filter.campaignID)
        guard query.at == nil, query.position == nil else {
            let reading = try await reading(query)
            try reading.check(scope)
            return try await page(of: reading.places(listing), listing, reading)
        }
        let generation = try await currentLists(query)
        let reading = Reading(
            projection: projection, serving: generation.serving, order: LogIdentityOrder(log: log),
            asOf: generation.asOf, view: generation.view, position: generation.position)
        // One more than is asked for tells whether there is a next page.
        let places = generation.places(
            listing.sort, listing.filter, after: listing.after, limit: listing.limit + 1)
        // Where there is somebody, there is the campaign.
        if places.isEmpty { try reading.check(scope) }
        return try await page(of: places, listing, reading, known: generation.answers)
    }

    /// The items of places, one more of which may be given than the page has.
    ///
    /// - Parameter known: answers of the reading's moment that need not be worked out.
    private func page(
        of places: [ListPlace], _ listing: InfluencerListing, _ reading: Reading,
        known: [String: InfluencerAnswer] = [:]
    ) async throws(QueryFault) -> Answer<InfluencerPage> {
        let wanted = places.prefix(listing.limit)
        let missing = wanted.lazy.map(\.id).filter { known[$0] == nil }
        var found = try await reading.answers(of: Array(missing)[...])[...]
        var items: [InfluencerItem] = []
        for place in wanted {
            let answer = known[place.id] ?? found.removeFirst()
            if let answer { items.append(InfluencerItem(id: place.id, answer: answer)) }
        }
        let next = places.count > listing.limit ? places[listing.limit - 1] : nil
        return answer(InfluencerPage(items: items, next: next), of: reading)
    }

    /// The table, as soon as it stands at `minPosition` and is not too old; waits for that, within a bound.
    private func currentLists(_ query: Query) async throws(QueryFault) -> ListGeneration {
        let needed = query.minPosition ?? .beforeFirst
        let began = monotonicNanoseconds()
        let deadline = began + UInt64(settings.minPositionTimeoutSeconds) * 1_000_000_000
        let freshDeadline = began + UInt64(settings.listsFreshMilliseconds) * 1_000_000
        // The table can stand nowhere that the read models do not.
        if needed > projection.position { _ = try await reading(Query(minPosition: needed)) }
        let asked = clock.now().microseconds
        let earliest = lists.noteQuestion() ? Instant(microseconds: asked - InfluencerLists.firstAgeMax) : nil
        var pause = ListWaiting.firstNanoseconds
        while true {
            let now = monotonicNanoseconds()
            let current = lists.current(clock.now(), from: now < freshDeadline ? earliest : nil)
            if let current, current.position >= needed { return current }
            if now >= deadline { throw timeout(current, needed) }
            guard lists.demand(), (try? await Task.sleep(nanoseconds: pause)) != nil else { throw .closed }
            pause = min(2 * pause, ListWaiting.mostNanoseconds)
        }
    }

    private func timeout(_ current: ListGeneration?, _ needed: Position) -> QueryFault {
        if let current { return .minPositionTimeout(needed, stands: current.position) }
        guard let last = lists.generation else { return .listsBehind("The table is being made.") }
        return .listsBehind("The table stands at position \(last.position) and at \(last.asOf.at.rfc3339).")
    }
}

/// How long a question sleeps before it looks again for a newer table, in nanoseconds.
private enum ListWaiting {
    static let firstNanoseconds: UInt64 = 1_000_000
    static let mostNanoseconds: UInt64 = 20_000_000
}
