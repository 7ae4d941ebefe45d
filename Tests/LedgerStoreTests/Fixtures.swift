import EventLog
import LedgerStore

/// splitmix64: the same numbers from the same seed on every machine.
struct SeededGenerator: RandomNumberGenerator {
    var state: UInt64

    init(seed: UInt64) {
        state = seed
    }

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}

enum Fixture {
    /// A prepared record whose id is "e-NUMBER".
    static func prepared(_ number: Int, dataSizeBytes: Int = 100) throws -> [UInt8] {
        let id = Array("e-\(number)".utf8)
        let source = Array("/test".utf8)
        let data = [UInt8](repeating: 0x20, count: dataSizeBytes)
        var buffer: [UInt8] = []
        try id.withUnsafeBytes { id in
            try source.withUnsafeBytes { source in
                try data.withUnsafeBytes { data in
                    var builder = RecordBuilder(
                        typeCode: 1, schemaVersion: 1, timeMicroseconds: Int64(number), posterUID: 0,
                        subjectKind: .campaign)
                    builder.id = id
                    builder.source = source
                    builder.data = data
                    try builder.append(to: &buffer)
                }
            }
        }
        return buffer
    }

    /// A batch of records "e-FIRST", "e-FIRST+1", …
    static func batch(first: Int, count: Int, dataSizeBytes: Int = 100, recordedTime: Int64 = 1) throws -> RecordBatch {
        var builder = RecordBatchBuilder(first: Position(UInt64(first)))
        for number in first..<first + count {
            try prepared(number, dataSizeBytes: dataSizeBytes).withUnsafeBytes { bytes in
                _ = builder.append(bytes, recordedTime: recordedTime)
            }
        }
        return builder.finish()
    }

    static func id(of record: RecordView) -> String {
        String(decoding: record.id, as: UTF8.self)
    }

    static func hash(_ number: UInt64) -> KeyHash {
        var generator = SeededGenerator(seed: number)
        return KeyHash(high: generator.next(), low: generator.next())
    }
}

/// Which implementation a contract test runs against.
enum Implementation: CaseIterable, Sendable {
    case lmdb
    case inMemory
}
