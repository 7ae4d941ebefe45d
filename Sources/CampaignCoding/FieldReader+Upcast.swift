internal import CSimdjson
internal import CampaignDomain

// Old schema versions: read as values by name, upcast version by version, written by the newest schema.
extension FieldReader {
    func appendUpcastFact(
        by compiled: UnsafePointer<CompiledSchema>, time: Instant, position: FactPosition, to writer: inout FactWriter
    ) throws(UpcastFault) -> WrittenFact {
        var schema = tables.schema(compiled)
        var values = fieldValues(compiled)
        while let upcast = schema.upcast,
            let next = tables.catalogue.schema(of: schema.type, version: schema.version + 1)
        {
            values = upcast(values)
            schema = next
        }
        var payload = FactWriter()
        let campaign = try FieldReader.write(values, by: schema, to: &payload)
        let size = FactFormat.headerBytes + payload.count
        guard size <= FactFormat.bytesMax else {
            throw UpcastFault(reason: "\(FieldReader.upcast(to: schema)) gives a fact of \(size) bytes")
        }
        var cursor = FactCursor(at: writer.reserve(size))
        cursor.write(headerOf: schema.type, at: time)
        payload.withUnsafeBytes { cursor.write(raw: $0) }
        let range = writer.commitFact(cursor, position: position)
        let first = range.lowerBound + FactFormat.headerBytes
        return WrittenFact(range: range, campaign: first + campaign.lowerBound..<first + campaign.upperBound)
    }

    private static func upcast(to schema: EventSchema) -> String {
        "the upcast of \(schema.name) to version \(schema.version)"
    }

    private func fieldValues(_ compiled: UnsafePointer<CompiledSchema>) -> FieldValues {
        var values: FieldValues = [:]
        for (index, field) in tables.schema(compiled).fields.enumerated() where slots[index].node != 0 {
            values[field.name] = value(of: slots[index], as: compiled.pointee.fields[index].kind)
        }
        return values
    }

    private func value(of slot: FieldSlot, as kind: CompiledField.Kind) -> FieldValue {
        let node = nodes[Int(slot.node)]
        switch kind {
        case .identifier, .country: return .text(String(decoding: node.text, as: UTF8.self))
        case .integer: return .integer(slot.number)
        case .money: return .money(Money(currency: slot.currency, minorUnits: slot.number))
        case .topics, .identifiers:
            let first = Int(slot.node) + 1
            return .texts(
                (first..<first + Int(node.count)).map { String(decoding: nodes[$0].text, as: UTF8.self) })
        case .date: return .day(Day(Int(slot.number)))
        case .instant: return .instant(Instant(microseconds: slot.number))
        case .oneOf: return .choice(Int(slot.number))
        case .policyBody: return .parameters(parameters)
        }
    }

    /// Writes a payload. Returns where the `campaignId` lies in it; an empty range if there is none.
    private static func write(
        _ values: FieldValues, by schema: EventSchema, to payload: inout FactWriter
    ) throws(UpcastFault) -> Range<Int> {
        var campaign = 0..<0
        let fields = schema.payloadFields
        if fields.contains(where: \.isOptional) {
            var presence: UInt8 = 0
            for (bit, field) in fields.filter(\.isOptional).enumerated() where values[field.name] != nil {
                presence |= 1 << UInt8(bit)
            }
            payload.append(byte: presence)
        }
        for field in fields {
            guard let value = values[field.name] else {
                if field.isOptional { continue }
                throw UpcastFault(reason: "\(upcast(to: schema)) gives no \(field.name)")
            }
            let start = payload.count
            guard write(value, as: field.form, to: &payload) else {
                throw UpcastFault(reason: "\(upcast(to: schema)) gives a wrong \(field.name)")
            }
            if field.isCampaign { campaign = start + 1..<payload.count }
        }
        return campaign
    }

    /// Whether the value has the kind of the form and fits a fact; then it is written.
    private static func write(_ value: FieldValue, as form: FieldForm, to payload: inout FactWriter) -> Bool {
        switch (form, value) {
        case (.identifier, .text(let text)): return append(text, to: &payload)
        case (.country, .text(let text)): for byte in text.utf8 { payload.append(byte: byte) }
        case (.integer, .integer(let integer)): payload.append(integer: integer)
        case (.money, .money(let money)): payload.append(money: money)
        case (.topics, .texts(let texts)), (.identifiers, .texts(let texts)):
            guard texts.count <= Int(UInt8.max) else { return false }
            payload.append(byte: UInt8(texts.count))
            for text in texts where !append(text, to: &payload) { return false }
        case (.date, .day(let day)): payload.append(day: day)
        case (.instant, .instant(let instant)): payload.append(instant: instant)
        case (.oneOf(let words), .choice(let index)) where words.indices.contains(index):
            payload.append(byte: UInt8(index))
        case (.policyBody, .parameters(let parameters)):
            payload.append(integer: Int64(parameters.count))
            for parameter in parameters { payload.append(integer: parameter) }
        default: return false
        }
        return true
    }

    /// Whether a text fits; then it is written.
    private static func append(_ text: String, to payload: inout FactWriter) -> Bool {
        var text = text
        guard text.utf8.count <= Int(UInt8.max) else { return false }
        text.withUTF8 { payload.append(text: UnsafeRawBufferPointer($0)) }
        return true
    }
}
