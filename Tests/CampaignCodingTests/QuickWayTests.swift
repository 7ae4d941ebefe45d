import CSimdjson
import CampaignCoding
import CampaignDomain
import EventLog
import Foundation
import Testing

/// Many events are scanned at once, and usual ones are walked by a quicker walk than the one that judges. Neither may
/// show: each event of a request is what it is alone.
@Suite struct QuickWayTests {
    /// What admission says of an event, without where it stood.
    struct Verdict: Equatable {
        var records: [[UInt8]] = []
        var facts: [[UInt8]] = []
        var identities: [KeyHash] = []
        var faults: [String] = []

        init(_ batch: AdmittedBatch, index: Int) {
            for event in batch.events where event.index == index {
                records.append(Array(batch.preparedRecord(of: event)))
                facts.append(Array(batch.facts[event.factRange]))
                identities.append(event.identity)
                faults += batch.faults(of: event).map(Self.text)
            }
            faults += batch.faults.filter { $0.index == index }.map(Self.text)
        }

        static func text(_ fault: Fault) -> String {
            "\(fault.code) \(fault.pointer) \(fault.expected) \(fault.found)"
        }
    }

    /// Whether the events of a request are judged as each alone. At most 100 faults are told, so there are few events.
    func agrees(_ events: [[UInt8]], _ format: RequestFormat, _ admission: EventAdmission) -> Bool {
        let body: [UInt8]
        switch format {
        case .ndjson: body = Array(events.joined(separator: [0x0A]))
        default: body = [0x5B] + Array(events.joined(separator: [0x2C])) + [0x5D]
        }
        let together = body.withPadding {
            admission.admit(body: $0, format: format, now: Sample.now, poster: Sample.poster)
        }
        return events.indices.allSatisfy { index in
            let alone = events[index].withPadding {
                EventAdmission(tables: Sample.tables).admit(
                    body: $0, format: .single, now: Sample.now, poster: Sample.poster)
            }
            return Verdict(together, index: index) == Verdict(alone, index: 0)
        }
    }

    static let events: [[UInt8]] = CatalogueFieldTests.schemas.map { name in
        Array(Sample.event(name, Sample.data(Sample.schema(name))).utf8)
    }

    @Test(arguments: [RequestFormat.ndjson, .batch])
    func eventsOfEveryTypeAreTheSameTogetherAndAlone(_ format: RequestFormat) {
        let admission = EventAdmission(tables: Sample.tables)
        // Twice, so that the second time finds the order of the names remembered.
        for _ in 0..<2 { #expect(agrees(Self.events, format, admission)) }
    }

    /// Other ways to write the same: white space, escapes, another order of the members.
    @Test(arguments: [RequestFormat.ndjson, .batch])
    func otherWaysToWriteAnEventAreTheSameTogetherAndAlone(_ format: RequestFormat) {
        let admission = EventAdmission(tables: Sample.tables)
        var random = SeededGenerator(seed: 11)
        let ways: [(String, String)] = [
            (":", ": "), (",", ", "), (":", " :"), (",", " ,"), ("{", "{ "), ("}", " }"), ("[", "[\t"), ("]", "\t]"),
            ("\"data\"", "\"d\\u0061ta\""), ("\"urn:test\"", "\"urn:t\\u0065st\""), ("\"type\"", "\"t\\u0079pe\""),
            (",\"data\"", ",\"correlationid\":null,\"data\""), ("\"e1\"", "\"e\\/1\""),
        ]
        for _ in 0..<60 {
            let events = (0..<8).map { _ in
                var text = String(decoding: Self.events.randomElement(using: &random)!, as: UTF8.self)
                for _ in 0..<Int.random(in: 0...2, using: &random) {
                    let way = ways.randomElement(using: &random)!
                    text = text.replacing(way.0, with: way.1)
                }
                if Bool.random(using: &random) { text = reordered(text, &random) }
                return Array(text.utf8)
            }
            guard agrees(events, format, admission) else {
                Issue.record("\(events.map { String(decoding: $0, as: UTF8.self) })")
                return
            }
        }
    }

    /// The event with `data` before everything else, so that its type is not known yet.
    private func reordered(_ text: String, _ random: inout SeededGenerator) -> String {
        guard let range = text.range(of: ",\"data\":"), text.hasSuffix("}") else { return text }
        let data = text[range.upperBound...].dropLast()
        return "{\"data\":\(data)," + text[text.index(after: text.startIndex)..<range.lowerBound] + "}"
    }

    @Test(arguments: [1, 2, 3, 4, 5, 6] as [UInt64])
    func damagedEventsAreTheSameTogetherAndAlone(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed &* 0x51_7CC1)
        let admission = EventAdmission(tables: Sample.tables)
        for _ in 0..<150 {
            let events = (0..<5).map { _ -> [UInt8] in
                let event = Self.events.randomElement(using: &random)!
                guard Int.random(in: 0...2, using: &random) == 0 else { return event }
                // A line feed would make two lines of one.
                return FuzzTests().mutate(event, &random).filter { $0 != 0x0A && $0 != 0x0D }
            }.filter { !$0.allSatisfy { $0 == 0x20 || $0 == 0x09 } }
            guard !events.isEmpty, agrees(events, .ndjson, admission) else {
                Issue.record("seed \(seed): \(events.map { String(decoding: $0, as: UTF8.self) })")
                return
            }
        }
    }

