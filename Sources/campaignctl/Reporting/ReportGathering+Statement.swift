import LedgerAPI
import LedgerClient
import LedgerReports

extension ReportGathering {
    /// The first day of statements: before any event can be.
    static let firstDay = "1970-01-01"

    /// The statement of all days up to the moment's, and its postings. Where a page cannot take all of them, it takes
    /// those of the newest months, whose statement says what was there before.
    func statement(
        _ filter: (name: String, value: String), _ moment: Standing
    ) async throws -> (statement: StatementBody, postings: ReportPostings) {
        let path = statementPath(from: Self.firstDay, filter, moment)
        let whole = try await session.get(path, as: StatementBody.self)
        guard whole.postingCount > ReportPostings.itemsMax else {
            return (whole, try await items(of: whole, path).map { .all($0) } ?? .tooMany)
        }
        guard let day = try await newestDay(of: whole, filter, moment) else { return (whole, .tooMany) }
        let newestPath = statementPath(from: day, filter, moment)
        let newest = try await session.get(newestPath, as: StatementBody.self)
        return (whole, try await items(of: newest, newestPath).map { .newest($0, newest) } ?? .tooMany)
    }

    /// The first day of the most months up to the statement's end whose postings a page takes, found by halving: each
    /// statement counts the postings of its span. Nil where even the last month has too many.
    private func newestDay(
        of whole: StatementBody, _ filter: (name: String, value: String), _ moment: Standing
    ) async throws -> String? {
        guard let first = whole.items.first.flatMap({ WireTime.day($0.day) }), let last = WireTime.day(whole.to)
        else { return nil }
        let lastMonth = WireTime.month(ofDay: last)
        var tooEarly = WireTime.month(ofDay: first)
        var fitting = lastMonth + 1
        while fitting - tooEarly > 1 {
            let middle = tooEarly + (fitting - tooEarly) / 2
            let day = WireTime.dayText(WireTime.firstDay(ofMonth: middle))
            let path = statementPath(from: day, filter, moment, limit: 1)
            if try await session.get(path, as: StatementBody.self).postingCount > ReportPostings.itemsMax {
                tooEarly = middle
            } else {
                fitting = middle
            }
        }
        let day = ReportPostings.firstDay(notBefore: fitting, last: lastMonth)
        return fitting > lastMonth ? nil : day
    }

    /// The postings of all pages; nil if there are more than a page takes, whatever was counted.
    private func items(of first: StatementBody, _ path: RequestPath) async throws -> [PostingBody]? {
        var items = first.items
        var next = first.next
        while let cursor = next {
            guard items.count < ReportPostings.itemsMax else { return nil }
            var following = path
            following.add("cursor", cursor)
            let page = try await session.get(following, as: StatementBody.self)
            items += page.items
            next = page.items.isEmpty ? nil : page.next
        }
        return items
    }

    private func statementPath(
        from day: String, _ filter: (name: String, value: String), _ moment: Standing, limit: Int = pageItems
    ) -> RequestPath {
        var path = RequestPath("v1", "statements")
        path.add("from", day)
        path.add("to", String(moment.at.prefix(10)))
        path.add(filter.name, filter.value)
        path.add("limit", String(limit))
        Self.fix(&path, moment)
        return path
    }
}
