import CampaignDomain

extension ListGeneration {
    /// An influencer worked out anew.
    struct Renewed {
        let id: String
        /// Nil: no event of theirs counts any more.
        let summary: InfluencerSummary?
    }

    /// The generation of a later moment.
    ///
    /// - Parameters:
    ///   - renewed: everyone whose summary may be another one, sorted by identifier, each once.
    ///   - names: these and those of this generation's summaries.
    func next(_ moment: ListMoment, renewed: [Renewed], names: SummaryNames) -> ListGeneration {
        guard !renewed.isEmpty else {
            return ListGeneration(moment, ids: ids, summaries: summaries, names: names, orders: orders)
        }
        var merge = ListMerge(ids, summaries)
        for one in renewed { merge.take(one) }
        merge.finish()
        var orders = orders
        let currencies = renewed.flatMap { $0.summary?.dues.map(\.currency) ?? [] }
        for sort in Set(orders.keys).union(Set(currencies).map { .due($0) }) {
            orders[sort] = merge.order(orders[sort] ?? [], sort)
        }
        return ListGeneration(moment, ids: merge.ids, summaries: merge.summaries, names: names, orders: orders)
    }
}

/// Influencers of a generation on the way to the next one's numbers.
private struct ListMerge {
    private let oldIDs: [String]
    private let oldSummaries: [InfluencerSummary]
    /// How many of the old ones were looked at.
    private var taken = 0
    /// By old number: the new one, or `gone`.
    private var numbers: [UInt32] = []
    private(set) var ids: [String] = []
    private(set) var summaries: [InfluencerSummary] = []
    /// New numbers of those renewed.
    private var renewed: [UInt32] = []

    /// No influencer of the old order stands where they stood: gone, or renewed.
    private static let gone = UInt32.max

    init(_ ids: [String], _ summaries: [InfluencerSummary]) {
        (oldIDs, oldSummaries) = (ids, summaries)
        numbers.reserveCapacity(ids.count)
        self.ids.reserveCapacity(ids.count)
        self.summaries.reserveCapacity(ids.count)
    }

    mutating func take(_ one: ListGeneration.Renewed) {
        keep { $0 < one.id }
        if taken < oldIDs.count, oldIDs[taken] == one.id {
            numbers.append(Self.gone)
            taken += 1
        }
        guard let summary = one.summary else { return }
        renewed.append(UInt32(ids.count))
        ids.append(one.id)
        summaries.append(summary)
    }

    mutating func finish() {
        keep { _ in true }
    }

    /// Takes over old ones as they are, as long as they are wanted.
    private mutating func keep(while isWanted: (String) -> Bool) {
        while taken < oldIDs.count, isWanted(oldIDs[taken]) {
            numbers.append(UInt32(ids.count))
            ids.append(oldIDs[taken])
            summaries.append(oldSummaries[taken])
            taken += 1
        }
    }

    /// The new order of a list: the old one without those renewed, merged with these.
    func order(_ old: [UInt32], _ sort: InfluencerSort) -> [UInt32] {
        var added: [(key: Int128, number: UInt32)] = renewed.compactMap { number in
            summaries[Int(number)].key(sort).map { ($0, number) }
        }
        added.sort { $0.key != $1.key ? $0.key > $1.key : $0.number < $1.number }
        var order: [UInt32] = []
        order.reserveCapacity(old.count + added.count)
        var next = 0
        for place in old {
            let number = numbers[Int(place)]
            guard number != Self.gone else { continue }
            if next < added.count, let key = summaries[Int(number)].key(sort) {
                while next < added.count,
                    added[next].key != key ? added[next].key > key : added[next].number < number
                {
                    order.append(added[next].number)
                    next += 1
                }
            }
            order.append(number)
        }
        order.append(contentsOf: added[next...].lazy.map(\.number))
        return order
    }
}
