import LedgerAPI
import LedgerClient

/// The items of several pages of a list.
struct ListPages<Item: Codable & Sendable & Equatable>: Sendable {
    var items: [Item]
    /// Whether there are no more than these.
    var isWhole: Bool
    /// Of the first page.
    var standing: Standing
}

extension Session {
    /// The pages of a list one after another, up to so many.
    /// - Parameter path: Without a cursor.
    func pages<Item>(_ path: RequestPath, pagesMax: Int) async throws -> ListPages<Item> {
        let first = try await get(path, as: Answered<ItemList<Item>>.self)
        var list = ListPages(items: first.body.items, isWhole: true, standing: first.standing)
        var next = first.body.next
        var pages = 1
        while let cursor = next, pages < pagesMax {
            var following = path
            following.add("cursor", cursor)
            let page = try await get(following, as: Answered<ItemList<Item>>.self)
            list.items += page.body.items
            next = page.body.next
            pages += 1
        }
        list.isWhole = next == nil
        return list
    }
}
