import CampaignCoding
import CampaignDomain
import EventLog

/// The events of one request that were new and became part of the log: what admission made of them is of use once more.
struct AcceptedEvents: Sendable {
    let batch: AdmittedBatch
    /// The position of the first; the others follow without a gap.
    let first: Position
    /// Their indexes in `batch.events`; nil if they are all of them.
    let indexes: [Int]?

    var count: Int { indexes?.count ?? batch.events.count }
}

/// What one commit added to the log, as the requests that brought it.
struct CommittedBatch: Sendable {
    let first: Position
    let last: Position
    /// In the order of their positions.
    let requests: [AcceptedEvents]
    /// Memory that it holds on to.
    let byteCount: Int
}

extension AcceptedEvents {
    /// Lends the facts that admission wrote beside the records, so that the fold need not parse them again.
    func withFacts<Result, Failure: Error>(_ body: (AcceptedFacts) throws(Failure) -> Result) throws(Failure) -> Result
    {
        try batch.facts.withBytes { (bytes) throws(Failure) in try body(AcceptedFacts(accepted: self, bytes: bytes)) }
    }
}

/// The facts of accepted events, as they lie in their request's memory.
struct AcceptedFacts: FactSource {
    fileprivate let accepted: AcceptedEvents
    fileprivate let bytes: UnsafeRawBufferPointer

    var first: Position { accepted.first }
    var count: Int { accepted.count }

    func stream(at index: Int) -> FactStream {
        let event = event(index)
        return FactStream(
            kind: CampaignDomain.SubjectKind(event.subjectKind), id: accepted.batch.subjectID(of: event),
            hash: event.stream.high)
    }

    func fact(at index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[event(index).factRange])
    }

    func campaignID(at index: Int) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(rebasing: bytes[event(index).campaignRange])
    }

    private func event(_ index: Int) -> AdmittedEvent {
        accepted.batch.events[accepted.indexes?[index] ?? index]
    }
}

extension CampaignDomain.SubjectKind {
    /// The same kind as records name it.
    var recorded: EventLog.SubjectKind {
        switch self {
        case .influencer: .influencer
        case .campaign: .campaign
        case .policy: .policy
        }
    }

    init(_ recorded: EventLog.SubjectKind) {
        switch recorded {
        case .influencer: self = .influencer
        case .campaign: self = .campaign
        case .policy: self = .policy
        }
    }
}
