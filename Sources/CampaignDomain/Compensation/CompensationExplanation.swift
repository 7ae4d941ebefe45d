/// Why sums of compensation are what they are (Projections, section 0, rule 5; section 5): from each sum to the kinds of
/// postings it is made of, from these to the postings (`Situation.postings(of:after:limit:)`) and their events.
public struct CompensationExplanation: Sendable, Equatable {
    public let answer: CompensationAnswer
    /// As in the answer: sorted by code.
    public let currencies: [CurrencyExplanation]
    /// As in the answer: sorted by campaign, then code.
    public let byCampaign: [CampaignExplanation]
    /// As in the answer: sorted by year.
    public let reportable: [ReportableExplanation]
}

/// The sums of one campaign.
public struct CampaignExplanation: Sendable, Equatable {
    public let campaignID: String
    public let currencies: [CurrencyExplanation]
}

/// The sums of one currency.
public struct CurrencyExplanation: Sendable, Equatable {
    public let currency: Currency
    /// All, in their order.
    public let sums: [SumExplanation]
}

/// One sum: Σ `amount` of its parts = `value`, in minor units.
public struct SumExplanation: Sendable, Equatable {
    public let sum: CompensationSum
    public let value: Int128
    /// By debit, then credit. A receivable has those of the negative due it comes from, and none otherwise.
    public let parts: [SumPart]
}

/// The postings of a sum that go from one account to another: which they are tells the type of their events (the table
/// of Projections, section 5).
public struct SumPart: Sendable, Equatable {
    public let debit: Account
    public let credit: Account
    public internal(set) var count = 0
    /// What they add to the sum, in minor units; below zero what they take from it.
    public internal(set) var amount: Int128 = 0
}

/// One calendar year against its threshold: per currency Σ `amount` of its parts = cash + gifts, and those of `cash`
/// alone = cash.
public struct ReportableExplanation: Sendable, Equatable {
    public let answer: ReportableYear
    /// By currency, then kind.
    public let parts: [ReportablePart]
}

/// What a year's receipts are made of. The names are those of answers.
public enum ReceiptKind: String, CaseIterable, Sendable {
    /// Payouts settled.
    case cash
    /// Gifts at fair market value, and what of them went back in the same year.
    case giftsDelivered, giftsReturned
}

/// One kind of receipts of a year.
public struct ReportablePart: Sendable, Equatable {
    public let currency: Currency
    public let kind: ReceiptKind
    public internal(set) var count = 0
    /// In minor units; what went back is below zero.
    public internal(set) var amount: Int128 = 0
}

/// What can be asked for its postings and the positions of its events.
public enum CompensationReason: Hashable, Sendable {
    /// One sum of a currency: over all campaigns, or of one.
    case sum(CompensationSum, Currency, campaignID: String?)
    /// What a calendar year's receipts of a currency are made of.
    case reportable(year: Int, Currency)
}
