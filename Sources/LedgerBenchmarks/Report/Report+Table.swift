// For people: an aligned table on a terminal, and the same as Markdown for the README.
extension Report {
    var table: String {
        var text = "Campaign Ledger \(version), \(date)\n\n"
        for (name, value) in conditions {
            text += "  \(Self.padded(name, 12))\(value)\n"
        }
        for section in sections {
            text += "\n\(section.name.rawValue): \(section.name.abstract)\n"
            text += section.conditions.map { "  · \($0)\n" }.joined()
            text += rows(section.figures)
        }
        return text
    }

    /// One table of the headlines, or of all figures of a section without any.
    var markdown: String {
        var text = "Measured on \(date.prefix(10)) with version \(version).\n\n"
        text += conditions.map { "- \($0): \($1)\n" }.joined()
        text += "\n| measure | median | least … most | at least | goal | |\n|---|---:|---|---|---|---|\n"
        for section in sections {
            let headlines = section.figures.filter(\.quantity.isHeadline)
            for figure in headlines.isEmpty ? section.figures : headlines {
                let cells = [
                    "`\(section.name.rawValue)`: \(figure.quantity.title)",
                    Self.value(figure.median, figure.quantity.unit),
                    settings.rounds > 1 ? "\(Text.number(figure.least)) … \(Text.number(figure.most))" : "",
                    Self.bound(figure.quantity.mark, \.required), Self.bound(figure.quantity.mark, \.goal),
                    Self.word(figure.verdict),
                ]
                text += "| " + cells.joined(separator: " | ") + " |\n"
            }
        }
        return text
    }

    private func rows(_ figures: [Figure]) -> String {
        let cells = figures.map { figure in
            [
                figure.quantity.title, Text.number(figure.median), figure.quantity.unit,
                settings.rounds > 1 ? "\(Text.number(figure.least)) … \(Text.number(figure.most))" : "",
                Self.bounds(figure.quantity.mark), Self.word(figure.verdict),
            ]
        }
        let widths = (0..<6).map { column in cells.map { $0[column].count }.max() ?? 0 }
        return cells.map { row in
            var line = " "
            for (column, cell) in row.enumerated() where widths[column] > 0 {
                let padded =
                    column == 1
                    ? String(repeating: " ", count: widths[column] - cell.count) + cell
                    : Self.padded(cell, widths[column])
                line += (column == 2 ? " " : "  ") + padded
            }
            while line.last == " " { line.removeLast() }
            return String(line.dropFirst()) + "\n"
        }.joined()
    }

    private static func bounds(_ mark: Mark?) -> String {
        let parts = [("", bound(mark, \.required)), ("goal ", bound(mark, \.goal))].filter { !$0.1.isEmpty }
        return parts.map { $0 + $1 }.joined(separator: ", ")
    }

    private static func bound(_ mark: Mark?, _ bound: KeyPath<Mark, Double?>) -> String {
        guard let mark, let value = mark[keyPath: bound] else { return "" }
        return (mark.direction == .atLeast ? "≥ " : "≤ ") + Text.number(value)
    }

    private static func word(_ verdict: Mark.Verdict?) -> String {
        switch verdict {
        case .goal: "goal reached"
        case .holds: "holds"
        case .missed: "missed"
        case .belowGoal: "below the goal"
        case nil: ""
        }
    }

    private static func value(_ value: Double, _ unit: String) -> String {
        unit.isEmpty ? Text.number(value) : "\(Text.number(value)) \(unit)"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }
}
