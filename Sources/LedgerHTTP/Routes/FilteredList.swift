import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

/// A list that parameters narrow: its cursors serve no other choice of them.
struct FilteredList {
    /// The path and the parameters that narrow the list.
    private let name: String
    /// The cursor given, if one was.
    let cursor: PageCursor?
    private let head: UInt64

    fileprivate init(_ call: RouteCall, _ names: [String]) throws(ProblemDetails) {
        let choices = names.compactMap { name in call.parameters.choice(name).map { "\(name)=\($0)" } }
        name = "\(call.path)?\(choices.joined(separator: "&"))"
        head = call.ledger.head.rawValue
        cursor = try call.cursor(of: name)
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
        PageCursor(list: name, after: last, at: at?.rfc3339, position: position?.rawValue).text
    }
}

extension RouteCall {
    /// The list that this call asks for.
    ///
    /// - Parameter names: the parameters that narrow it.
    func list(of names: [String]) throws(ProblemDetails) -> FilteredList { try FilteredList(self, names) }
}
