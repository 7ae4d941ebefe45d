/// Names of one kind of thing, numbered from 0 in the order in which they are first met.
///
/// Evaluation works on the numbers, so that no text is built for an event. A name is at most 255 bytes long.
struct NameTable {
    /// Index of a name, or `free`; a power of two in length, at most half full.
    private var slots: [Int32] = []
    private var hashes: [UInt32] = []
    /// Where each name ends in `text`.
    private var ends: [Int] = []
    private var text: [UInt8] = []

    private static let free: Int32 = -1
    private static let slotsMin = 16

    var count: Int { ends.count }

    /// The index of a name, which is added if it is new.
    mutating func index(of bytes: [UInt8], at offset: Int, count: Int) -> Int {
        if 2 * (ends.count + 1) > slots.count { grow() }
        let hash = NameTable.hash(bytes, at: offset, count: count)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != NameTable.free {
            let index = Int(slots[slot])
            if hashes[index] == hash, isName(index, bytes, at: offset, count: count) { return index }
            slot = (slot + 1) & mask
        }
        slots[slot] = Int32(ends.count)
        hashes.append(hash)
        text.append(contentsOf: bytes[offset..<offset + count])
        ends.append(text.count)
        return ends.count - 1
    }

    /// The index of a name that is here.
    func find(_ name: String) -> Int? {
        guard !slots.isEmpty else { return nil }
        let bytes = Array(name.utf8)
        let hash = NameTable.hash(bytes, at: 0, count: bytes.count)
        let mask = slots.count - 1
        var slot = Int(hash) & mask
        while slots[slot] != NameTable.free {
            let index = Int(slots[slot])
            if hashes[index] == hash, isName(index, bytes, at: 0, count: bytes.count) { return index }
            slot = (slot + 1) & mask
        }
        return nil
    }

    /// The name with that index.
    func name(_ index: Int) -> String {
        String(decoding: text[start(index)..<ends[index]], as: UTF8.self)
    }

    /// Whether one name sorts before another, byte by byte.
    func precedes(_ a: Int, _ b: Int) -> Bool {
        text[start(a)..<ends[a]].lexicographicallyPrecedes(text[start(b)..<ends[b]])
    }

    private func start(_ index: Int) -> Int {
        index == 0 ? 0 : ends[index - 1]
    }

    private func isName(_ index: Int, _ bytes: [UInt8], at offset: Int, count: Int) -> Bool {
        let start = start(index)
        guard ends[index] - start == count else { return false }
        for place in 0..<count where text[start + place] != bytes[offset + place] { return false }
        return true
    }

    private mutating func grow() {
        let size = max(NameTable.slotsMin, slots.count * 2)
        slots = [Int32](repeating: NameTable.free, count: size)
        for index in 0..<ends.count {
            var slot = Int(hashes[index]) & (size - 1)
            while slots[slot] != NameTable.free { slot = (slot + 1) & (size - 1) }
            slots[slot] = Int32(index)
        }
    }

    /// FNV-1a, folded: the same on every machine, so that even the time an answer takes repeats.
    private static func hash(_ bytes: [UInt8], at offset: Int, count: Int) -> UInt32 {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for place in offset..<offset + count {
            hash = (hash ^ UInt64(bytes[place])) &* 0x100_0000_01B3
        }
        return UInt32(truncatingIfNeeded: hash ^ hash >> 32)
    }
}

extension NameTable {
    /// All names.
    var all: Set<String> { Set((0..<count).map { name($0) }) }
}
