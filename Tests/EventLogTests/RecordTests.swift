import EventLog
import Testing

@Suite struct RecordTests {
    // The bytes of format version 1, written down once. They must never change: ledgers hold them.
    static let golden =
        "9b0a27c0" + "01" + "00" + "0201" + "feffffffffffffff" + "01401e18240a0600" + "e8030000" + "0300" + "0700"
        + "0500" + "03" + "05" + "01" + "05" + "03" + "00" + "652d31" + "2f73686f70" + "696e662d37" + "616e6e"
        + "01" + "0200" + "6331" + "7b2261223a317d"

    static func hex(_ bytes: some Sequence<UInt8>) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }

    @Test func `version 1 keeps its bytes`() throws {
        let bytes = try SampleRecord().sealed()
        #expect(Self.hex(bytes) == Self.golden)
    }

    @Test func `every part comes back as it was given`() throws {
        var sample = SampleRecord()
        sample.causationID = "c2"
        sample.traceParent = "00-aa-bb-01"
        sample.traceState = ""
        try sample.sealed().withUnsafeBytes { bytes in
            let record = try RecordView(validating: bytes)
            #expect(text(record.id) == "e-1")
            #expect(text(record.source) == "/shop")
            #expect(text(record.subjectID) == "inf-7")
            #expect(text(record.userName) == "ann")
            #expect(text(record.data) == #"{"a":1}"#)
            #expect(record.typeCode == 0x0102)
            #expect(record.schemaVersion == 3)
            #expect(record.timeMicroseconds == -2)
            #expect(record.recordedTimeMicroseconds == SampleRecord.recordedTime)
            #expect(record.posterUID == 1000)
            #expect(record.subjectKind == .influencer)
            #expect(!record.isSealed)
            let extensions = RecordExtensions(block: record.extensions)
            #expect(text(extensions.value(of: .correlationID)) == "c1")
            #expect(text(extensions.value(of: .causationID)) == "c2")
            #expect(text(extensions.value(of: .traceParent)) == "00-aa-bb-01")
            #expect(text(extensions.value(of: .traceState)) == "")
            #expect(extensions.map(\.tag) == [.correlationID, .causationID, .traceParent, .traceState])
        }
    }

    @Test func `every flipped bit is found`() throws {
        let sound = try SampleRecord().sealed()
        for bit in 0..<sound.count * 8 {
            var flipped = sound
            flipped[bit / 8] ^= 1 << UInt8(bit % 8)
            #expect(throws: RecordFault.self, "bit \(bit)") {
                try flipped.withUnsafeBytes { _ = try RecordView(validating: $0) }
            }
        }
    }

    @Test func `every cut off or lengthened record is found`() throws {
        let sound = try SampleRecord().sealed()
        for count in 0..<sound.count {
            #expect(throws: RecordFault.self, "\(count) bytes") {
                try Array(sound[..<count]).withUnsafeBytes { _ = try RecordView(validating: $0) }
            }
        }
        #expect(throws: RecordFault.lengthMismatch(declaredBytes: sound.count, sizeBytes: sound.count + 1)) {
            try (sound + [0]).withUnsafeBytes { _ = try RecordView(validating: $0) }
        }
    }

    @Test func `a newer format is named even with a right checksum`() throws {
        var bytes = try SampleRecord().sealed()
        bytes[4] = 2
        bytes.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: 0) }
        #expect(throws: RecordFault.unknownFormat(2)) {
            try bytes.withUnsafeBytes { _ = try RecordView(validating: $0) }
        }
    }

    @Test func `parts that do not fit their length are refused`() {
        var sample = SampleRecord()
        sample.id = String(repeating: "x", count: 256)
        #expect(throws: RecordFault.partTooLong(part: "id", sizeBytes: 256, maximumBytes: 255)) {
            try sample.prepared()
        }
    }

    @Test func `a record of 65535 bytes is allowed and one byte more is not`() throws {
        var sample = SampleRecord()
        let overhead = try sample.prepared().count - sample.data.utf8.count
        sample.data = String(repeating: "x", count: RecordFormat.recordSizeBytesMax - overhead)
        #expect(try sample.sealed().withUnsafeBytes { try RecordView(validating: $0).bytes.count } == 65_535)
        sample.data += "x"
        #expect(throws: RecordFault.tooLong(sizeBytes: 65_536)) { try sample.prepared() }
    }
}
