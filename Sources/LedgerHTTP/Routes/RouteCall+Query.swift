import CampaignDomain
import EventLog
import LedgerAPI
import LedgerEngine

extension ParameterSpec {
    static let at = ParameterSpec("at", .instant, "What was so: events with time up to this instant count.")
    static let position = ParameterSpec(
        "position", .position, "What was known: events up to this position count.")
    static let minPosition = ParameterSpec(
        "minPosition", .position, "Wait, within a bound, until the answer has seen this position.")
    static let limit = ParameterSpec("limit", .number(1...1000), "Items of a page; 100 without it.")
    static let cursor = ParameterSpec(
        "cursor", .cursor, "The page after the one that gave it as next; it brings that one's at and position.")

    static let influencer = ParameterSpec("influencer", .identifier, "Of this influencer alone.")
    static let campaign = ParameterSpec("campaign", .identifier, "Of this campaign alone.")

    /// What every question takes.
    static let question = [at, position, minPosition]
    /// What every list takes.
    static let list = question + [limit, cursor]
}

extension RouteCall {
    private static let limitStandard = 100

    var limit: Int { parameters.number("limit") ?? Self.limitStandard }

    /// What a cursor serves: the path with all parameters but those that a cursor brings or that may change from page to
    /// page.
    var listKey: String {
        let choices = parameters.choices(without: ["at", "position", "minPosition", "limit", "cursor"])
        return choices.isEmpty ? path : "\(path)?\(choices)"
    }

    /// The cursor given, if it is of this list and of the same question.
    func cursor() throws(ProblemDetails) -> PageCursor? {
        guard let cursor = parameters.cursor("cursor") else { return nil }
        guard cursor.list == listKey else {
            throw ProblemDetails(.invalidCursor, detail: "The cursor is of \(excerpt(cursor.list)).")
        }
        guard cursor.at.map({ QueryParameters.instant($0) != nil }) ?? true else {
            throw ProblemDetails(.invalidCursor, detail: "The cursor's at is no instant.")
        }
        let at = parameters.instant("at")?.rfc3339
        let position = parameters.position("position")?.rawValue
        guard at == nil || at == cursor.at, position == nil || position == cursor.position else {
            throw ProblemDetails(
                .invalidCursor, detail: "at or position is another than that of the page before.",
                remedy: "Leave them out with a cursor: it brings its own.")
        }
        return cursor
    }

    /// The question's moment.
    func query(_ cursor: PageCursor? = nil) -> Query {
        // A cursor's was looked at when it was taken.
        Query(
            at: parameters.instant("at") ?? cursor?.at.flatMap { QueryParameters.instant($0) },
            position: parameters.position("position") ?? cursor?.position.map { Position($0) },
            minPosition: parameters.position("minPosition"))
    }

    /// The page of a list as it goes out.
    func list<Item, Body: Codable & Sendable & Equatable>(
        _ answer: Answer<Page<Item>>, _ query: Query, _ body: (Item) throws -> Body
    ) throws -> Answered<ItemList<Body>> {
        let next = answer.value.next.map { cursorText(after: $0, query) }
        return Answered(
            standing: Standing(answer), body: ItemList(items: try answer.value.items.map(body), next: next))
    }

    /// The cursor of the page behind an item.
    ///
    /// - Parameter key: by what the item stands where it stands; empty: by its name.
    func cursorText(after last: String, _ query: Query, key: String = "") -> String {
        PageCursor(
            list: listKey, after: last, at: query.at?.rfc3339, position: query.position?.rawValue, key: key
        ).text
    }

    /// The position that a list by positions goes on after; that before the first without a cursor.
    func after(_ cursor: PageCursor?) throws(ProblemDetails) -> FactPosition {
        guard let cursor else { return FactPosition(0) }
        guard let number = UInt64(cursor.after) else {
            throw ProblemDetails(.invalidCursor, detail: "The cursor names no position.")
        }
        return FactPosition(number)
    }

    /// A path's identifier; a text that cannot be one is of nothing that exists.
    func identifier(_ code: ProblemCode) throws(ProblemDetails) -> String {
        guard Identifier.isWellFormed(place) else { throw missing(code) }
        return place
    }

    func missing(_ code: ProblemCode) -> ProblemDetails {
        ProblemDetails(code, detail: "\(excerpt(place)) is not known.")
    }
}

extension Standing {
    init<Value>(_ answer: Answer<Value>) {
        self.init(
            position: answer.position.rawValue, head: answer.head.rawValue, at: answer.at.rfc3339,
            policyVersion: PolicyVersionSet(
                advocacy: answer.policyVersion.advocacy, tax: answer.policyVersion.tax,
                trust: answer.policyVersion.trust))
    }
}
