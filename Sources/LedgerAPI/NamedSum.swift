/// One of the sums of a compensation (Projections, section 5), wherever all of them are shown or written in a row.
package struct NamedSum: Sendable {
    /// On the wire, in columns of tables and as the value of `--sum`.
    package let name: String
    /// For people.
    package let title: String
    /// The sum among the others: a decimal string.
    package let amount: @Sendable (CompensationSums) -> String

    /// All of them, in the order in which they are shown: the one list.
    package static let all = [
        NamedSum(name: "giftsAtCost", title: "gifts at cost") { $0.giftsAtCost },
        NamedSum(name: "giftsAtValue", title: "gifts at value") { $0.giftsAtValue },
        NamedSum(name: "feesAccrued", title: "fees") { $0.feesAccrued },
        NamedSum(name: "commissionsPending", title: "pending") { $0.commissionsPending },
        NamedSum(name: "due", title: "due") { $0.due },
        NamedSum(name: "inFlight", title: "in flight") { $0.inFlight },
        NamedSum(name: "paid", title: "paid") { $0.paid },
        NamedSum(name: "withheld", title: "withheld") { $0.withheld },
        NamedSum(name: "receivable", title: "receivable") { $0.receivable },
    ]

    private init(name: String, title: String, amount: @escaping @Sendable (CompensationSums) -> String) {
        self.name = name
        self.title = title
        self.amount = amount
    }
}

extension CompensationSums {
    /// The amounts in the order of `NamedSum.all`.
    package var amounts: [String] { NamedSum.all.map { $0.amount(self) } }
}
