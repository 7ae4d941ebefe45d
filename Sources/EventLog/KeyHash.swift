/// A stable 128-bit hash of a key: the same on every machine and in every version, so that indexes may store it.
///
/// Not cryptographic: whoever finds a hash compares with the record itself where a mistake would matter.
///
/// Definition. `mix(p, q)` is the 128-bit product of p and q, its high half XOR its low half. Sums wrap. The state is
/// two words, `a = K0 ^ domain`, `b = K1 + domain`. Each part of a key is absorbed in turn: its bytes in blocks of 16,
/// the last one padded with zeros, and then one block of (length in bytes, K4). A block is two little-endian words x, y
/// and
///
///     a, b = mix(a ^ x, y ^ K2) + b, mix(b ^ y, x ^ K3) + a        both from the a and b before
///
/// At the end `high = mix(a ^ K2, b ^ K3) + a` and `low = mix(a ^ K4, b ^ K5) + b`. K0 to K5 are the first 64 bits of
/// the fractional parts of the square roots of 2, 3, 5, 7, 11 and 13.
package struct KeyHash: Hashable, Sendable {
    package let high: UInt64
    package let low: UInt64

    @inlinable
    package init(high: UInt64, low: UInt64) {
        self.high = high
        self.low = low
    }

    /// Keeps the hashes of unlike things apart.
    package enum Domain: UInt64, Sendable {
        case bytes = 0
        case identity = 1
        case stream = 2
    }

    /// The hash of some bytes as one part.
    package init(_ bytes: UnsafeRawBufferPointer) {
        var hasher = KeyHasher(domain: .bytes)
        hasher.absorb(bytes)
        self = hasher.finish()
    }

    /// The hash of an event's identity. The parts are hashed apart: ("ab", "c") is not ("a", "bc").
    package init(source: UnsafeRawBufferPointer, id: UnsafeRawBufferPointer) {
        self.init(after: KeyHasher(source: source), id: id)
    }

    /// The hash of an event's identity by a state that has absorbed its source: `KeyHasher(source:)`.
    package init(after source: KeyHasher, id: UnsafeRawBufferPointer) {
        var hasher = source
        hasher.absorb(id)
        self = hasher.finish()
    }

    /// The hash of a stream: the kind of its subject and the subject's id.
    package init(subjectKind: SubjectKind, subjectID: UnsafeRawBufferPointer) {
        var hasher = KeyHasher(domain: .stream)
        hasher.absorb(UInt64(subjectKind.rawValue), 0)
        hasher.absorb(subjectID)
        self = hasher.finish()
    }

    /// What an index looks up: 88 of the 128 bits.
    @inlinable
    package var indexKey: IndexKey {
        IndexKey(key: high, check: UInt32(truncatingIfNeeded: low & IndexEntry.checkMask))
    }
}

extension RecordView {
    /// The hash of (source, id).
    package var identityHash: KeyHash {
        KeyHash(source: source, id: id)
    }

    /// The hash of (kind of the subject, subject's id).
    package var streamHash: KeyHash {
        KeyHash(subjectKind: subjectKind, subjectID: subjectID)
    }
}

/// The state of a `KeyHash` being made; see there for the definition.
package struct KeyHasher: Sendable {
    var a: UInt64
    var b: UInt64

    private static let k0: UInt64 = 0x6a09_e667_f3bc_c908
    private static let k1: UInt64 = 0xbb67_ae85_84ca_a73b
    private static let k2: UInt64 = 0x3c6e_f372_fe94_f82b
    private static let k3: UInt64 = 0xa54f_f53a_5f1d_36f1
    private static let k4: UInt64 = 0x510e_527f_ade6_82d1
    private static let k5: UInt64 = 0x9b05_688c_2b3e_6c1f
    private static let blockSizeBytes = 16

    /// A state that has absorbed nothing yet.
    package init(domain: KeyHash.Domain) {
        a = Self.k0 ^ domain.rawValue
        b = Self.k1 &+ domain.rawValue
    }

    /// The state of an identity's hash once it has absorbed the source. Sources repeat, so it is worth keeping.
    package init(source: UnsafeRawBufferPointer) {
        self.init(domain: .identity)
        absorb(source)
    }

    /// Absorbs one part of the key, its length included.
    @inline(__always)
    package mutating func absorb(_ part: UnsafeRawBufferPointer) {
        if let start = part.baseAddress {
            var offset = 0
            while offset + Self.blockSizeBytes <= part.count {
                absorb(Self.word(start + offset), Self.word(start + offset + 8))
                offset += Self.blockSizeBytes
            }
            if offset < part.count {
                let (x, y) = Self.lastBlock(start, count: part.count, offset: offset)
                absorb(x, y)
            }
        }
        absorb(UInt64(part.count), Self.k4)
    }

    /// Absorbs one block of two words, without a length.
    @inline(__always)
    package mutating func absorb(_ x: UInt64, _ y: UInt64) {
        let nextA = Self.mix(a ^ x, y ^ Self.k2) &+ b
        let nextB = Self.mix(b ^ y, x ^ Self.k3) &+ a
        a = nextA
        b = nextB
    }

    @inline(__always)
    private static func word(_ bytes: UnsafeRawPointer) -> UInt64 {
        UInt64(littleEndian: bytes.loadUnaligned(as: UInt64.self))
    }

    /// The 1 to 15 bytes from `offset` to the end of a part, padded with zeros. Reads nothing outside of the part: what
    /// does not fill a word is the upper end of the part's last word.
    @inline(__always)
    private static func lastBlock(_ part: UnsafeRawPointer, count: Int, offset: Int) -> (UInt64, UInt64) {
        let rest = count - offset
        if rest >= 8 {
            return (word(part + offset), rest == 8 ? 0 : word(part + count - 8) >> UInt64(8 * (16 - rest)))
        }
        if count >= 8 { return (word(part + count - 8) >> UInt64(8 * (8 - rest)), 0) }
        var word: UInt64 = 0
        for index in 0..<rest { word |= UInt64(part.load(fromByteOffset: index, as: UInt8.self)) << UInt64(8 * index) }
        return (word, 0)
    }

    /// The hash of all that was absorbed.
    @inline(__always)
    package func finish() -> KeyHash {
        KeyHash(
            high: Self.mix(a ^ Self.k2, b ^ Self.k3) &+ a,
            low: Self.mix(a ^ Self.k4, b ^ Self.k5) &+ b)
    }

    private static func mix(_ p: UInt64, _ q: UInt64) -> UInt64 {
        let product = p.multipliedFullWidth(by: q)
        return product.high ^ product.low
    }
}
