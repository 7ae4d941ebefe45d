import EventLog
import Glibc

/// Facts folded since the last checkpoint, by stream, in flat memory: the part of the read models that `views/` does
/// not hold yet. Facts are only ever added, so a fold never reads a row: rows are joined with what `views/` holds when
/// they are asked for or checkpointed.
///
///     slots    open addressing, index of an entry + 1, 0 is free
///     entries  key, its hash, first and last block
///     memory   keys, and blocks: next u32 (offset + 1, 0 is none) · length u32 · bytes
///
/// Reached only under the projection's lock while it takes facts; immutable once it is frozen for a checkpoint.
final class Overlay: @unchecked Sendable {
    // @unchecked: see above; the owner serialises.
    struct Entry {
        let hash: UInt64
        let keyOffset: UInt32
        let keyLength: UInt16
        var firstBlock: UInt32
        var lastBlock: UInt32
        /// Bytes of all blocks.
        var byteCount: UInt32
    }

    private(set) var entries: [Entry] = []
    private var slots: [UInt32] = Array(repeating: 0, count: 1 << 12)
    private var memory: UnsafeMutableRawPointer
    private var capacity: Int
    private var used = 0

    private static let blockHeaderBytes = 8

    init(capacity: Int = 1 << 20) {
        self.capacity = capacity
        memory = .allocate(byteCount: capacity, alignment: 8)
    }

    deinit {
        memory.deallocate()
    }

    /// Memory that the facts take, keys and links included: what bounds a checkpoint.
    var byteCount: Int { used + entries.count * (MemoryLayout<Entry>.stride + 8) }

    var isEmpty: Bool { entries.isEmpty }

    /// Adds bytes behind a row's. The row comes to be if it is not there.
    func append(_ bytes: UnsafeRawBufferPointer, to key: UnsafeRawBufferPointer) {
        let index = entry(for: key) ?? insert(key)
        let block = reserve(Self.blockHeaderBytes + bytes.count)
        memory.storeBytes(of: 0, toByteOffset: block, as: UInt32.self)
        memory.storeBytes(of: UInt32(bytes.count), toByteOffset: block + 4, as: UInt32.self)
        if let base = bytes.baseAddress {
            (memory + block + Self.blockHeaderBytes).copyMemory(from: base, byteCount: bytes.count)
        }
        let reference = UInt32(block + 1)
        if entries[index].firstBlock == 0 {
            entries[index].firstBlock = reference
        } else {
            memory.storeBytes(of: reference, toByteOffset: Int(entries[index].lastBlock) - 1, as: UInt32.self)
        }
        entries[index].lastBlock = reference
        entries[index].byteCount += UInt32(bytes.count)
    }

    /// Notes a key without bytes; does nothing if it is there.
    func touch(_ key: UnsafeRawBufferPointer) {
        if entry(for: key) == nil { _ = insert(key) }
    }

    /// The index of a key's entry.
    func entry(for key: UnsafeRawBufferPointer) -> Int? {
        let hash = Self.hash(key)
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 {
            let index = Int(slots[slot]) - 1
            if entries[index].hash == hash, self.key(of: entries[index]).isEqual(to: key) { return index }
            slot = (slot + 1) & (slots.count - 1)
        }
        return nil
    }

    /// The key of an entry. Valid until bytes are added.
    func key(of entry: Entry) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: memory + Int(entry.keyOffset), count: Int(entry.keyLength))
    }

    /// Calls `body` with each block of a row, in the order in which they were added.
    func forEachBlock(of entry: Entry, _ body: (UnsafeRawBufferPointer) -> Void) {
        var reference = entry.firstBlock
        while reference != 0 {
            let block = Int(reference) - 1
            let length = Int(memory.loadUnaligned(fromByteOffset: block + 4, as: UInt32.self))
            body(UnsafeRawBufferPointer(start: memory + block + Self.blockHeaderBytes, count: length))
            reference = memory.loadUnaligned(fromByteOffset: block, as: UInt32.self)
        }
    }

    /// All bytes of a row, one after another; nil if the overlay has no such row.
    func bytes(for key: UnsafeRawBufferPointer) -> [UInt8]? {
        guard let index = entry(for: key) else { return nil }
        let entry = entries[index]
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Int(entry.byteCount))
        forEachBlock(of: entry) { bytes.append(contentsOf: $0) }
        return bytes
    }

    private func insert(_ key: UnsafeRawBufferPointer) -> Int {
        if (entries.count + 1) * 2 > slots.count { growSlots() }
        let hash = Self.hash(key)
        let offset = reserve(key.count)
        if let base = key.baseAddress { (memory + offset).copyMemory(from: base, byteCount: key.count) }
        entries.append(
            Entry(
                hash: hash, keyOffset: UInt32(offset), keyLength: UInt16(key.count), firstBlock: 0, lastBlock: 0,
                byteCount: 0))
        place(entries.count - 1, hash: hash)
        return entries.count - 1
    }

    private func place(_ index: Int, hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = UInt32(index + 1)
    }

    private func growSlots() {
        slots = Array(repeating: 0, count: slots.count * 2)
        for (index, entry) in entries.enumerated() { place(index, hash: entry.hash) }
    }

    private func reserve(_ count: Int) -> Int {
        if used + count > capacity {
            let larger = max(capacity * 2, used + count)
            precondition(
                larger <= Int(UInt32.max), "an overlay holds less than 4 GiB; the checkpoint's bound is far below")
            let moved = UnsafeMutableRawPointer.allocate(byteCount: larger, alignment: 8)
            moved.copyMemory(from: memory, byteCount: used)
            memory.deallocate()
            memory = moved
            capacity = larger
        }
        defer { used += count }
        return used
    }

    /// A hash for this table only; it is never stored.
    private static func hash(_ key: UnsafeRawBufferPointer) -> UInt64 {
        KeyHash(key).high
    }
}

extension UnsafeRawBufferPointer {
    /// Byte order, as LMDB sorts keys.
    func isLess(than other: UnsafeRawBufferPointer) -> Bool {
        compare(other) < 0
    }

    func isEqual(to other: UnsafeRawBufferPointer) -> Bool {
        count == other.count && compare(other) == 0
    }

    func starts(withBytes prefix: [UInt8]) -> Bool {
        count >= prefix.count
            && prefix.withUnsafeBytes { UnsafeRawBufferPointer(rebasing: self[0..<$0.count]).compare($0) == 0 }
    }

    fileprivate func compare(_ other: UnsafeRawBufferPointer) -> Int {
        guard let left = baseAddress, let right = other.baseAddress else { return count - other.count }
        let order = memcmp(left, right, Swift.min(count, other.count))
        return order != 0 ? Int(order) : count - other.count
    }
}
