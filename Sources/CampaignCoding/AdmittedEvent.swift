package import CampaignDomain
package import EventLog

/// One checked event of a request, beside its prepared record and its fact.
///
/// A request has thousands, and three threads read them: what is not asked for by all is kept small. Offsets fit 32 bits
/// since a request has at most `CodingLimits.requestSizeBytesMax`, and so does a list of faults.
package struct AdmittedEvent: Sendable {
    package let identity: KeyHash
    package let stream: KeyHash
    /// The high half of the campaign's own stream hash, `KeyHash(subjectKind: .campaign, …)`; 0 where `campaignRange` is
    /// empty.
    package let campaignHash: UInt64
    package let time: Instant
    private let expectedRevisionOrNone: UInt64
    /// A retraction's target or a policy's version.
    private let number: Int64
    private let indexInRequest: UInt32
    private let recordStart: UInt32
    private let recordSize: UInt32
    private let factStart: UInt32
    private let factSize: UInt16
    private let campaignStart: UInt16
    private let campaignSize: UInt16
    package let type: EventType
    private let firstFault: UInt32
    private let faultCount: UInt32
    /// The kind of the stream. Influencer if `hasSubject` is false.
    package let subjectKind: EventLog.SubjectKind
    private let policyKind: PolicyKind?
    private let isRetraction: Bool
    /// Whether the time lies ahead of the clock, by at most 24 h.
    package let isAhead: Bool
    /// False only beside deferred faults: the data does not say which stream it is of.
    package let hasSubject: Bool

    private static let noRevision = UInt64.max

    /// In the request, from 0.
    package var index: Int { Int(indexInRequest) }
    /// Where the record lies in the batch, in bytes.
    package var recordOffset: Int { Int(recordStart) }
    package var recordLength: Int { Int(recordSize) }

    /// The revision the stream must have.
    package var expectedRevision: Revision? {
        expectedRevisionOrNone == Self.noRevision ? nil : Revision(expectedRevisionOrNone)
    }

    /// What an `event.retracted` retracts.
    package var retractionTarget: Position? { isRetraction ? Position(UInt64(number)) : nil }

    /// What a `policy.published` publishes.
    package var policy: PolicyVersion? { policyKind.map { PolicyVersion(kind: $0, version: number) } }

    /// Where the event's fact lies in `AdmittedBatch.facts`. Empty if the event has deferred faults: it states none.
    package var factRange: Range<Int> { Int(factStart)..<Int(factStart) + Int(factSize) }

    /// The bytes of the `campaignId` within the fact, in `AdmittedBatch.facts`, where an influencer's event is one of a
    /// campaign too; else empty.
    package var campaignRange: Range<Int> {
        let start = Int(factStart) + Int(campaignStart)
        return start..<start + Int(campaignSize)
    }

    /// The event's range in `AdmittedBatch.deferredFaults`. They count only if the identity is not recorded yet.
    package var deferredFaults: Range<Int> { Int(firstFault)..<Int(firstFault) + Int(faultCount) }

    package var hasDeferredFaults: Bool { faultCount != 0 }
}

extension AdmittedEvent {
    /// What admission found out besides the envelope.
    struct Parts {
        let index: Int
        let record: Range<Int>
        let stream: KeyHash
        let subjectKind: EventLog.SubjectKind
        let hasSubject: Bool
        let fact: WrittenFact
        let campaignHash: UInt64
        let retractionTarget: Position?
        let policy: PolicyVersion?
        let deferredFaults: Range<Int>
    }

    @inline(__always)
    init(_ parts: Parts, identity: KeyHash, type: EventType, envelope: Envelope, isAhead: Bool) {
        self.identity = identity
        stream = parts.stream
        campaignHash = parts.campaignHash
        time = envelope.time
        expectedRevisionOrNone = envelope.expectedRevision?.rawValue ?? Self.noRevision
        number = parts.retractionTarget.map { Int64($0.rawValue) } ?? parts.policy?.version ?? 0
        indexInRequest = UInt32(parts.index)
        recordStart = UInt32(parts.record.lowerBound)
        recordSize = UInt32(parts.record.count)
        factStart = UInt32(parts.fact.range.lowerBound)
        factSize = UInt16(parts.fact.range.count)
        campaignStart = UInt16(parts.fact.campaign.lowerBound - parts.fact.range.lowerBound)
        campaignSize = UInt16(parts.fact.campaign.count)
        self.type = type
        firstFault = UInt32(parts.deferredFaults.lowerBound)
        faultCount = UInt32(parts.deferredFaults.count)
        subjectKind = parts.subjectKind
        policyKind = parts.policy?.kind
        isRetraction = parts.retractionTarget != nil
        self.isAhead = isAhead
        hasSubject = parts.hasSubject
    }
}
