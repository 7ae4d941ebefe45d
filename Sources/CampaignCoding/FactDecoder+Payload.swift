internal import CSimdjson
internal import CampaignDomain

// The payload of a fact, straight from the slots of the newest schema version.
extension FactDecoder {
    func writePayload(_ schema: UnsafePointer<CompiledSchema>, to writer: inout FactWriter) {
        let presenceAt = writer.bytes.count
        if schema.pointee.hasOptionalPayload { writer.append(byte: 0) }
        var presence: UInt8 = 0
        var bit: UInt8 = 1
        for index in schema.pointee.payload {
            let field = schema.pointee.fields[Int(index)]
            let slot = reader.slots[Int(index)]
            if field.isOptional {
                if slot.node != 0 { presence |= bit }
                bit &<<= 1
                if slot.node == 0 { continue }
            }
            write(slot, as: field, to: &writer)
        }
        if schema.pointee.hasOptionalPayload { writer.setByte(at: presenceAt, to: presence) }
    }

    @inline(__always)
    private func write(_ slot: FieldSlot, as field: CompiledField, to writer: inout FactWriter) {
        switch field.kind {
        case .identifier: writer.append(text: reader.nodes[Int(slot.node)].text)
        case .integer, .date: writer.append(integer: slot.number)
        case .money: writer.append(money: Money(currency: slot.currency, minorUnits: slot.number))
        case .topics, .identifiers: writeList(at: Int(slot.node), to: &writer)
        case .instant: writer.append(instant: Instant(microseconds: slot.number))
        case .oneOf: writer.append(byte: UInt8(truncatingIfNeeded: slot.number))
        case .country:
            for byte in reader.nodes[Int(slot.node)].text { writer.append(byte: byte) }
        case .policyBody:
            writer.append(integer: Int64(reader.parameters.count))
            for parameter in reader.parameters { writer.append(integer: parameter) }
        }
    }

    private func writeList(at index: Int, to writer: inout FactWriter) {
        let count = Int(reader.nodes[index].count)
        writer.append(byte: UInt8(count))
        for element in index + 1..<index + 1 + count { writer.append(text: reader.nodes[element].text) }
    }
}
