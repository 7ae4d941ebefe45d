#if canImport(Glibc)
    internal import Glibc
#elseif canImport(Musl)
    internal import Musl
#elseif canImport(Darwin)
    internal import Darwin
#endif

extension UnsafeRawBufferPointer {
    /// The offset of the first such byte at or behind `start`.
    package func firstOffset(of byte: UInt8, from start: Int) -> Int? {
        guard let base = baseAddress, start < count, let found = memchr(base + start, Int32(byte), count - start) else {
            return nil
        }
        return UnsafeRawPointer(found) - base
    }

    func hasByte(_ byte: UInt8) -> Bool {
        firstOffset(of: byte, from: 0) != nil
    }

    /// Nothing but the white space of JSON.
    var isBlank: Bool {
        for byte in self where byte != 0x20 && byte != 0x09 && byte != 0x0D && byte != 0x0A { return false }
        return true
    }

    /// 1 to `lengthMax` characters of 0x21–0x7E.
    @inline(__always)
    func isVisibleASCII(atMost lengthMax: Int) -> Bool {
        isASCII(from: 0x21, atMost: lengthMax)
    }

    /// 1 to `lengthMax` characters of 0x20–0x7E.
    @inline(__always)
    func isPrintableASCII(atMost lengthMax: Int) -> Bool {
        isASCII(from: 0x20, atMost: lengthMax)
    }

    @inline(__always)
    private func isASCII(from lower: UInt8, atMost lengthMax: Int) -> Bool {
        guard count >= 1, count <= lengthMax else { return false }
        return allWords { $0.hasOnlyBytes(from: lower, to: 0x7E) }
    }

    /// Whether a test holds for all bytes, eight at a time; the last ones come with others before them again, or with
    /// repeats of the first where there are fewer than eight.
    @inline(__always)
    func allWords(_ test: (UInt64) -> Bool) -> Bool {
        guard let start = baseAddress, count > 0 else { return true }
        guard count >= 8 else {
            var word = UInt64(self[0]) &* 0x0101_0101_0101_0101
            for byte in self { word = word << 8 | UInt64(byte) }
            return test(word)
        }
        var offset = 0
        while offset + 8 <= count {
            guard test(start.loadUnaligned(fromByteOffset: offset, as: UInt64.self)) else { return false }
            offset += 8
        }
        return offset == count || test(start.loadUnaligned(fromByteOffset: count - 8, as: UInt64.self))
    }

    /// Whether the bytes are those of `text`.
    @inline(__always)
    func equals(_ text: StaticString) -> Bool {
        guard count == text.utf8CodeUnitCount, let base = baseAddress else { return false }
        return memcmp(base, text.utf8Start, count) == 0
    }

    @inline(__always)
    func equals(_ bytes: [UInt8]) -> Bool {
        guard count == bytes.count, let base = baseAddress else { return count == bytes.count }
        return bytes.withUnsafeBytes { other in other.baseAddress.map { memcmp(base, $0, count) == 0 } ?? false }
    }

    func equals(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard count == bytes.count, let base = baseAddress, let other = bytes.baseAddress else {
            return count == bytes.count
        }
        return memcmp(base, other, count) == 0
    }

    func equals(_ text: String.UTF8View) -> Bool {
        count == text.count && elementsEqual(text)
    }

    /// A decimal number without sign or needless leading zero; nil for anything else.
    func decimal(digitsMax: Int) -> Int64? {
        guard count >= 1, count <= digitsMax, count == 1 || self[0] != UInt8(ascii: "0") else { return nil }
        var value: Int64 = 0
        for byte in self {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { return nil }
            value = value * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return value
    }
}

/// Tests of eight bytes at once. A byte's result is its highest bit; the carries of one never reach the next, since what
/// is added to seven bits stays below 0x100.
extension UInt64 {
    private static let ones: UInt64 = 0x0101_0101_0101_0101
    static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// The highest bit of each byte that is from `lower` to `upper`, both below 0x80; of no byte that is 0x80 or more.
    @inline(__always)
    func bytes(from lower: UInt8, to upper: UInt8) -> UInt64 {
        let low = self & ~Self.highBits
        let atLeast = low &+ Self.ones &* UInt64(0x80 - lower)
        let above = low &+ Self.ones &* UInt64(0x7F - upper)
        return atLeast & ~above & ~self & Self.highBits
    }

    @inline(__always)
    func hasOnlyBytes(from lower: UInt8, to upper: UInt8) -> Bool {
        bytes(from: lower, to: upper) == Self.highBits
    }
}
