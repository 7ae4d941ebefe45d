// Sales, commissions, fees, payouts and tax (Events, section 3).

/// An order's sale, net of discount, tax and shipping.
public struct SaleAttributed: Sendable, Equatable {
    public var campaignID: String
    public var orderID: String
    public var net: Money
    public var channel: SaleChannel

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        orderID = reader.readText()
        net = reader.readMoney()
        channel = reader.readWord()
    }
}

/// Part or all of an order taken back.
public struct SaleReversed: Sendable, Equatable {
    public var campaignID: String
    public var orderID: String
    public var net: Money
    public var reason: ReversalReason

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        orderID = reader.readText()
        net = reader.readMoney()
        reason = reader.readWord()
    }
}

/// The order's commission can no longer be held back.
public struct CommissionApproved: Sendable, Equatable {
    public var campaignID: String
    public var orderID: String

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        orderID = reader.readText()
    }
}

/// A fee owed.
public struct FeeAccrued: Sendable, Equatable {
    public var campaignID: String
    public var feeID: String
    public var kind: FeeKind
    public var amount: Money

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        feeID = reader.readText()
        kind = reader.readWord()
        amount = reader.readMoney()
    }
}

/// The whole of a fee taken back.
public struct FeeCancelled: Sendable, Equatable {
    public var campaignID: String
    public var feeID: String

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        feeID = reader.readText()
    }
}

/// Money on its way to the influencer.
public struct PayoutInitiated: Sendable, Equatable {
    public var campaignID: String
    public var payoutID: String
    public var amount: Money

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        payoutID = reader.readText()
        amount = reader.readMoney()
    }
}

/// Tax kept back for the authority.
public struct TaxWithheld: Sendable, Equatable {
    public var campaignID: String
    public var withholdingID: String
    public var amount: Money

    init(from reader: inout FactReader) {
        campaignID = reader.readText()
        withholdingID = reader.readText()
        amount = reader.readMoney()
    }
}

/// The end of a payout: settled, or failed for a reason.
public struct PayoutResolved: Sendable, Equatable {
    public var campaignID: String
    public var payoutID: String
    /// Why it failed; nil for a settled payout.
    public var failure: String?

    init(settledFrom reader: inout FactReader) {
        campaignID = reader.readText()
        payoutID = reader.readText()
        failure = nil
    }

    init(failedFrom reader: inout FactReader) {
        campaignID = reader.readText()
        payoutID = reader.readText()
        failure = reader.readText()
    }
}
