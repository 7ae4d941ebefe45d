import CampaignDomain
import EventLog

/// Facts of consecutive events where they lie, on their way into the rows.
protocol FactSource {
    /// The position of the first.
    var first: Position { get }
    var count: Int { get }

    /// The stream of the fact at an index from 0.
    func stream(at index: Int) -> FactStream
    /// The fact's bytes, whatever position they have.
    func fact(at index: Int) -> UnsafeRawBufferPointer
    /// Of an influencer's fact: the `campaignId` that its event names; empty if it names none.
    func campaignID(at index: Int) -> UnsafeRawBufferPointer
}

/// Whose a fact is.
struct FactStream {
    let kind: CampaignDomain.SubjectKind
    /// Lies in the source.
    let id: UnsafeRawBufferPointer
    /// The high half of the stream's `KeyHash`.
    let hash: UInt64
}
