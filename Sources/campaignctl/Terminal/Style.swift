/// What the terminal can show: decided once, then handed to everything that writes text for people.
struct Style: Sendable, Hashable {
    /// Whether colours are wanted: on a terminal only, and never with NO_COLOR set or TERM=dumb.
    var color: Bool
    /// Whether bars and dashes can be drawn with characters beyond ASCII.
    var unicode: Bool

    static let plain = Style(color: false, unicode: false)

    /// - Parameters:
    ///   - isTerminal: Whether the text goes to a terminal.
    ///   - environment: Looks a variable up.
    init(isTerminal: Bool, environment: (String) -> String?) {
        let noColor = environment("NO_COLOR").map { !$0.isEmpty } ?? false
        color = isTerminal && !noColor && environment("TERM") != "dumb"
        let locale = ["LC_ALL", "LC_CTYPE", "LANG"].compactMap(environment).first { !$0.isEmpty } ?? ""
        unicode = locale.uppercased().contains("UTF-8") || locale.uppercased().contains("UTF8")
    }

    init(color: Bool, unicode: Bool) {
        self.color = color
        self.unicode = unicode
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
