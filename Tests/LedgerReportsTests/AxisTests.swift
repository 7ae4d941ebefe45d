import Testing

@testable import LedgerReports

@Suite struct AxisTests {
    @Test(arguments: [
        ("1970-01-01", Int64(0)), ("2000-02-29", 11_016), ("2026-06-30", 20_634), ("1969-12-31", -1),
        ("0001-01-01", -719_162),
        ("9999-12-31", 2_932_896),
    ])
    func `days are counted from 1970, and back`(text: String, day: Int64) {
        #expect(WireTime.day(text) == day)
        #expect(WireTime.dayText(day) == text)
    }

    @Test func `instants are read to the second, and nothing else is`() {
        #expect(WireTime.seconds("1970-01-02T00:00:01Z") == 86_401)
        #expect(WireTime.seconds("2026-06-30T12:00:00.123456Z") == 1_782_820_800)
        for text in ["", "2026-06-30", "2026-06-30T12:00:00", "2026-13-30T12:00:00Z", "2026-06-30T1a:00:00Z"] {
            #expect(WireTime.seconds(text) == nil)
        }
    }

    @Test func `an instant before another keeps its fraction, and there is none before 1970`() {
        #expect(WireTime.instant("2026-06-30T12:00:00.123456Z", minus: 364 * 86_400) == "2025-07-01T12:00:00.123456Z")
        #expect(WireTime.instant("2026-03-01T00:00:01Z", minus: 86_402) == "2026-02-27T23:59:59Z")
        #expect(WireTime.instant("1970-01-01T00:00:01Z", minus: 2) == nil)
        #expect(WireTime.instant("yesterday", minus: 1) == nil)
        #expect(WireTime.instantText(86_399) == "1970-01-01T23:59:59Z")
        #expect(WireTime.isInstant("2026-06-30T12:00:00.123456Z,") && !WireTime.isInstant("2026-06-30"))
    }

    @Test func `months follow each other over the turn of the year`() {
        let month = WireTime.month(ofDay: WireTime.day(year: 2025, month: 12, day: 31))
        #expect(WireTime.monthText(month) == "2025-12")
        #expect(WireTime.monthText(month + 1) == "2026-01")
        #expect(WireTime.firstDay(ofMonth: month + 1) == WireTime.day("2026-01-01"))
    }

    @Test func `a value axis has round ticks around all values and 0`() {
        let axis = ValueAxis(least: -230, most: 1_999, places: 0)
        #expect(axis.ticks.map(\.value) == [-500, 0, 500, 1_000, 1_500, 2_000])
        #expect(ValueAxis(least: 0, most: 0, places: 0).ticks.map(\.label) == ["0", "1"])
        #expect(ValueAxis(least: 0, most: 1_250_000, places: 2).ticks.map(\.label) == ["0", "5k", "10k", "15k"])
        #expect(
            ValueAxis(least: 0, most: 1_000_000, places: 4).ticks.map(\.label) == ["0", "20", "40", "60", "80", "100"])
        let huge = ValueAxis(least: 0, most: Int128(Int64.max), places: 0)
        #expect(huge.most >= Int128(Int64.max) && huge.ticks.count <= 7)
    }

    @Test func `a time axis has at most a handful of ticks, at beginnings`() {
        let year = TimeAxis(from: 0, to: 365 * WireTime.daySeconds)
        #expect(year.ticks.map(\.label) == ["1970-01", "1970-04", "1970-07", "1970-10", "1971-01"])
        let week = TimeAxis(from: 43_200, to: 7 * WireTime.daySeconds)
        #expect(week.ticks.first?.label == "01-02")
        #expect((2...7).contains(week.ticks.count))
        let century = TimeAxis(from: 0, to: 36_500 * WireTime.daySeconds)
        #expect((2...7).contains(century.ticks.count))
        #expect(century.ticks.allSatisfy { $0.label.count == 4 })
        let instant = TimeAxis(from: 100, to: 100)
        #expect(instant.to > instant.from)
    }
}