    /// What was never guessed before must not be taken for a guess: some of these names have the first slot of the table.
    @Test func aNameIsKnownTheFirstTimeItIsMetWhateverItsSlot() {
        for number in 0..<200 {
            let name = "name\(number)"
            let text = Array("{\"\(name)\":1,\"\(name)x\":2}".utf8)
            name.withCString { name in
                var names: [UnsafePointer<CChar>?] = [name]
                let vocabulary = campaign_json_vocabulary_create(&names, 1)
                let parser = campaign_json_create(vocabulary, 0)
                text.withPadding { text in
                    let start = text.baseAddress?.assumingMemoryBound(to: UInt8.self)
                    #expect(campaign_json_parse(parser, start, text.count, 1, 0, true))
                    #expect(parser?.pointee.nodes[1].key_id == 1 && parser?.pointee.nodes[2].key_id == 0)
                }
                campaign_json_destroy(parser)
                campaign_json_vocabulary_destroy(vocabulary)
            }
        }
    }

    @Test func linesBeyondOneScanAreTheSameAsBefore() {
        // 64 KiB are scanned at once: some 700 lines of 300 bytes are several scans, and one long line is one of its own.
        let long = Array(
            Sample.event(
                "commission.approved",
                Sample.data(
                    Sample.schema("commission.approved"),
                    adding: "\"ext\":{\"a\":\"" + String(repeating: "x", count: 4000) + "\"}"), ["id": "\"long\""]
            ).utf8)
        let huge = [UInt8](repeating: 0x20, count: 65_000) + Self.events[0]
        var lines = (0..<700).map { Self.events[$0 % Self.events.count] }
        lines.insert(long, at: 300)
        lines.insert(huge, at: 400)
        let batch = admit(Array(lines.joined(separator: [0x0A])), .ndjson)
        #expect(batch.events.count == 702 - (huge.count > 65_536 ? 1 : 0))
        #expect(batch.faults.map(\.code) == (huge.count > 65_536 ? [.eventTooLarge] : []))
        #expect(batch.events.filter { $0.index == 300 }.allSatisfy { $0.recordLength > 4000 })
    }

    @Test func aLineThatEndsInsideAValueDoesNotTakeTheNextOne() {
        for head in [#"{"id":"#, "[", "{", #"{"id":["#, #"{"id":"a","#, #"{"id":"a""#, #""a"#, "\\"] {
            let lines = [head, "1}", Sample.sale()].joined(separator: "\n")
            let batch = admit(lines, .ndjson)
            #expect(batch.faults.map(\.index).prefix(2) == [0, 1], "\(head)")
            #expect(batch.events.map(\.index) == [2], "\(head)")
        }
    }

    @Test func anArrayOfMoreThanOneScanIsReadToItsEnd() {
        let event = Sample.sale(without: nil)
        let body = "[" + [String](repeating: event, count: 8000).joined(separator: ",") + "]"
        #expect(body.utf8.count > 1 << 20)
        expectAccepted(admit(body, .batch), events: 8000)
        let unclosed = String(body.dropLast())
        #expect(admit(unclosed, .batch).faults.map(\.code) == [.invalidJSON])
    }

    @Test func escapesOfManyEventsTogetherHaveRoom() {
        let ext = "\"ext\":{\"a\":\"" + String(repeating: "\\n", count: 2000) + "\"}"
        let event = Sample.event("commission.approved", Sample.data(Sample.schema("commission.approved"), adding: ext))
        expectAccepted(
            admit("[" + [String](repeating: event, count: 100).joined(separator: ",") + "]", .batch), events: 100)
        // One element that is too long, all escapes: it must not be unescaped as a whole.
        let long = "[{\"a\":\"" + String(repeating: "\\n", count: 200_000) + "\"}]"
        #expect(admit(long, .batch).faults.map(\.code) == [.eventTooLarge])
        let longKey = "[{\"" + String(repeating: "k", count: 70_000) + "\":1}]"
        #expect(admit(longKey, .batch).faults.map(\.code) == [.eventTooLarge])
    }
}

