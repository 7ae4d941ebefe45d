/// Lines that a journal and a Beancount file have alike.
enum BookkeepingText {
    /// The moment as comments, a field a line.
    static func comments(on moment: ExportMoment) -> String {
        let fields = [
            ("ledger", moment.ledgerID), ("version", moment.version), ("position", String(moment.position)),
            ("at", moment.at), ("policies", moment.policyText.replacing(", ", with: "&").replacing(" ", with: "=")),
        ]
        // What is too long to be one of the ledger's is not worth a comment.
        return fields.map { "; \($0.0): \((try? ExportToken.value($0.1)) ?? "%")" }.joined(separator: "\n")
    }

    /// One side of a transaction, amounts below each other.
    static func line(_ account: String, _ amount: String, _ currency: String, columns: Int, indent: String) -> String {
        let gap = String(repeating: " ", count: max(2, columns - account.utf8.count - amount.utf8.count + 14))
        return "\(indent)\(account)\(gap)\(amount) \(currency)\n"
    }
}
