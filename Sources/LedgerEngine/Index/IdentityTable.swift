import EventLog

/// Identities recorded since the index' position, in memory: an open-addressing table from an identity's hash to
/// positions. A lookup gives candidates; only the record itself proves an identity.
///
/// Owned by the writer's thread. Entries are removed only newest first (a refused request takes back its own), which
/// linear probing allows without tombstones.
struct IdentityTable: ~Copyable {
    private var slots: UnsafeMutablePointer<IndexEntry>
    private var mask: Int
    private(set) var count = 0

    /// A free slot: no entry has position 0.
    private static let free = IndexEntry(key: 0, value: 0)

    init(minimumCapacity: Int = 1 << 12) {
        var capacity = 1 << 12
        while capacity < minimumCapacity * 2 { capacity <<= 1 }
        slots = .allocate(capacity: capacity)
        slots.initialize(repeating: Self.free, count: capacity)
        mask = capacity - 1
    }

    deinit {
        slots.deallocate()
    }

    mutating func insert(_ entry: IndexEntry) {
        if (count + 1) * 2 > mask { grow() }
        var index = Int(truncatingIfNeeded: entry.key) & mask
        while slots[index].value != 0 { index = (index + 1) & mask }
        slots[index] = entry
        count += 1
    }

    /// Takes back an entry. - Precondition: no entry was inserted after it that is still there.
    mutating func removeNewest(_ entry: IndexEntry) {
        var index = Int(truncatingIfNeeded: entry.key) & mask
        while slots[index] != entry { index = (index + 1) & mask }
        slots[index] = Self.free
        count -= 1
    }

    /// Calls `body` with each position whose identity may be the one looked for.
    func candidates(_ key: IndexKey, _ body: (Position) -> Void) {
        var index = Int(truncatingIfNeeded: key.key) & mask
        while slots[index].value != 0 {
            if slots[index].indexKey == key { body(slots[index].position) }
            index = (index + 1) & mask
        }
    }

    /// Doubles the table. Goes round from a free slot, so that entries of one chain keep their order: a chain that wraps
    /// past the end begins before it, and newest entries must stay last for `removeNewest`.
    private mutating func grow() {
        var larger = IdentityTable(minimumCapacity: mask + 1)
        guard let start = (0...mask).first(where: { slots[$0].value == 0 }) else {
            preconditionFailure("a table that grows at half its size has free slots")
        }
        for step in 0...mask {
            let entry = slots[(start + step) & mask]
            if entry.value != 0 { larger.insert(entry) }
        }
        swap(&slots, &larger.slots)
        swap(&mask, &larger.mask)
    }
}
