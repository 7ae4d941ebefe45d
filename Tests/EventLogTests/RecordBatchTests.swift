import EventLog
import Testing

@Suite struct RecordBatchTests {
    static func prepared(_ number: Int) throws -> [UInt8] {
        var sample = SampleRecord()
        sample.id = "e-\(number)"
        sample.data = String(repeating: "d", count: number % 700)
        return try sample.prepared()
    }

    @Test func `a batch holds its records in order at dense positions`() throws {
        var builder = RecordBatchBuilder(first: Position(11))
        for number in 0..<1000 {
            let position = try Self.prepared(number).withUnsafeBytes { builder.append($0, recordedTime: 5) }
            #expect(position == Position(UInt64(11 + number)))
        }
        let batch = builder.finish()
        #expect(batch.count == 1000)
        #expect(batch.last == Position(1010))
        for number in 0..<1000 {
            let record = try RecordView(validating: batch[number].bytes)
            #expect(text(record.id) == "e-\(number)")
            #expect(record.recordedTimeMicroseconds == 5)
        }
        #expect(text(batch.record(at: Position(12))?.id) == "e-1")
        #expect(batch.record(at: Position(10)) == nil)
        #expect(batch.record(at: Position(1011)) == nil)
    }

    @Test func `truncation undoes the newest records only`() throws {
        var builder = RecordBatchBuilder(first: .first)
        for number in 0..<10 { try Self.prepared(number).withUnsafeBytes { _ = builder.append($0, recordedTime: 1) } }
        builder.truncate(toCount: 4)
        #expect(builder.next == Position(5))
        try Self.prepared(99).withUnsafeBytes { _ = builder.append($0, recordedTime: 1) }
        let batch = builder.finish()
        var ids: [String?] = []
        batch.forEach { ids.append(text($1.id)) }
        #expect(ids == ["e-0", "e-1", "e-2", "e-3", "e-99"])
        #expect(batch.byteCount == (0..<5).reduce(0) { $0 + batch[$1].bytes.count })
    }

    @Test func `an empty batch ends before it begins`() {
        let batch = RecordBatchBuilder(first: Position(7)).finish()
        #expect(batch.isEmpty)
        #expect(batch.last == Position(6))
    }

    @Test func `a record in a batch has the bytes that sealing it would give`() throws {
        for number in [0, 1, 200, 453, 454, 455, 699] {
            for time in [0, 1, -1, 1_790_000_000_000_000, .max] as [Int64] {
                var prepared = try Self.prepared(number)
                var builder = RecordBatchBuilder(first: .first)
                prepared.withUnsafeBytes { _ = builder.append($0, recordedTime: time) }
                prepared.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: time) }
                let batch = builder.finish()
                withExtendedLifetime(batch) { #expect(Array(batch[0].bytes) == prepared) }
            }
        }
    }

    @Test func `what changes between preparing and committing is found when it is read`() throws {
        var prepared = try Self.prepared(100)
        prepared[prepared.count - 1] ^= 1
        var builder = RecordBatchBuilder(first: .first)
        prepared.withUnsafeBytes { _ = builder.append($0, recordedTime: 5) }
        let batch = builder.finish()
        _ = withExtendedLifetime(batch) {
            #expect(throws: RecordFault.self) { _ = try RecordView(validating: batch[0].bytes) }
        }
    }
}
