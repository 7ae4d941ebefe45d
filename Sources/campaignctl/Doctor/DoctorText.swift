import LedgerOperations

/// What the checks found, for people: a line each, what to do below it.
enum DoctorText {
    static func render(_ findings: [DoctorFinding], _ style: Style) -> String {
        let checks = findings.map { TerminalText.width(of: $0.check) }.max() ?? 0
        let verdicts = DoctorVerdict.allCases.map { word($0).count }.max() ?? 0
        var text = ""
        var last = ""
        for finding in findings {
            let word = word(finding.verdict)
            let name = finding.check == last ? "" : finding.check
            last = finding.check
            let lead =
                style.paint(word, paint(finding.verdict)) + blanks(verdicts - word.count + 2) + name
                + blanks(checks - name.count + 2)
            let indent = verdicts + checks + 4
            text += lead + wrapped(finding.text, style, indent: indent)
            if let advice = finding.advice {
                text += blanks(indent) + wrapped("→ ".ascii(style) + advice, style, indent: indent)
            }
        }
        return text + "\n" + summary(findings, style)
    }

    private static func word(_ verdict: DoctorVerdict) -> String {
        verdict == .unseen ? "not seen" : verdict.rawValue
    }

    private static func paint(_ verdict: DoctorVerdict) -> Paint {
        switch verdict {
        case .ok: .good
        case .unseen: .dim
        case .warning: .warning
        case .wrong: .bad
        }
    }

    private static func blanks(_ count: Int) -> String { String(repeating: " ", count: max(0, count)) }

    private static func wrapped(_ text: String, _ style: Style, indent: Int) -> String {
        let safe = TerminalText.escape(text)
        guard let columns = style.columns else { return safe + "\n" }
        let lines = TerminalText.wrap(safe, width: max(20, columns - indent))
        return lines.joined(separator: "\n" + blanks(indent)) + "\n"
    }

    private static func summary(_ findings: [DoctorFinding], _ style: Style) -> String {
        let count = { (verdict: DoctorVerdict) in findings.count { $0.verdict == verdict } }
        let parts = [
            count(.wrong) == 0 ? "nothing wrong" : "\(count(.wrong)) wrong",
            Figures.count(count(.warning), "warning"), "\(count(.unseen)) not seen", "\(count(.ok)) ok",
        ]
        return style.paint(parts.joined(separator: ", "), count(.wrong) == 0 ? .bold : .bad) + "\n"
    }
}

extension String {
    fileprivate func ascii(_ style: Style) -> String { style.unicode ? self : "> " }
}

/// The same as JSON.
struct DoctorBody: Encodable, Sendable {
    struct Check: Encodable, Sendable {
        var check: String
        var verdict: String
        var text: String
        var advice: String?
    }

    /// The worst of all; `unseen` does not count.
    var verdict: String
    var checks: [Check]

    init(_ findings: [DoctorFinding]) {
        let seen = findings.map(\.verdict).filter { $0 != .unseen }
        verdict = (seen.max() ?? .ok).rawValue
        checks = findings.map {
            Check(check: $0.check, verdict: $0.verdict.rawValue, text: $0.text, advice: $0.advice)
        }
    }
}
