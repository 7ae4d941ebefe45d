/// Decimal strings and integers of minor units, exactly.
package enum Decimals {
    /// A decimal such as `-12.50` in units of its last digit: −1250 with 2 places. Nil for what is none.
    package static func parse(_ text: String) -> (units: Int128, places: Int)? {
        let isNegative = text.hasPrefix("-")
        let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
        guard (1...2).contains(parts.count), let units = Int128(parts.joined()), !parts[0].isEmpty else { return nil }
        return (isNegative ? -units : units, parts.count == 2 ? parts[1].count : 0)
    }

    /// Units of 10^-places as a decimal.
    package static func text(_ units: Int128, places: Int) -> String {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, places + 1 - digits.count)) + digits
        let whole = (units < 0 ? "-" : "") + padded.dropLast(places)
        return places == 0 ? whole : whole + "." + padded.suffix(places)
    }

    /// The same without zeros at its end, for weights of nine places.
    package static func short(_ units: Int128, places: Int) -> String {
        let text = text(units, places: places)
        guard places > 0, text.contains(".") else { return text }
        let trimmed = text.reversed().drop { $0 == "0" }
        return String((trimmed.first == "." ? trimmed.dropFirst() : trimmed).reversed())
    }

    /// Basis points as per cent: 8326 is `83.26 %`.
    package static func percent(bp: Int128) -> String {
        text(bp, places: 2) + " %"
    }

    /// A whole number in groups of three: `12,345`.
    package static func grouped(_ number: some BinaryInteger) -> String {
        let digits = Array(String(number.magnitude))
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
