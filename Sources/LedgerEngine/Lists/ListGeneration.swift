import CampaignDomain
import EventLog

/// All influencers as lists see them at one moment. Never changes: the next moment's is another one, which shares with it
/// what did not change.
///
/// Invariants: L1 every summary is the one of an influencer's facts up to `position` at `asOf.at`. L2 an influencer is
/// here if and only if an event of theirs counts. L3 every order holds those that are in that list, once, greatest key
/// first and then by identifier. L4 every answer kept is the one that the influencer's facts come to, as in L1.
///
/// Influencers are numbered by the order of their identifiers, so that who comes first of two with the same key is a
/// comparison of numbers. Memory: 64 bytes of a summary, 130 of its names and sums, 16 of an identifier of up to 15
/// bytes, and 4 for each order that the influencer is in: some 230 bytes an influencer, 100 of them twice while the next
/// one is made. The answers kept take some 2 KB each.
final class ListGeneration: Sendable {
    let asOf: AsOf
    let position: Position
    /// The views it was worked out of.
    let serving: ServingRows
    let view: DirectoryView
    /// Of the directory that `view` is of.
    let directoryVersion: UInt64
    /// When the directory changes without new facts; nil: never.
    let directoryNextChange: Instant?
    /// Sorted.
    let ids: [String]
    /// Of the same numbers as `ids`.
    let summaries: [InfluencerSummary]
    let names: SummaryNames
    /// Numbers in the order of each list.
    let orders: [InfluencerSort: [UInt32]]
    /// By identifier: of those who come first in an order, so that what is asked for most is read and not worked out.
    let answers: [String: InfluencerAnswer]

    init(
        _ moment: ListMoment, ids: [String], summaries: [InfluencerSummary], names: SummaryNames,
        orders: [InfluencerSort: [UInt32]]
    ) {
        (asOf, position, serving, view) = (moment.asOf, moment.position, moment.serving, moment.view)
        (directoryVersion, directoryNextChange) = (moment.directoryVersion, moment.directoryNextChange)
        (self.ids, self.summaries, self.names, self.orders) = (ids, summaries, names, orders)
        answers = [:]
    }

    /// A generation with its answers.
    init(_ generation: ListGeneration, answers: [String: InfluencerAnswer]) {
        (asOf, position, view) = (generation.asOf, generation.position, generation.view)
        serving = generation.serving
        directoryVersion = generation.directoryVersion
        directoryNextChange = generation.directoryNextChange
        (ids, summaries, names) = (generation.ids, generation.summaries, generation.names)
        orders = generation.orders
        self.answers = answers
    }

    /// The orders that there always are; those by due are added for each currency.
    static let standardSorts: [InfluencerSort] = [.trust, .stage, .engagements]

    /// A generation of nobody.
    convenience init(empty moment: ListMoment) {
        let orders = Dictionary(uniqueKeysWithValues: Self.standardSorts.map { ($0, [UInt32]()) })
        self.init(moment, ids: [], summaries: [], names: SummaryNames(), orders: orders)
    }

    /// The influencers behind a place in a list, in its order.
    ///
    /// - Parameters:
    ///   - sort: nil is by identifier.
    ///   - limit: at most so many.
    func places(
        _ sort: InfluencerSort?, _ filter: InfluencerFilter, after: ListPlace?, limit: Int
    ) -> [ListPlace] {
        guard let filter = filter.resolved(names) else { return [] }
        var found: [ListPlace] = []
        func look(at number: Int) -> Bool {
            let summary = summaries[number]
            if filter.matches(summary) {
                found.append(ListPlace(key: sort.flatMap { summary.key($0) } ?? 0, id: ids[number]))
            }
            return found.count < limit
        }
        if let sort {
            let order = orders[sort] ?? []
            for index in start(in: order, sort, after)..<order.count where !look(at: Int(order[index])) { break }
        } else {
            let start = after.map { ids.partitioningIndex(behind: $0.id) } ?? 0
            for number in start..<ids.count where !look(at: number) { break }
        }
        return found
    }

    /// Where those behind a place begin: the place need not be there any more.
    private func start(in order: [UInt32], _ sort: InfluencerSort, _ after: ListPlace?) -> Int {
        guard let after else { return 0 }
        let number = ids.partitioningIndex(behind: after.id)
        return order.partitioningIndex { other in
            let key = summaries[Int(other)].key(sort) ?? 0
            return key != after.key ? key < after.key : Int(other) >= number
        }
    }
}

/// What a generation of the lists is of.
struct ListMoment {
    let asOf: AsOf
    let position: Position
    let serving: ServingRows
    let view: DirectoryView
    let directoryVersion: UInt64
    let directoryNextChange: Instant?
}

extension RandomAccessCollection where Index == Int {
    /// The first index whose element is behind something, in a collection where all those come last.
    func partitioningIndex(where isBehind: (Element) -> Bool) -> Int {
        var (low, high) = (startIndex, endIndex)
        while low < high {
            let middle = low + (high - low) / 2
            if isBehind(self[middle]) { high = middle } else { low = middle + 1 }
        }
        return low
    }
}

extension [String] {
    /// In a sorted array, the first index behind a text, whether that is there or not.
    fileprivate func partitioningIndex(behind text: String) -> Int {
        partitioningIndex { $0 > text }
    }
}
