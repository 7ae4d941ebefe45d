import CampaignCoding
package import CampaignDomain
package import EventLog
import LedgerStore

/// What an event is in every ledger, with its type and time.
package struct EventReference: Sendable, Equatable {
    package var position: Position
    package var source: String
    package var id: String
    /// A name of the catalogue.
    package var type: String
    package var time: Instant
}

extension Ledger {
    /// What the event at a position is; nil beyond the head.
    package func reference(at position: Position) throws(QueryFault) -> EventReference? {
        guard position >= .first, position <= log.head else { return nil }
        do {
            return try log.withRecord(at: position) { record in
                EventReference(
                    position: position, source: String(decoding: record.source, as: UTF8.self),
                    id: String(decoding: record.id, as: UTF8.self),
                    type: tables.typeName(of: EventType(rawValue: record.typeCode))
                        ?? "\(record.typeCode)",
                    time: Instant(microseconds: record.timeMicroseconds))
            }
        } catch {
            throw QueryFault(error)
        }
    }

    /// What the event of a fact is. The fact counts in an answer, so its record is there.
    package func reference(at position: FactPosition) throws(QueryFault) -> EventReference {
        let place = Position(position.rawValue)
        guard let reference = try reference(at: place) else {
            throw .corruptRecord(place, "it counts in an answer and is not in the log")
        }
        return reference
    }
}
