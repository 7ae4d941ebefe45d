/// One entry of the register of exceptions: a function of the set of facts that closes when its cause is gone
/// (Projections, section 6).
public struct LedgerException: Sendable, Equatable {
    /// Whose it is: the stream of the event at fault.
    public enum Subject: Hashable, Sendable {
        case influencer(String)
        case campaign(String)
    }

    public let kind: ExceptionKind
    public let subject: Subject
    public let since: Instant
    /// The events concerned, in the order that the specification names them.
    public let events: [FactPosition]
    public let detail: ExceptionDetail

    init(
        _ kind: ExceptionKind, _ subject: Subject, since: Instant, events: [FactPosition],
        _ detail: ExceptionDetail = ExceptionDetail()
    ) {
        self.kind = kind
        self.subject = subject
        self.since = since
        self.events = events
        self.detail = detail
    }
}

/// What an exception is about, as far as its kind knows it.
public struct ExceptionDetail: Sendable, Equatable {
    /// The post, shipment, order, fee, payout, withholding or flight.
    public var thingID: String?
    /// The campaign that the event at fault names; of a campaign's own exception, that campaign.
    public var campaignID: String?
    /// Units beyond what the shipment holds.
    public var quantity: Int64?
    /// Money, in minor units: what was reversed beyond the net or in another currency, what is due less than nothing,
    /// what was settled, what is above the budget.
    public var currency: Currency?
    public var amount: Int128?

    init(thingID: String? = nil, campaignID: String? = nil, quantity: Int64? = nil) {
        self.thingID = thingID
        self.campaignID = campaignID
        self.quantity = quantity
    }

    mutating func set(_ amount: Int128, _ currency: Currency) {
        self.amount = amount
        self.currency = currency
    }
}

/// Which entries of the register are asked for; nil asks for all.
public struct ExceptionFilter: Sendable {
    public var kinds: Set<ExceptionKind>?
    public var influencerID: String?
    /// The campaign's own exceptions, and those of influencers' events that name it.
    public var campaignID: String?
    /// Those that are open since then or later.
    public var since: Instant?

    public init(
        kinds: Set<ExceptionKind>? = nil, influencerID: String? = nil, campaignID: String? = nil, since: Instant? = nil
    ) {
        self.kinds = kinds
        self.influencerID = influencerID
        self.campaignID = campaignID
        self.since = since
    }

    public func matches(_ exception: LedgerException) -> Bool {
        if let kinds, !kinds.contains(exception.kind) { return false }
        if let influencerID, exception.subject != .influencer(influencerID) { return false }
        if let campaignID, exception.detail.campaignID != campaignID { return false }
        return since.map { exception.since >= $0 } ?? true
    }
}
