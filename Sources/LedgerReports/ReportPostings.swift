package import LedgerAPI

/// The postings of a report, as far as its page takes them. What is cut is never the newest.
package enum ReportPostings: Sendable {
    /// All of them, by day.
    case all([PostingBody])
    /// Those of the newest days, by day, and the statement of just these days.
    case newest([PostingBody], StatementBody)
    /// None: the newest month alone has more than a page takes.
    case tooMany

    /// The postings, points and posts that a page takes at most, of each.
    package static let itemsMax = 20_000

    package var items: [PostingBody] {
        switch self {
        case .all(let items), .newest(let items, _): items
        case .tooMany: []
        }
    }

    /// The first day of a whole period of a plot: that of a month, but of a year where there are so many months that
    /// the plot is by year.
    /// - Parameters:
    ///   - month: The least, in months since the year 0.
    ///   - last: The month in which the plot ends.
    package static func firstDay(notBefore month: Int64, last: Int64) -> String {
        let isByMonth = MoneyFlow.isByMonth(month, last)
        let start = isByMonth ? month : WireTime.floorDivided(month + 11, 12) * 12
        return WireTime.dayText(WireTime.firstDay(ofMonth: start))
    }

    /// What was due before the first of them, by currency, in minor units.
    var dueBefore: [String: Int128] {
        guard case .newest(_, let span) = self else { return [:] }
        let accounts = span.accounts.filter { $0.account == "Liabilities:Due" }
        let dues = accounts.map { ($0.currency, -(Decimals.parse($0.opening)?.units ?? 0)) }
        return Dictionary(dues) { first, _ in first }
    }
}
