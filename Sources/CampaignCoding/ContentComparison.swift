internal import CSimdjson
package import EventLog

/// Tells a repeat from a conflict. One a thread: the writer's.
package final class ContentComparison {
    private let recordParser: JSONParser
    private let eventParser: JSONParser

    package init(tables: CatalogueTables) {
        recordParser = JSONParser(tables: tables)
        eventParser = JSONParser(tables: tables)
    }

    /// Whether a record has the same content as an event with the same identity: equal type, time and subject, and data
    /// equal as JSON values — members in any order, strings by their text (Events, section 1, "Identity").
    ///
    /// - Parameter record: a stored one, or that of an earlier event of the batch.
    package func isSame(_ record: RecordView, as event: AdmittedEvent, in batch: AdmittedBatch) -> Bool {
        let other = batch.record(of: event)
        guard event.hasSubject, record.typeCode == other.typeCode,
            record.timeMicroseconds == other.timeMicroseconds, record.subjectKind == other.subjectKind,
            record.subjectID.equals(other.subjectID)
        else { return false }
        if record.data.equals(other.data) { return true }
        guard recordParser.parse(record.data, level: 2, isPadded: false),
            eventParser.parse(other.data, level: 2, isPadded: false)
        else { return false }
        return campaign_json_equal(recordParser.handle, 0, eventParser.handle, 0)
    }
}
