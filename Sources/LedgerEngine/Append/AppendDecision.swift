import CampaignCoding
import CampaignDomain
import EventLog
import LedgerStore

/// Decides one request against what is recorded (Events, section 1, "One after another"): each of its events as if those
/// before it were recorded. Pure but for the lookups.
struct AppendDecision {
    private(set) var faults: [Fault]
    private(set) var repeats: [AppendReceipt.Repeat] = []
    private(set) var ahead: [Int] = []
    private let batch: AdmittedBatch
    /// The position of the first new event.
    private let firstNew: Position
    /// The new events' numbers in the batch.
    private var newNumbers: [Int] = []

    /// Adds the request's new events to the group. When there are faults the caller takes them back.
    init(
        _ batch: AdmittedBatch, recordedTime: Instant, recorded: inout RecordedEvents
    ) throws(StoreError) {
        self.batch = batch
        faults = batch.faults
        firstNew = recorded.group.next
        newNumbers.reserveCapacity(batch.events.count)
        recorded.prepare(batch)
        for number in batch.events.indices {
            try decide(number, recordedTime: recordedTime, recorded: &recorded)
        }
    }

    /// How many events are new.
    var newCount: Int { newNumbers.count }

    /// The new events as they are recorded.
    var accepted: AcceptedEvents {
        AcceptedEvents(
            batch: batch, first: firstNew, indexes: newNumbers.count == batch.events.count ? nil : newNumbers)
    }

    private mutating func decide(
        _ number: Int, recordedTime: Instant, recorded: inout RecordedEvents
    ) throws(StoreError) {
        let event = batch.events[number]
        if event.isAhead { ahead.append(event.index) }
        switch try recorded.known(number, in: batch) {
        case .same(let position):
            repeats.append(AppendReceipt.Repeat(index: event.index, position: position))
            return
        case .other(let position):
            faults.append(conflict(event, with: position))
            return
        case .new:
            break
        }
        if event.hasDeferredFaults {
            faults.append(contentsOf: batch.faults(of: event))
        } else {
            try check(event, of: batch, recorded: &recorded)
        }
        guard event.hasSubject else { return }
        // Also when it is at fault: the events after it are decided as if it were recorded, so that one mistake does
        // not show as many.
        // An imported event was recorded when it says.
        let time = batch.marks.isEmpty ? recordedTime : batch.marks[number].recordedTime
        _ = recorded.append(event, of: batch, recordedTime: time)
        newNumbers.append(number)
    }

    private mutating func check(
        _ event: AdmittedEvent, of batch: AdmittedBatch, recorded: inout RecordedEvents
    ) throws(StoreError) {
        if let expected = event.expectedRevision {
            let revision = try recorded.revision(of: event.stream)
            if revision != expected {
                faults.append(
                    Fault(
                        index: event.index, code: .revisionMismatch, pointer: "/expectedrevision",
                        expected: "\(revision.rawValue), the number of events of the stream",
                        found: "\(expected.rawValue)"))
            }
        }
        if let target = event.retractionTarget {
            try checkRetraction(of: target, by: event, in: batch, recorded: recorded)
        }
        if let policy = event.policy {
            // A policy stream holds nothing but policies, each one version more: its revision is the greatest version.
            let next = try recorded.revision(of: event.stream).rawValue + 1
            if UInt64(policy.version) != next {
                faults.append(
                    Fault(
                        index: event.index, code: .policyVersionGap, pointer: "/data/version",
                        expected: "\(next), one more than the greatest recorded", found: "\(policy.version)"))
            }
        }
    }

    private mutating func checkRetraction(
        of target: Position, by event: AdmittedEvent, in batch: AdmittedBatch, recorded: borrowing RecordedEvents
    ) throws(StoreError) {
        let own = batch.record(of: event)
        let judged: RetractionTarget? = try recorded.withRecord(at: target) { record in
            if record.subjectKind != own.subjectKind || !record.subjectID.elementsEqual(own.subjectID) {
                return .otherStream
            }
            let type = EventType(rawValue: record.typeCode)
            return type == .policyPublished || type == .eventRetracted ? .notRetractable : .retractable
        }
        switch judged {
        case .retractable: return
        case .otherStream:
            addRetractionFault(.retractionTargetOtherStream, "a position of this event's own stream", target, event)
        case .notRetractable:
            addRetractionFault(
                .retractionTargetNotRetractable, "an event that is neither a policy nor a retraction", target, event)
        case nil:
            addRetractionFault(.retractionTargetUnknown, "the position of a recorded event", target, event)
        }
    }

    private enum RetractionTarget {
        case retractable, otherStream, notRetractable
    }

    private mutating func addRetractionFault(
        _ code: FaultCode, _ expected: String, _ target: Position, _ event: AdmittedEvent
    ) {
        faults.append(
            Fault(
                index: event.index, code: code, pointer: "/data/position", expected: expected,
                found: "\(target.rawValue)"))
    }

    private func conflict(_ event: AdmittedEvent, with position: Position) -> Fault {
        let first: String
        if position >= firstNew {
            first =
                "event \(batch.events[newNumbers[Int(position.rawValue - firstNew.rawValue)]].index) of this request"
        } else {
            first = "the event at position \(position.rawValue)"
        }
        return Fault(
            index: event.index, code: .identityConflict, pointer: "/id", expected: "the content of \(first)",
            found: "the same source and id with other content")
    }
}
