import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

extension PostingBody {
    /// - Parameter influencerID: whose it is; nil for media.
    init(_ posting: Posting, influencerID: String?, _ ledger: Ledger) throws(QueryFault) {
        let event = try ledger.eventReference(at: posting.event.position)
        let currency = posting.amount.currency
        self.init(
            position: event.position.rawValue, source: event.source, id: event.id, type: event.type,
            time: event.time.rfc3339, day: posting.day.iso8601, influencerId: influencerID,
            campaignId: posting.campaignID, debit: posting.debit.name, credit: posting.credit.name,
            currency: currency.code, amount: currency.decimal(Int128(posting.amount.minorUnits)),
            minor: posting.amount.minorUnits)
    }
}
