import LedgerAPI

/// The frame of a plot: where numbers and instants stand on it. All is reckoned in integers, in tenths of the drawing's
/// unit, so that the same answers draw the same picture everywhere.
struct PlotFrame {
    /// The drawing, in its units; it is scaled to the width it gets.
    var width: Int128 = 720
    var height: Int128 = 260
    var left: Int128 = 64
    var right: Int128 = 16
    var top: Int128 = 12
    var bottom: Int128 = 36
    /// How far a label of a time reaches to the right of its tick, where letters are large.
    private static let labelReach: Int128 = 45

    let time: TimeAxis
    let values: ValueAxis

    /// In tenths.
    func x(_ seconds: Int64) -> Int128 {
        place(Int128(seconds), Int128(time.from), Int128(time.to), left * 10, (width - right) * 10)
    }

    /// In tenths.
    func y(_ value: Int128) -> Int128 {
        place(value, values.least, values.most, (height - bottom) * 10, top * 10)
    }

    /// A coordinate as SVG writes it.
    static func text(_ tenths: Int128) -> String {
        Decimals.short(tenths, places: 1)
    }

    func point(_ seconds: Int64, _ value: Int128) -> String {
        "\(Self.text(x(seconds))),\(Self.text(y(value)))"
    }

    private func place(
        _ value: Int128, _ least: Int128, _ most: Int128, _ start: Int128, _ end: Int128
    ) -> Int128 {
        guard most > least else { return start }
        return start + (value - least) * (end - start) / (most - least)
    }

    /// The picture with its axes: a title and a description for those who do not see it.
    func svg(title: String, description: String, _ content: [Markup], isWide: Bool = true) -> Markup {
        .block(
            "svg",
            [
                "xmlns": "http://www.w3.org/2000/svg", "viewBox": "0 0 \(width) \(height)", "role": "img",
                "class": isWide ? "wide" : "small",
            ],
            [.element("title", [.text(title)]), .element("desc", [.text(description)])] + axes + content)
    }

    private var axes: [Markup] {
        values.ticks.map { tick in
            let y = Self.text(y(tick.value))
            return .element(
                "g",
                [
                    .void(
                        "line",
                        [
                            "class": tick.value == 0 ? "axis" : "grid", "x1": "\(left)", "x2": "\(width - right)",
                            "y1": y, "y2": y,
                        ]),
                    .element(
                        "text", ["x": "\(left - 8)", "y": y, "dy": "0.35em", "text-anchor": "end"],
                        [.text(tick.label)]),
                ])
        } + time.ticks.map(timeMark)
    }

    private func timeMark(_ tick: TimeAxis.Tick) -> Markup {
        let tenths = x(tick.seconds)
        let x = Self.text(tenths)
        // A label at the right edge would be cut off.
        let isAtEdge = tenths + Self.labelReach * 10 > width * 10
        return .element(
            "g",
            [
                .void(
                    "line",
                    [
                        "class": "axis", "x1": x, "x2": x, "y1": "\(height - bottom)", "y2": "\(height - bottom + 5)",
                    ]),
                .element(
                    "text",
                    [
                        "x": isAtEdge ? "\(width - 2)" : x, "y": "\(height - bottom + 8)", "dy": "0.8em",
                        "text-anchor": isAtEdge ? "end" : "middle",
                    ], [.text(tick.label)]),
            ])
    }

    /// A line through points, each where it was measured.
    func line(_ points: [(Int64, Int128)], _ classes: String) -> Markup {
        .void(
            "polyline",
            ["class": "line " + classes, "points": points.map { point($0.0, $0.1) }.joined(separator: " ")])
    }
}
