import CampaignCoding
import CampaignDomain
import EventLog

/// Facts decoded from consecutive records, ready to be added to the rows: decoding needs no lock, adding does.
struct FoldedFacts {
    /// What one event adds.
    struct Addition {
        let kind: CampaignDomain.SubjectKind
        let fact: Range<Int>
        /// In `keys`: the key of the stream's row.
        let key: Range<Int>
        /// In `keys`: the key of the link from the campaign to the influencer; empty where the event makes none.
        let link: Range<Int>
    }

    private(set) var additions: [Addition] = []
    private(set) var writer = FactWriter()
    private(set) var keys: [UInt8] = []
    private(set) var last = Position.beforeFirst

    mutating func removeAll() {
        additions.removeAll(keepingCapacity: true)
        keys.removeAll(keepingCapacity: true)
        writer.removeAll()
    }

    /// Decodes one record.
    mutating func add(
        _ record: RecordView, at position: Position, decoder: FactDecoder
    ) throws(RecordDecodingError) {
        let address = try decoder.appendFact(of: record, position: position, to: &writer)
        let start = keys.count
        keys.append(ViewKeys.prefix(of: address.subjectKind))
        keys.append(contentsOf: address.subjectID)
        let end = keys.count
        if address.subjectKind == .influencer, let campaign = address.campaignID {
            keys.append(ViewKeys.link)
            keys.append(contentsOf: campaign)
            keys.append(ViewKeys.separator)
            keys.append(contentsOf: address.subjectID)
        }
        additions.append(
            Addition(kind: address.subjectKind, fact: address.factRange, key: start..<end, link: end..<keys.count))
        last = position
    }
}
