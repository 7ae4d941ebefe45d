import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerExports

/// The changes that a whatif found, page by page as they are asked for: in memory is one page, or what a table shows.
struct ChangeListing {
    /// How they are shown.
    enum Form: Sendable {
        /// For people: the greatest so many.
        case table(limit: Int)
        /// One object with all of them, as a page has them.
        case json
        /// RFC 4180, a record an influencer.
        case csv
    }

    /// Rows that a table shows unless it is told otherwise.
    static let rowsStandard = 50
    private static let pageItems = 500

    let session: Session
    let replay: ReplayBody

    /// Writes them to standard output.
    func write(_ form: Form) async throws {
        try await CommandFailure.writing(
            { try await writeAll(form) },
            advice: "What went to standard output is incomplete. Ask again: campaignctl replay changes \(replay.id).")
    }

    private func writeAll(_ form: Form) async throws {
        switch form {
        case .table(let limit): try await writeTable(limit)
        case .json: try await writeJSON()
        case .csv:
            try session.console.write(ChangeTable.heading)
            try await eachPage { page in
                try session.console.write(page.map { ChangeTable.record(of: $0).line }.joined())
            }
        }
    }

    private func writeTable(_ limit: Int) async throws {
        let style = session.console.outputStyle
        var shown: [ChangeBody] = []
        var next: String?
        repeat {
            let page = try await page(after: next, limit: min(Self.pageItems, limit - shown.count))
            shown += page.items
            next = page.next
        } while next != nil && shown.count < limit
        try session.console.write(
            ChangeText.render(shown, style) + ChangeText.summary(replay, shown: shown.count, style))
    }

    private func writeJSON() async throws {
        var isFirst = true
        try session.console.writeOutput(Data(#"{"items":["#.utf8))
        try await eachPage { page in
            var text = Data()
            for change in page {
                if !isFirst { text.append(UInt8(ascii: ",")) }
                isFirst = false
                text.append(try WireCoding.encode(change))
            }
            // What could steer a terminal is escaped, which leaves the values as they are.
            try session.console.writeOutput(
                session.console.outputIsTerminal
                    ? Data(TerminalText.escapeJSON(String(decoding: text, as: UTF8.self)).utf8) : text)
        }
        try session.console.writeOutput(Data("],\"next\":null}\n".utf8))
    }

    private func eachPage(_ body: ([ChangeBody]) throws -> Void) async throws {
        var next: String?
        repeat {
            let page = try await page(after: next, limit: Self.pageItems)
            try body(page.items)
            next = page.next
        } while next != nil
    }

    private func page(after cursor: String?, limit: Int) async throws -> ItemList<ChangeBody> {
        var path = RequestPath("v1", "replays", replay.id, "changes")
        path.add("limit", String(limit))
        path.add("cursor", cursor)
        return try await session.get(path, as: ItemList<ChangeBody>.self)
    }
}
