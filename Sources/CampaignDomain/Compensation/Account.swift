/// An account of the double entry (Projections, section 5).
public enum Account: UInt8, CaseIterable, Sendable {
    case cash, inventory, transit
    case bonuses, commissions, fees, gifts, losses, media, reimbursements, usageRights
    case due, inFlight, mediaPayable, pending, taxWithheld

    /// The name in answers; sorts as the cases do.
    public var name: String {
        switch self {
        case .cash: return "Assets:Cash"
        case .inventory: return "Assets:Inventory"
        case .transit: return "Assets:Transit"
        case .bonuses: return "Expenses:Bonuses"
        case .commissions: return "Expenses:Commissions"
        case .fees: return "Expenses:Fees"
        case .gifts: return "Expenses:Gifts"
        case .losses: return "Expenses:Losses"
        case .media: return "Expenses:Media"
        case .reimbursements: return "Expenses:Reimbursements"
        case .usageRights: return "Expenses:UsageRights"
        case .due: return "Liabilities:Due"
        case .inFlight: return "Liabilities:InFlight"
        case .mediaPayable: return "Liabilities:Media"
        case .pending: return "Liabilities:Pending"
        case .taxWithheld: return "Liabilities:TaxWithheld"
        }
    }

    /// The expense of a kind of fee.
    init(_ kind: FeeKind) {
        switch kind {
        case .fee: self = .fees
        case .usageRights: self = .usageRights
        case .bonus: self = .bonuses
        case .reimbursement: self = .reimbursements
        }
    }
}

/// What one event moves from one account to another. An event makes at most one posting, so its two sides sum to zero.
public struct Posting: Sendable, Equatable {
    public let campaignID: String
    public let debit: Account
    public let credit: Account
    /// More than zero.
    public let amount: Money
    /// The day of the event, or of the later event it waited for.
    public let day: Day
    public let event: Stamp

    /// The two sides: debits positive, in minor units.
    public var sides: [(account: Account, amount: Int128)] {
        [(debit, Int128(amount.minorUnits)), (credit, -Int128(amount.minorUnits))]
    }
}

/// A posting whose campaign is an index in its evidence.
struct Transfer {
    let campaign: Int
    let debit: Account
    let credit: Account
    let amount: Money
    /// From when on it counts: the time of the event, or of the later event it waited for.
    let effective: Instant
    let event: Stamp

    var day: Day { effective.day }
}
