/// Amounts as the ledger writes them: digits, with a point before the minor ones, and a minus sign where negative.
enum DecimalText {
    /// The most characters of an amount: a 128-bit number of minor units has 39 digits.
    private static let lengthMax = 42

    static func isDecimal(_ text: String) -> Bool {
        guard text.utf8.count <= lengthMax else { return false }
        let unsigned = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
        let parts = unsigned.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
    }

    /// The same amount on the other side.
    static func negated(_ text: String) -> String {
        text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text
    }

    /// How many minor digits it has.
    static func places(_ text: String) -> Int {
        text.utf8.firstIndex(of: 0x2E).map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
    }

    /// Minor units; nil if it is no decimal, or does not fit.
    static func minor(_ text: String) -> Int128? {
        isDecimal(text) ? Int128(text.replacing(".", with: "")) : nil
    }

    /// A decimal of minor units with so many minor digits.
    static func text(_ minor: Int128, places: Int) -> String {
        guard places > 0 else { return String(minor) }
        let digits = String(minor.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return (minor < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }
}
