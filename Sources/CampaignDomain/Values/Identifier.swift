/// The form of the identifiers of influencers, campaigns and the things they are about.
///
/// Source: Events, section 1, "identifier".
public enum Identifier {
    /// The most characters.
    public static let lengthMax = 64

    /// Whether a text is an identifier: 1–64 of `A–Z a–z 0–9 . _ -`, first a letter or digit.
    public static func isWellFormed(_ text: some StringProtocol) -> Bool {
        let bytes = text.utf8
        guard let first = bytes.first, bytes.count <= lengthMax, isLetterOrDigit(first) else { return false }
        return bytes.allSatisfy {
            isLetterOrDigit($0) || $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "_") || $0 == UInt8(ascii: "-")
        }
    }

    private static func isLetterOrDigit(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"): return true
        case UInt8(ascii: "0")...UInt8(ascii: "9"): return true
        default: return false
        }
    }
}
