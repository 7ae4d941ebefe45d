import CampaignDomain
import EventLog
import Glibc

/// Facts folded since the last checkpoint, by row, in flat memory: the part of the read models that `views/` does not
/// hold yet. Facts are only ever added, so a fold never reads a row: rows are joined with what `views/` holds when they
/// are asked for.
///
///     slots    open addressing, u64: 32 bits of the key's hash · the row's offset + 1; 0 is free
///     memory   rows and facts in the order in which they came, numbers as the machine has them
///     row      newest fact u32 · bytes of all its facts u32 · newest link u32 · round of the lists that knows of it u32 ·
///              length of the key u16 · key
///     fact     offset of the one before it in the row + 1 (u32; 0 is none) · the fact, which says its own length
///
/// Facts point backwards, so that adding one touches a slot, its row, and the end of the memory: nothing else that would
/// have to come from far away.
///
/// Reached only under the projection's lock while it takes facts; immutable once it is frozen for a checkpoint.
final class Overlay: @unchecked Sendable {
    // @unchecked: see above; the owner serialises.

    /// A row of this overlay: where it lies in the memory.
    struct Row: Hashable {
        fileprivate let offset: UInt32
    }

    /// In the order in which they came to be.
    @exclusivity(unchecked) private(set) var rows: [Row] = []
    @exclusivity(unchecked) private var slots: UnsafeMutablePointer<UInt64>
    @exclusivity(unchecked) private var mask: Int
    @exclusivity(unchecked) private var memory: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private var used = 0

    private static let newestFact = 0
    private static let factBytes = 4
    private static let newestLink = 8
    private static let listRound = 12
    private static let keyLength = 16
    private static let key = 18
    private static let linkBytes = 4
    private static let slotsMin = 1 << 12
    private static let slotBytes = 8

    /// - Parameters:
    ///   - capacity: bytes of rows and facts to reserve; more are found when needed.
    ///   - rows: how many rows to expect.
    init(capacity: Int = 1 << 20, rows: Int = 0) {
        self.capacity = capacity
        memory = .allocate(byteCount: capacity, alignment: 8)
        var slotCount = Self.slotsMin
        while slotCount < rows * 2 { slotCount *= 2 }
        slots = .allocate(capacity: slotCount)
        slots.initialize(repeating: 0, count: slotCount)
        mask = slotCount - 1
    }

    deinit {
        memory.deallocate()
        slots.deallocate()
    }

    /// Memory that the facts take, keys and links included: what bounds a checkpoint.
    var byteCount: Int { used + rows.count * (Self.slotBytes * 2 + MemoryLayout<Row>.stride) }

    var isEmpty: Bool { rows.isEmpty }

    /// Brings the slots and rows of some keys near, many at once: their ways from memory overlap.
    ///
    /// - Parameter hashes: the keys' hashes.
    func warm(_ hashes: UnsafeBufferPointer<UInt64>) {
        for hash in hashes { prefetch(slots + slot(of: hash)) }
        for hash in hashes {
            let slot = slots[slot(of: hash)]
            if slot != 0 { prefetch(memory + Self.offset(in: slot)) }
        }
    }

