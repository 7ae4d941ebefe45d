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
    /// The facts (`FactFormat`) that the events state, one after another in the order of the events, with position 0:
    /// whoever takes one over copies it and gives it its position. Byte for byte what `FactDecoder` makes of the
    /// records.
    package let facts: [UInt8]
    /// Of an import: what each of `events` says of its recording. Empty for a request.
    package let marks: [RecordedMark]
    private let records: RecordMemory

    /// - Parameter records: the memory of the prepared records, which this frees.
    init(
        events: [AdmittedEvent], faults: [Fault], deferredFaults: [Fault], facts: [UInt8],
        records: RecordMemory, marks: [RecordedMark]
    ) {
        self.events = events
        self.faults = faults
        self.deferredFaults = deferredFaults
        self.facts = facts
        self.records = records
        self.marks = marks
    }

    deinit {
        records.deallocate()
    }

    /// Bytes of memory that the records were given; they fill most of it.
    package var recordsCapacity: Int { records.capacity }

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

    /// The record as `RecordBatchBuilder.append` takes it: its `recordedtime` is 0. Valid as long as the batch is
    /// retained.
    @inline(__always)
    package func preparedRecord(of event: AdmittedEvent) -> UnsafeRawBufferPointer {
        UnsafeRawBufferPointer(start: records.start.map { $0 + event.recordOffset }, count: event.recordLength)
    }

    /// The id of the influencer, campaign or policy that the event is about. Valid as long as the batch is retained.
    @inline(__always)
    package func subjectID(of event: AdmittedEvent) -> UnsafeRawBufferPointer {
        record(of: event).subjectID
    }

    /// A view of the prepared record, not sealed yet.
    @inline(__always)
    package func record(of event: AdmittedEvent) -> RecordView {
        RecordView(unchecked: preparedRecord(of: event))
    }
}
