import CChecksum
import EventLog
import Testing

@Suite struct ChecksumTests {
    // RFC 3720, appendix B.4.
    static let vectors: [([UInt8], UInt32)] = [
        ([UInt8](repeating: 0, count: 32), 0x8a91_36aa),
        ([UInt8](repeating: 0xff, count: 32), 0x62a8_ab43),
        (Array(0...31), 0x46dd_794e),
        (Array((0...31).reversed()), 0x113f_db5c),
        (Array("123456789".utf8), 0xe306_9283),
        ([], 0),
    ]

    @Test("the checksum gives the values of RFC 3720", arguments: vectors)
    func checksumGivesTheValuesOfTheStandard(bytes: [UInt8], expected: UInt32) {
        #expect(bytes.withUnsafeBytes { Checksum.crc32c($0) } == expected)
        #expect(bytes.withUnsafeBytes { campaign_crc32c_portable(0, $0.baseAddress, $0.count) } == expected)
    }

    @Test func `instruction and table agree at every length and offset`() {
        let bytes = (0..<200).map { UInt8(truncatingIfNeeded: $0 &* 31 &+ 7) }
        bytes.withUnsafeBytes { all in
            for start in 0..<9 {
                for end in start...all.count {
                    let part = UnsafeRawBufferPointer(rebasing: all[start..<end])
                    #expect(Checksum.crc32c(part) == campaign_crc32c_portable(0, part.baseAddress, part.count))
                }
            }
        }
    }

    @Test func `a value can be checked in pieces`() {
        let bytes = Array("a value that comes in two pieces".utf8)
        bytes.withUnsafeBytes { all in
            for middle in 0...all.count {
                let head = Checksum.crc32c(UnsafeRawBufferPointer(rebasing: all[..<middle]))
                let whole = Checksum.crc32c(UnsafeRawBufferPointer(rebasing: all[middle...]), after: head)
                #expect(whole == Checksum.crc32c(all))
            }
        }
    }

    @Test func `the three lanes agree with the table at lengths where lanes begin, end and repeat`() {
        let bytes = (0..<3000).map { UInt8(truncatingIfNeeded: $0 &* 131 &+ $0 >> 3) }
        bytes.withUnsafeBytes { all in
            for count in Array(0...1600) + [2231, 2232, 2233, 2999] {
                let part = UnsafeRawBufferPointer(rebasing: all[1..<1 + min(count, 2999)])
                #expect(Checksum.crc32c(part, after: 7) == campaign_crc32c_portable(7, part.baseAddress, part.count))
            }
        }
    }

    @Test(arguments: [0, 1, 7, 8, 255, 256, 511, 512, 513, 1023, 1024, 40_000, 65_527, 65_528, 65_536, 200_000])
    func `a change of eight bytes changes the checksum as if it were computed anew`(behind: Int) {
        var bytes = (0..<behind + 20).map { UInt8(truncatingIfNeeded: $0 &* 37 &+ 5) }
        let before = bytes.withUnsafeBytes { Checksum.crc32c($0) }
        for change in [0, 1, 1 << 63, 0x0123_4567_89AB_CDEF, .max] as [UInt64] {
            for index in 0..<8 { bytes[12 + index] ^= UInt8(truncatingIfNeeded: change >> UInt64(8 * index)) }
            let expected = bytes.withUnsafeBytes { Checksum.crc32c($0) }
            for index in 0..<8 { bytes[12 + index] ^= UInt8(truncatingIfNeeded: change >> UInt64(8 * index)) }
            #expect(Checksum.crc32c(before, changedBy: change, bytesBehind: behind) == expected)
            #expect(campaign_crc32c_changed_portable(before, change, behind) == expected)
        }
    }
}
