/// The balance of each account that has a posting, per currency; sums to zero (Projections, section 5).
public struct TrialBalance: Sendable, Equatable {
    /// One line: debits positive, in minor units.
    public struct Entry: Sendable, Equatable {
        public let currency: Currency
        public let account: Account
        public let balance: Int128
    }

    /// By account; nil without a posting.
    private var balances: [Currency: [Int128?]] = [:]

    public init() {}

    public mutating func add(_ posting: Posting) {
        add(posting.amount, debit: posting.debit, credit: posting.credit)
    }

    /// Adds an influencer's postings.
    public mutating func add(_ situation: Situation) {
        for transfer in situation.evidence.transfers() {
            add(transfer.amount, debit: transfer.debit, credit: transfer.credit)
        }
    }

    /// Adds a campaign's media.
    public mutating func add(_ media: CampaignEvidence) {
        for flight in media.flights where flight.spend.minorUnits > 0 {
            add(flight.spend, debit: .media, credit: .mediaPayable)
        }
    }

    public mutating func merge(_ other: TrialBalance) {
        for entry in other.entries { add(entry.balance, to: entry.account, entry.currency) }
    }

    /// By currency, then account.
    public var entries: [Entry] {
        balances.sorted { $0.key < $1.key }.flatMap { currency, balances in
            zip(Account.allCases, balances).compactMap { account, balance in
                balance.map { Entry(currency: currency, account: account, balance: $0) }
            }
        }
    }

    private mutating func add(_ amount: Money, debit: Account, credit: Account) {
        add(Int128(amount.minorUnits), to: debit, amount.currency)
        add(-Int128(amount.minorUnits), to: credit, amount.currency)
    }

    private mutating func add(_ amount: Int128, to account: Account, _ currency: Currency) {
        let empty = [Int128?](repeating: nil, count: Account.allCases.count)
        let place = Int(account.rawValue)
        balances[currency, default: empty][place] = (balances[currency]?[place] ?? 0) + amount
    }
}
