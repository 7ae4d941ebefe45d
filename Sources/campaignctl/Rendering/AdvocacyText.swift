import LedgerAPI

/// An influencer's stage, flags and metrics.
enum AdvocacyText {
    static let stages = [
        "prospect", "contacted", "agreed", "seeded", "activated", "repeat", "advocate", "trueFan",
    ]

    static func render(_ answer: Answered<InfluencerAdvocacyBody>, _ style: Style) -> String {
        section(answer.body.advocacy, of: answer.body.influencerId, style)
            + "\n" + StandingText.render(answer.standing, style)
    }

    static func section(_ advocacy: AdvocacyBody, of influencer: String, _ style: Style) -> String {
        let title = style.paint("Advocacy of \(TerminalText.escape(influencer))", .bold)
        let stage = style.paint(TerminalText.escape(advocacy.stage), .bold)
        return "\(title): \(stage), stage \(advocacy.stageRank) of \(stages.count - 1)\n"
            + ladder(advocacy.stage, style) + "\n" + flags(advocacy.flags, style) + "\n"
            + metrics(advocacy.metrics, style)
    }

    private static func ladder(_ current: String, _ style: Style) -> String {
        let parts = stages.map { $0 == current ? Table.Cell("[\($0)]", .good) : Table.Cell($0, .dim) }
        return style.flow(parts, separator: style.unicode ? " › " : " > ", indent: "  ")
    }

    private static func flags(_ flags: [String], _ style: Style) -> String {
        guard !flags.isEmpty else { return "  flags: none\n" }
        return flags.map { flag in
            let paint: Paint = flag == "ambassador" ? .good : .warning
            return "  flag \(style.paint(TerminalText.escape(flag), paint)): \(meaning(of: flag))\n"
        }.joined()
    }

    private static func meaning(of flag: String) -> String {
        switch flag {
        case "dormant": "no live post about a campaign's brand for half a year"
        case "atRisk": "an open breach, or the last deliverables were missed"
        case "ambassador": "an ambassador's term is running"
        default: "see the advocacy policy"
        }
    }

    private static func metrics(_ metrics: AdvocacyMetricSet, _ style: Style) -> String {
        var table = Table(.left("metric"), .right("value"), .left("of"))
        for (name, value, whole) in [
            ("earned share", metrics.earnedShareBp, "unpaid mentions and sponsored posts"),
            ("seeding post rate", metrics.seedingPostRateBp, "collaborations with a delivery that are due"),
            ("accept rate", metrics.acceptRateBp, "answered invitations"),
        ] {
            table.add(.init(name), .init(value.map { Figures.percent(bp: $0) } ?? style.dash), .init(whole, .dim))
        }
        return table.text(style, indent: "  ")
    }
}
