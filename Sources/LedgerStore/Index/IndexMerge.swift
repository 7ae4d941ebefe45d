internal import EventLog

/// Takes the entries of several runs of the index in order.
struct RunMerger {
    private var inputs: [RunWalker]

    init(runs: [LocatedRun], storePath: String) {
        inputs = runs.map { RunWalker($0, storePath: storePath) }
    }

    /// How far the runs have been taken.
    var places: [RunPlace] { inputs.map(\.place) }

    /// The next entries, fewer at the end.
    mutating func take(_ count: Int) throws(StoreError) -> [IndexEntry] {
        var merged: [IndexEntry] = []
        merged.reserveCapacity(count)
        for index in inputs.indices { try inputs[index].settle() }
        while merged.count < count {
            var least: IndexEntry?
            var leastIndex = 0
            for index in inputs.indices {
                guard let entry = inputs[index].current else { continue }
                if let present = least, !(entry < present) { continue }
                least = entry
                leastIndex = index
            }
            guard let least else { break }
            merged.append(least)
            try inputs[leastIndex].advance()
        }
        return merged
    }
}

/// Goes through the entries of one run, each segment's checksum verified before its first entry is given.
struct RunWalker {
    private let segments: [IndexSegment]
    private let storePath: String
    private(set) var place: RunPlace
    private var isVerified = false
    /// The entry at hand; nil at the end, and before `settle()`.
    private(set) var current: IndexEntry?

    init(_ run: LocatedRun, storePath: String) {
        segments = run.segments
        place = RunPlace(entry: run.run.consumed)
        self.storePath = storePath
    }

    mutating func advance() throws(StoreError) {
        place.entry += 1
        try settle()
    }

    mutating func settle() throws(StoreError) {
        while place.segment < segments.count {
            if place.entry == segments[place.segment].count {
                place = RunPlace(segment: place.segment + 1)
                isVerified = false
                continue
            }
            if !isVerified {
                try segments[place.segment].verifyEntries(place: storePath)
                isVerified = true
            }
            current = segments[place.segment].entry(place.entry)
            return
        }
        current = nil
    }
}
