internal import CSimdjson
internal import CampaignDomain

/// A fact that was written, by its place in the writer.
struct WrittenFact {
    let range: Range<Int>
    /// The bytes of the `campaignId` within it; empty if the fact has none.
    let campaign: Range<Int>
}

/// An upcast gives values that are none of the next schema version: a mistake in the catalogue.
struct UpcastFault: Error {
    let reason: String
}

// The fact of the event whose fields were read: the one way there, for events that come in and for records that are
// read back.
extension FieldReader {
    /// Appends the fact. - Precondition: the fields were read by that schema, without a fault.
    func appendFact(
        by schema: UnsafePointer<CompiledSchema>, time: Instant, position: FactPosition, to writer: inout FactWriter
    ) throws(UpcastFault) -> WrittenFact {
        guard schema.pointee.isNewest else {
            return try appendUpcastFact(by: schema, time: time, position: position, to: &writer)
        }
        var cursor = FactCursor(at: writer.reserve(schema.pointee.factBytesMax))
        let start = UnsafeRawPointer(cursor.next)
        cursor.write(headerOf: schema.pointee.type, at: time)
        let campaign = writePayload(schema, at: &cursor)
        let range = writer.commitFact(cursor, position: position)
        guard let campaign else { return WrittenFact(range: range, campaign: range.upperBound..<range.upperBound) }
        let first = range.lowerBound + (campaign.end - campaign.count - start)
        return WrittenFact(range: range, campaign: first..<first + campaign.count)
    }

    /// Writes the fields straight from their slots. Returns where the `campaignId` ends, if there is one.
    @inline(__always)
    private func writePayload(
        _ schema: UnsafePointer<CompiledSchema>, at cursor: inout FactCursor
    ) -> (end: UnsafeRawPointer, count: Int)? {
        let presenceAt = cursor.next
        if schema.pointee.hasOptionalPayload { cursor.write(byte: 0) }
        var presence: UInt8 = 0
        var campaign: (end: UnsafeRawPointer, count: Int)?
        for field in schema.pointee.payload {
            let slot = slots + Int(field.field)
            if slot.pointee.node == 0 { continue }
            presence |= field.presence
            write(slot, as: field.kind, at: &cursor)
            if field.isCampaign {
                campaign = (UnsafeRawPointer(cursor.next), Int(nodes[Int(slot.pointee.node)].value_length))
            }
        }
        if schema.pointee.hasOptionalPayload { presenceAt.storeBytes(of: presence, as: UInt8.self) }
        return campaign
    }

    @inline(__always)
    private func write(_ slot: UnsafePointer<FieldSlot>, as kind: CompiledField.Kind, at cursor: inout FactCursor) {
        let node = nodes + Int(slot.pointee.node)
        switch kind {
        case .identifier: cursor.write(text: node.pointee.text)
        case .integer, .date: cursor.write(integer: slot.pointee.number)
        case .money: cursor.write(money: Money(currency: slot.pointee.currency, minorUnits: slot.pointee.number))
        case .topics, .identifiers:
            let count = Int(node.pointee.count)
            cursor.write(byte: UInt8(count))
            for element in 1..<1 + count { cursor.write(text: node[element].text) }
        case .instant: cursor.write(instant: Instant(microseconds: slot.pointee.number))
        case .oneOf: cursor.write(byte: UInt8(truncatingIfNeeded: slot.pointee.number))
        case .country: cursor.write(raw: node.pointee.text)
        case .policyBody:
            cursor.write(integer: Int64(parameters.count))
            for parameter in parameters { cursor.write(integer: parameter) }
        }
    }
}
