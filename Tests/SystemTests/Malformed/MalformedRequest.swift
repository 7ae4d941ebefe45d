import LedgerAPI

/// A request that has to be refused, and how.
struct MalformedRequest {
    enum Wire {
        /// Framed as it should be; the connection goes on or not as the answer says.
        case framed(HTTPRequest)
        /// What HTTP cannot read: answered, then the connection is closed.
        case broken([UInt8])
    }

    /// What is wrong with it.
    var what: String
    var wire: Wire
    var statuses: Set<Int>
    /// The codes it may have; empty for any known one.
    var codes: Set<String> = []
    /// The index that the refusal has to name.
    var index: Int?

    /// Every code that a refusal can have: those of HTTP, and the permanent ones of events.
    static let knownCodes: Set<String> = Set(ProblemCode.allCases.map(\.rawValue)).union([
        "emptyRequest", "tooManyEvents", "requestTooLarge", "notAnArray", "invalidJSON", "invalidUTF8", "loneSurrogate",
        "duplicateKey", "tooDeep", "notAnInteger", "integerTooLarge", "notAnObject", "eventTooLarge", "recordTooLarge",
        "unknownAttribute", "missingAttribute", "invalidAttribute", "unknownType", "unknownSchemaVersion",
        "subjectMismatch", "timeTooFarAhead", "unknownField", "missingField", "invalidField", "brokenRule",
        "extTooLarge",
        "identityConflict", "revisionMismatch", "retractionTargetUnknown", "retractionTargetOtherStream",
        "retractionTargetNotRetractable", "policyVersionGap",
    ])

    /// The one with this number.
    static func make(_ number: Int, _ random: inout Random) -> MalformedRequest {
        switch random.within(0...19) {
        case 0: cut(number, &random)
        case 1...4: wrongValue(number, &random)
        case 5: duplicateKey(number, &random)
        case 6: invalidUTF8(number, &random)
        case 7: nested(number, &random)
        case 8, 9: wrongEnvelope(number, &random)
        case 10: notAnEvent(number, &random)
        case 11: oversize(number, &random)
        case 12: wrongMedia(number, &random)
        case 13: wrongBinary(number, &random)
        case 14: conflict(number, &random)
        case 15, 16: wrongTarget(&random)
        case 17: wrongLength(number, &random)
        default: notHTTP(&random)
        }
    }

    /// The event in one of the three forms, among valid ones where the form holds several.
    static func posted(
        _ event: [UInt8], _ what: String, number: Int, statuses: Set<Int> = [422], codes: Set<String> = [],
        single: Bool = false, _ random: inout Random
    ) -> MalformedRequest {
        let form = single ? 0 : random.within(0...2)
        guard form > 0 else {
            return MalformedRequest(
                what: what, wire: .framed(HTTPRequest(posting: event, as: MediaType.cloudEvent)), statuses: statuses,
                codes: codes, index: nil)
        }
        var events = (0..<random.within(0...4)).map { Draft.valid(number * 10 + $0, &random).bytes }
        let index = random.within(0...events.count)
        events.insert(event, at: index)
        let body =
            form == 1
            ? Array(events.joined(separator: [10])) : [91] + Array(events.joined(separator: [44])) + [93]
        return MalformedRequest(
            what: what,
            wire: .framed(HTTPRequest(posting: body, as: form == 1 ? MediaType.ndjson : MediaType.cloudEventBatch)),
            statuses: statuses, codes: codes, index: index)
    }
}

// MARK: Events

extension MalformedRequest {
    private static func cut(_ number: Int, _ random: inout Random) -> MalformedRequest {
        let bytes = Draft.valid(number, &random).bytes
        return posted(
            Array(bytes.prefix(random.within(1...bytes.count - 1))), "cut bytes", number: number, single: true, &random)
    }

    private static func wrongValue(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        let index = random.within(0...draft.data.count - 1)
        switch random.within(0...7) {
        case 0:
            let name = draft.data.remove(at: index).name
            // Optional fields may be missing, an event without a stream may not be read as one.
            guard ["ext", "following", "suspiciousBp", "fee", "commissionBp"].contains(name) else {
                return posted(
                    draft.bytes, "without \(name)", number: number, codes: ["missingField", "missingAttribute"], &random
                )
            }
            draft.data.append(.init(name: "\(name)x", value: "1", kind: .text))
            return posted(draft.bytes, "unknown field", number: number, codes: ["unknownField"], &random)
        case 1:
            draft.data.append(.init(name: "surplus", value: "1", kind: .text))
            return posted(draft.bytes, "unknown field", number: number, codes: ["unknownField"], &random)
        default:
            let member = draft.data[index]
            draft.data[index].value = random.pick(member.kind.wrong)
            return posted(
                draft.bytes, "\(member.name) is \(draft.data[index].value.prefix(60))", number: number, &random)
        }
    }

    private static func duplicateKey(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        if random.within(0...1) == 0 {
            let member = random.pick(draft.data)
            draft.data.insert(member, at: random.within(0...draft.data.count))
        } else {
            let member = random.pick(draft.envelope)
            draft.envelope.insert(member, at: random.within(0...draft.envelope.count))
        }
        return posted(draft.bytes, "a key twice", number: number, codes: ["duplicateKey"], &random)
    }

