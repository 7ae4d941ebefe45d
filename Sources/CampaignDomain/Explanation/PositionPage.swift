/// Collects positions of events and gives a page of them: ascending, each once.
///
/// Pages are stable: a page goes on after a position, not after a number of them.
struct PositionPage {
    private let after: FactPosition
    private let limit: Int
    private var positions: [FactPosition] = []

    /// - Parameters:
    ///   - after: positions up to this one are left out.
    ///   - limit: the most positions of the page.
    init(after: FactPosition, limit: Int) {
        self.after = after
        self.limit = limit
    }

    mutating func add(_ position: FactPosition) { if position > after { positions.append(position) } }

    /// The page. One shorter than its limit is the last.
    consuming func finish() -> [FactPosition] {
        positions.sort()
        var page: [FactPosition] = []
        for position in positions where page.count < limit && page.last != position { page.append(position) }
        return page
    }
}
