import EventLog

/// Events of each stream since the index' position. Few writers state an expected revision, so entries are only kept in
/// a list until the first count is asked for; from then on counts are kept up.
struct StreamCounts {
    private var entries: [IndexEntry] = []
    private var counts: [IndexKey: Int]?

    init(_ entries: [IndexEntry] = []) {
        self.entries = entries
    }

    mutating func add(_ entry: IndexEntry) {
        entries.append(entry)
        counts?[entry.indexKey, default: 0] += 1
    }

    mutating func removeNewest() {
        let entry = entries.removeLast()
        counts?[entry.indexKey]? -= 1
    }

    /// The newest entries, oldest of them first.
    func newest(_ count: Int) -> [IndexEntry] {
        Array(entries.suffix(count))
    }

    mutating func count(_ key: IndexKey) -> Int {
        if counts == nil {
            counts = entries.reduce(into: [:]) { $0[$1.indexKey, default: 0] += 1 }
        }
        return counts?[key] ?? 0
    }
}
