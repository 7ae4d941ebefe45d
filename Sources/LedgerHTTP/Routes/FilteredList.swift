import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

/// A list that parameters narrow: its cursors serve no other choice of them.
struct FilteredList {
    /// What its cursors serve.
    private let key: String
    /// The cursor given, if one was.
    let cursor: PageCursor?
    private let head: UInt64

    fileprivate init(_ call: RouteCall) throws(ProblemDetails) {
        key = call.listKey
        head = call.ledger.head.rawValue
        cursor = try call.cursor()
    }

    /// Where the page goes on; nil on the first page.
    ///
    /// - Parameter read: reads what `next` was given, with the highest position there is; nil when it is none.
    func place<Place>(_ read: (String, UInt64) -> Place?) throws(ProblemDetails) -> Place? {
        guard let cursor else { return nil }
        guard let place = read(cursor.after, head) else {
            throw ProblemDetails(.invalidCursor, detail: "The cursor's place is none of this list's.")
        }
        return place
    }

    /// The cursor of the page after the one that ends there.
    ///
    /// - Parameters:
    ///   - at: what all further pages are of; nil: each of its own present. `position` the same.
    func next(_ last: String, at: Instant?, position: Position?) -> String {
        PageCursor(list: key, after: last, at: at?.rfc3339, position: position?.rawValue).text
    }
}

extension RouteCall {
    /// The list that this call asks for.
    func filteredList() throws(ProblemDetails) -> FilteredList { try FilteredList(self) }
}
