internal import CSimdjson
internal import CampaignDomain

// Faults of fields. Never on the good path, so they may allocate.
extension FieldReader {
    /// A fault at a place below the object read.
    func add(_ code: FaultCode, _ place: [String], expected: String, found: String) {
        faultCount += 1
        guard faults.count < faultsMax else { return }
        let pointer = root + place.map(FaultText.step).joined()
        faults.append(Fault(index: eventIndex, code: code, pointer: pointer, expected: expected, found: found))
    }

    func name(of field: Int, _ schema: UnsafePointer<CompiledSchema>) -> String {
        tables.schema(schema).fields[field].name
    }

    func reportInvalid(field: Int, of schema: UnsafePointer<CompiledSchema>) {
        let form = tables.schema(schema).fields[field].form
        reportInvalid(at: Int(slots[field].node), [name(of: field, schema)], expected: Expectation.form(form))
    }

    func reportInvalid(at node: Int, _ place: [String], element: Int? = nil, expected: String) {
        let place = place + (element.map { [String($0)] } ?? [])
        add(.invalidField, place, expected: expected, found: nodes[node].excerpt)
    }

    func reportUnknown(at node: Int, in place: [String], expected: String) {
        let name = String(decoding: nodes[node].keyText, as: UTF8.self)
        add(.unknownField, place + [name], expected: expected, found: FaultText.quoted(nodes[node].keyText))
    }

    func reportMissing(_ place: [String], expected: String) {
        add(.missingField, place, expected: expected, found: "nothing")
    }

    func reportMissing(_ fields: UInt64, of schema: UnsafePointer<CompiledSchema>) {
        for (index, field) in tables.schema(schema).fields.enumerated() where fields >> UInt64(index) & 1 == 1 {
            reportMissing([field.name], expected: Expectation.form(field.form))
        }
    }
}

/// What faults say was expected.
enum Expectation {
    static let identifier = "an identifier: 1 to 64 of A–Z a–z 0–9 . _ -, first a letter or digit"
    static let topic = "a topic: 1 to 40 of a–z 0–9 -"
    static let instant = "an RFC 3339 date-time with Z or an offset, from 1970 to 9999, no leap second"
    static let currency = "an ISO 4217 code that has minor units"
    static let thresholds = "a list of 1 to \(PolicyParameter.taxThresholdsMax) objects of fromYear and usd"

    static func integer(_ range: ClosedRange<Int64>) -> String {
        "an integer from \(range.lowerBound) to \(range.upperBound)"
    }

    static func amount(in currency: Currency) -> String {
        let digits = currency.minorDigits
        let fraction = digits == 0 ? "without decimals" : "with at most \(digits) decimals"
        return "a decimal string \(fraction), no sign, no needless zero, at most \(Money.minorDigitsMax) digits in all"
    }

    static func form(_ form: FieldForm) -> String {
        switch form {
        case .identifier: identifier
        case .integer(let range): integer(range)
        case .money: "an object of currency and amount"
        case .topics: "a list of 1 to 8 topics"
        case .identifiers(let countMax): "a list of at most \(countMax) identifiers"
        case .date: "a day as YYYY-MM-DD, from 1970"
        case .instant: instant
        case .oneOf(let words): "one of " + words.joined(separator: ", ")
        case .country: "a country code of ISO 3166-1 alpha-2, in upper case"
        case .policyBody: "an object of the parameters of the policy's kind"
        }
    }
}
