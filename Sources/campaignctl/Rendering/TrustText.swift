import LedgerAPI

/// The weights of the six components, as the trust policy in force says.
struct TrustWeights: Sendable, Equatable {
    static let names = [
        "responsiveness", "nicheFit", "authenticity", "engagementQuality", "disclosure", "reliability",
    ]

    /// In the order of `names`.
    let values: [Int64]

    /// The weights in a trust policy's body; nil if they are not there.
    init?(policy body: JSONValue) {
        guard case .object(let parameters) = body, case .object(let weights)? = parameters["weights"] else {
            return nil
        }
        var values: [Int64] = []
        for name in Self.names {
            guard case .integer(let weight)? = weights[name] else { return nil }
            values.append(weight)
        }
        self.values = values
    }

    init(values: [Int64]) {
        self.values = values
    }
}

/// An influencer's trust, with what it is made of.
enum TrustText {
    private static let barColumns = 20

    static func render(
        _ answer: Answered<InfluencerTrustBody>, weights: TrustWeights?, _ style: Style
    ) -> String {
        section(answer.body.trust, of: answer.body.influencerId, weights: weights, style)
            + "\n" + StandingText.render(answer.standing, style)
    }

    /// Score, evidence, components and caps.
    static func section(
        _ trust: TrustBody, of influencer: String, weights: TrustWeights?, _ style: Style
    ) -> String {
        title(trust, of: influencer, style) + "\n" + components(trust, weights: weights, style) + "\n"
            + caps(trust, style)
    }

    /// Whose trust, the score and how much evidence there is.
    static func title(_ trust: TrustBody, of influencer: String, _ style: Style) -> String {
        let title = style.paint("Trust of \(TerminalText.escape(influencer))", .bold)
        let score = style.paint("\(TerminalText.escape(trust.score)) of 100", paint(raw: trust.raw))
        let evidence =
            "evidence \(TerminalText.escape(trust.evidence)) "
            + "(\(Figures.count(trust.evidenceCount, "piece")))"
        return "\(title): \(score)\(style.dot)\(evidence)\n"
    }

    /// Below 40 is bad news, below 60 worth a look.
    static func paint(raw: Int64) -> Paint {
        raw < 400_000 ? .bad : raw < 600_000 ? .warning : .good
    }

    private static func components(_ trust: TrustBody, weights: TrustWeights?, _ style: Style) -> String {
        let values = [
            trust.components.responsiveness, trust.components.nicheFit, trust.components.authenticity,
            trust.components.engagementQuality, trust.components.disclosure, trust.components.reliability,
        ]
        // Weights of another policy than the score's would not add up: better none.
        let fitting = weights.flatMap { weights in
            zip(weights.values, values).reduce(0) { $0 + $1.0 * $1.1 } == trust.beforeCaps ? weights : nil
        }
        var table = Table(.left("component"), .right("value"), .left(""), .right("weight"), .right("contribution"))
        for (index, name) in TrustWeights.names.enumerated() {
            let bar = style.bar(values[index], of: 10_000, width: barColumns)
            let weight = fitting?.values[index]
            table.add(
                .init(name), .init(Figures.percent(bp: values[index])), .init(bar),
                .init(weight.map { "\($0)" } ?? ""),
                .init(weight.map { Figures.decimal($0 * values[index], places: 4) } ?? ""))
        }
        table.add(
            .init("sum", .bold), "", "", .init(fitting.map { "\($0.values.reduce(0, +))" } ?? ""),
            .init(Figures.decimal(trust.beforeCaps, places: 4), .bold))
        return table.text(style, indent: "  ")
    }

    static func caps(_ trust: TrustBody, _ style: Style) -> String {
        var text = trust.caps.isEmpty ? "  caps: none\n" : ""
        for cap in trust.caps {
            let effect =
                trust.beforeCaps > cap.limit ? "it binds" : "it does not bind, the sum is below"
            let line = "cap \(TerminalText.escape(cap.cap)) at \(Figures.decimal(cap.limit, places: 4)): \(effect)"
            text += "  " + style.paint(line, trust.beforeCaps > cap.limit ? .bad : .warning) + "\n"
            text += "    why: \(reason(cap))\n"
            for event in cap.events {
                text += "    because of \(TerminalText.escape(event.source)) \(TerminalText.escape(event.id))\n"
            }
        }
        if !trust.openBreaches.isEmpty {
            let posts = trust.openBreaches.map(TerminalText.escape).joined(separator: ", ")
            text += "  posts in open breach: \(posts)\n"
        }
        return text
    }

    private static func reason(_ cap: TrustCapBody) -> String {
        switch cap.cap {
        case "openBreach": "a live post that needs disclosure has none"
        case "suspiciousFollowers": "an audit found too many of the followers suspicious"
        default: "the trust policy says so"
        }
    }
}
