import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore

/// Facts decoded from consecutive records of the log. Decoding needs no lock and no order; adding them does.
///
/// `@unchecked Sendable`: filled by one thread, then read by another that was handed it.
final class DecodedFacts: @unchecked Sendable {
    fileprivate struct Decoded {
        let kind: CampaignDomain.SubjectKind
        let hash: UInt64
        /// In `ids`.
        let id: Range<Int>
        /// In `writer`; empty if the event names no campaign.
        let campaign: Range<Int>
        /// In `writer`.
        let fact: Range<Int>
    }

    private(set) var first = Position.first
    @exclusivity(unchecked) private var decoded: [Decoded] = []
    @exclusivity(unchecked) private var writer = FactWriter()
    @exclusivity(unchecked) private var ids: [UInt8] = []
    /// Why a record could not be decoded; those before it are here.
    private(set) var failure: RecordDecodingError?

    /// Reads and decodes so many records, or those before the first that cannot be decoded.
    ///
    /// - Precondition: the log has them.
    func read(_ log: any LogStorage, from first: Position, count: Int, decoder: FactDecoder) throws(StoreError) {
        begin(first)
        try log.read(from: first, limit: count) { position, record in
            do throws(RecordDecodingError) {
                try add(record, at: position, decoder: decoder)
                return .proceed
            } catch {
                failure = error
                return .stop
            }
        }
        if failure == nil, decoded.count < count { throw .missingRecord(first.advanced(by: decoded.count)) }
    }

    /// Lends the facts.
    func withFacts<Result>(_ body: (Facts) -> Result) -> Result {
        writer.withUnsafeBytes { facts in
            ids.withUnsafeBytes { ids in
                body(Facts(first: first, decoded: decoded, facts: facts, ids: ids))
            }
        }
    }

    private func begin(_ first: Position) {
        self.first = first
        failure = nil
        decoded.removeAll(keepingCapacity: true)
        writer.removeAll()
        ids.removeAll(keepingCapacity: true)
    }

    private func add(_ record: RecordView, at position: Position, decoder: FactDecoder) throws(RecordDecodingError) {
        let address = try decoder.appendFact(of: record, position: position, to: &writer)
        let start = ids.count
        ids.append(contentsOf: address.subjectID)
        decoded.append(
            Decoded(
                kind: address.subjectKind, hash: address.streamHash.high, id: start..<ids.count,
                campaign: address.campaignRange, fact: address.factRange))
    }
}

extension DecodedFacts {
    /// The facts where they lie.
    struct Facts: FactSource {
        let first: Position
        fileprivate let decoded: [Decoded]
        fileprivate let facts: UnsafeRawBufferPointer
        fileprivate let ids: UnsafeRawBufferPointer

        var count: Int { decoded.count }

        func stream(at index: Int) -> FactStream {
            let decoded = decoded[index]
            return FactStream(
                kind: decoded.kind, id: UnsafeRawBufferPointer(rebasing: ids[decoded.id]), hash: decoded.hash)
        }

        func fact(at index: Int) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: facts[decoded[index].fact])
        }

        func campaignID(at index: Int) -> UnsafeRawBufferPointer {
            UnsafeRawBufferPointer(rebasing: facts[decoded[index].campaign])
        }
    }
}
