/// What one event moves from one account to another (Projections, section 5). An event makes at most one posting.
package struct PostingBody: Codable, Sendable, Equatable {
    /// Of the event.
    package var position: UInt64
    package var source: String
    package var id: String
    /// A name of the catalogue.
    package var type: String
    /// Of the event, RFC 3339 in UTC.
    package var time: String
    /// `YYYY-MM-DD`: the day of the event, or of the later event it waited for.
    package var day: String
    /// Null for a campaign's media.
    @Nullable package var influencerId: String?
    package var campaignId: String
    package var debit: String
    package var credit: String
    /// ISO 4217.
    package var currency: String
    /// A decimal with all the currency's minor digits, above zero but for gifts of no value.
    package var amount: String
    /// The same in minor units.
    package var minor: Int64

    package init(
        position: UInt64, source: String, id: String, type: String, time: String, day: String, influencerId: String?,
        campaignId: String, debit: String, credit: String, currency: String, amount: String, minor: Int64
    ) {
        self.position = position
        self.source = source
        self.id = id
        self.type = type
        self.time = time
        self.day = day
        self._influencerId = Nullable(wrappedValue: influencerId)
        self.campaignId = campaignId
        self.debit = debit
        self.credit = credit
        self.currency = currency
        self.amount = amount
        self.minor = minor
    }
}
