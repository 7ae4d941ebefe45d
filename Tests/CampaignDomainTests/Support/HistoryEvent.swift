import CampaignDomain

/// An event of a test's history, before it has a position.
struct HistoryEvent: Sendable {
    var source = "urn:test"
    var id: String
    var type: String
    var time: Instant
    var data: [String: JSONValue]
    /// The identity of the event that a retraction is about; its position depends on the order of arrival.
    var retracts: String?

    var identity: String { source + "\n" + id }

    var schema: EventSchema {
        guard let schema = Catalogue.standardByName[type] else { fatalError("no event type is called \(type)") }
        return schema
    }

    /// `influencer/ID`, `campaign/ID` or `policy/KIND`.
    var subject: String {
        for kind in SubjectKind.allCases {
            if let id = data[kind.fieldName]?.string { return kind.name + "/" + id }
        }
        fatalError("\(type) \(id) is of no stream")
    }
}

extension Catalogue {
    static let standardByName: [String: EventSchema] = {
        let schemas = Catalogue.standard.versions.compactMap(\.last)
        return Dictionary(uniqueKeysWithValues: schemas.map { ($0.name, $0) })
    }()
}

extension Instant {
    /// - Precondition: the text is RFC 3339.
    init(_ text: String) {
        var text = text
        let instant = text.withUTF8 { Instant(rfc3339: UnsafeRawBufferPointer($0)) }
        guard let instant else { fatalError("\(text) is no instant") }
        self = instant
    }
}

extension Money {
    /// - Precondition: the amount is one of the currency.
    init(_ amount: String, _ currency: Currency) {
        var amount = amount
        guard let money = amount.withUTF8({ Money(decimal: UnsafeRawBufferPointer($0), currency: currency) }) else {
            fatalError("\(amount) is no amount of \(currency.code)")
        }
        self = money
    }
}

extension FactWriter {
    /// Writes an event as a fact, field by field as its schema says.
    mutating func append(_ event: HistoryEvent, position: UInt64, target: UInt64?) {
        var payload = FactWriter()
        let fields = event.schema.payloadFields
        let optional = fields.filter(\.isOptional)
        if !optional.isEmpty {
            let bits = optional.enumerated().filter { event.data[$0.element.name] != nil }
            payload.append(byte: bits.reduce(0) { $0 | UInt8(1) << UInt8($1.offset) })
        }
        for field in fields {
            if event.type == "event.retracted", field.name == "position", let target {
                payload.append(integer: Int64(target))
            } else if let value = event.data[field.name] {
                payload.append(value, field.form, of: event)
            }
        }
        append(fixed: UInt64(FactFormat.headerBytes - 2 + payload.bytes.count), bytes: 2)
        append(byte: UInt8(event.schema.type.rawValue))
        append(instant: event.time)
        append(fixed: position, bytes: 5)
        for byte in payload.bytes { append(byte: byte) }
    }

    private mutating func append(_ value: JSONValue, _ form: FieldForm, of event: HistoryEvent) {
        switch form {
        case .identifier: append(string: value.string!)
        case .integer: append(integer: value.int!)
        case .money:
            append(money: Money(value["amount"]!.string!, Currency(value["currency"]!.string!)!))
        case .topics, .identifiers:
            append(byte: UInt8(value.array!.count))
            for text in value.array! { append(string: text.string!) }
        case .date: append(day: Instant(value.string! + "T00:00:00Z").day)
        case .instant: append(instant: Instant(value.string!))
        case .oneOf(let names): append(byte: UInt8(names.firstIndex(of: value.string!)!))
        case .country: for byte in value.string!.utf8 { append(byte: byte) }
        case .policyBody: append(policy: value, kind: event.data["kind"]!.string!)
        }
    }

    private mutating func append(string: String) {
        var string = string
        string.withUTF8 { append(text: UnsafeRawBufferPointer($0)) }
    }

    private mutating func append(policy body: JSONValue, kind: String) {
        var values: [Int64] = []
        if kind == "tax" {
            for threshold in body["thresholds"]!.array! {
                values.append(threshold["fromYear"]!.int!)
                values.append(Money(threshold["usd"]!.string!, .usd).minorUnits)
            }
        } else {
            let table = kind == "trust" ? PolicyParameter.trust : PolicyParameter.advocacy
            values = table.map { parameter in
                parameter.path.reduce(body) { $0[$1]! }.int!
            }
        }
        append(integer: Int64(values.count))
        values.forEach { append(integer: $0) }
    }
}
