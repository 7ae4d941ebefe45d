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

    /// As JSON, as `WireCoding` writes it: an export can have millions.
    var text: [UInt8] {
        var text = JSONText()
        text.object { text in
            text.member("amount", amount)
            text.member("campaignId", campaignId)
            text.member("credit", credit)
            text.member("currency", currency)
            text.member("day", day)
            text.member("debit", debit)
            text.member("id", id)
            text.member("influencerId", influencerId)
            text.member("minor", minor)
            text.member("position", position)
            text.member("source", source)
            text.member("time", time)
            text.member("type", type)
        }
        return text.bytes
    }
}

extension EventReferenceBody {
    init(_ event: EventReference) {
        self.init(
            position: event.position.rawValue, source: event.source, id: event.id, type: event.type,
            time: event.time.rfc3339)
    }
}

extension StatementAccountBody {
    init(_ line: Statement.Line) {
        let currency = line.currency
        self.init(
            currency: currency.code, account: line.account.name, opening: currency.decimal(line.opening),
            debits: currency.decimal(line.debits), credits: currency.decimal(line.credits),
            closing: currency.decimal(line.closing))
    }
}
