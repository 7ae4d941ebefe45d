/// A UTC day: whole days since 1970-01-01 (⌊UTC seconds / 86400⌋; Projections, section 0, rule 4).
public struct Day: Hashable, Comparable, Sendable {
    /// Days since 1970-01-01.
    public let number: Int

    public init(_ number: Int) {
        self.number = number
    }

    public static func < (left: Day, right: Day) -> Bool {
        left.number < right.number
    }

    /// Days from `other` to this day.
    public static func - (left: Day, right: Day) -> Int {
        left.number - right.number
    }

    /// The first instant of the day.
    public var start: Instant {
        Instant(microseconds: Int64(number) * Instant.secondsPerDay * Instant.microsecondsPerSecond)
    }
}

/// Year, month and day of month in the proleptic Gregorian calendar, UTC.
public struct CalendarDate: Hashable, Sendable {
    public let year: Int
    public let month: Int
    public let day: Int

    public init(year: Int, month: Int, day: Int) {
        self.year = year
        self.month = month
        self.day = day
    }

    /// The number of days of a month, 28…31.
    public static func days(inMonth month: Int, ofYear year: Int) -> Int {
        switch month {
        case 2: return isLeap(year) ? 29 : 28
        case 4, 6, 9, 11: return 30
        default: return 31
        }
    }

    static func isLeap(_ year: Int) -> Bool {
        (year % 4 == 0 && year % 100 != 0) || year % 400 == 0
    }
}

extension Day {
    /// The day of a calendar date. Years 1970…9999.
    ///
    /// Counts from 1 March, so that the leap day is the last of its year (Howard Hinnant, "chrono-compatible low-level
    /// date algorithms", `days_from_civil`).
    public init(_ date: CalendarDate) {
        let year = date.month <= 2 ? date.year - 1 : date.year
        let era = year / 400
        let yearOfEra = year - era * 400
        let dayOfYear = (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        self.init(era * 146_097 + dayOfEra - 719_468)
    }

    /// The calendar date of the day (`civil_from_days` of the same source).
    public var date: CalendarDate {
        let shifted = number + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        return CalendarDate(
            year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
            month: month,
            day: dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}
