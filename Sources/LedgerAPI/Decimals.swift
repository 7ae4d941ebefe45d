/// Numbers as text, exactly: decimals as the ledger writes them, per cent, and groups of three. No locale: the same
/// number is the same text everywhere.
package enum Decimals {
    /// The most characters of an amount: a 128-bit number of minor units has 39 digits.
    private static let lengthMax = 42

    // MARK: Read

    /// Whether it is digits, with a point before the minor ones and a minus sign where negative.
    package static func isDecimal(_ text: String) -> Bool {
        guard text.utf8.count <= lengthMax else { return false }
        let unsigned = text.utf8.first == 0x2D ? text.utf8.dropFirst() : text.utf8[...]
        let parts = unsigned.split(separator: 0x2E, maxSplits: 2, omittingEmptySubsequences: false)
        return (1...2).contains(parts.count)
            && parts.allSatisfy { part in !part.isEmpty && part.allSatisfy { (0x30...0x39).contains($0) } }
    }

    /// A decimal such as `-12.50` in units of its last digit: −1250 with 2 places. Nil for what is none, or does not
    /// fit.
    package static func parse(_ text: String) -> (units: Int128, places: Int)? {
        guard isDecimal(text), let units = Int128(text.replacing(".", with: "")) else { return nil }
        return (units, places(text))
    }

    /// How many minor digits a decimal has.
    package static func places(_ text: String) -> Int {
        text.utf8.firstIndex(of: 0x2E).map { text.utf8.distance(from: $0, to: text.utf8.endIndex) - 1 } ?? 0
    }

    /// The same amount on the other side.
    package static func negated(_ text: String) -> String {
        text.hasPrefix("-") ? String(text.dropFirst()) : "-" + text
    }

    // MARK: Write

    /// Units of 10^-places as a decimal.
    package static func text(_ units: Int128, places: Int) -> String {
        guard places > 0 else { return String(units) }
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.utf8.count)) + digits
        return (units < 0 ? "-" : "") + padded.dropLast(places) + "." + padded.suffix(places)
    }

    /// The same without zeros at its end, for weights of nine places.
    package static func short(_ units: Int128, places: Int) -> String {
        let text = text(units, places: places)
        guard places > 0 else { return text }
        let trimmed = text.reversed().drop { $0 == "0" }
        return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
    }

    /// Basis points as per cent: 8326 is `83.26 %`.
    package static func percent(bp: some BinaryInteger) -> String {
        text(Int128(bp), places: 2) + " %"
    }

    /// A whole number in groups of three: `12,345`.
    package static func grouped(_ number: some BinaryInteger) -> String {
        let digits = String(number.magnitude)
        var text = number < 0 ? "-" : ""
        for (index, digit) in digits.enumerated() {
            if index > 0, (digits.count - index).isMultiple(of: 3) {
                text += ","
            }
            text.append(digit)
        }
        return text
    }
}
