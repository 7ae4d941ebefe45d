package import CampaignDomain
package import EventLog

/// Of whom a decoded fact is, and where it was written.
package struct FactAddress {
    package let type: EventType
    package let time: Instant
    package let subjectKind: CampaignDomain.SubjectKind
    /// The id of the influencer or campaign, or the kind of the policy. Lies in the record.
    package let subjectID: UnsafeRawBufferPointer
    /// The `campaignId` of the data, if it has one. Valid until the decoder's next call.
    package let campaignID: UnsafeRawBufferPointer?
    /// What an `event.retracted` retracts.
    package let retractionTarget: Position?
    /// The fact's bytes in the writer.
    package let factRange: Range<Int>
}

/// Turns records into facts (`FactFormat`). One a thread.
///
/// Old schema versions are upcast to the newest, step by step, over `FieldValues`; records of the newest, nearly all,
/// are written straight from the parsed data.
package final class FactDecoder {
    let tables: CatalogueTables
    let parser: JSONParser
    let reader: FieldReader

    package init(tables: CatalogueTables) {
        self.tables = tables
        parser = JSONParser(tables: tables)
        reader = FieldReader(tables: tables, parser: parser)
        // Damage is named once; the rest of its faults would be noise.
        reader.faultsMax = 1
    }

    /// Appends the fact that a record states.
    ///
    /// - Returns: whose fact it is.
    /// - Throws: if the record's type, version or data is not what the catalogue knows. The writer is as before then.
    package func appendFact(
        of record: RecordView, position: Position, to writer: inout FactWriter
    ) throws(RecordDecodingError) -> FactAddress {
        let type = EventType(rawValue: record.typeCode)
        guard let schema = tables.schema(of: type, version: record.schemaVersion) else {
            throw RecordDecodingError(
                position: position,
                reason: "type number \(record.typeCode) in schema version \(record.schemaVersion) is not known")
        }
        let data = record.data
        // Not padded: behind a record in the map there may be nothing. The text is copied into the parser.
        guard parser.parse(data, level: 2, isPadded: false) else {
            throw RecordDecodingError(
                position: position, reason: parser.fault(index: nil, text: data, prefix: "/data").description)
        }
        guard parser.nodes[0].is(.object) else {
            throw RecordDecodingError(position: position, reason: "its data is not an object")
        }
        reader.faults.removeAll(keepingCapacity: true)
        reader.read(0, of: parser.nodes, by: schema, time: record.timeMicroseconds)
        if let fault = reader.faults.first { throw RecordDecodingError(position: position, reason: fault.description) }
        let start = writer.bytes.count
        writeHeader(type: type, time: record.timeMicroseconds, position: position, to: &writer)
        if schema.pointee.isNewest {
            writePayload(schema, to: &writer)
        } else {
            try writeUpcast(from: schema, position: position, start: start, to: &writer)
        }
        let end = writer.bytes.count
        let length = end - start - FactDecoder.lengthSizeBytes
        writer.setByte(at: start, to: UInt8(truncatingIfNeeded: length))
        writer.setByte(at: start + 1, to: UInt8(truncatingIfNeeded: length >> 8))
        return address(of: record, type: type, schema: schema, factRange: start..<end)
    }

    private static let lengthSizeBytes = 2
    private static let positionSizeBytes = 5

    private func writeHeader(type: EventType, time: Int64, position: Position, to writer: inout FactWriter) {
        writer.append(fixed: 0, bytes: FactDecoder.lengthSizeBytes)
        writer.append(byte: UInt8(truncatingIfNeeded: type.rawValue))
        writer.append(instant: Instant(microseconds: time))
        writer.append(fixed: position.rawValue, bytes: FactDecoder.positionSizeBytes)
    }

    private func address(
        of record: RecordView, type: EventType, schema: UnsafePointer<CompiledSchema>, factRange: Range<Int>
    ) -> FactAddress {
        let campaign = Int(schema.pointee.fieldOfName[Int(tables.campaignName)])
        let position = Int(schema.pointee.fieldOfName[Int(tables.positionName)])
        let isRetraction = type == .eventRetracted && position < schema.pointee.fields.count
        let hasCampaign = campaign < schema.pointee.fields.count && reader.slots[campaign].node != 0
        return FactAddress(
            type: type, time: Instant(microseconds: record.timeMicroseconds),
            subjectKind: CampaignDomain.SubjectKind(rawValue: record.subjectKind.rawValue) ?? .influencer,
            subjectID: record.subjectID,
            campaignID: hasCampaign ? reader.nodes[Int(reader.slots[campaign].node)].text : nil,
            retractionTarget: isRetraction ? Position(UInt64(reader.slots[position].number)) : nil,
            factRange: factRange)
    }
}
