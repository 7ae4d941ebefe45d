/// The attributes of an event's envelope (Events, section 1). Raw values are the ids of their names in the vocabulary,
/// so they count from 1 without gaps.
enum Attribute: UInt16, CaseIterable {
    case specversion = 1
    case id, source, type, time, subject, datacontenttype, dataschema, expectedrevision, correlationid, causationid
    case traceparent, tracestate, sequence, recordedtime, data

    var name: String { "\(self)" }

    /// Slots for values by raw value; 0 is no attribute.
    static let slotCount = allCases.count + 1
}

/// The value of an attribute, from JSON or from a header of HTTP.
struct AttributeValue {
    /// Raw `JSONKind`; 0 if the attribute is absent. JSON null means absent (CloudEvents, JSON format, section 2.2).
    var kind: UInt8 = 0
    var integer: Int64 = 0
    /// The unescaped text of a string, the source of anything else.
    var text = UnsafeRawBufferPointer(start: nil, count: 0)

    @inline(__always)
    var isPresent: Bool { kind != 0 }
    @inline(__always)
    var isString: Bool { kind == JSONKind.string.rawValue }

    var excerpt: String {
        switch JSONKind(rawValue: kind) {
        case nil: "nothing"
        case .string: FaultText.quoted(text)
        case .object: "an object"
        case .array: "an array"
        default: String(decoding: text, as: UTF8.self)
        }
    }
}
