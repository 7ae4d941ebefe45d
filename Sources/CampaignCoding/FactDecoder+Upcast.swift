internal import CSimdjson
internal import CampaignDomain
internal import EventLog

// Old schema versions: read as values by name, upcast version by version, written by the newest schema.
extension FactDecoder {
    func writeUpcast(
        from compiled: UnsafePointer<CompiledSchema>, position: Position, start: Int, to writer: inout FactWriter
    ) throws(RecordDecodingError) {
        var schema = tables.schema(compiled)
        var values = fieldValues(compiled)
        while let upcast = schema.upcast,
            let next = tables.catalogue.schema(of: schema.type, version: schema.version + 1)
        {
            values = upcast(values)
            schema = next
        }
        var fact = FactWriter()
        try FactDecoder.write(values, by: schema, position: position, to: &fact)
        for byte in fact.bytes { writer.append(byte: byte) }
    }

    private func fieldValues(_ compiled: UnsafePointer<CompiledSchema>) -> FieldValues {
        var values: FieldValues = [:]
        for (index, field) in tables.schema(compiled).fields.enumerated() where reader.slots[index].node != 0 {
            values[field.name] = value(of: reader.slots[index], as: compiled.pointee.fields[index].kind)
        }
        return values
    }

    private func value(of slot: FieldSlot, as kind: CompiledField.Kind) -> FieldValue {
        let node = reader.nodes[Int(slot.node)]
        switch kind {
        case .identifier, .country: return .text(String(decoding: node.text, as: UTF8.self))
        case .integer: return .integer(slot.number)
        case .money: return .money(Money(currency: slot.currency, minorUnits: slot.number))
        case .topics, .identifiers:
            let first = Int(slot.node) + 1
            return .texts(
                (first..<first + Int(node.count)).map { String(decoding: reader.nodes[$0].text, as: UTF8.self) })
        case .date: return .day(Day(Int(slot.number)))
        case .instant: return .instant(Instant(microseconds: slot.number))
        case .oneOf: return .choice(Int(slot.number))
        case .policyBody: return .parameters(reader.parameters)
        }
    }

    private static func write(
        _ values: FieldValues, by schema: EventSchema, position: Position, to fact: inout FactWriter
    ) throws(RecordDecodingError) {
        let fields = schema.payloadFields
        if fields.contains(where: \.isOptional) {
            var presence: UInt8 = 0
            for (bit, field) in fields.filter(\.isOptional).enumerated() where values[field.name] != nil {
                presence |= 1 << UInt8(bit)
            }
            fact.append(byte: presence)
        }
        for field in fields {
            guard let value = values[field.name] else {
                if field.isOptional { continue }
                throw RecordDecodingError(
                    position: position,
                    reason: "the upcast of \(schema.name) to version \(schema.version) gives no \(field.name)")
            }
            guard write(value, as: field.form, to: &fact) else {
                throw RecordDecodingError(
                    position: position,
                    reason: "the upcast of \(schema.name) to version \(schema.version) gives a wrong \(field.name)")
            }
        }
    }

    /// Whether the value has the kind of the form; then it is written.
    private static func write(_ value: FieldValue, as form: FieldForm, to fact: inout FactWriter) -> Bool {
        switch (form, value) {
        case (.identifier, .text(let text)): append(text, to: &fact)
        case (.country, .text(let text)): for byte in text.utf8 { fact.append(byte: byte) }
        case (.integer, .integer(let integer)): fact.append(integer: integer)
        case (.money, .money(let money)): fact.append(money: money)
        case (.topics, .texts(let texts)), (.identifiers, .texts(let texts)):
            fact.append(byte: UInt8(texts.count))
            for text in texts { append(text, to: &fact) }
        case (.date, .day(let day)): fact.append(day: day)
        case (.instant, .instant(let instant)): fact.append(instant: instant)
        case (.oneOf(let words), .choice(let index)) where words.indices.contains(index):
            fact.append(byte: UInt8(index))
        case (.policyBody, .parameters(let parameters)):
            fact.append(integer: Int64(parameters.count))
            for parameter in parameters { fact.append(integer: parameter) }
        default: return false
        }
        return true
    }

    private static func append(_ text: String, to fact: inout FactWriter) {
        var text = text
        text.withUTF8 { fact.append(text: UnsafeRawBufferPointer($0)) }
    }
}
