import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore
import Testing

@testable import LedgerEngine

/// Decoding of long stretches of the log on several threads.
@Suite struct LogDecodingTests {
    private static let tables = CatalogueTables()

    /// A log of a simulated programme; the record at `broken` says what no schema knows.
    private static func log(events: Int, broken: UInt64? = nil) throws -> InMemoryLogStorage {
        let log = InMemoryLogStorage()
        let lines = TestProgramme.lines(seed: 5, events: events)
        let admission = EventAdmission(tables: tables)
        for start in stride(from: 0, to: lines.count, by: 1000) {
            var body = Array(lines[start..<min(start + 1000, lines.count)].joined(separator: "\n").utf8)
            let length = body.count
            body.append(contentsOf: repeatElement(0, count: CodingLimits.paddingSizeBytes))
            let batch = body.withUnsafeBytes {
                admission.admit(
                    body: UnsafeRawBufferPointer(rebasing: $0[0..<length]), format: .ndjson, now: TestClock().now(),
                    poster: Poster(uid: 0, userName: "test"))
            }
            var builder = RecordBatchBuilder(first: log.head.next)
            for event in batch.events {
                if builder.next.rawValue == broken {
                    try unknown().withUnsafeBytes { _ = builder.append($0, recordedTime: 1) }
                } else {
                    builder.append(batch.preparedRecord(of: event), recordedTime: 1)
                }
            }
            try log.append(builder.finish())
        }
        return log
    }

    /// A sound record of a type that nobody knows.
    private static func unknown() throws -> [UInt8] {
        var record = RecordBuilder(
            typeCode: 9_999, schemaVersion: 1, timeMicroseconds: 1, posterUID: 0, subjectKind: .influencer)
        var bytes: [UInt8] = []
        try Array("x".utf8).withUnsafeBytes { text in
            (record.id, record.source, record.subjectID) = (text, text, text)
            try Array("{}".utf8).withUnsafeBytes { data in
                record.data = data
                try record.append(to: &bytes)
            }
        }
        return bytes
    }

    /// What facts there are, as one line each.
    private static func described(_ piece: DecodedFacts) -> [String] {
        piece.withFacts { facts in
            (0..<facts.count).map { index in
                let stream = facts.stream(at: index)
                let id = String(decoding: stream.id, as: UTF8.self)
                let campaign = String(decoding: facts.campaignID(at: index), as: UTF8.self)
                return "\(stream.kind) \(id) \(campaign) \(Array(facts.fact(at: index)))"
            }
        }
    }

    @Test("Pieces come in the log's order with the facts that one thread would decode", arguments: [1, 2, 5])
    func order(decoders: Int) throws {
        let log = try Self.log(events: 9000)
        let alone = DecodedFacts()
        let first = Position(17)
        try alone.read(
            log, from: first, count: Int(log.head.rawValue - 16), decoder: FactDecoder(tables: Self.tables))
        let decoding = LogDecoding(log, from: first, through: log.head, tables: Self.tables, decoders: decoders)
        var facts: [String] = []
        while let piece = try decoding.take() {
            #expect(piece.first == first.advanced(by: facts.count))
            facts += Self.described(piece)
            decoding.giveBack(piece)
        }
        decoding.close()
        #expect(facts == Self.described(alone))
    }

    @Test("A record that cannot be decoded ends its piece, with those before it in it")
    func undecodable() throws {
        let log = try Self.log(events: 5000, broken: 2000)
        let decoding = LogDecoding(log, from: .first, through: log.head, tables: Self.tables, decoders: 2)
        defer { decoding.close() }
        var count = 0
        while let piece = try decoding.take() {
            count += piece.withFacts(\.count)
            if let failure = piece.failure {
                #expect(failure.position == Position(2000))
                #expect(count == 1999)
                return
            }
            decoding.giveBack(piece)
        }
        Issue.record("the record was decoded")
    }

    @Test("It can be left in the middle, and a taker that is slow costs no memory", .timeLimit(.minutes(1)))
    func leavesEarly() throws {
        let log = try Self.log(events: 20_000)
        for taken in 0..<6 {
            let decoding = LogDecoding(log, from: .first, through: log.head, tables: Self.tables, decoders: 3)
            for _ in 0..<taken { _ = try decoding.take() }
            decoding.close()
        }
    }

    @Test("A log that cannot be read is an error for the taker, not a wait", .timeLimit(.minutes(1)))
    func unreadable() throws {
        let log = try Self.log(events: 3000)
        // Beyond the head there is nothing to read.
        let beyond = log.head.advanced(by: 5000)
        let decoding = LogDecoding(log, from: .first, through: beyond, tables: Self.tables, decoders: 2)
        defer { decoding.close() }
        #expect(throws: StoreError.self) {
            while let piece = try decoding.take() { decoding.giveBack(piece) }
        }
    }
}
