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

    static func renderList(_ answer: Answered<ItemList<InfluencerBody>>, _ style: Style) -> String {
        var table = Table(
            .left("influencer"), .left("tier"), .right("trust"), .left("evidence"), .left("stage"), .left("flags"),
            .left("due"))
        for item in answer.body.items {
            let due = item.compensation.sorted { $0.key < $1.key }.map { "\($0.value.due) \($0.key)" }
            table.add(
                .init(item.influencerId), .init(item.tier),
                .init(item.trust.score, item.trust.caps.isEmpty ? .plain : .warning), .init(item.trust.evidence),
                .init(item.advocacy.stage), .init(item.advocacy.flags.joined(separator: ", "), .warning),
                .init(due.joined(separator: ", ")))
        }
        return table.text(style) + Figures.count(answer.body.items.count, "influencer") + "\n"
            + StandingText.more(answer.body.next, style) + StandingText.render(answer.standing, style)
    }
}
