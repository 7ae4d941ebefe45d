import LedgerAPI

/// What an answer is an answer to: the last line of each.
enum StandingText {
    static func render(_ standing: Standing, _ style: Style) -> String {
        let versions = standing.policyVersion
        let parts = [
            "at \(TerminalText.escape(standing.at))",
            "position \(standing.position) of \(standing.head)",
            "policies: trust \(version(versions.trust)), advocacy \(version(versions.advocacy)), "
                + "tax \(version(versions.tax))",
        ]
        return style.flow(parts, separator: style.dot, paint: .dim)
    }

    /// A policy's version; 0 stands for the defaults.
    static func version(_ version: Int64) -> String {
        version == 0 ? "default" : "v\(version)"
    }

    /// What to ask for the next page of a list; nothing on the last.
    static func more(_ next: String?, _ style: Style) -> String {
        next.map { style.paint("more: --cursor \(TerminalText.escape($0))", .dim) + "\n" } ?? ""
    }
}
