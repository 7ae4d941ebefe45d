import LedgerAPI
import LedgerReports

/// Makes text from the ledger harmless on a terminal: what it holds was written by others.
enum TerminalText {
    /// The text with everything that does not print written out as `\u{…}`.
    static func escape(_ text: String) -> String {
        VisibleText.escape(text)
    }

    /// JSON with the same characters as `\uXXXX`, which is the same value; line feeds between its tokens stay.
    static func escapeJSON(_ text: String) -> String {
        guard text.unicodeScalars.contains(where: { $0.isUnprintable && $0 != "\n" }) else { return text }
        var safe = ""
        for scalar in text.unicodeScalars {
            if scalar.isUnprintable, scalar != "\n" {
                for unit in String(scalar).utf16 {
                    let digits = String(unit, radix: 16)
                    safe += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
                }
            } else {
                safe.unicodeScalars.append(scalar)
            }
        }
        return safe
    }

    /// How many columns a text takes: letters that are written wide take two, marks that combine none.
    static func width(of text: String) -> Int {
        var width = 0
        for scalar in text.unicodeScalars {
            switch scalar.properties.generalCategory {
            case .nonspacingMark, .enclosingMark: continue
            default: width += isWide(scalar.value) ? 2 : 1
            }
        }
        return width
    }

    private static func isWide(_ value: UInt32) -> Bool {
        switch value {
        case 0x1100...0x115F, 0x2E80...0x303E, 0x3041...0xA4CF, 0xAC00...0xD7A3, 0xF900...0xFAFF, 0xFE30...0xFE6F,
            0xFF00...0xFF60, 0xFFE0...0xFFE6, 0x1F300...0x1F64F, 0x1F680...0x1F6FF, 0x1F900...0x1F9FF,
            0x1FA70...0x1FAFF,
            0x20000...0x3FFFD:
            true
        default: false
        }
    }

    /// Words longer than this may be broken at marks such as `-` and `:`; shorter ones stay whole if there is room.
    private static let wordColumnsMax = 24

    /// The columns that the longest word takes; of very long ones, as many as a piece of them should have. An instant
    /// is no word to be broken.
    static func wordWidth(of text: String) -> Int {
        text.split { $0 == " " }.map { word in
            let width = width(of: String(word))
            return WireTime.isInstant(word) ? width : min(width, wordColumnsMax)
        }.max() ?? 0
    }

    /// The text in pieces of at most `width` columns, broken after a space where there is one, else after a mark, else
    /// anywhere between two characters.
    static func wrap(_ text: String, width: Int) -> [String] {
        guard self.width(of: text) > width, width > 0 else { return [text] }
        var lines: [String] = []
        var rest = Array(text)
        while !rest.isEmpty {
            let count = fitting(rest, width)
            let line = String(rest[..<count])
            lines.append(line.last == " " ? String(line.dropLast()) : line)
            rest.removeFirst(count)
        }
        return lines
    }

    /// How many of the characters make the next line: one at least.
    private static func fitting(_ characters: [Character], _ width: Int) -> Int {
        var used = 0
        var count = 0
        var lastSpace = 0
        var lastMark = 0
        for character in characters {
            used += self.width(of: String(character))
            guard used <= width || (character == " " && used == width + 1) else { break }
            count += 1
            if character == " " {
                lastSpace = count
            } else if ",-/:_".contains(character) {
                lastMark = count
            }
        }
        guard count < characters.count else { return count }
        return [lastSpace, lastMark, count].first { $0 > 0 } ?? 1
    }
}

extension String {
    /// The text without the spaces at its end.
    func trimmingTrailingSpaces() -> String {
        String(self[..<(lastIndex { $0 != " " }.map { index(after: $0) } ?? startIndex)])
    }
}
