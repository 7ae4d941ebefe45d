/// The commission of one order, posted as the difference to what was posted before, so that what remains is always the
/// rounded commission on the net that remains (Projections, section 5).
struct OrderCommission {
    private let sale: Sale
    private let commissionBp: Int64
    /// The later of the sale and the agreement it needs.
    private let since: Instant
    private var net: OrderNet
    private var posted: Int64 = 0
    private var pending: Int64 = 0
    private var isApproved = false

    init(_ sale: Sale, _ commissionBp: Int64, since: Instant) {
        self.sale = sale
        self.commissionBp = commissionBp
        self.since = since
        net = OrderNet(sale.net.minorUnits)
    }

    /// Posts the commission of the whole sale.
    mutating func accrue(to journal: inout Journal) {
        posted = net.remaining.halfEven(basisPoints: commissionBp)
        pending = posted
        journal.post(
            money(posted), debit: .commissions, credit: .pending, sale.campaign, sale.stamp, waitingFor: since)
    }

    /// Posts what a reversal or an approval changes. Called in (time, source, id) order.
    mutating func apply(_ event: OrderEvent, to journal: inout Journal) {
        switch event.kind {
        case .approved:
            guard !isApproved else { return }
            isApproved = true
            journal.post(
                money(pending), debit: .pending, credit: .due, sale.campaign, event.stamp, waitingFor: since)
            pending = 0
        case .reversed(let reversed):
            guard reversed.currency == sale.net.currency else { return }
            net.reverse(reversed.minorUnits)
            let remaining = net.remaining.halfEven(basisPoints: commissionBp)
            journal.post(
                money(posted - remaining), debit: isApproved ? .due : .pending, credit: .commissions, sale.campaign,
                event.stamp, waitingFor: since)
            if !isApproved { pending -= posted - remaining }
            posted = remaining
        }
    }

    private func money(_ minorUnits: Int64) -> Money {
        Money(currency: sale.net.currency, minorUnits: minorUnits)
    }
}

/// What remains of an order's net: reversals beyond it count up to it (Projections, section 5).
struct OrderNet {
    /// In minor units, never below zero.
    private(set) var remaining: Int64

    init(_ net: Int64) { remaining = net }

    /// Takes away what is reversed; returns how much of it there was no net for.
    @discardableResult mutating func reverse(_ amount: Int64) -> Int64 {
        let counted = min(remaining, amount)
        remaining -= counted
        return amount - counted
    }
}
