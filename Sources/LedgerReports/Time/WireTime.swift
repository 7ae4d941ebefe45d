/// Instants and days as answers write them, turned into numbers for axes. UTC only; no calendar but the civil one.
package enum WireTime {
    package static let daySeconds: Int64 = 86_400

    /// Seconds since 1970 of an RFC 3339 instant in UTC, such as `2026-06-30T12:00:00Z`; a fraction is dropped. Nil for
    /// what is none.
    package static func seconds(_ instant: String) -> Int64? {
        let bytes = Array(instant.utf8)
        guard bytes.count >= 20, bytes[10] == 84, bytes[13] == 58, bytes[16] == 58, bytes.last == 90,
            let day = day(String(instant.prefix(10))), let hour = number(bytes[11..<13]),
            let minute = number(bytes[14..<16]), let second = number(bytes[17..<19])
        else { return nil }
        return day * daySeconds + hour * 3_600 + minute * 60 + second
    }

    /// Whether a word is an instant as answers write it, perhaps with a comma behind it.
    package static func isInstant(_ word: some StringProtocol) -> Bool {
        (20...28).contains(word.utf8.count)
            && seconds(word.hasSuffix(",") ? String(word.dropLast()) : String(word)) != nil
    }

    /// RFC 3339 in UTC of seconds since 1970.
    package static func instantText(_ seconds: Int64) -> String {
        let day = floorDivided(seconds, daySeconds)
        let rest = seconds - day * daySeconds
        return "\(dayText(day))T\(padded(rest / 3_600, 2)):\(padded(rest / 60 % 60, 2)):\(padded(rest % 60, 2))Z"
    }

    /// An instant so many seconds before another, whose fraction it keeps; nil before 1970, and for what is none.
    package static func instant(_ instant: String, minus span: Int64) -> String? {
        guard let end = seconds(instant), span <= end else { return nil }
        return String(instantText(end - span).dropLast() + instant.dropFirst(19))
    }

    /// Days since 1970 of `YYYY-MM-DD`; nil for what is none.
    package static func day(_ text: String) -> Int64? {
        let bytes = Array(text.utf8)
        guard bytes.count == 10, bytes[4] == 45, bytes[7] == 45, let year = number(bytes[0..<4]),
            let month = number(bytes[5..<7]), let day = number(bytes[8..<10]), (1...12).contains(month),
            (1...31).contains(day)
        else { return nil }
        return self.day(year: year, month: month, day: day)
    }

    /// Days since 1970 of a civil day: years begin in March, so that a leap day is a year's last.
    package static func day(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = floorDivided(shifted, 400)
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The civil day of days since 1970.
    package static func civil(day: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = day + 719_468
        let era = floorDivided(shifted, 146_097)
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth + (shiftedMonth < 10 ? 3 : -9)
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }

    /// `YYYY-MM-DD` of days since 1970.
    package static func dayText(_ day: Int64) -> String {
        let date = civil(day: day)
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
    }

    /// `YYYY-MM` of months since the year 0, which is what months are counted by here.
    package static func monthText(_ month: Int64) -> String {
        "\(padded(floorDivided(month, 12), 4))-\(padded(month - floorDivided(month, 12) * 12 + 1, 2))"
    }

    /// Months since the year 0 of a day.
    package static func month(ofDay day: Int64) -> Int64 {
        let date = civil(day: day)
        return date.year * 12 + date.month - 1
    }

    /// The first day of a month.
    package static func firstDay(ofMonth month: Int64) -> Int64 {
        let year = floorDivided(month, 12)
        return day(year: year, month: month - year * 12 + 1, day: 1)
    }

    package static func floorDivided(_ value: Int64, _ divisor: Int64) -> Int64 {
        let quotient = value / divisor
        return value % divisor < 0 ? quotient - 1 : quotient
    }

    private static func padded(_ number: Int64, _ width: Int) -> String {
        let digits = String(number)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }

    private static func number(_ digits: ArraySlice<UInt8>) -> Int64? {
        guard digits.allSatisfy({ (48...57).contains($0) }) else { return nil }
        return digits.reduce(0) { $0 * 10 + Int64($1 - 48) }
    }
}
