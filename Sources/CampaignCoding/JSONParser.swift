internal import CSimdjson

/// A value of a parsed text; what it points to is valid until the parser's next parse, and as long as the text is.
typealias JSONNode = campaign_json_node

/// The kinds of JSON values.
enum JSONKind: UInt8 {
    case object = 1
    case array, string, integer, `true`, `false`, null
}

extension JSONNode {
    @inline(__always)
    func `is`(_ kind: JSONKind) -> Bool { self.kind == kind.rawValue }

    /// The unescaped text of a string; the source of any other value.
    @inline(__always)
    var text: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: value, count: Int(value_length)) }

    var keyText: UnsafeRawBufferPointer { UnsafeRawBufferPointer(start: key, count: Int(key_length)) }

    /// An excerpt for a fault.
    var excerpt: String {
        switch JSONKind(rawValue: kind) {
        case .object: "an object"
        case .array: count == 0 ? "an empty array" : "an array of \(count)"
        case .string: FaultText.quoted(text)
        default: String(decoding: text, as: UTF8.self)
        }
    }
}

/// One parser of simdjson and the nodes it found last. One a thread.
final class JSONParser {
    let handle: UnsafeMutablePointer<campaign_json>
    private let tables: CatalogueTables

    /// - Parameter hasEnvelope: whether texts are whole events, whose `type` tells which fields follow.
    init(tables: CatalogueTables, hasEnvelope: Bool = false) {
        let discriminator = hasEnvelope ? Attribute.type.rawValue : 0
        guard let handle = campaign_json_create(tables.vocabulary, discriminator) else {
            preconditionFailure("there is no memory for a JSON parser")
        }
        self.handle = handle
        self.tables = tables
    }

    deinit {
        campaign_json_destroy(handle)
    }

    /// The nodes of the last text, the outermost value first.
    @inline(__always)
    var nodes: UnsafePointer<JSONNode> { handle.pointee.nodes }

    /// Parses one text. `level` is the depth that its outermost value counts as, from 1; `context` is equal for texts
    /// that have like members.
    @inline(__always)
    func parse(_ text: UnsafeRawBufferPointer, level: UInt32 = 1, context: UInt16 = 0, isPadded: Bool) -> Bool {
        campaign_json_parse(
            handle, text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count, level, context, isPadded)
    }

    /// Finds the tokens of many values at once, if none of them has a fault that shows there. The text must be padded.
    func scan(_ text: UnsafeRawBufferPointer) {
        _ = campaign_json_scan(handle, text.baseAddress?.assumingMemoryBound(to: UInt8.self), text.count)
    }

    /// Parses one value of the text that was scanned; false if it must be parsed by itself.
    @inline(__always)
    func parseScanned(offset: Int, length: Int) -> Bool {
        campaign_json_parse_scanned(handle, offset, length)
    }
}

extension JSONParser {
    /// Why the last text was refused, as a fault of an event. `prefix` is the pointer of the text within the event.
    func fault(index: Int?, text: UnsafeRawBufferPointer, prefix: String = "") -> Fault {
        let result = handle.pointee
        var pointer = prefix
        withUnsafeBytes(of: result.steps) { bytes in
            for step in bytes.bindMemory(to: campaign_json_step.self).prefix(Int(result.step_count)) {
                guard let key = step.key else {
                    pointer += "/\(step.index)"
                    continue
                }
                let bytes = UnsafeRawBufferPointer(start: key, count: Int(step.key_length))
                pointer += FaultText.step(String(decoding: bytes, as: UTF8.self))
            }
        }
        let (code, expected) = JSONParser.meaning(of: result)
        let offset = min(Int(result.fault_offset), text.count)
        var found = "byte \(offset), the end of the text"
        if offset < text.count {
            let shown = text[offset...].prefix(JSONParser.excerptSizeBytesMax)
            found = "\(FaultText.quoted(UnsafeRawBufferPointer(rebasing: shown))) at byte \(offset)"
        }
        return Fault(index: index, code: code, pointer: pointer, expected: expected, found: found)
    }

    /// Bytes of the source that a fault of JSON shows.
    private static let excerptSizeBytesMax = 40

    private static func meaning(of result: campaign_json) -> (FaultCode, String) {
        switch Int(result.code) {
        case CAMPAIGN_JSON_EMPTY: (.invalidJSON, "a JSON value")
        case CAMPAIGN_JSON_INVALID_UTF8: (.invalidUTF8, "UTF-8")
        case CAMPAIGN_JSON_CONTROL_CHARACTER: (.invalidJSON, "control characters in strings only as escapes")
        case CAMPAIGN_JSON_UNCLOSED_STRING: (.invalidJSON, "the end of the string")
        case CAMPAIGN_JSON_UNCLOSED_CONTAINER: (.invalidJSON, "the end of the object or array")
        case CAMPAIGN_JSON_INVALID_ESCAPE: (.invalidJSON, "an escape of JSON")
        case CAMPAIGN_JSON_LONE_SURROGATE: (.loneSurrogate, "both halves of a surrogate pair")
        case CAMPAIGN_JSON_TRAILING_CONTENT: (.invalidJSON, "the end of the event")
        case CAMPAIGN_JSON_TOO_DEEP: (.tooDeep, "at most \(CodingLimits.depthMax) levels of objects and arrays")
        case CAMPAIGN_JSON_DUPLICATE_KEY: (.duplicateKey, "each name once in an object")
        case CAMPAIGN_JSON_NOT_AN_INTEGER: (.notAnInteger, "an integer without fraction, exponent or negative zero")
        case CAMPAIGN_JSON_INTEGER_TOO_LARGE: (.integerTooLarge, "an integer of at most 64 bits")
        case CAMPAIGN_JSON_TOO_LONG: (.eventTooLarge, "at most \(CodingLimits.eventSizeBytesMax) bytes")
        case CAMPAIGN_JSON_OUT_OF_MEMORY: (.eventTooLarge, "an event for which there is memory")
        default: (.invalidJSON, expectation(of: Int(result.expected)))
        }
    }

    private static func expectation(of expected: Int) -> String {
        switch expected {
        case CAMPAIGN_JSON_EXPECTED_KEY: "a name in quotes"
        case CAMPAIGN_JSON_EXPECTED_COLON: "a colon behind the name"
        case CAMPAIGN_JSON_EXPECTED_COMMA_OR_END: "a comma or the end of the object or array"
        default: "a JSON value"
        }
    }
}
