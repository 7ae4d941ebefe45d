import CampaignDomain
import EventLog
import FoundationEssentials
import LedgerAPI
import LedgerEngine

/// Names events by what they are in every ledger, source and id, where the domain has their positions.
struct EventIdentities {
    private let ledger: Ledger

    init(_ ledger: Ledger) {
        self.ledger = ledger
    }

    /// What of an event's text says which it is.
    private struct Envelope: Decodable {
        let source: String
        let id: String
    }

    func callAsFunction(_ position: FactPosition) throws -> EventIdentity {
        let place = Position(UInt64(position.rawValue))
        guard let line = try ledger.event(at: place) else {
            throw QueryFault.corruptRecord(place, "it counts in an answer and is not in the log")
        }
        let envelope = try WireCoding.decode(Envelope.self, from: Data(line))
        return EventIdentity(source: envelope.source, id: envelope.id)
    }
}
