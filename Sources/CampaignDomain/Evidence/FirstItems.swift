/// The first items of an order, at most as many as the limit, whatever the order in which they are added. It holds no more
/// than twice the limit, and once it was full what comes behind its last costs one comparison.
struct FirstItems<Item> {
    private let limit: Int
    private let precedes: (Item, Item) -> Bool
    private var kept: [Item] = []
    /// Of those that were added, the last that can still be among the first; nil: not yet so many were added.
    private var last: Item?

    /// - Parameters:
    ///   - limit: at least 1.
    ///   - precedes: whether one item comes before another; no two stand at one place.
    init(limit: Int, precedes: @escaping (Item, Item) -> Bool) {
        precondition(limit > 0, "the first \(limit) items")
        self.limit = limit
        self.precedes = precedes
    }

    mutating func add(_ item: Item) {
        if let last, !precedes(item, last) { return }
        kept.append(item)
        if kept.count - limit >= limit { shrink() }
    }

    /// The items in their order.
    consuming func finish() -> [Item] {
        shrink()
        return kept
    }

    private mutating func shrink() {
        kept.sort(by: precedes)
        guard kept.count >= limit else { return }
        kept.removeLast(kept.count - limit)
        last = kept.last
    }
}
