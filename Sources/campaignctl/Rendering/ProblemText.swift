import LedgerAPI
import LedgerClient

/// Refusals and failures, for standard error.
enum ProblemText {
    /// An error as the last words of a command.
    static func error(_ sentences: String, _ style: Style) -> String {
        style.paint("campaignctl:", .bad) + " \(sentences)\n"
    }

    /// What a client's error says, made safe for a terminal.
    static func sentences(for error: LedgerClientError) -> String {
        guard case .problem(let problem, _) = error else {
            return TerminalText.escape(error.description)
        }
        let place = problem.pointer.map { $0.isEmpty ? "" : " (at \($0))" } ?? ""
        let parts = [
            "\(problem.title): \(ended(problem.detail))\(place)", ended(problem.remedy), "[\(problem.code)]",
        ]
        return TerminalText.escape(parts.filter { !$0.isEmpty }.joined(separator: " "))
    }

    /// Ends a sentence that has no end yet.
    private static func ended(_ sentence: String) -> String {
        guard let last = sentence.last else { return "" }
        return ".!?".contains(last) ? sentence : sentence + "."
    }

    /// The faults of a batch, each with its line in the input, what was expected and found, and what to do.
    ///
    /// - Parameters:
    ///   - lines: The input's line number, from 1, of each event of the batch.
    ///   - name: The input's name.
    static func faults(
        _ problem: ProblemDetails, lines: [Int], name: String, _ style: Style
    ) -> String {
        let faults = problem.errors ?? []
        guard !faults.isEmpty else {
            let place = problem.index.flatMap { lines.indices.contains($0) ? lines[$0] : nil }
            let line = place.map { "\(TerminalText.escape(name)):\($0): " } ?? ""
            return line + sentences(for: .problem(problem, retryAfterSeconds: nil)) + "\n"
        }
        let text = faults.map { self.fault($0, lines: lines, name: name, style) }.joined()
        guard let total = problem.errorsTotal, total > faults.count else { return text }
        return text + "and \(Figures.count(total - faults.count, "more fault")) in this batch\n"
    }

    private static func fault(
        _ fault: ProblemFault, lines: [Int], name: String, _ style: Style
    ) -> String {
        let line = fault.index.flatMap { lines.indices.contains($0) ? ":\(lines[$0])" : nil } ?? ""
        let pointer = fault.pointer.isEmpty ? "the event" : fault.pointer
        return style.paint("\(TerminalText.escape(name))\(line): ", .bold)
            + "\(TerminalText.escape(pointer)): \(style.paint(TerminalText.escape(fault.code), .bad))\n"
            + "    expected  \(TerminalText.escape(fault.expected))\n"
            + "    found     \(TerminalText.escape(fault.found))\n"
            + "    do        \(TerminalText.escape(fault.remedy))\n"
    }
}
