package import CampaignDomain
package import EventLog

/// Of whom a decoded fact is, and where it was written.
package struct FactAddress {
    package let type: EventType
    package let time: Instant
    package let subjectKind: CampaignDomain.SubjectKind
    /// The id of the influencer or campaign, or the kind of the policy. Lies in the record.
    package let subjectID: UnsafeRawBufferPointer
    /// The hash of kind and id of the subject.
    package let streamHash: KeyHash
    /// What an `event.retracted` retracts.
    package let retractionTarget: Position?
    /// The fact's bytes in the writer.
    package let factRange: Range<Int>
    /// The bytes of the `campaignId` in the writer, where an influencer's event is one of a campaign too; else empty.
    package let campaignRange: Range<Int>
    /// The high half of the campaign's own stream hash; 0 where `campaignRange` is empty.
    package let campaignHash: UInt64
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
    /// - Parameter isPadded: whether `CodingLimits.paddingSizeBytes` bytes behind the record are readable, as they are
    ///   in a `RecordBatch`. The data is parsed where it lies then, and copied first otherwise.
    /// - Returns: whose fact it is.
    /// - Throws: if the record's type, version or data is not what the catalogue knows. The writer is as before then.
    package func appendFact(
        of record: RecordView, position: Position, isPadded: Bool = false, to writer: inout FactWriter
    ) throws(RecordDecodingError) -> FactAddress {
        let type = EventType(rawValue: record.typeCode)
        guard let schema = tables.schema(of: type, version: record.schemaVersion) else {
            throw RecordDecodingError(
                position: position,
                reason: "type number \(record.typeCode) in schema version \(record.schemaVersion) is not known")
        }
        let data = record.data
        guard parser.parse(data, level: 2, context: type.rawValue, isPadded: isPadded) else {
            throw RecordDecodingError(
                position: position, reason: parser.fault(index: nil, text: data, prefix: "/data").description)
        }
        guard parser.nodes[0].is(.object) else {
            throw RecordDecodingError(position: position, reason: "its data is not an object")
        }
        reader.forgetFaults()
        reader.read(0, of: parser.nodes, by: schema, time: record.timeMicroseconds)
        if let fault = reader.faults.first { throw RecordDecodingError(position: position, reason: fault.description) }
        let fact: WrittenFact
        do throws(UpcastFault) {
            fact = try reader.appendFact(
                by: schema, time: Instant(microseconds: record.timeMicroseconds),
                position: FactPosition(position.rawValue), to: &writer)
        } catch {
            throw RecordDecodingError(position: position, reason: error.reason)
        }
        return address(of: record, schema: schema, fact: fact, in: writer)
    }

    @inline(__always)
    private func address(
        of record: RecordView, schema: UnsafePointer<CompiledSchema>, fact: WrittenFact, in writer: borrowing FactWriter
    ) -> FactAddress {
        let kind = record.subjectKind
        let subjectID = record.subjectID
        let hasLink = kind == .influencer && !fact.campaign.isEmpty
        return FactAddress(
            type: schema.pointee.type, time: Instant(microseconds: record.timeMicroseconds),
            subjectKind: CampaignDomain.SubjectKind(rawValue: kind.rawValue) ?? .influencer,
            subjectID: subjectID, streamHash: KeyHash(subjectKind: kind, subjectID: subjectID),
            retractionTarget: schema.pointee.type == .eventRetracted
                ? reader.goodNumber(of: tables.positionName, schema).map { Position(UInt64($0)) } : nil,
            factRange: fact.range,
            campaignRange: hasLink ? fact.campaign : fact.range.upperBound..<fact.range.upperBound,
            campaignHash: hasLink
                ? writer.withUnsafeBytes { KeyHash.campaign(UnsafeRawBufferPointer(rebasing: $0[fact.campaign])) } : 0)
    }
}

extension KeyHash {
    /// The high half of a campaign's stream hash.
    static func campaign(_ id: UnsafeRawBufferPointer) -> UInt64 {
        KeyHash(subjectKind: .campaign, subjectID: id).high
    }
}
