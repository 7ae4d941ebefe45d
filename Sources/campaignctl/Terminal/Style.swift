/// What the terminal can show: decided once, then handed to everything that writes text for people.
struct Style: Sendable, Hashable {
    /// Whether colours are wanted: on a terminal only, and never with NO_COLOR set or TERM=dumb.
    var color: Bool
    /// Whether bars and dashes can be drawn with characters beyond ASCII.
    var unicode: Bool
    /// How many columns a line may take; nil where lines may be of any length, as in a file or a pipe.
    var columns: Int?

    /// Narrower or wider than this is no terminal that people read tables on.
    static let columnsAllowed = 40...1_000
    /// What plots take where there is no limit.
    static let columnsDefault = 80

    static let plain = Style(color: false, unicode: false)

    /// - Parameters:
    ///   - isTerminal: Whether the text goes to a terminal.
    ///   - terminalColumns: How wide the terminal says it is; nil if it does not say or there is none. The variable
    ///     COLUMNS goes before it, for a pipe too.
    ///   - environment: Looks a variable up.
    init(isTerminal: Bool, terminalColumns: Int? = nil, environment: (String) -> String?) {
        let columns = environment("COLUMNS").flatMap { Int($0) } ?? terminalColumns
        self.columns = columns.flatMap {
            $0 <= 0 ? nil : min(max($0, Self.columnsAllowed.lowerBound), Self.columnsAllowed.upperBound)
        }
        let noColor = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        color = isTerminal && !noColor && environment("TERM") != "dumb"
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(environment).first { !$0.isEmpty } ?? ""
        unicode = locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    }

    init(color: Bool, unicode: Bool, columns: Int? = nil) {
        self.color = color
        self.unicode = unicode
        self.columns = columns
    }

    /// Parts one after another, on as many lines as the width asks for; a separator never begins a line.
    func flow(_ parts: [Table.Cell], separator: String, indent: String = "") -> String {
        lines(parts, separator: separator, indent: indent).map { line in
            indent + line.map { paint($0.text, $0.paint) }.joined(separator: separator) + "\n"
        }.joined()
    }

    /// The same with one paint for all, separators too.
    func flow(_ parts: [String], separator: String, indent: String = "", paint: Paint = .plain) -> String {
        lines(parts.map { Table.Cell($0) }, separator: separator, indent: indent).map { line in
            indent + self.paint(line.map(\.text).joined(separator: separator), paint) + "\n"
        }.joined()
    }

    private func lines(_ parts: [Table.Cell], separator: String, indent: String) -> [[Table.Cell]] {
        let room = columns.map { $0 - TerminalText.width(of: indent) } ?? .max
        var lines: [[Table.Cell]] = []
        var used = 0
        for part in parts {
            let width = TerminalText.width(of: part.text)
            if !lines.isEmpty, used + TerminalText.width(of: separator) + width <= room {
                lines[lines.count - 1].append(part)
                used += TerminalText.width(of: separator) + width
            } else {
                lines.append([part])
                used = width
            }
        }
        return lines
    }

    func paint(_ text: String, _ paint: Paint) -> String {
        guard color, !text.isEmpty, let code = paint.code else { return text }
        return "\u{1B}[\(code)m\(text)\u{1B}[0m"
    }

    var dash: String { unicode ? "–" : "-" }
    var dot: String { unicode ? " · " : " | " }

    /// A bar of `width` columns, filled to `share` of `whole`.
    func bar(_ share: Int64, of whole: Int64, width: Int) -> String {
        let filled = whole <= 0 ? 0 : Int(min(max(share, 0), whole) * Int64(width) / whole)
        return String(repeating: unicode ? "█" : "#", count: filled)
            + String(repeating: unicode ? "░" : ".", count: width - filled)
    }
}

/// How a piece of text stands out.
enum Paint: Sendable {
    case plain, bold, dim, good, warning, bad

    /// The number of the terminal's attribute.
    var code: String? {
        switch self {
        case .plain: nil
        case .bold: "1"
        case .dim: "2"
        case .good: "32"
        case .warning: "33"
        case .bad: "31"
        }
    }
}
