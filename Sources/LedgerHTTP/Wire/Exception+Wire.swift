import CampaignDomain
import LedgerAPI

extension ExceptionBody {
    init(_ exception: LedgerException, _ identities: EventIdentities) throws {
        var (influencerID, campaignID): (String?, String?)
        switch exception.subject {
        case .influencer(let id): influencerID = id
        case .campaign(let id): campaignID = id
        }
        self.init(
            kind: exception.kind.rawValue, since: exception.since.rfc3339,
            events: try exception.events.map { try identities($0) }, positions: exception.events.map(\.rawValue),
            influencerId: influencerID, campaignId: campaignID, about: ExceptionAboutBody(exception.detail))
    }
}

extension ExceptionAboutBody {
    fileprivate init(_ detail: ExceptionDetail) {
        self.init(
            thingId: detail.thingID, campaignId: detail.campaignID, quantity: detail.quantity,
            currency: detail.currency?.code,
            amount: detail.currency.flatMap { currency in detail.amount.map { currency.decimal($0) } })
    }
}
