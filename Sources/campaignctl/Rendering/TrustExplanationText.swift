import LedgerAPI
import LedgerReports

/// Why trust is what it is: parts that add up to the score, and the events behind each.
enum TrustExplanationText {
    private static let barColumns = 20
    /// Places of a weight: W is 10^9 at age 0.
    private static let weightPlaces = 9

    static func render(_ answer: Answered<ExplainedTrustBody>, _ style: Style) -> String {
        let body = answer.body
        let explanation = body.explanation
        return TrustText.title(body.trust, of: body.influencerId, style) + "\n"
            + contributions(explanation, body.trust, style) + "\n"
            + explanation.components.map { component($0, style) + "\n" }.joined()
            + samples(explanation, style) + "\n" + caps(body.trust, explanation, style) + "\n"
            + evidence(explanation, body.trust, style) + "\n"
            + ReasonText.hint("trust", id: body.influencerId, example: "part.replied", style)
            + StandingText.render(answer.standing, style)
    }

    /// weight · value, the sum, what the caps take, the score.
    private static func contributions(
        _ explanation: TrustExplanationBody, _ trust: TrustBody, _ style: Style
    ) -> String {
        var table = Table(.left("component"), .right("value"), .left(""), .right("weight"), .right("contribution"))
        for item in explanation.components {
            table.add(
                .init(item.component), .init(Figures.percent(bp: item.value)),
                .init(style.bar(item.value, of: 10_000, width: barColumns)), .init("\(item.weight)"),
                .init(Figures.decimal(item.contribution, places: 4)))
        }
        let weights = explanation.components.map(\.weight).reduce(0, +)
        table.add("sum", "", "", .init("\(weights)"), .init(Figures.decimal(trust.beforeCaps, places: 4)))
        table.add("caps take", "", "", "", .init(Figures.decimal(explanation.capping, places: 4)))
        table.add(.init("score", .bold), "", "", "", .init(Figures.decimal(trust.raw, places: 4), .bold))
        return table.text(style, indent: "  ")
    }

    private static func component(_ item: TrustComponentBody, _ style: Style) -> String {
        let isBeta = item.parts.contains { $0.good > 0 || $0.bad > 0 }
        let weighed: [Table.Column] = isBeta ? [.right("good"), .right("bad")] : []
        var table = Table(
            columns: [.left("part"), .right("count")] + weighed
                + [.right(TrustPartText.pointsTitle), .left("positions")], rows: [])
        for part in item.parts {
            let weights: [Table.Cell] = [part.good, part.bad].map { .init(weight($0)) }
            table.rows.append(
                [.init(part.part), .init(TrustPartText.count(part))] + (isBeta ? weights : [])
                    + [.init("\(part.points)"), .init(ReasonText.positions(part.events, style))])
        }
        let blank: [Table.Cell] = isBeta ? ["", "", ""] : [""]
        table.rows.append([.init("value", .bold)] + blank + [.init("\(item.value)", .bold)])
        return "  " + style.paint(TerminalText.escape(item.component), .bold) + "\n"
            + table.text(style, indent: "    ")
    }

    private static func weight(_ value: UInt128) -> String {
        Decimals.short(Int128(clamping: value), places: weightPlaces)
    }

    /// The numbers that authenticity, engagement quality and niche fit are worked out from.
    private static func samples(_ explanation: TrustExplanationBody, _ style: Style) -> String {
        let posts = explanation.authenticity
        let engagement = explanation.engagement
        let topics = explanation.homeTopics
        var table = Table(.left(""), .left(""))
        table.add(
            "authenticity",
            .init(
                "\(Figures.count(posts.posts, "post")), \(Figures.grouped(posts.sponsored)) sponsored, "
                    + Figures.count(posts.brands, "brand")))
        let followers = engagement.followers.map { Figures.grouped($0) } ?? "unknown"
        table.add(
            "engagement",
            .init(
                "\(Figures.count(engagement.posts, "post")), \(Figures.grouped(engagement.likes)) likes, "
                    + "\(Figures.count(engagement.comments, "comment")), \(followers) followers, "
                    + "\(Figures.percent(bp: engagement.suspiciousBp)) suspicious, "
                    + Figures.count(engagement.anomalies, "anomaly", "anomalies")))
        let names = topics.topics.isEmpty ? style.dash : topics.topics.joined(separator: ", ")
        table.add(
            "home topics",
            .init("\(names) (\(source(topics.source))); positions \(ReasonText.positions(topics.events, style))"))
        return table.text(style, indent: "  ")
    }

    private static func source(_ name: String) -> String {
        switch name {
        case "organicPosts": "of organic posts"
        case "registration": "as declared at registration"
        case "none": "none known"
        default: name
        }
    }

    private static func caps(_ trust: TrustBody, _ explanation: TrustExplanationBody, _ style: Style) -> String {
        guard !explanation.caps.isEmpty else { return TrustText.caps(trust, style) }
        return TrustText.caps(trust, style)
            + explanation.caps.map { cap in
                let positions = ReasonText.positions(cap.events, style)
                return "  cap \(TerminalText.escape(cap.cap)): positions \(positions)\n"
            }.joined()
    }

    private static func evidence(
        _ explanation: TrustExplanationBody, _ trust: TrustBody, _ style: Style
    ) -> String {
        var table = Table(.left("evidence"), .right("count"), .left("positions"))
        for item in explanation.evidence {
            table.add(
                .init(item.kind), .init(Figures.grouped(item.count)),
                .init(ReasonText.positions(item.events, style)))
        }
        table.add(
            .init("sum: \(trust.evidence)", .bold), .init(Figures.grouped(trust.evidenceCount), .bold), "")
        return table.text(style, indent: "  ")
    }
}
