import CampaignDomain
import Testing

@Suite struct FactWriterTests {
    static func text(_ writer: inout FactWriter, _ text: String) {
        Array(text.utf8).withUnsafeBytes { writer.append(text: $0) }
    }

    /// A fact of a payload of `count` bytes.
    static func fact(_ writer: inout FactWriter, payload count: Int, position: UInt64) -> Range<Int> {
        var cursor = FactCursor(at: writer.reserve(FactFormat.headerBytes + count))
        cursor.write(headerOf: .saleReversed, at: Instant(microseconds: 0x0102_0304_0506_0708))
        for byte in 0..<count { cursor.write(byte: UInt8(truncatingIfNeeded: byte)) }
        return writer.commitFact(cursor, position: FactPosition(position))
    }

    @Test func `a fact has the bytes that its format names`() {
        var writer = FactWriter()
        _ = Self.fact(&writer, payload: 3, position: 0xA1_B2C3_D4E5)
        let type = UInt8(EventType.saleReversed.rawValue)
        #expect(
            writer.bytes == [17, 0, type, 8, 7, 6, 5, 4, 3, 2, 1, 0xE5, 0xD4, 0xC3, 0xB2, 0xA1, 0, 1, 2])
    }

    @Test(arguments: [0, 1, 239, 240, 241, FactFormat.bytesMax - FactFormat.headerBytes])
    func `length, type, time and position are read where they were written`(payload: Int) {
        var writer = FactWriter()
        for position in [0, 1, 0xFFFF_FFFF, 0x1_0000_0000, (1 << 40) - 1] as [UInt64] {
            let range = Self.fact(&writer, payload: payload, position: position)
            writer.withUnsafeBytes { bytes in
                let fact = bytes.baseAddress! + range.lowerBound
                #expect(FactFormat.length(at: fact) == range.count && range.count == 16 + payload)
                #expect(FactFormat.type(at: fact) == .saleReversed)
                #expect(FactFormat.time(at: fact) == Instant(microseconds: 0x0102_0304_0506_0708))
                #expect(FactFormat.position(at: fact) == FactPosition(position))
            }
        }
    }

    @Test func `a position is replaced without touching anything else`() {
        var writer = FactWriter()
        _ = Self.fact(&writer, payload: 5, position: 0)
        var expected = writer.bytes
        expected.replaceSubrange(11..<16, with: [0x05, 0x04, 0x03, 0x02, 0x01])
        var bytes = writer.bytes
        bytes.withUnsafeMutableBytes {
            FactFormat.setPosition(FactPosition(0x01_0203_0405), at: $0.baseAddress!)
        }
        #expect(bytes == expected)
    }

    @Test func `texts of every length are copied whole`() {
        for count in 0...255 {
            var writer = FactWriter()
            let text = (0..<count).map { UInt8(truncatingIfNeeded: $0 &* 7 &+ 1) }
            text.withUnsafeBytes { writer.append(text: $0) }
            writer.append(byte: 0xEE)
            #expect(writer.bytes == [UInt8(count)] + text + [0xEE])
        }
    }

    @Test func `integers are LEB128`() {
        let cases: [(Int64, [UInt8])] = [
            (0, [0]), (127, [127]), (128, [0x80, 1]), (300, [0xAC, 2]), (1 << 14, [0x80, 0x80, 1]),
            (.max, [UInt8](repeating: 0xFF, count: 8) + [0x7F]),
            (-1, [UInt8](repeating: 0xFF, count: 9) + [1]),
        ]
        for (value, expected) in cases {
            var writer = FactWriter()
            writer.append(integer: value)
            #expect(writer.bytes == expected)
        }
    }

    @Test func `a copy is another collection`() {
        var first = FactWriter()
        Self.text(&first, "one")
        var second = first
        Self.text(&second, "two")
        first.setByte(at: 1, to: 0x78)
        #expect(first.bytes == [3] + Array("xne".utf8))
        #expect(second.bytes == [3] + Array("one".utf8) + [3] + Array("two".utf8))
    }

    @Test func `what was written stays when the memory grows, and goes when it is taken back`() {
        var writer = FactWriter()
        for number in 0..<10_000 { writer.append(fixed: UInt64(number), bytes: 3) }
        #expect(writer.count == 30_000)
        let bytes = writer.bytes
        let numbers = (0..<10_000).map { (number: Int) -> Int in
            let low = Int(bytes[3 * number])
            return low + 256 * Int(bytes[3 * number + 1])
        }
        #expect(numbers == Array(0..<10_000))
        writer.truncate(to: 6)
        #expect(writer.bytes == [0, 0, 0, 1, 0, 0])
        writer.removeAll()
        #expect(writer.bytes.isEmpty && writer.capacity >= 30_000)
    }
}
