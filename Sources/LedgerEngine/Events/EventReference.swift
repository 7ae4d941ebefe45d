import CampaignCoding
package import CampaignDomain
package import EventLog
import LedgerStore

/// An event as answers refer to it: what it is in every ledger, and what it was.
package struct EventReference: Sendable, Equatable {
    package var position: Position
    package var source: String
    package var id: String
    /// The `type` attribute.
    package var type: String
    package var time: Instant
}

extension Ledger {
    /// The event at a position, by its record.
    ///
    /// - Throws: `QueryFault.corruptRecord` where the log has no sound record of a known type there: who asks has the
    ///   position from an answer, so there has to be one.
    package func eventReference(at position: FactPosition) throws(QueryFault) -> EventReference {
        let position = Position(position.rawValue)
        let found: (reference: EventReference, type: String?)?
        do {
            found = try log.withRecord(at: position) { record in
                let reference = EventReference(
                    position: position, source: String(decoding: record.source, as: UTF8.self),
                    id: String(decoding: record.id, as: UTF8.self), type: "",
                    time: Instant(microseconds: record.timeMicroseconds))
                return (reference, tables.typeName(of: EventType(rawValue: record.typeCode)))
            }
        } catch {
            throw QueryFault(error)
        }
        guard var reference = found?.reference else {
            throw .corruptRecord(position, "it counts in an answer and is not in the log")
        }
        guard let type = found?.type else { throw .corruptRecord(position, "its type is not known") }
        reference.type = type
        return reference
    }
}
