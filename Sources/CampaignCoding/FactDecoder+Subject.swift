internal import CampaignDomain
package import EventLog

extension FactDecoder {
    /// Whether the stream that a record names is the one that its data gives: the first of influencerId, campaignId and
    /// kind that is present.
    ///
    /// - Precondition: the record is the one whose fact was appended last.
    package func namesOwnStream(_ record: RecordView) -> Bool {
        let type = EventType(rawValue: record.typeCode)
        guard let schema = tables.schema(of: type, version: record.schemaVersion) else { return false }
        let fields = schema.pointee.subjectFields
        let stream: (kind: EventLog.SubjectKind, field: Int)
        if isThere(fields.0) {
            stream = (.influencer, fields.0)
        } else if isThere(fields.1) {
            stream = (.campaign, fields.1)
        } else if isThere(fields.2) {
            stream = (.policy, fields.2)
        } else {
            return false
        }
        return record.subjectKind == stream.kind
            && reader.nodes[Int(reader.slots[stream.field].node)].text.equals(record.subjectID)
    }

    private func isThere(_ field: Int) -> Bool {
        field >= 0 && reader.slots[field].node != 0 && reader.slots[field].isGood
    }
}
