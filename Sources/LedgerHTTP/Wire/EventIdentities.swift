import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

/// Names events by what they are in every ledger, source and id, where the domain has their positions.
struct EventIdentities {
    private let ledger: Ledger

    init(_ ledger: Ledger) { self.ledger = ledger }

    func callAsFunction(_ position: FactPosition) throws -> EventIdentity {
        let place = Position(UInt64(position.rawValue))
        guard let (source, id) = try ledger.identity(at: place) else {
            throw QueryFault.corruptRecord(place, "it counts in an answer and is not in the log")
        }
        return EventIdentity(source: source, id: id)
    }
}
