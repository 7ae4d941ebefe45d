/// Text that others wrote, made visible: what does not print is written out. The one rule for terminals, pages and
/// tables.
package enum VisibleText {
    /// The text with each scalar that does not print as `\u{…}`.
    package static func escape(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: \.isUnprintable) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if scalar.isUnprintable {
                safe += scalar.writtenOut
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }
}

extension Unicode.Scalar {
    /// Whether it prints nothing of its own: control characters (so escape sequences, line feeds and carriage returns
    /// too), the marks that turn the direction of writing or hide, and what no letter is assigned to.
    package var isUnprintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate, .privateUse, .unassigned: true
        default: false
        }
    }

    /// What is shown in its stead: `\u{1b}`.
    package var writtenOut: String { "\\u{" + String(value, radix: 16) + "}" }
}
