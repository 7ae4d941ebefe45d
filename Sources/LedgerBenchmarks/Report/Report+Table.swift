import ProgrammeSimulator

extension Report {
    /// The figures for people, with their conditions.
    var table: String {
        var text = "Campaign Ledger \(version), \(date)\n\n"
        for (name, value) in conditions {
            text += "  \(Self.padded(name, 12))\(value)\n"
        }
        for result in results {
            text += "\n\(result.name.rawValue): \(result.name.abstract)\n"
            text += Self.rows(result.figures.figures, showsRounds: settings.rounds > 1)
        }
        return text
    }

    private var conditions: [(String, String)] {
        let memory = Self.number(Double(machine.memoryBytes) / Double(1 << 30)) + " GiB"
        return [
            ("machine", "\(machine.cores) cores, \(machine.processor), \(memory), \(machine.kernel)"),
            ("disk", machine.fileSystem),
            ("durability", durability),
            (
                "programme",
                "\(Self.number(Double(settings.events))) events of \(Self.number(eventBytes)) bytes, "
                    + "\(Self.number(Double(settings.influencers))) influencers, \(settings.ids.rawValue) ids"
            ),
            (
                "load",
                "\(settings.clients) client(s) on the same machine, NDJSON, "
                    + "\(Self.number(Double(settings.batch))) events a request when appending"
            ),
            ("rounds", settings.rounds == 1 ? "1" : "\(settings.rounds): median, least … most"),
        ] + notes.map { ("note", $0) }
    }

    private static func rows(_ figures: [Figure], showsRounds: Bool) -> String {
        let titleWidth = figures.map { $0.measure.title.count }.max() ?? 0
        let values = figures.map { number($0.median) }
        let valueWidth = values.map(\.count).max() ?? 0
        let unitWidth = figures.map { $0.measure.unit.count }.max() ?? 0
        return zip(figures, values).map { figure, value in
            var line = "  \(padded(figure.measure.title, titleWidth))  "
            line += String(repeating: " ", count: valueWidth - value.count) + value
            line += " \(padded(figure.measure.unit, unitWidth))"
            if showsRounds {
                line += "  \(number(figure.least)) … \(number(figure.most))"
            }
            line += figure.measure.mark.map { "  \(verdict($0, figure.median))" } ?? ""
            while line.last == " " { line.removeLast() }
            return line + "\n"
        }.joined()
    }

    private static func verdict(_ mark: Measure.Mark, _ value: Double) -> String {
        let bound =
            switch mark {
            case .atLeast(let bound): "≥ \(number(bound))"
            case .atMost(let bound): "≤ \(number(bound))"
            }
        return "(mark \(bound): \(mark.isMet(by: value) ? "met" : "missed"))"
    }

    private static func padded(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(width - text.count, 0))
    }

    /// Whole with separators from 100 on, else three digits or so.
    static func number(_ value: Double) -> String {
        if value >= 99.95 {
            return grouped(Int(value.rounded()))
        }
        let places = value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3
        let scale = [1, 10, 100, 1_000][places]
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    private static func grouped(_ value: Int) -> String {
        var digits = Array(String(value))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return String(digits)
    }
}
