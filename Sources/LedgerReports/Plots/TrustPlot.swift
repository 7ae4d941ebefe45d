import LedgerAPI

/// The score and its components over time.
struct TrustPlot {
    /// By instant, in seconds since 1970.
    let points: [(seconds: Int64, trust: TrustBody)]

    static let names: [(name: String, value: @Sendable (TrustComponentSet) -> Int64)] = [
        ("responsiveness", { $0.responsiveness }), ("nicheFit", { $0.nicheFit }),
        ("authenticity", { $0.authenticity }), ("engagementQuality", { $0.engagementQuality }),
        ("disclosure", { $0.disclosure }), ("reliability", { $0.reliability }),
    ]

    init(_ points: [TrustPointBody]) {
        self.points = points.compactMap { point in WireTime.seconds(point.at).map { ($0, point.trust) } }
    }

    private var time: TimeAxis? {
        guard let first = points.first, let last = points.last else { return nil }
        return TimeAxis(from: first.seconds, to: last.seconds)
    }

    /// The score, and where a cap binds what it would be without.
    var score: Markup? {
        guard let time else { return nil }
        let frame = PlotFrame(time: time, values: ValueAxis(least: 0, most: 1_000_000, places: 4))
        let isCapped = points.contains { $0.trust.raw < $0.trust.beforeCaps }
        let before = points.map { ($0.seconds, Int128($0.trust.beforeCaps)) }
        let lines = [
            isCapped ? frame.line(before, "sb thin dashed") : .empty,
            frame.line(points.map { ($0.seconds, Int128($0.trust.raw)) }, "sa"),
        ]
        let last = points[points.count - 1].trust
        let description =
            "\(points.count) points; at the end \(last.score)"
            + (isCapped ? "; where a cap binds, a dashed line shows the sum of the components" : "")
        let keys = [PlotKey.line("sa", "score")] + (isCapped ? [PlotKey.line("sb thin dashed", "before caps")] : [])
        return .element(
            "figure",
            [
                frame.svg(title: "Trust score over time", description: description, lines),
                .element("figcaption", keys + [.text("0 to 100; each point is the answer for its instant.")]),
            ])
    }

    /// A small plot for each component.
    var components: Markup? {
        guard let time else { return nil }
        return .block(
            "div", ["class": "multiples"],
            Self.names.map { name, value in
                let values = points.map { ($0.seconds, Int128(value($0.trust.components))) }
                let last = Decimals.percent(bp: values[values.count - 1].1)
                let frame = PlotFrame(
                    width: 260, height: 120, left: 34, right: 10, top: 8, bottom: 26, time: Self.ends(of: time),
                    values: ValueAxis(least: 0, most: 10_000, places: 2, ticksMax: 2))
                return .element(
                    "figure",
                    [
                        .element("h4", [.element("span", [.text(name)]), .element("span", [.text(last)])]),
                        frame.svg(
                            title: "\(name) over time", description: "At the end \(last).",
                            [frame.line(values, "sa")], isWide: false),
                    ])
            })
    }

    /// A small plot has room for two or three labels.
    private static func ends(of time: TimeAxis) -> TimeAxis {
        time.thinned(to: 3)
    }

    /// All points as a table.
    var table: ReportTable {
        ReportTable(
            "Score and components, in per cent, by instant",
            [.time("instant"), .number("score")] + Self.names.map { .number($0.name) } + [.text("caps")],
            points.map { point in
                [.init(WireTime.instantText(point.seconds)), .init(point.trust.score, "strong")]
                    + Self.names.map { .init(Decimals.text(Int128($0.value(point.trust.components)), places: 2)) }
                    + [.init(point.trust.caps.map(\.cap).joined(separator: ", "))]
            })
    }
}
