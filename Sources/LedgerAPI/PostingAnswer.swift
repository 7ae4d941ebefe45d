/// What one event moves from one account to another (Projections, section 5): an item of statements, of an influencer's
/// postings, and a line of `/v1/export/postings`.
package struct PostingBody: Codable, Sendable, Equatable {
    /// Of the event; with source and id its identity in this ledger and in every other.
    package var position: UInt64
    package var source: String
    package var id: String
    /// The event's type, as its `type` attribute has it.
    package var type: String
    /// The event's time, RFC 3339 in UTC.
    package var time: String
    /// `YYYY-MM-DD` in UTC: the day of the event, or of the later event it waited for.
    package var day: String
    /// Null for media, which belong to a campaign alone.
    @Nullable package var influencerId: String?
    package var campaignId: String
    /// The accounts, such as `Expenses:Fees` and `Liabilities:Due`.
    package var debit: String
    package var credit: String
    /// An ISO 4217 code.
    package var currency: String
    /// More than zero: a decimal with all the currency's minor digits, and the same in minor units.
    package var amount: String
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
