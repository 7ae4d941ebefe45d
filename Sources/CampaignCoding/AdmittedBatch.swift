package import CampaignDomain
package import EventLog

/// Who posts: the operating system's user at the other end of the socket.
package struct Poster: Sendable {
    package let uid: UInt32
    /// At most 255 bytes; more are cut off at a character's end.
    package let userName: String

    package init(uid: UInt32, userName: String) {
        self.uid = uid
        var name = userName
        while name.utf8.count > CodingLimits.userNameSizeBytesMax { name.removeLast() }
        self.userName = name
    }
}

/// The form of a request's body.
package enum RequestFormat: Sendable {
    /// One event: `application/cloudevents+json`.
    case single
    /// A JSON array of events: `application/cloudevents-batch+json`.
    case batch
    /// One event a line: `application/x-ndjson`. Blank lines are skipped, CRLF is tolerated.
    case ndjson
}

/// The version that a `policy.published` publishes.
package struct PolicyVersion: Sendable, Equatable {
    package let kind: PolicyKind
    package let version: Int64

    package init(kind: PolicyKind, version: Int64) {
        self.kind = kind
        self.version = version
    }
}

/// One checked event of a request, beside its prepared record.
package struct AdmittedEvent: Sendable {
    /// In the request, from 0.
    package let index: Int
    /// Where the record lies in the batch, in bytes.
    package let recordOffset: Int
    package let recordLength: Int
    package let identity: KeyHash
    package let stream: KeyHash
    package let type: EventType
    package let time: Instant
    package let expectedRevision: Revision?
    package let retractionTarget: Position?
    package let policy: PolicyVersion?
    /// Whether the time lies ahead of the clock, by at most 24 h.
    package let isAhead: Bool
    /// False only beside deferred faults: the data does not say which stream it is of.
    package let hasSubject: Bool
    /// The event's range in `AdmittedBatch.deferredFaults`. They count only if the identity is not recorded yet.
    package let deferredFaults: Range<Int>

    package var hasDeferredFaults: Bool { !deferredFaults.isEmpty }
}

/// A request as admitted: its events, their prepared records, and what is wrong with it.
///
/// `@unchecked Sendable`: the memory is written by `EventAdmission` alone, which gives it up when it makes this.
package final class AdmittedBatch: @unchecked Sendable {
    /// In the order of the request; events with faults of JSON or envelope are not among them.
    package let events: [AdmittedEvent]
    /// Faults of the request, of JSON and of envelopes. If there is any, the whole request is refused.
    package let faults: [Fault]
    /// Faults that count only for events whose identity is not recorded yet, in the order of the events. Up to
    /// `CodingLimits.reportedFaultsMax`, and the first one of each event in any case.
    package let deferredFaults: [Fault]
    private let records: RecordMemory

    init(events: [AdmittedEvent], faults: [Fault], deferredFaults: [Fault], records: RecordMemory) {
        self.events = events
        self.faults = faults
        self.deferredFaults = deferredFaults
        self.records = records
    }

    /// An event's deferred faults.
    package func faults(of event: AdmittedEvent) -> ArraySlice<Fault> {
        deferredFaults[event.deferredFaults]
    }

    /// All faults in the order of their events, at most `CodingLimits.reportedFaultsMax`.
    package var reportedFaults: [Fault] {
        // Both lists are in order; the sort is stable only with the offset as second key.
        let all = (faults + deferredFaults).enumerated().sorted { left, right in
            (left.element.index ?? -1, left.offset) < (right.element.index ?? -1, right.offset)
        }
        return all.prefix(CodingLimits.reportedFaultsMax).map(\.element)
    }

    /// The record as `RecordBatchBuilder.append` takes it: without `recordedtime` and checksum. Valid as long as the
    /// batch is retained.
    @inline(__always)
    package func preparedRecord(of event: AdmittedEvent) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: records.start + event.recordOffset, count: event.recordLength)
    }

    /// A view of the prepared record, not sealed yet.
    @inline(__always)
    package func record(of event: AdmittedEvent) -> RecordView {
        RecordView(unchecked: preparedRecord(of: event))
    }
}

/// The growing memory of prepared records.
final class RecordMemory {
    @exclusivity(unchecked) private(set) var start: UnsafeMutableRawPointer
    @exclusivity(unchecked) private var capacity: Int
    @exclusivity(unchecked) private(set) var count = 0

    init(capacity: Int) {
        self.capacity = max(capacity, 4096)
        start = .allocate(byteCount: self.capacity, alignment: 16)
    }

    deinit {
        start.deallocate()
    }

    /// Room for that many bytes at the end. Moves the records if there is none.
    func reserve(_ sizeBytes: Int) -> UnsafeMutableRawBufferPointer {
        if count + sizeBytes > capacity {
            capacity = max(capacity * 2, count + sizeBytes)
            let larger = UnsafeMutableRawPointer.allocate(byteCount: capacity, alignment: 16)
            larger.copyMemory(from: start, byteCount: count)
            start.deallocate()
            start = larger
        }
        return UnsafeMutableRawBufferPointer(start: start + count, count: sizeBytes)
    }

    /// Keeps what was written to the room reserved.
    func commit(_ sizeBytes: Int) {
        count += sizeBytes
    }
}
