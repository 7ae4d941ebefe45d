import LedgerAPI

/// One record of RFC 4180: cells between commas, ended with CR LF.
///
/// A cell of text is never a spreadsheet's formula: one that begins (after spaces and what does not print) with `=` `+`
/// `-` `@`, their full-width forms, or with a tab or line end, gets an apostrophe before it, and so does one that begins
/// with an apostrophe. Who takes one leading apostrophe away has the text again. Numbers stay numbers, negative ones too.
package struct CSVRecord: Sendable {
    private(set) var text = ""
    private var hasCells = false

    package init() {}

    /// Text; nothing for nil, where an empty text is `""`.
    package mutating func add(text: String?) {
        separate()
        guard let text else { return }
        let cell = Self.isFormula(text) ? "'" + text : text
        self.text += Self.isPlain(cell) ? cell : Self.quoted(cell)
    }

    /// Texts in one cell, with spaces between them.
    package mutating func add(texts: [String]) {
        add(text: texts.isEmpty ? nil : texts.joined(separator: " "))
    }

    package mutating func add(number: (some BinaryInteger)?) {
        separate()
        if let number { text += String(number) }
    }

    package mutating func add(flag: Bool) {
        separate()
        text += flag ? "true" : "false"
    }

    /// A decimal as the ledger writes it. Whatever else may stand there is text.
    package mutating func add(decimal: String?) {
        guard let decimal, Decimals.isDecimal(decimal) else { return add(text: decimal) }
        separate()
        text += decimal
    }

    /// The record with its end.
    package var line: String { text + "\r\n" }

    private mutating func separate() {
        if hasCells { text += "," }
        hasCells = true
    }

    /// Readers see bytes: a quote with a combining mark behind it ends a cell all the same, though Swift takes both for
    /// one character.
    private static func quoted(_ cell: String) -> String {
        var quoted = "\""
        for scalar in cell.unicodeScalars {
            if scalar == "\"" { quoted.unicodeScalars.append(scalar) }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }

    private static func isPlain(_ cell: String) -> Bool {
        guard let first = cell.utf8.first, let last = cell.utf8.last else { return false }
        // Some readers trim what is not quoted.
        return first > 0x20 && last > 0x20
            && cell.unicodeScalars.allSatisfy { $0 != "\"" && $0 != "," && !$0.isUnprintable }
    }

    private static func isFormula(_ text: String) -> Bool {
        for scalar in text.unicodeScalars {
            switch scalar {
            case "=", "+", "-", "@", "'", "\t", "\r", "\n", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}": return true
            case _ where scalar.properties.isWhitespace || scalar.isUnprintable: continue
            default: return false
            }
        }
        return false
    }
}