/// What is read a word at a time, held against how it is defined.
@Suite struct WordwiseTests {
    @Test func identifiersAreJudgedByteByByte() {
        let allowed = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-".utf8)
        let schema = Sample.schema("commission.approved")
        let admission = EventAdmission(tables: Sample.tables)
        for length in [1, 2, 7, 8, 9, 15, 16, 17, 64] {
            for place in Set([0, 1, length / 2, length - 1]) where place < length {
                for byte in UInt8(0x20)...0x7F where byte != UInt8(ascii: "\"") && byte != UInt8(ascii: "\\") {
                    var id = [UInt8](repeating: UInt8(ascii: "a"), count: length)
                    id[place] = byte
                    let text = String(decoding: id, as: UTF8.self)
                    let event = Sample.event(
                        schema.name, Sample.data(schema, replacing: ["influencerId": "\"\(text)\""]))
                    let batch = Array(event.utf8).withPadding {
                        admission.admit(body: $0, format: .single, now: Sample.now, poster: Sample.poster)
                    }
                    let isGood = allowed.contains(byte) && !(place == 0 && [0x2E, 0x5F, 0x2D].contains(byte))
                    #expect(batch.reportedFaults.isEmpty == isGood, "\(text)")
                }
            }
        }
    }

    @Test func idsAreVisibleASCIIAtEveryPlace() {
        for length in [1, 5, 8, 9, 36, 128] {
            for place in Set([0, length / 2, length - 1]) {
                for byte in [0x20, 0x21, 0x7E, 0x7F, 0xC3] as [UInt8] {
                    var id = [UInt8](repeating: UInt8(ascii: "0"), count: length)
                    id[place] = byte
                    // 0xC3 begins a character that 0xA9 ends.
                    if byte == 0xC3 { id.insert(0xA9, at: place + 1) }
                    let text = String(decoding: id, as: UTF8.self)
                    let isGood = byte == 0x21 || byte == 0x7E
                    #expect(admit(Sample.sale(["id": "\"\(text)\""])).reportedFaults.isEmpty == isGood, "\(text)")
                }
            }
        }
    }

    @Test func timesAreThoseThatTheDomainReads() {
        let admission = EventAdmission(tables: Sample.tables)
        var random = SeededGenerator(seed: 3)
        let dates = ["2026-10-31", "2024-02-29", "2025-02-29", "1970-01-01", "9999-12-31", "2026-1O-31", "0000-00-00"]
        let tails = [
            "Z", ".5Z", ".123Z", ".123456Z", ".1234567Z", "z", "+01:00", ".123+01:00", ".12345Z", ".12X456Z",
            ".123456X",
            ".123Y", "X", ":123456Z", ":123Z", "", ".Z",
        ]
        func two(_ range: ClosedRange<Int>) -> String {
            let value = Int.random(in: range, using: &random)
            return value < 10 ? "0\(value)" : "\(value)"
        }
        var good = 0
        for _ in 0..<4000 {
            var text = dates.randomElement(using: &random)! + "T" + two(0...24) + ":" + two(0...61) + ":" + two(0...61)
            text += tails.randomElement(using: &random)!
            if Int.random(in: 0...9, using: &random) == 0 {
                var bytes = Array(text.utf8)
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = Array("0:9;/Tt.Z-".utf8).randomElement(
                    using: &random)!
                text = String(decoding: bytes, as: UTF8.self)
            }
            let expected = Array(text.utf8).withUnsafeBytes { Instant(rfc3339: $0) }
            let batch = Array(Sample.sale(["time": "\"\(text)\""]).utf8).withPadding {
                admission.admit(body: $0, format: .single, now: .latest, poster: Sample.poster)
            }
            #expect(batch.events.first?.time == expected, "\(text)")
            if expected != nil { good += 1 }
        }
        #expect(good > 200)
    }

    @Test func aSourceThatWasSeenBeforeGivesTheSameIdentityAsANewOne() {
        let admission = EventAdmission(tables: Sample.tables)
        var random = SeededGenerator(seed: 5)
        let sources = (0..<300).map { "urn:s\($0 % 10)-\($0)" } + ["/", "a", String(repeating: "x", count: 128)]
        for _ in 0..<2000 {
            let source = sources.randomElement(using: &random)!
            let batch = Array(Sample.sale(["source": "\"\(source)\""]).utf8).withPadding {
                admission.admit(body: $0, format: .single, now: Sample.now, poster: Sample.poster)
            }
            expectAccepted(batch)
            let expected = Array(source.utf8).withUnsafeBytes { source in
                Array("e1".utf8).withUnsafeBytes { KeyHash(source: source, id: $0) }
            }
            #expect(batch.events.first?.identity == expected)
        }
        expectFault(admit(Sample.sale(["source": "\"a b\""])), .invalidAttribute, "/source")
    }
}
