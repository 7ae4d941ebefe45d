/// An entry of the register of exceptions (Projections, section 6): an item of `/v1/exceptions` and a line of
/// `/v1/export/exceptions`. Either `influencerId` or `campaignId` is there: whose it is.
package struct ExceptionBody: Codable, Sendable, Equatable {
    /// A kind of Projections, section 6, such as `openBreach`.
    package var kind: String
    /// Since when it is open, RFC 3339 in UTC.
    package var since: String
    /// The events concerned, and where they stand in the log, in the same order.
    package var events: [EventIdentity]
    package var positions: [UInt64]
    /// Left out where it is a campaign's.
    package var influencerId: String?
    /// Left out where it is an influencer's.
    package var campaignId: String?
    package var about: ExceptionAboutBody

    package init(
        kind: String, since: String, events: [EventIdentity], positions: [UInt64], influencerId: String?,
        campaignId: String?, about: ExceptionAboutBody
    ) {
        self.kind = kind
        self.since = since
        self.events = events
        self.positions = positions
        self.influencerId = influencerId
        self.campaignId = campaignId
        self.about = about
    }
}

/// What an exception is about, as far as its kind knows it; the rest is left out.
package struct ExceptionAboutBody: Codable, Sendable, Equatable {
    /// The post, shipment, order, fee, payout, withholding or flight.
    package var thingId: String?
    /// The campaign that the event at fault names.
    package var campaignId: String?
    /// Units beyond what the shipment holds.
    package var quantity: Int64?
    /// Money with all its currency's minor digits: reversed beyond the net or in another currency, due below nothing,
    /// settled, above the budget.
    package var currency: String?
    package var amount: String?

    package init(thingId: String?, campaignId: String?, quantity: Int64?, currency: String?, amount: String?) {
        self.thingId = thingId
        self.campaignId = campaignId
        self.quantity = quantity
        self.currency = currency
        self.amount = amount
    }
}