    /// The row of a stream; nil if nothing was folded into it.
    ///
    /// - Parameters:
    ///   - prefix: the first byte of its key (`ViewKeys`).
    ///   - id: the other bytes.
    ///   - hash: the stream's (`KeyHash.high`).
    @inline(__always)
    func row(_ prefix: UInt8, _ id: UnsafeRawBufferPointer, hash: UInt64) -> Row? {
        var slot = slot(of: hash)
        let tag = UInt64(UInt32(truncatingIfNeeded: hash))
        while slots[slot] != 0 {
            if slots[slot] >> 32 == tag {
                let offset = Self.offset(in: slots[slot])
                if isKey(at: offset, prefix, id) { return Row(offset: UInt32(offset)) }
            }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// Adds a fact behind a stream's others. The row comes to be if it is not there.
    ///
    /// - Parameter position: what becomes the fact's position.
    @inline(__always)
    func append(
        _ fact: UnsafeRawBufferPointer, at position: Position, to prefix: UInt8, _ id: UnsafeRawBufferPointer,
        hash: UInt64
    ) -> Row {
        let row = row(prefix, id, hash: hash) ?? insert(prefix, id, hash: hash)
        guard let base = fact.baseAddress else { return row }
        let start = reserve(Self.linkBytes + fact.count)
        let header = memory + Int(row.offset)
        memory.storeBytes(of: header.loadUnaligned(as: UInt32.self), toByteOffset: start, as: UInt32.self)
        let target = memory + start + Self.linkBytes
        target.copyMemory(from: base, byteCount: fact.count)
        FactFormat.setPosition(FactPosition(position.rawValue), at: target)
        header.storeBytes(of: UInt32(start + 1), as: UInt32.self)
        let bytes = header.loadUnaligned(fromByteOffset: Self.factBytes, as: UInt32.self)
        header.storeBytes(of: bytes + UInt32(fact.count), toByteOffset: Self.factBytes, as: UInt32.self)
        return row
    }

    /// Notes that an event of an influencer names a campaign: a row without facts.
    ///
    /// - Parameter row: the influencer's, which remembers its newest link, since most name few campaigns.
    @inline(__always)
    func link(_ campaign: UnsafeRawBufferPointer, to influencer: UnsafeRawBufferPointer, row: Row) {
        let newest = memory.loadUnaligned(fromByteOffset: Int(row.offset) + Self.newestLink, as: UInt32.self)
        if newest != 0, isLink(at: Int(newest) - 1, campaign, count: campaign.count + influencer.count + 2) { return }
        addLink(campaign, influencer, row: row)
    }

    /// Notes that the lists know of facts in a row, in their present round (`ListMarks`).
    ///
    /// - Returns: whether they did not yet.
    @inline(__always)
    func mark(_ row: Row, round: UInt32) -> Bool {
        let noted = memory + Int(row.offset) + Self.listRound
        guard noted.loadUnaligned(as: UInt32.self) != round else { return false }
        noted.storeBytes(of: round, as: UInt32.self)
        return true
    }

    /// Brings a row's key near, ahead of its being asked for.
    func warmKey(of row: Row) {
        prefetch(memory + Int(row.offset))
    }

    /// Brings a row's newest fact near, once its key is.
    func warmFact(of row: Row) {
        let newest = memory.loadUnaligned(fromByteOffset: Int(row.offset) + Self.newestFact, as: UInt32.self)
        if newest != 0 { prefetch(memory + Int(newest) - 1) }
    }

    /// Bytes of a row's facts.
    func byteCount(of row: Row) -> Int {
        Int(memory.loadUnaligned(fromByteOffset: Int(row.offset) + Self.factBytes, as: UInt32.self))
    }

    /// A row's facts, one after another. - Precondition: `target` has room for just `byteCount(of:)`.
    func write(_ row: Row, into target: UnsafeMutableRawPointer) {
        var end = byteCount(of: row)
        var next = memory.loadUnaligned(fromByteOffset: Int(row.offset) + Self.newestFact, as: UInt32.self)
        while next != 0 {
            let fact = memory + Int(next) - 1 + Self.linkBytes
            next = memory.loadUnaligned(fromByteOffset: Int(next) - 1, as: UInt32.self)
            if next != 0 { prefetch(memory + Int(next) - 1) }
            let length = FactFormat.length(at: fact)
            end -= length
            (target + end).copyMemory(from: fact, byteCount: length)
        }
    }

    /// A row's facts as an array.
    func facts(of row: Row) -> [UInt8] {
        let count = byteCount(of: row)
        return [UInt8](unsafeUninitializedCapacity: count) { buffer, initialized in
            if let base = buffer.baseAddress { write(row, into: base) }
            initialized = count
        }
    }

    /// The key of a row. Valid until something is added.
    func key(of row: Row) -> UnsafeRawBufferPointer {
        let offset = Int(row.offset)
        let length = memory.loadUnaligned(fromByteOffset: offset + Self.keyLength, as: UInt16.self)
        return UnsafeRawBufferPointer(start: memory + offset + Self.key, count: Int(length))
    }

    @inline(__always)
    private func slot(of hash: UInt64) -> Int {
        Int(UInt32(truncatingIfNeeded: hash)) & mask
    }

    @inline(__always)
    private static func offset(in slot: UInt64) -> Int {
        Int(UInt32(truncatingIfNeeded: slot)) - 1
    }

    @inline(__always)
    private func isKey(at offset: Int, _ prefix: UInt8, _ id: UnsafeRawBufferPointer) -> Bool {
        let row = memory + offset
        guard row.loadUnaligned(fromByteOffset: Self.keyLength, as: UInt16.self) == UInt16(id.count + 1),
            (row + Self.key).load(as: UInt8.self) == prefix, let base = id.baseAddress
        else { return false }
        return memcmp(row + Self.key + 1, base, id.count) == 0
    }

    /// Whether the key at an offset has that length and, behind its first byte, begins with the campaign's id.
    private func isLink(at offset: Int, _ campaign: UnsafeRawBufferPointer, count: Int) -> Bool {
        let row = memory + offset
        guard row.loadUnaligned(fromByteOffset: Self.keyLength, as: UInt16.self) == UInt16(count),
            let base = campaign.baseAddress
        else { return false }
        let end = row + Self.key + 1 + campaign.count
        return memcmp(row + Self.key + 1, base, campaign.count) == 0 && end.load(as: UInt8.self) == ViewKeys.separator
    }

    @inline(never)
    private func addLink(_ campaign: UnsafeRawBufferPointer, _ influencer: UnsafeRawBufferPointer, row: Row) {
        let rest = Array(campaign) + [ViewKeys.separator] + Array(influencer)
        rest.withUnsafeBytes { rest in
            let hash = KeyHash(rest).high
            let link = self.row(ViewKeys.link, rest, hash: hash) ?? insert(ViewKeys.link, rest, hash: hash)
            memory.storeBytes(
                of: link.offset + 1, toByteOffset: Int(row.offset) + Self.newestLink, as: UInt32.self)
        }
    }

    @inline(never)
    private func insert(_ prefix: UInt8, _ id: UnsafeRawBufferPointer, hash: UInt64) -> Row {
        if (rows.count + 1) * 2 > mask { growSlots() }
        let offset = reserve(Self.key + 1 + id.count)
        let start = memory + offset
        start.initializeMemory(as: UInt8.self, repeating: 0, count: Self.key)
        start.storeBytes(of: UInt16(id.count + 1), toByteOffset: Self.keyLength, as: UInt16.self)
        start.storeBytes(of: prefix, toByteOffset: Self.key, as: UInt8.self)
        if let base = id.baseAddress { (start + Self.key + 1).copyMemory(from: base, byteCount: id.count) }
        let row = Row(offset: UInt32(offset))
        rows.append(row)
        place(UInt64(UInt32(truncatingIfNeeded: hash)) << 32 | UInt64(offset + 1))
        return row
    }

    private func place(_ entry: UInt64) {
        var slot = Int(entry >> 32) & mask
        while slots[slot] != 0 { slot = (slot + 1) & mask }
        slots[slot] = entry
    }

    private func growSlots() {
        let (old, count) = (slots, mask + 1)
        slots = .allocate(capacity: count * 2)
        slots.initialize(repeating: 0, count: count * 2)
        mask = count * 2 - 1
        for index in 0..<count where old[index] != 0 { place(old[index]) }
        old.deallocate()
    }

    @inline(__always)
    private func reserve(_ count: Int) -> Int {
        if used + count > capacity { growMemory(used + count) }
        defer { used += count }
        return used
    }

    private func growMemory(_ needed: Int) {
        let larger = max(capacity * 2, needed)
        precondition(
            larger < Int(UInt32.max), "an overlay holds less than 4 GiB; the checkpoint's bound is far below")
        let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
        moved.copyMemory(from: memory, byteCount: used)
        memory.deallocate()
        memory = moved
        capacity = larger
    }
}
