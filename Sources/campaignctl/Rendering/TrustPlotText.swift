import LedgerAPI
import LedgerReports

/// The score over time as a plot, with a line of blocks for each component.
enum TrustPlotText {
    private static let rows = 12
    private static let scoreMax: Int64 = 1_000_000
    private static let componentMax: Int64 = 10_000
    /// Columns of the scale at the left, with its line.
    private static let scaleColumns = 7
    private static let nameColumns = 17
    /// Columns of a component's least, greatest and last value.
    private static let figureColumns = 30

    /// - Parameters:
    ///   - points: By instant.
    ///   - isWhole: Whether there are no more points than these.
    ///   - end: That of the span's end, even where points before it are missing; nil where nothing is known of it.
    static func render(
        _ points: [TrustPointBody], isWhole: Bool, end: TrustPointBody?, of influencer: String, standing: Standing,
        _ style: Style
    ) -> String {
        let timed = points.compactMap { point in WireTime.seconds(point.at).map { ($0, point.trust) } }
        guard let first = points.first, let last = points.last, !timed.isEmpty else {
            return "Trust of \(TerminalText.escape(influencer)): no points in this span. Ask for another with "
                + "--from and --to.\n" + StandingText.render(standing, style)
        }
        let columns = style.columns ?? Style.columnsDefault
        let title = style.paint("Trust of \(TerminalText.escape(influencer)) over time", .bold)
        let named = end ?? last
        let score = style.paint(
            "\(TerminalText.escape(named.trust.score)) of 100", TrustText.paint(raw: named.trust.raw))
        return "\(title): \(score) at \(TerminalText.escape(named.at))\n\n"
            + plot(timed, columns: columns, style) + axis(first.at, last.at, columns: columns, style) + "\n"
            + components(timed, columns: columns, style) + "\n" + notes(timed, isWhole: isWhole, style)
            + StandingText.render(standing, style)
    }

    // MARK: Score

    private static func plot(_ points: [(Int64, TrustBody)], columns: Int, _ style: Style) -> String {
        var canvas = BrailleCanvas(columns: columns - scaleColumns, rows: rows, unicode: style.unicode)
        let dots = points.map { seconds, trust in
            (
                x: place(seconds, points[0].0, points[points.count - 1].0, canvas.width),
                y: place(trust.raw, 0, scoreMax, canvas.height)
            )
        }
        canvas.line(from: dots[0], to: dots[0])
        for (start, end) in zip(dots, dots.dropFirst()) {
            canvas.line(from: start, to: end)
        }
        let paint = TrustText.paint(raw: points[points.count - 1].1.raw)
        return canvas.lines.enumerated().map { row, line in
            scale(row, style) + style.paint(line.trimmingTrailingSpaces(), paint) + "\n"
        }.joined()
    }

    /// The number of a row, at the top, the quarters and the bottom.
    private static func scale(_ row: Int, _ style: Style) -> String {
        let marks = [0: "100", 3: "75", 6: "50", 9: "25", 11: "0"]
        let mark = marks[row] ?? ""
        let line = style.unicode ? (mark.isEmpty ? "│" : "┤") : (mark.isEmpty ? "|" : "+")
        return String(repeating: " ", count: scaleColumns - 2 - mark.count) + mark + " " + line
    }

    private static func place(_ value: Int64, _ least: Int64, _ most: Int64, _ count: Int) -> Int {
        guard most > least else { return 0 }
        let share = Int128(min(max(value, least), most) - least) * Int128(count - 1) * 2 / Int128(most - least)
        return Int((share + 1) / 2)
    }

    private static func axis(_ from: String, _ to: String, columns: Int, _ style: Style) -> String {
        let corner = style.unicode ? "└" : "+"
        let line = String(repeating: style.unicode ? "─" : "-", count: columns - scaleColumns)
        let ends = [from, to].map { TerminalText.escape(String($0.prefix(16))) + "Z" }
        let gap = max(1, columns - scaleColumns - ends[0].count - ends[1].count)
        let indent = String(repeating: " ", count: scaleColumns)
        return indent.dropLast() + corner + line + "\n" + indent + ends[0] + String(repeating: " ", count: gap)
            + ends[1] + "\n"
    }

    // MARK: Components

    private static func components(_ points: [(Int64, TrustBody)], columns: Int, _ style: Style) -> String {
        let width = max(8, columns - 2 - nameColumns - 2 - figureColumns)
        let heading =
            "  " + pad("component", nameColumns) + "  " + pad("", width) + padLeft("least", 10)
            + padLeft("greatest", 10) + padLeft("last", 10)
        let rows = TrustWeights.names.map { name in
            let values = points.map { ($0.0, value(name, $0.1.components)) }
            let figures = [values.map(\.1).min(), values.map(\.1).max(), values.last?.1].map {
                padLeft(Figures.percent(bp: $0 ?? 0), 10)
            }
            return "  " + pad(name, nameColumns) + "  " + blocks(values, width: width, style) + figures.joined()
        }
        return ([style.paint(heading, .bold)] + rows).map { $0 + "\n" }.joined()
    }

    private static func value(_ name: String, _ set: TrustComponentSet) -> Int64 {
        switch name {
        case "responsiveness": set.responsiveness
        case "nicheFit": set.nicheFit
        case "authenticity": set.authenticity
        case "engagementQuality": set.engagementQuality
        case "disclosure": set.disclosure
        default: set.reliability
        }
    }

    /// One letter a column: the last value at or before the column's end. Without Unicode tenths, 0 to 9.
    private static func blocks(_ values: [(Int64, Int64)], width: Int, _ style: Style) -> String {
        let letters = style.unicode ? Array("▁▂▃▄▅▆▇█") : Array("0123456789")
        var text = ""
        var index = 0
        let (from, to) = (values[0].0, values[values.count - 1].0)
        for column in 0..<width {
            let end = from + (to - from) * Int64(column + 1) / Int64(width)
            while index + 1 < values.count, values[index + 1].0 <= end {
                index += 1
            }
            let share = min(max(values[index].1, 0), componentMax) * Int64(letters.count) / componentMax
            text.append(letters[min(Int(share), letters.count - 1)])
        }
        return text
    }

    // MARK: Notes

    private static func notes(_ points: [(Int64, TrustBody)], isWhole: Bool, _ style: Style) -> String {
        let scores = points.map(\.1.raw)
        let capped = points.count { !$0.1.caps.isEmpty }
        var parts = [
            Figures.count(points.count, "point"),
            "score from \(Figures.decimal(scores.min() ?? 0, places: 4)) "
                + "to \(Figures.decimal(scores.max() ?? 0, places: 4))",
        ]
        if capped > 0 {
            parts.append("a cap applies at \(Figures.count(capped, "point"))")
        }
        let rest =
            isWhole
            ? "" : "  these are the span's first points, it goes on: ask for a longer --step or a shorter span\n"
        return style.flow(parts, separator: style.dot, indent: "  ") + rest
    }

    private static func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(0, width - text.count))
    }

    private static func padLeft(_ text: String, _ width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }
}