    private static func invalidUTF8(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var bytes = Draft.valid(number, &random).bytes
        let quotes = bytes.indices.filter { bytes[$0] == 34 }
        let wrong: [[UInt8]] = [
            [0xFF], [0xC0, 0x80], [0x80], [0xED, 0xA0, 0x80], [0xF5, 0x80, 0x80, 0x80], [0xE2, 0x82],
            [0xF0, 0x80, 0x80, 0x80],
        ]
        // Behind an opening quote: inside a name or a string.
        bytes.insert(contentsOf: random.pick(wrong), at: quotes[random.within(0...quotes.count / 2 - 1) * 2] + 1)
        return posted(bytes, "invalid UTF-8", number: number, codes: ["invalidUTF8"], &random)
    }

    private static func nested(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        let depth = random.pick([17, 18, 40, 200, 1_500])
        let isArray = random.within(0...1) == 0
        let value =
            isArray
            ? String(repeating: "[", count: depth) + String(repeating: "]", count: depth)
            : String(repeating: "{\"a\":", count: depth) + "1" + String(repeating: "}", count: depth)
        draft.data.removeAll { $0.name == "ext" }
        draft.data.append(.init(name: "ext", value: "{\"deep\":\(value)}", kind: .text))
        return posted(
            draft.bytes, "\(depth) levels deep", number: number, codes: ["tooDeep", "extTooLarge"], &random)
    }

    private static func wrongEnvelope(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        let wrong: [(String, [String])] = [
            ("specversion", ["\"0.3\"", "1", "\"\"", "null"]),
            ("id", ["5", "\"\"", "\"a b\"", "\"é\"", "\"\(String(repeating: "i", count: 129))\"", "null"]),
            ("source", ["\"\"", "\"urn:a b\"", "7", "\"\(String(repeating: "s", count: 129))\"", "\"%zz\""]),
            ("type", ["\"influencer.unregistered\"", "\"\"", "5", "null"]),
            ("time", Draft.Kind.instant.wrong + ["\"2999-01-01T00:00:00Z\""]),
            ("subject", ["\"influencer/someone-else\"", "\"\"", "5"]),
            ("datacontenttype", ["\"text/plain\"", "5"]),
            ("dataschema", ["\"urn:campaign-ledger:post.published:99\"", "\"urn:other\"", "5"]),
            ("correlationid", ["\"\"", "5", "\"é\"", "\"\(String(repeating: "c", count: 129))\""]),
            ("expectedrevision", ["\"1.5\"", "-1", "\"x\"", "[]", "99999999999999999999"]),
            ("colour", ["\"blue\""]), ("data_base64", ["\"e30=\""]), ("Time", ["\"2024-03-01T12:00:00Z\""]),
        ]
        let (name, values) = random.pick(wrong)
        let value = random.pick(values)
        if let index = draft.envelope.firstIndex(where: { $0.name == name }) {
            if random.within(0...3) == 0 {
                draft.envelope.remove(at: index)
                return posted(
                    draft.bytes, "without \(name)", number: number, codes: ["missingAttribute", "invalidAttribute"],
                    &random)
            }
            draft.envelope[index].value = value
        } else {
            draft.envelope.append((name, value))
        }
        return posted(draft.bytes, "\(name) is \(value.prefix(60))", number: number, statuses: [409, 422], &random)
    }

    private static func notAnEvent(_ number: Int, _ random: inout Random) -> MalformedRequest {
        let event = Draft.valid(number, &random).text
        let texts = [
            "", " ", "null", "true", "5", "\"x\"", "[]", "{}", "[[]]", "[null]", "{", "}", "{\"data\"", event + "x",
            event + event, event + "]", "[" + event, "[" + event + ",]", "\u{FEFF}" + event, "{\"data\":\"\\ud800\"}",
            "/*x*/" + event, String(repeating: "[", count: 30_000), "{'id':'x'}", event.replacing("\"", with: "'"),
        ]
        let text = random.pick(texts)
        let isEventLine = text == "[" + event + ",]"
        let types = isEventLine ? [MediaType.cloudEvent, MediaType.cloudEventBatch] : [MediaType.cloudEvent]
        return MalformedRequest(
            what: "not an event: \(text.prefix(30))",
            wire: .framed(HTTPRequest(posting: Array(text.utf8), as: random.pick(types))), statuses: [422])
    }

    private static func conflict(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        switch random.within(0...2) {
        case 0:
            // The identity of what the test recorded first.
            draft.envelope[1].value = "\"recorded\""
            return posted(
                draft.bytes, "another content", number: number, statuses: [409], codes: ["identityConflict"],
                single: true,
                &random)
        case 1:
            draft.envelope.append(("expectedrevision", "123456"))
            return posted(
                draft.bytes, "another revision", number: number, statuses: [409], codes: ["revisionMismatch"],
                single: true,
                &random)
        default:
            draft.envelope[3].value = "\"event.retracted\""
            draft.data = [
                .init(name: "influencerId", value: "\"ada\"", kind: .identifier),
                .init(name: "position", value: "\(random.within(1_000...1_000_000))", kind: .count),
                .init(name: "reason", value: "\"mistake\"", kind: .identifier),
                .init(name: "actor", value: "\"clerk\"", kind: .identifier),
            ]
            return posted(
                draft.bytes, "retracts nothing", number: number, codes: ["retractionTargetUnknown"], single: true,
                &random)
        }
    }
}
