/// The body of `/v1/statements`: what each account held before a span of days, what was posted in it, and what it held
/// after it (Projections, section 5).
package struct StatementBody: Codable, Sendable, Equatable {
    /// `YYYY-MM-DD`; both days belong to the span.
    package var from: String
    package var to: String
    /// Whose statement it is; null where it is of everyone.
    @Nullable package var influencerId: String?
    @Nullable package var campaignId: String?
    /// Of the whole span, on every page: by currency, then account.
    package var accounts: [StatementAccountBody]
    /// Postings within the whole span.
    package var postingCount: Int
    /// This page's postings by (day, time, source, id).
    package var items: [PostingBody]
    /// The cursor of the next page; null on the last one.
    @Nullable package var next: String?

    package init(
        from: String, to: String, influencerId: String?, campaignId: String?, accounts: [StatementAccountBody],
        postingCount: Int, items: [PostingBody], next: String?
    ) {
        self.from = from
        self.to = to
        self._influencerId = Nullable(wrappedValue: influencerId)
        self._campaignId = Nullable(wrappedValue: campaignId)
        self.accounts = accounts
        self.postingCount = postingCount
        self.items = items
        self._next = Nullable(wrappedValue: next)
    }
}

/// One account of a statement: closing = opening + debits − credits, debits positive; decimals with all the currency's
/// minor digits.
package struct StatementAccountBody: Codable, Sendable, Equatable {
    package var currency: String
    package var account: String
    package var opening: String
    package var debits: String
    package var credits: String
    package var closing: String

    package init(
        currency: String, account: String, opening: String, debits: String, credits: String, closing: String
    ) {
        self.currency = currency
        self.account = account
        self.opening = opening
        self.debits = debits
        self.credits = credits
        self.closing = closing
    }
}
