import EventLog
import Testing

@Suite struct KeyHashTests {
    static func hash(_ text: String) -> KeyHash {
        Array(text.utf8).withUnsafeBytes { KeyHash($0) }
    }

    static func identity(_ source: String, _ id: String) -> KeyHash {
        Array(source.utf8).withUnsafeBytes { source in
            Array(id.utf8).withUnsafeBytes { KeyHash(source: source, id: $0) }
        }
    }

    static func stream(_ kind: SubjectKind, _ id: String) -> KeyHash {
        Array(id.utf8).withUnsafeBytes { KeyHash(subjectKind: kind, subjectID: $0) }
    }

    // Indexes hold these; computed once from the definition by an independent program.
    @Test func `the hash keeps its values`() {
        #expect(Self.hash("") == KeyHash(high: 0xae08_723e_4b79_cac4, low: 0x0de1_d031_50dd_74ec))
        #expect(Self.hash("influencer") == KeyHash(high: 0x4d2f_4da2_68ed_050a, low: 0xcfd7_f8f5_22fa_9463))
        #expect(Self.hash("0123456789abcdef0") == KeyHash(high: 0xeb62_ece2_5943_279e, low: 0x73c7_23ca_85b1_4d71))
        #expect(Self.identity("/shop", "e-1") == KeyHash(high: 0x6981_3fd1_3442_606e, low: 0x4fb0_8fae_8fdc_b6cd))
        #expect(Self.stream(.campaign, "c-9") == KeyHash(high: 0xce8c_9535_a56c_49e0, low: 0x865d_0bc1_fd2a_4bbb))
    }

    @Test func `parts are kept apart`() {
        #expect(Self.identity("ab", "c") != Self.identity("a", "bc"))
        #expect(Self.identity("", "abc") != Self.identity("abc", ""))
        #expect(Self.stream(.influencer, "x") != Self.stream(.campaign, "x"))
        #expect(Self.hash("a") != Self.hash("a\0"))
        #expect(Self.hash("") != Self.hash("\0"))
    }

    @Test func `like keys fall apart in both halves`() {
        var highs: Set<UInt64> = []
        var lows: Set<UInt64> = []
        var topBits: [Int] = Array(repeating: 0, count: 16)
        let count = 20_000
        for number in 0..<count {
            let hash = Self.identity("/shop", "order-\(number)")
            highs.insert(hash.high)
            lows.insert(hash.low)
            topBits[Int(hash.high >> 60)] += 1
        }
        #expect(highs.count == count)
        #expect(lows.count == count)
        // 1250 are expected in each sixteenth; the standard deviation is 34.
        #expect(topBits.allSatisfy { (1050...1450).contains($0) })
    }

    @Test func `an index entry keeps position and check bits apart`() {
        let hash = KeyHash(high: 1, low: .max)
        let entry = IndexEntry(hash: hash, position: .indexable)
        #expect(entry.position == .indexable)
        #expect(entry.check == 0xff_ffff)
        #expect(entry.indexKey == hash.indexKey)
        #expect(IndexEntry(hash: hash, position: Position(1)) < IndexEntry(hash: hash, position: Position(2)))
        #expect(MemoryLayout<IndexEntry>.stride == IndexEntry.sizeBytes)
    }

    /// The definition in the words of `KeyHash`, block by block, without any short cut.
    static func defined(_ bytes: [UInt8]) -> KeyHash {
        func word(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }
        func mix(_ p: UInt64, _ q: UInt64) -> UInt64 {
            let product = p.multipliedFullWidth(by: q)
            return product.high ^ product.low
        }
        let k: [UInt64] = [
            0x6a09_e667_f3bc_c908, 0xbb67_ae85_84ca_a73b, 0x3c6e_f372_fe94_f82b, 0xa54f_f53a_5f1d_36f1,
            0x510e_527f_ade6_82d1, 0x9b05_688c_2b3e_6c1f,
        ]
        var (a, b) = (k[0], k[1])
        func absorb(_ x: UInt64, _ y: UInt64) {
            (a, b) = (mix(a ^ x, y ^ k[2]) &+ b, mix(b ^ y, x ^ k[3]) &+ a)
        }
        let padded = bytes + [UInt8](repeating: 0, count: (16 - bytes.count % 16) % 16)
        for start in stride(from: 0, to: padded.count, by: 16) {
            absorb(word(padded[start..<start + 8]), word(padded[start + 8..<start + 16]))
        }
        absorb(UInt64(bytes.count), k[4])
        return KeyHash(high: mix(a ^ k[2], b ^ k[3]) &+ a, low: mix(a ^ k[4], b ^ k[5]) &+ b)
    }

    @Test func `the hash is the defined one at every length`() {
        for count in 0...100 {
            let bytes = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 89 &+ 200) }
            #expect(bytes.withUnsafeBytes { KeyHash($0) } == Self.defined(bytes), "\(count) bytes")
        }
    }

    @Test func `the state behind a source leads to the same identity`() {
        for source in ["/", "urn:shop", "https://a.example/a-longer-source-of-events"] {
            let expected = Self.identity(source, "e-1")
            Array(source.utf8).withUnsafeBytes { source in
                let hasher = KeyHasher(source: source)
                Array("e-1".utf8).withUnsafeBytes { #expect(KeyHash(after: hasher, id: $0) == expected) }
            }
        }
    }
}
