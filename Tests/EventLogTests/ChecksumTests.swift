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
}
