/// An amount of one currency in its minor units (cents, yen, fils). Never converted, never floating point.
///
/// Source: Events, section 1, "money".
public struct Money: Hashable, Sendable {
    public let currency: Currency
    /// Minor units; in events 0 … 999,999,999,999,999.
    public let minorUnits: Int64

    /// The most digits an amount has in minor units.
    public static let minorDigitsMax = 15

    public init(currency: Currency, minorUnits: Int64) {
        self.currency = currency
        self.minorUnits = minorUnits
    }

    /// Reads a decimal amount: digits, at most the currency's minor digits behind a point, no sign, no needless leading
    /// zero, at most 15 digits once in minor units. Nil for anything else.
    public init?(decimal text: UnsafeRawBufferPointer, currency: Currency) {
        var units: Int64 = 0
        var integerDigits = 0
        var fractionDigits: Int? = nil
        for byte in text {
            if byte == UInt8(ascii: ".") {
                guard fractionDigits == nil, integerDigits > 0 else { return nil }
                fractionDigits = 0
                continue
            }
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9"), integerDigits + (fractionDigits ?? 0) < 24
            else { return nil }
            guard let units10 = Money.appending(digit: Int64(byte - UInt8(ascii: "0")), to: units) else { return nil }
            units = units10
            if let digits = fractionDigits { fractionDigits = digits + 1 } else { integerDigits += 1 }
        }
        guard integerDigits > 0, fractionDigits != 0, (fractionDigits ?? 0) <= currency.minorDigits,
            integerDigits == 1 || text[0] != UInt8(ascii: "0")
        else { return nil }
        for _ in (fractionDigits ?? 0)..<currency.minorDigits {
            guard let units10 = Money.appending(digit: 0, to: units) else { return nil }
            units = units10
        }
        self.init(currency: currency, minorUnits: units)
    }

    private static let unitsMax: Int64 = 999_999_999_999_999

    private static func appending(digit: Int64, to units: Int64) -> Int64? {
        guard units <= (unitsMax - digit) / 10 else { return nil }
        return units * 10 + digit
    }
}

extension Currency {
    /// An amount of minor units as a decimal with all the currency's minor digits, with a minus sign where negative.
    public func decimal(_ minorUnits: Int128) -> String {
        let digits = String(minorUnits.magnitude)
        let sign = minorUnits < 0 ? "-" : ""
        guard minorDigits > 0 else { return sign + digits }
        let padded = String(repeating: "0", count: max(0, minorDigits + 1 - digits.count)) + digits
        return sign + padded.dropLast(minorDigits) + "." + padded.suffix(minorDigits)
    }
}
