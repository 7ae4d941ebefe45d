import Hummingbird
import LedgerAPI
import LedgerEngine

/// What a whatif found.
enum ChangeRoute {
    static let route = Route(
        "\(ReplayRoutes.path)/{id}/changes", "listChanges",
        "Who would be judged otherwise under other policies, the greatest change first.",
        .json(schema: "ChangeList"), parameters: [.limit, .cursor],
        problems: [.replayNotFound, .replayNotEnded, .invalidCursor, .storageFailure]
    ) { call in
        let page = try call.ledger.changes(of: try call.replay(), from: try call.rank(), limit: call.limit)
        let next = try page.next.map { try call.filteredList().next($0, at: nil, position: nil) }
        return try .json(ItemList(items: page.items.map { ChangeBody($0) }, next: next))
    }
}
