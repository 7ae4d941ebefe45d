import LedgerAPI

/// The positions behind a part of an answer.
enum ReasonCell {
    /// `12, 15, 19 and more (part.replied)`: the reason is what to ask for all of them with.
    static func cell(_ reason: EventReasonBody) -> ReportTable.Cell {
        guard !reason.positions.isEmpty else { return .init(.text("–")) }
        let positions = reason.positions.map { String($0) }.joined(separator: ", ")
        guard reason.more else { return .init(.text(positions)) }
        return .init(.element("span", [.text("\(positions) and more: "), .element("code", [.text(reason.reason)])]))
    }
}
