import CampaignCoding
import CampaignDomain
import EventLog
import Testing

/// A small generator with a seed (xorshift64*): failures can be repeated.
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64

    init(seed: UInt64) { state = seed | 1 }

    mutating func next() -> UInt64 {
        state ^= state >> 12
        state ^= state << 25
        state ^= state >> 27
        return state &* 0x2545_F491_4F6C_DD1D
    }
}

@Suite struct FuzzTests {
    static let tokens: [String] = [
        "{", "}", "[", "]", ":", ",", "\"", "\\", "\\u0000", "\\ud800", "\\ud83d\\ude00", "1.0", "-0", "1e999", "null",
        "true",
        "9223372036854775808", "\n", "\r", "\u{0}", "😀", "\"ext\":{}", "\"id\":\"x\",", ",\"a\":1", "[[[[[[[[[[[[[[[[[",
    ]

    func mutate(_ event: [UInt8], _ random: inout SeededGenerator) -> [UInt8] {
        var bytes = event
        for _ in 0...Int.random(in: 0...2, using: &random) where !bytes.isEmpty {
            let at = Int.random(in: 0..<bytes.count, using: &random)
            switch Int.random(in: 0...5, using: &random) {
            case 0: bytes[at] ^= 1 << UInt8.random(in: 0...7, using: &random)
            case 1: bytes[at] = UInt8.random(in: .min ... .max, using: &random)
            case 2: bytes.removeSubrange(at..<min(bytes.count, at + Int.random(in: 1...8, using: &random)))
            case 3: bytes.insert(contentsOf: Self.tokens.randomElement(using: &random)!.utf8, at: at)
            case 4: bytes.removeSubrange(at...)
            default:
                let from = Int.random(in: 0..<bytes.count, using: &random)
                bytes.insert(contentsOf: bytes[from..<min(bytes.count, from + 20)], at: at)
            }
        }
        return bytes
    }

    /// RFC 6901: empty, or tokens each behind a slash, with `~` only as `~0` and `~1`.
    func isPointer(_ pointer: String) -> Bool {
        guard !pointer.isEmpty else { return true }
        let bytes = Array(pointer.utf8)
        let escapes = bytes.indices.filter { bytes[$0] == UInt8(ascii: "~") }
        return bytes[0] == UInt8(ascii: "/")
            && escapes.allSatisfy { $0 + 1 < bytes.count && (bytes[$0 + 1] == 0x30 || bytes[$0 + 1] == 0x31) }
    }

    func check(_ bytes: [UInt8], _ format: RequestFormat, _ admission: EventAdmission, _ decoder: FactDecoder) -> Bool {
        let batch = bytes.withPadding {
            admission.admit(body: $0, format: format, now: Sample.now, poster: Sample.poster)
        }
        let faults = batch.reportedFaults
        guard faults.allSatisfy({ isPointer($0.pointer) && !$0.expected.isEmpty && $0.found.count < 100 }) else {
            return false
        }
        if faults.isEmpty, batch.events.isEmpty { return false }
        for event in batch.events {
            guard (try? RecordView.checkStructure(batch.preparedRecord(of: event))) != nil else { return false }
            if event.hasDeferredFaults { continue }
            // What is accepted must state a fact and come back as an event that is accepted.
            var facts = FactWriter()
            var line: [UInt8] = []
            let record = batch.record(of: event)
            guard (try? decoder.appendFact(of: record, position: Position(1), to: &facts)) != nil,
                (try? CloudEventWriter(tables: Sample.tables).append(record, position: Position(1), to: &line)) != nil
            else { return false }
            var reader = FactReader(facts.bytes)
            _ = reader.readFact()
            guard reader.isAtEnd, admit(line).reportedFaults.isEmpty else { return false }
        }
        return true
    }

    @Test(arguments: [1, 2, 3, 4] as [UInt64])
    func mutatedEventsAreAcceptedOrRefusedButNeverHarm(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 0x9E37_79B9)
        let events = CatalogueFieldTests.schemas.map { name in
            Array(Sample.event(name, Sample.data(Sample.schema(name), adding: #""ext":{"a":[1,"x"]}"#)).utf8)
        }
        let admission = EventAdmission(tables: Sample.tables)
        let decoder = FactDecoder(tables: Sample.tables)
        let formats: [RequestFormat] = [.single, .single, .single, .batch, .ndjson]
        for round in 0..<5000 {
            var bytes = mutate(events.randomElement(using: &random)!, &random)
            let format = formats.randomElement(using: &random)!
            if format == .batch {
                let good = events[0]
                let list = Array("[".utf8) + good + [0x2C] + bytes + [0x2C] + good + Array("]".utf8)
                bytes = Bool.random(using: &random) ? mutate(list, &random) : list
            }
            guard check(bytes, format, admission, decoder) else {
                Issue.record("seed \(seed), round \(round), \(format): \(String(decoding: bytes, as: UTF8.self))")
                return
            }
        }
    }
}
