import LedgerAPI

/// The events behind a part of an answer, and the lists of them.
enum ReasonText {
    /// The first positions: `12, 15, 19 …`.
    static func positions(_ reason: EventReasonBody, _ style: Style) -> String {
        let more = reason.more ? (style.unicode ? " …" : " ...") : ""
        return reason.positions.isEmpty
            ? style.dash : reason.positions.map { String($0) }.joined(separator: ", ") + more
    }

    /// How all events of a reason are asked for.
    static func hint(_ command: String, id: String, example: String, _ style: Style) -> String {
        style.flow(
            [
                "event N shows the event at a position;",
                "all of a reason: campaignctl \(command) \(Shell.quote(id)) --reason \(Shell.quote(example))",
            ], separator: " ", indent: "  ", paint: .dim)
    }

    /// The events of a reason.
    static func renderList(
        _ answer: Answered<ItemList<EventReferenceBody>>, title: String, _ style: Style
    ) -> String {
        var table = Table(.right("position"), .left("time"), .left("type"), .left("source"), .left("id"))
        for item in answer.body.items {
            table.add(
                .init("\(item.position)"), .init(item.time), .init(item.type), .init(item.source),
                .init(item.id))
        }
        return style.paint(TerminalText.escape(title), .bold) + "\n" + table.text(style)
            + Figures.count(answer.body.items.count, "event") + "\n" + StandingText.more(answer.body.next, style)
            + StandingText.render(answer.standing, style)
    }

    /// Postings, each with the event that made it.
    static func postings(_ items: [PostingBody], _ style: Style, indent: String = "") -> String {
        var table = Table(
            .right("position"), .left("day"), .left("type"), .left("debit"), .left("credit"), .right("amount"),
            .left(""), .left("influencer"), .left("campaign"), .left("event"))
        for item in items {
            table.add(
                .init("\(item.position)"), .init(item.day), .init(item.type), .init(item.debit),
                .init(item.credit), .init(item.amount), .init(item.currency), .init(item.influencerId ?? style.dash),
                .init(item.campaignId), .init("\(item.source) \(item.id)"))
        }
        return table.text(style, indent: indent)
    }
}
