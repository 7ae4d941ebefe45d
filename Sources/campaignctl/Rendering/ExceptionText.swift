import LedgerAPI

/// The register of exceptions.
enum ExceptionText {
    static func renderList(_ answer: Answered<ItemList<ExceptionBody>>, _ style: Style) -> String {
        guard !answer.body.items.isEmpty else {
            return "No exceptions.\n" + StandingText.render(answer.standing, style)
        }
        return table(answer.body.items, style).text(style) + Figures.count(answer.body.items.count, "exception") + "\n"
            + StandingText.more(answer.body.next, style) + StandingText.render(answer.standing, style)
    }

    static func table(_ items: [ExceptionBody], _ style: Style) -> Table {
        var table = Table(.left("exception"), .left("since"), .left("of"), .left("about"), .left("positions"))
        for item in items {
            let subject = item.influencerId.map { "influencer \($0)" } ?? item.campaignId.map { "campaign \($0)" }
            table.add(
                .init(item.kind, .warning), .init(item.since), .init(subject ?? style.dash),
                .init(about(item.about, style)), .init(item.positions.map { String($0) }.joined(separator: ", ")))
        }
        return table
    }

    /// The thing, the campaign, and how much, as far as the kind knows them.
    private static func about(_ about: ExceptionAboutBody, _ style: Style) -> String {
        let amount = about.amount.map { "\($0) \(about.currency ?? "")" }
        let parts = [
            about.thingId, about.campaignId.map { "campaign \($0)" }, about.quantity.map { "\($0) too many" }, amount,
        ]
        let known = parts.compactMap { $0 }
        return known.isEmpty ? style.dash : known.joined(separator: ", ")
    }
}
