import CampaignDomain
import EventLog
import LedgerEngine
import Testing

/// Lists as they must be: everyone's single answer of one moment, sorted and filtered by hand.
struct ListOracle {
    let at: Instant
    let position: Position
    let everyone: [(id: String, answer: InfluencerAnswer)]

    init(_ ledger: Ledger, at: Instant, position: Position) async throws {
        (self.at, self.position) = (at, position)
        let query = Query(at: at, position: position)
        var ids: [String] = []
        var next: String?
        repeat {
            let page = try await ledger.influencers(query, after: next, limit: 1000).value
            ids += page.items.map(\.id)
            next = page.next
        } while next != nil
        var items: [(id: String, answer: InfluencerAnswer)] = []
        for id in ids {
            let answer = try #require(try await ledger.influencer(id, query))
            items.append((id, answer.value))
        }
        everyone = items
    }

    /// Whether an item is the single answer.
    func answers(_ item: InfluencerItem) -> Bool {
        guard let single = everyone.first(where: { $0.id == item.id })?.answer else { return false }
        let answer = item.answer
        return answer.tier == single.tier && answer.trust == single.trust && answer.advocacy == single.advocacy
            && answer.compensation == single.compensation && answer.profile == single.profile
    }

    /// A campaign that no event names.
    static let nowhere = "none"

    /// What a list shows, in its order.
    func ids(_ sort: InfluencerSort?, _ filter: InfluencerFilter) -> [String] {
        let listed = everyone.filter { Self.matches($0.answer, filter) && Self.key($0.answer, sort) != nil }
        return listed.sorted { left, right in
            let (a, b) = (Self.key(left.answer, sort) ?? 0, Self.key(right.answer, sort) ?? 0)
            return a != b ? a > b : left.id < right.id
        }.map(\.id)
    }

    static func key(_ answer: InfluencerAnswer, _ sort: InfluencerSort?) -> Int128? {
        switch sort {
        case nil: 0
        case .trust: Int128(answer.trust.raw.rawValue)
        case .stage: Int128(answer.advocacy.stage.rawValue) * 10_000_000 + Int128(answer.trust.raw.rawValue)
        case .engagements: answer.profile.engagements
        case .due(let currency): answer.compensation.currencies.first { $0.currency == currency }?.amounts.due
        }
    }

    private static func matches(_ answer: InfluencerAnswer, _ filter: InfluencerFilter) -> Bool {
        let checks: [Bool?] = [
            filter.tier.map { answer.tier == $0 }, filter.stage.map { answer.advocacy.stage == $0 },
            filter.flag.map { answer.advocacy.flags.contains($0) },
            filter.scoreMin.map { answer.trust.raw >= $0 }, filter.scoreMax.map { answer.trust.raw <= $0 },
            filter.platform.map { answer.profile.platform == $0 },
            filter.topic.map { answer.profile.homeTopics.contains($0) },
            filter.campaignID.map { answer.profile.collaborations.contains($0) },
        ]
        return checks.allSatisfy { $0 ?? true }
    }

    /// Sorts and filters that make a difference here.
    var questions: [(InfluencerSort?, InfluencerFilter)] {
        let currencies = Set(everyone.flatMap { $0.answer.compensation.currencies.map(\.currency) }).sorted()
        let sorts: [InfluencerSort?] = [nil, .trust, .stage, .engagements] + currencies.map { .due($0) }
        return sorts.flatMap { sort in filters.map { (sort, $0) } }
    }

    private var filters: [InfluencerFilter] {
        guard !everyone.isEmpty else { return [InfluencerFilter()] }
        var filters = [InfluencerFilter()]
        func add(_ change: (inout InfluencerFilter, InfluencerAnswer) -> Void, of number: Int) {
            var filter = InfluencerFilter()
            change(&filter, everyone[number % everyone.count].answer)
            filters.append(filter)
        }
        add({ $0.tier = $1.tier }, of: 1)
        add({ $0.stage = $1.advocacy.stage }, of: 5)
        add({ $0.flag = $1.advocacy.flags.first ?? .dormant }, of: 7)
        add({ $0.scoreMin = $1.trust.raw }, of: 2)
        add({ $0.scoreMax = $1.trust.raw }, of: 3)
        add({ $0.platform = $1.profile.platform ?? "nowhere" }, of: 4)
        add({ $0.topic = $1.profile.homeTopics.first ?? "nothing" }, of: 6)
        add({ $0.campaignID = $1.profile.collaborations.first ?? Self.nowhere }, of: 8)
        add(
            {
                ($0.scoreMin, $0.scoreMax) = (Score(300_000), Score(800_000))
                $0.platform = $1.profile.platform
            }, of: 9)
        return filters
    }
}

extension TestLedger {
    /// A whole list, page by page.
    func list(
        _ sort: InfluencerSort?, _ filter: InfluencerFilter, _ query: Query, limit: Int
    ) async throws -> (ids: [String], last: Answer<InfluencerPage>) {
        let (items, last) = try await items(sort, filter, query, limit: limit)
        return (items.map(\.id), last)
    }

    private func items(
        _ sort: InfluencerSort?, _ filter: InfluencerFilter, _ query: Query, limit: Int
    ) async throws -> (items: [InfluencerItem], last: Answer<InfluencerPage>) {
        var items: [InfluencerItem] = []
        var listing = InfluencerListing(sort: sort, filter: filter, limit: limit)
        while true {
            let answer = try await ledger.influencers(query, listing)
            items += answer.value.items
            guard let next = answer.value.next else { return (items, answer) }
            listing.after = next
        }
    }

    /// Holds every list against everyone's single answers at its moment.
    func checkLists(_ place: String) async throws {
        let first = try await ledger.influencers(latest, InfluencerListing(sort: .trust, limit: 1))
        let oracle = try await ListOracle(ledger, at: first.at, position: first.position)
        let moment = Query(at: first.at, position: first.position)
        for (number, (sort, filter)) in oracle.questions.enumerated() {
            if filter.campaignID == ListOracle.nowhere {
                for query in [latest, moment] {
                    let listing = InfluencerListing(sort: sort, filter: filter, limit: 7)
                    await #expect("\(place): an unknown campaign") {
                        try await ledger.influencers(query, listing)
                    } throws: {
                        if case .unknownCampaign? = $0 as? QueryFault { true } else { false }
                    }
                }
                continue
            }
            let expected = oracle.ids(sort, filter)
            let (items, last) = try await items(sort, filter, latest, limit: 7)
            if sort != nil || filter != InfluencerFilter() {
                #expect(last.at == first.at && last.position == first.position, "\(place): another moment")
                #expect(items.map(\.id) == expected, "\(place): \(String(describing: sort)), \(filter)")
            }
            if sort != nil, filter == InfluencerFilter() {
                let other = items.first { !oracle.answers($0) }
                #expect(other == nil, "\(place), \(String(describing: sort)): not the single answer")
            }
            guard number % 5 == 0 else { continue }
            #expect(try await list(sort, filter, moment, limit: 9).ids == expected, "\(place), as of its moment")
        }
    }
}
