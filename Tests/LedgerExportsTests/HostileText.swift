/// Texts that try to be more than text.
enum HostileText {
    static let all = [
        "", " ", "  two spaces  ", "\n", "\r\n", "a\nb", "a\u{B}b\u{C}c", "\u{85}", "a\u{2028}b\u{2029}c", "\u{0}",
        "\t=1+1", "=1+1", "+1", "-1", "@SUM(A1)", "'quoted", "\u{FF1D}1", " =1", "\u{FEFF}=1", "\"", "\"\"", "\\",
        "\\\"",
        "a;b", "a  ; b", "a|b", "a,b", "#tag", "^link", "[2026-01-01]", "[=2026-01-01]", ":tag:", "key: value",
        "date:2020-01-01", "2026-01-01 * evil\n  Assets:Cash  1 EUR\n  Equity:X", "(Virtual)", "[Balanced]", "*", "!",
        "\n2026-01-01 open Assets:Evil", "\ninclude /etc/passwd", "!include x", "\n!eval system(\"x\")",
        "\npython\nprint(1)\nend python\n", "end comment", "\ncomment\n",
        "\"\n2026-01-01 balance Assets:Cash 0 EUR\n\"",
        "payee x", "{1 EUR}", "@@ 5 USD", "= expr", "~ monthly", "\u{202E}evil\u{202C}", "\u{200B}", "\u{1B}[31m",
        "\u{7}", "\u{7F}", "é", "e\u{301}", "👩‍👩‍👧", "％", "%", "%%", "%0A", "%2", "<script>", "$(x)", "`x`", "../..",
        "null", "NULL", "0", "1e5", "-0.5", "'; DROP TABLE events; --", String(repeating: "x", count: 1_024),
        String(repeating: ";", count: 1_024), "\u{10FFFF}", "\u{E000}",
        // One character of Swift's, two of everyone else's.
        "\"\u{301},=1+1", "'\u{301}", "\"\u{200D}", "a\"\u{301}b", "a'\u{301}b", ",\u{301}", ":\u{301}", "-\u{301}1",
        "=\u{301}1", "\n\u{301}", "%\u{301}41",
    ]

    /// What a token may be made of.
    static let tokenScalars = Set(
        "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789._-~:/@+?&#=%".unicodeScalars)

    /// Texts of any Unicode, half of their characters such as tools take for signs.
    static func random(count: Int, seed: UInt64) -> [String] {
        var chance = Chance(state: seed)
        return (0..<count).map { _ in
            var text = ""
            for _ in 0..<(chance.next() % 24) {
                text.unicodeScalars.append(chance.scalar())
            }
            return text
        }
    }
}

/// SplitMix64.
struct Chance: RandomNumberGenerator {
    private static let signs = Array(
        "\n\r\t ;|,:\"'\\=+-@#^[](){}*!%&~<>$0123456789Ea\u{85}\u{2028}\u{202E}".unicodeScalars)

    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
        return mixed ^ (mixed >> 31)
    }

    mutating func scalar() -> Unicode.Scalar {
        if next().isMultiple(of: 2) {
            return Self.signs[Int(next() % UInt64(Self.signs.count))]
        }
        while true {
            if let scalar = Unicode.Scalar(UInt32(truncatingIfNeeded: next() % 0x11_0000)) { return scalar }
        }
    }
}
