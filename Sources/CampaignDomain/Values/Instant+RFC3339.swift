extension Instant {
    /// Reads an RFC 3339 date-time with `Z` or an offset; digits beyond microseconds are cut off.
    ///
    /// Returns nil for anything else: other separators than `T`, a leap second, an offset beyond ±23:59, a result
    /// outside 1970…9999. Lower-case `t` and `z` are RFC 3339 too.
    public init?(rfc3339 text: UnsafeRawBufferPointer) {
        guard text.count >= 20, let date = Day(iso8601: UnsafeRawBufferPointer(rebasing: text[0..<10])),
            text[10] | 0x20 == UInt8(ascii: "t"),
            let hour = text.twoDigits(at: 11), hour < 24, text[13] == UInt8(ascii: ":"),
            let minute = text.twoDigits(at: 14), minute < 60, text[16] == UInt8(ascii: ":"),
            let second = text.twoDigits(at: 17), second < 60
        else { return nil }
        var index = 19
        guard let fraction = text.fractionMicroseconds(from: &index),
            let offset = text.offsetMinutes(from: index)
        else { return nil }
        let seconds =
            Int64(date.number) * Instant.secondsPerDay + Int64(hour * 3600 + minute * 60 + second - offset * 60)
        let instant = Instant(microseconds: seconds * Instant.microsecondsPerSecond + fraction)
        guard instant >= .earliest, instant <= .latest else { return nil }
        self = instant
    }

    /// The instant as RFC 3339 in UTC, with six digits of fraction only when it is not zero.
    public var rfc3339: String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        appendRFC3339(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Appends `rfc3339` to `bytes`.
    public func appendRFC3339(to bytes: inout [UInt8]) {
        day.appendISO8601(to: &bytes)
        let micros = microseconds - day.start.microseconds
        let seconds = Int(micros / Instant.microsecondsPerSecond)
        bytes.append(UInt8(ascii: "T"))
        bytes.append(decimal: seconds / 3600, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: seconds / 60 % 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        bytes.append(decimal: seconds % 60, digits: 2)
        let fraction = Int(micros % Instant.microsecondsPerSecond)
        if fraction != 0 {
            bytes.append(UInt8(ascii: "."))
            bytes.append(decimal: fraction, digits: 6)
        }
        bytes.append(UInt8(ascii: "Z"))
    }
}

extension Day {
    /// Reads `YYYY-MM-DD`, years 1970…9999; nil for anything else.
    public init?(iso8601 text: UnsafeRawBufferPointer) {
        guard text.count == 10, text[4] == UInt8(ascii: "-"), text[7] == UInt8(ascii: "-"),
            let century = text.twoDigits(at: 0), let yearOfCentury = text.twoDigits(at: 2),
            let month = text.twoDigits(at: 5), let day = text.twoDigits(at: 8)
        else { return nil }
        let year = century * 100 + yearOfCentury
        guard year >= 1969, month >= 1, month <= 12, day >= 1, day <= CalendarDate.days(inMonth: month, ofYear: year)
        else { return nil }
        self.init(CalendarDate(year: year, month: month, day: day))
    }

    /// The day as `YYYY-MM-DD`.
    public var iso8601: String {
        var bytes: [UInt8] = []
        appendISO8601(to: &bytes)
        return String(decoding: bytes, as: UTF8.self)
    }

    func appendISO8601(to bytes: inout [UInt8]) {
        let date = date
        bytes.append(decimal: date.year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: date.month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        bytes.append(decimal: date.day, digits: 2)
    }
}

extension [UInt8] {
    mutating func append(decimal value: Int, digits: Int) {
        var divisor = 1
        for _ in 1..<digits { divisor *= 10 }
        var rest = value
        while divisor > 0 {
            append(UInt8(ascii: "0") + UInt8(truncatingIfNeeded: rest / divisor % 10))
            rest %= divisor
            divisor /= 10
        }
    }
}

extension UnsafeRawBufferPointer {
    fileprivate func digit(at index: Int) -> Int? {
        guard index < count else { return nil }
        let value = Int(self[index]) - Int(UInt8(ascii: "0"))
        return value >= 0 && value <= 9 ? value : nil
    }

    fileprivate func twoDigits(at index: Int) -> Int? {
        guard let tens = digit(at: index), let ones = digit(at: index + 1) else { return nil }
        return tens * 10 + ones
    }

    /// Reads an optional `.digits`, cut to microseconds, and moves the index behind it; nil for a dot without digits.
    fileprivate func fractionMicroseconds(from index: inout Int) -> Int64? {
        guard index < count, self[index] == UInt8(ascii: ".") else { return 0 }
        index += 1
        guard digit(at: index) != nil else { return nil }
        var fraction: Int64 = 0
        var scale: Int64 = 100_000
        while let value = digit(at: index) {
            fraction += Int64(value) * scale
            scale /= 10
            index += 1
        }
        return fraction
    }

    /// Reads `Z` or `±hh:mm` up to the end; nil for anything else.
    fileprivate func offsetMinutes(from index: Int) -> Int? {
        guard index < count else { return nil }
        if self[index] | 0x20 == UInt8(ascii: "z") { return count == index + 1 ? 0 : nil }
        guard count == index + 6, self[index + 3] == UInt8(ascii: ":"),
            let hours = twoDigits(at: index + 1), hours < 24, let minutes = twoDigits(at: index + 4), minutes < 60
        else { return nil }
        switch self[index] {
        case UInt8(ascii: "+"): return hours * 60 + minutes
        case UInt8(ascii: "-"): return -(hours * 60 + minutes)
        default: return nil
        }
    }
}
