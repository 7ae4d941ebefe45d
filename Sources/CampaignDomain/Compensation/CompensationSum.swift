/// The sums of an influencer's compensation, each per currency (Projections, section 5). The names are those of answers.
public enum CompensationSum: String, CaseIterable, Sendable {
    case giftsAtCost, giftsAtValue, feesAccrued, commissionsPending, due, inFlight, paid, withheld, receivable
}

extension Amounts {
    /// A sum by its name, in minor units.
    public internal(set) subscript(sum: CompensationSum) -> Int128 {
        get {
            switch sum {
            case .giftsAtCost: return giftsAtCost
            case .giftsAtValue: return giftsAtValue
            case .feesAccrued: return feesAccrued
            case .commissionsPending: return commissionsPending
            case .due: return due
            case .inFlight: return inFlight
            case .paid: return paid
            case .withheld: return withheld
            case .receivable: return receivable
            }
        }
        set {
            switch sum {
            case .giftsAtCost: giftsAtCost = newValue
            case .giftsAtValue: giftsAtValue = newValue
            case .feesAccrued: feesAccrued = newValue
            case .commissionsPending: commissionsPending = newValue
            case .due: due = newValue
            case .inFlight: inFlight = newValue
            case .paid: paid = newValue
            case .withheld: withheld = newValue
            case .receivable: receivable = newValue
            }
        }
    }
}

extension Account {
    /// The sum that the account's balance is part of; of an expense with its sign, of the others with the opposite one.
    var sum: CompensationSum? {
        switch self {
        case .gifts: return .giftsAtCost
        case .fees, .usageRights, .bonuses, .reimbursements: return .feesAccrued
        case .pending: return .commissionsPending
        case .due: return .due
        case .inFlight: return .inFlight
        case .cash: return .paid
        case .taxWithheld: return .withheld
        case .inventory, .transit, .commissions, .losses, .media, .mediaPayable: return nil
        }
    }

    /// Whether debits raise what answers say of it.
    var isExpense: Bool {
        switch self {
        case .bonuses, .commissions, .fees, .gifts, .losses, .media, .reimbursements, .usageRights: return true
        case .cash, .inventory, .transit, .due, .inFlight, .mediaPayable, .pending, .taxWithheld: return false
        }
    }
}
