/// An instant of the simulated programme: UTC microseconds since 1970-01-01T00:00:00Z.
package struct SimulatedInstant: Hashable, Comparable, Sendable {
    package static let microsecondsPerSecond: Int64 = 1_000_000
    package static let microsecondsPerHour: Int64 = 3_600 * microsecondsPerSecond
    package static let microsecondsPerDay: Int64 = 86_400 * microsecondsPerSecond

    package var microseconds: Int64

    package init(microseconds: Int64) {
        self.microseconds = microseconds
    }

    /// Midnight UTC of a day of the Gregorian calendar.
    package init(year: Int, month: Int, day: Int) {
        self.init(microseconds: Self.dayNumber(year: year, month: month, day: day) * Self.microsecondsPerDay)
    }

    package static func < (left: Self, right: Self) -> Bool {
        left.microseconds < right.microseconds
    }

    /// Days since 1970-01-01, by counting years that begin in March so that the leap day comes last.
    static func dayNumber(year: Int, month: Int, day: Int) -> Int64 {
        let shifted = month > 2 ? year : year - 1
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return Int64(era * 146_097 + dayOfEra - 719_468)
    }

    /// The calendar day of a day number: the inverse of `dayNumber`.
    static func calendarDay(of dayNumber: Int64) -> (year: Int, month: Int, day: Int) {
        let shifted = Int(dayNumber) + 719_468
        let era = shifted / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }
}
