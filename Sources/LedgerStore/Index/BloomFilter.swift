/// A blocked Bloom filter: says of most absent keys that they are absent, by looking at one cache line.
///
/// A key's line is chosen by its low 32 bits, the six bits in it by 54 bits of the key times the golden ratio. Keys are
/// hashes and a segment holds a range of them, so that their low bits are evenly spread.
enum BloomFilter {
    static let lineSizeBytes = 64
    private static let bitsPerKey = 12
    private static let bitsPerLine = lineSizeBytes * 8
    private static let probes = 6
    private static let goldenRatio: UInt64 = 0x9e37_79b9_7f4a_7c15

    /// The lines for so many keys, 0 for none.
    static func lines(for count: Int) -> Int {
        (count * bitsPerKey + bitsPerLine - 1) / bitsPerLine
    }

    /// Adds a key to zeroed or filled lines.
    @inline(__always)
    static func insert(_ key: UInt64, into filter: UnsafeMutableRawPointer, lines: Int) {
        let line = filter + lineOffset(key, lines)
        var hash = hash(key)
        for _ in 0..<probes {
            let byte = line + Int(hash >> 3 & 63)
            byte.storeBytes(of: byte.load(as: UInt8.self) | 1 << UInt8(hash & 7), as: UInt8.self)
            hash >>= 9
        }
    }

    /// Whether the key may have been added.
    @inline(__always)
    static func mayContain(_ key: UInt64, in filter: UnsafeRawPointer, lines: Int) -> Bool {
        mayContain(key, line: line(of: key, in: filter, lines: lines))
    }

    /// The line that has all bits of a key.
    @inline(__always)
    static func line(of key: UInt64, in filter: UnsafeRawPointer, lines: Int) -> UnsafeRawPointer {
        filter + lineOffset(key, lines)
    }

    /// The same in a line that is known, without a branch: one that is guessed wrong costs more than all six bits.
    @inline(__always)
    static func mayContain(_ key: UInt64, line: UnsafeRawPointer) -> Bool {
        var hash = hash(key)
        var all: UInt8 = 1
        for _ in 0..<probes {
            all &= (line + Int(hash >> 3 & 63)).load(as: UInt8.self) >> UInt8(hash & 7)
            hash >>= 9
        }
        return all & 1 == 1
    }

    @inline(__always)
    private static func hash(_ key: UInt64) -> UInt64 {
        (key &* goldenRatio) >> 10
    }

    @inline(__always)
    private static func lineOffset(_ key: UInt64, _ lines: Int) -> Int {
        Int(((key & 0xffff_ffff) &* UInt64(lines)) >> 32) * lineSizeBytes
    }
}
