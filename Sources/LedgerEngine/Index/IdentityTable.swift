import EventLog

/// Identities recorded since the index' position, in memory: their entries in the order of positions, and an
/// open-addressing table over them. A lookup gives candidates; only the record itself proves an identity.
///
/// A slot is 8 bytes, so that few cache lines are asked for: the upper half of the entry's key, and the number of the
/// entry + 1; 0 is free. Owned by the writer's thread. Entries are removed only newest first (a refused request takes
/// back its own), which linear probing allows without tombstones: whatever was placed behind an entry came after it.
struct IdentityTable: ~Copyable {
    /// In the order of positions.
    private(set) var entries: [IndexEntry] = []
    private var slots: UnsafeMutablePointer<UInt64>
    private var mask: Int

    private static let slotsMin = 1 << 12
    private static let tagShift: UInt64 = 32

    /// - Parameter entries: what it begins with, in the order of positions.
    init(_ entries: [IndexEntry] = []) {
        self.entries = entries
        var capacity = Self.slotsMin
        while capacity < entries.count * 2 { capacity <<= 1 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        mask = capacity - 1
        placeAll()
    }

    deinit {
        slots.deallocate()
    }

    var count: Int { entries.count }

    mutating func insert(_ entry: IndexEntry) {
        entries.append(entry)
        if entries.count * 2 > mask { grow() } else { place(entries.count - 1) }
    }

    /// Takes back the newest entry.
    mutating func removeNewest() {
        let number = UInt64(entries.count)
        let entry = entries.removeLast()
        var slot = Int(truncatingIfNeeded: entry.key) & mask
        while UInt64(UInt32(truncatingIfNeeded: slots[slot])) != number { slot = (slot + 1) & mask }
        slots[slot] = 0
    }

    /// Brings the slot of a key near: called for all keys of a request before the first is looked up, so that their ways
    /// from memory overlap.
    func warm(_ key: UInt64) {
        prefetch(slots + (Int(truncatingIfNeeded: key) & mask))
    }

    /// Calls `body` with each position whose identity may be the one looked for.
    func candidates(_ key: IndexKey, _ body: (Position) -> Void) {
        var slot = Int(truncatingIfNeeded: key.key) & mask
        while slots[slot] != 0 {
            if slots[slot] >> Self.tagShift == key.key >> Self.tagShift {
                let entry = entries[Int(UInt32(truncatingIfNeeded: slots[slot])) - 1]
                if entry.indexKey == key { body(entry.position) }
            }
            slot = (slot + 1) & mask
        }
    }

    private func place(_ index: Int) {
        let key = entries[index].key
        var slot = Int(truncatingIfNeeded: key) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = (key >> Self.tagShift) << Self.tagShift | UInt64(index + 1)
    }

    private func placeAll() {
        for index in entries.indices { place(index) }
    }

    private mutating func grow() {
        slots.deallocate()
        let capacity = (mask + 1) * 2
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: 0, count: capacity)
        mask = capacity - 1
        placeAll()
    }
}
