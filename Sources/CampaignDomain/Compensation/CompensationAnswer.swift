/// An influencer's money of one currency, in minor units (Projections, section 5).
public struct Amounts: Sendable, Equatable {
    public var giftsAtCost: Int128 = 0
    public var giftsAtValue: Int128 = 0
    public var feesAccrued: Int128 = 0
    public var commissionsPending: Int128 = 0
    /// Keeps its sign: a negative one is a receivable.
    public var due: Int128 = 0
    public var inFlight: Int128 = 0
    public var paid: Int128 = 0
    public var withheld: Int128 = 0
    /// What was paid beyond what is due; of several influencers, their sum.
    public var receivable: Int128 = 0
    /// Commissions less what was reversed of them, pending or not: part of a campaign's cost, of no sum of an answer.
    var commissionsAccrued: Int128 = 0

    public init() {}

    /// Adds another influencer's or campaign's amounts; receivables are added, not netted.
    public mutating func add(_ other: Amounts) {
        giftsAtCost += other.giftsAtCost
        giftsAtValue += other.giftsAtValue
        feesAccrued += other.feesAccrued
        commissionsPending += other.commissionsPending
        due += other.due
        inFlight += other.inFlight
        paid += other.paid
        withheld += other.withheld
        receivable += other.receivable
        commissionsAccrued += other.commissionsAccrued
    }

    /// Adds one side of a posting, debits positive.
    mutating func add(_ amount: Int128, to account: Account) {
        if account == .commissions { commissionsAccrued += amount }
        guard let sum = account.sum else { return }
        self[sum] += account.isExpense ? amount : -amount
    }

    /// Sets the receivable from what is due, of one influencer.
    mutating func settleReceivable() {
        receivable = max(0, -due)
    }
}

/// The amounts of one currency.
public struct CurrencyAmounts: Sendable, Equatable {
    public let currency: Currency
    public var amounts: Amounts
}

/// The amounts of one campaign, by currency.
public struct CampaignAmounts: Sendable, Equatable {
    public let campaignID: String
    public let currencies: [CurrencyAmounts]
}

/// Cash and gifts of one calendar year and currency, in minor units.
public struct ReportableCurrency: Sendable, Equatable {
    public let currency: Currency
    public internal(set) var cash: Int128 = 0
    public internal(set) var gifts: Int128 = 0

    public var total: Int128 { cash + gifts }
}

/// What an influencer received in one calendar year (UTC), against the year's threshold.
public struct ReportableYear: Sendable, Equatable {
    public let year: Int
    /// Sorted by code.
    public let currencies: [ReportableCurrency]
    /// Whether the sum in US dollars reaches the threshold.
    public let isReportable: Bool
    /// Cents of US dollars; nil: the policy has none for the year.
    public let thresholdUSD: Int64?
}

/// An influencer's compensation at a moment, sorted by campaign, currency and year.
public struct CompensationAnswer: Sendable, Equatable {
    /// The tax policy's; 0: the defaults.
    public let policyVersion: Int64
    public let currencies: [CurrencyAmounts]
    public let byCampaign: [CampaignAmounts]
    public let reportable: [ReportableYear]
}
