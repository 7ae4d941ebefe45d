// Lines are written as bytes, without a String between: a million events a second leave a microsecond for each.
extension [UInt8] {
    mutating func write(_ text: StaticString) {
        text.withUTF8Buffer { append(contentsOf: $0) }
    }

    /// A decimal number.
    mutating func write(_ number: Int) {
        if number < 10 {
            append(48 &+ UInt8(truncatingIfNeeded: number))
        } else {
            write(number, digits: 1)
        }
    }

    /// A decimal number of at least `digits` digits, filled with zeros.
    mutating func write(_ number: Int, digits: Int) {
        var rest = UInt64(truncatingIfNeeded: number)
        var length = 1
        var bound: UInt64 = 10
        while length < 19, rest >= bound {
            length += 1
            bound &*= 10
        }
        length = Swift.max(length, digits)
        let start = count
        append(contentsOf: repeatElement(48, count: length))
        var place = start + length
        while rest > 0 {
            place -= 1
            self[place] = 48 &+ UInt8(truncatingIfNeeded: rest % 10)
            rest /= 10
        }
    }

    /// Exactly two digits.
    mutating func writeTwo(_ number: Int) {
        append(48 &+ UInt8(truncatingIfNeeded: number / 10))
        append(48 &+ UInt8(truncatingIfNeeded: number % 10))
    }

    /// The `digits` lowest hexadecimal digits.
    mutating func writeHex(_ bits: UInt64, digits: Int) {
        var shift = UInt64(digits) * 4
        while shift > 0 {
            shift -= 4
            let nibble = UInt8(truncatingIfNeeded: (bits >> shift) & 15)
            append(nibble < 10 ? 48 &+ nibble : 87 &+ nibble)
        }
    }

    /// An instant as RFC 3339 in UTC with six digits of fraction.
    mutating func write(_ instant: SimulatedInstant) {
        let day = instant.microseconds / SimulatedInstant.microsecondsPerDay
        let inDay = Int(instant.microseconds - day * SimulatedInstant.microsecondsPerDay)
        writeDay(day)
        append(84)
        let seconds = inDay / 1_000_000
        writeTwo(seconds / 3_600)
        append(58)
        writeTwo(seconds / 60 % 60)
        append(58)
        writeTwo(seconds % 60)
        append(46)
        write(inDay % 1_000_000, digits: 6)
        append(90)
    }

    /// A UTC day as `YYYY-MM-DD`.
    mutating func writeDay(_ dayNumber: Int64) {
        let date = SimulatedInstant.calendarDay(of: dayNumber)
        write(date.year, digits: 4)
        append(45)
        writeTwo(date.month)
        append(45)
        writeTwo(date.day)
    }

    /// A member whose value is a number: `,"name":value`, with the name given whole as `,"name":`.
    mutating func write(_ name: StaticString, number: Int) {
        write(name)
        write(number)
    }

    /// A member whose value is a word: the name is given as `,"name":"`, the closing quote is added.
    mutating func write(_ name: StaticString, word: StaticString) {
        write(name)
        write(word)
        append(34)
    }

    /// A member whose value is an identifier of letters and a padded number.
    mutating func write(_ name: StaticString, numbered number: Int, digits: Int) {
        write(name)
        write(number, digits: digits)
        append(34)
    }

    /// A member whose value is money of `minorUnits`: the name is given as `,"name":`.
    mutating func write(_ name: StaticString, minorUnits: Int, _ currency: SimulatedCurrency) {
        write(name)
        write("{\"currency\":\"")
        write(currency.code)
        write("\",\"amount\":\"")
        if currency.minorDigits == 0 {
            write(minorUnits)
        } else {
            write(minorUnits / 100)
            append(46)
            writeTwo(minorUnits % 100)
        }
        write("\"}")
    }
}
