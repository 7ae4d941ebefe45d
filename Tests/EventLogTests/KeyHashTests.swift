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
}
