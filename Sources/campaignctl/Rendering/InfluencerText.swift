import LedgerAPI

/// One influencer with everything concluded of them, and lists of influencers.
enum InfluencerText {
    static func render(_ answer: Answered<InfluencerBody>, weights: TrustWeights?, _ style: Style) -> String {
        let body = answer.body
        return "\(style.paint(TerminalText.escape(body.influencerId), .bold)): tier \(TerminalText.escape(body.tier))"
            + "\(tierNote(body.tier))\n\n"
            + TrustText.section(body.trust, of: body.influencerId, weights: weights, style) + "\n"
            + AdvocacyText.section(body.advocacy, of: body.influencerId, style) + "\n"
            + CompensationText.section(
                body.compensation, byCampaign: body.byCampaign, reportable: body.reportable, of: body.influencerId,
                style)
            + "\n" + StandingText.render(answer.standing, style)
    }

    private static func tierNote(_ tier: String) -> String {
        switch tier {
        case "emerging": " (fewer than 500 followers)"
        case "nano", "micro": " (micro-influencer band, 500 to 20,000 followers)"
        case "mid": " (20,001 to 99,999 followers)"
        case "macro": " (100,000 to 999,999 followers)"
        case "mega": " (1,000,000 followers or more)"
        case "unknown": " (no audience measured)"
        default: ""
        }
    }

    /// Columns of a score's bar, and from which width on a list shows more than its first columns.
    private static let barColumns = 10
    private static let wideColumns = 120

    static func renderList(_ answer: Answered<ItemList<InfluencerItemBody>>, _ style: Style) -> String {
        let isWide = style.columns.map { $0 >= wideColumns } ?? true
        let more: [Table.Column] = [.left("evidence"), .right("engagements"), .left("platform"), .left("home topics")]
        let table = Table(
            columns: [
                .left("influencer"), .left("tier"), .right("trust"), .left(""), .left("stage"), .left("flags"),
                .left("due"),
            ] + (isWide ? more : []),
            rows: answer.body.items.map { row($0, isWide: isWide, style) })
        return table.text(style) + Figures.count(answer.body.items.count, "influencer") + "\n"
            + StandingText.more(answer.body.next, style) + StandingText.render(answer.standing, style)
    }

    private static func row(_ item: InfluencerItemBody, isWide: Bool, _ style: Style) -> [Table.Cell] {
        let influencer = item.influencer
        let trust = influencer.trust
        let due = influencer.compensation.sorted { $0.key < $1.key }.map { "\($0.value.due) \($0.key)" }
        let cells: [Table.Cell] = [
            .init(influencer.influencerId), .init(influencer.tier),
            .init(trust.score, trust.caps.isEmpty ? .plain : .warning),
            .init(style.bar(trust.raw, of: 1_000_000, width: barColumns), TrustText.paint(raw: trust.raw)),
            .init(influencer.advocacy.stage), .init(influencer.advocacy.flags.joined(separator: ", "), .warning),
            .init(due.joined(separator: ", ")),
        ]
        guard isWide else { return cells }
        return cells + [
            .init(trust.evidence), .init(Figures.grouped(item.engagements)), .init(item.platform ?? style.dash),
            .init(item.homeTopics.joined(separator: ", ")),
        ]
    }
}
