import CampaignDomain
import Testing

@Suite("Values")
struct ValueTests {
    private func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { Instant(rfc3339: UnsafeRawBufferPointer($0)) }
    }

    @Test(
        "Instants are read as UTC microseconds",
        arguments: [
            ("1970-01-01T00:00:00Z", 0), ("1970-01-01T00:00:00.000001Z", 1), ("1970-01-01T01:00:00+01:00", 0),
            ("1969-12-31T23:30:00-00:30", 0), ("2026-01-01T01:30:00+02:00", 1_767_223_800_000_000),
            ("2026-06-30T12:00:00.1234567Z", 1_782_820_800_123_456), ("2024-02-29t00:00:00z", 1_709_164_800_000_000),
            ("9999-12-31T23:59:59.999999Z", 253_402_300_799_999_999),
        ] as [(String, Int64)])
    func read(text: String, microseconds: Int64) {
        #expect(instant(text)?.microseconds == microseconds)
    }

    @Test(
        "What is no instant of 1970 to 9999 is refused",
        arguments: [
            "", "2026-06-30", "2026-06-30 12:00:00Z", "2026-06-30T12:00:60Z", "2026-06-30T24:00:00Z",
            "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z", "2026-06-31T00:00:00Z", "1969-12-31T23:59:59Z",
            "2026-06-30T12:00:00", "2026-06-30T12:00:00.Z", "2026-06-30T12:00:00+24:00", "2026-06-30T12:00:00+0100",
            "9999-12-31T23:59:59-00:01", "2026-06-30T12:00:00Zx", "2026-00-10T12:00:00Z", "2026-06-00T12:00:00Z",
        ])
    func refused(text: String) {
        #expect(instant(text) == nil)
    }

    @Test(
        "Instants are written with a fraction only where it is not zero",
        arguments: ["1970-01-01T00:00:00Z", "2026-06-30T12:00:00.000001Z", "9999-12-31T23:59:59.999999Z"])
    func written(text: String) {
        #expect(Instant(text).rfc3339 == text)
    }

    @Test("Every day of four centuries goes to its date and back, one after another")
    func calendar() {
        var expected = CalendarDate(year: 1970, month: 1, day: 1)
        for number in 0..<146_097 {
            let date = Day(number).date
            guard date == expected, Day(date).number == number else {
                Issue.record("day \(number) is \(date), expected \(expected)")
                return
            }
            if date.day < CalendarDate.days(inMonth: date.month, ofYear: date.year) {
                expected = CalendarDate(year: date.year, month: date.month, day: date.day + 1)
            } else if date.month < 12 {
                expected = CalendarDate(year: date.year, month: date.month + 1, day: 1)
            } else {
                expected = CalendarDate(year: date.year + 1, month: 1, day: 1)
            }
        }
        #expect(expected == CalendarDate(year: 2370, month: 1, day: 1))
    }

    @Test("An instant plus days keeps its time of day")
    func addingDays() {
        #expect(Instant("2026-02-28T23:59:59Z").adding(days: 1) == Instant("2026-03-01T23:59:59Z"))
        #expect(Instant("2026-03-01T23:59:59.999999Z").day - Instant("2026-02-28T00:00:00Z").day == 1)
    }

    @Test(
        "Halves go to the even neighbour",
        arguments: [
            (999, 1000, 100), (666, 1000, 67), (333, 1000, 33), (0, 1000, 0), (5, 1000, 0), (15, 1000, 2),
            (25, 1000, 2), (35, 1000, 4), (10_005, 1000, 1000), (10_015, 1000, 1002), (12_345, 750, 926),
            (999_999_999_999_999, 10_000, 999_999_999_999_999), (1, 0, 0),
        ] as [(Int64, Int64, Int64)])
    func halfEven(amount: Int64, basisPoints: Int64, rounded: Int64) {
        #expect(amount.halfEven(basisPoints: basisPoints) == rounded)
    }

    @Test(
        "Amounts are read in minor units",
        arguments: [
            ("0", "EUR", 0), ("129.9", "EUR", 12_990), ("129.90", "EUR", 12_990), ("15000", "JPY", 15_000),
            ("10.25", "KWD", 10_250), ("0.001", "KWD", 1), ("9999999999999.99", "EUR", 999_999_999_999_999),
            ("1.2345", "CLF", 12_345),
        ] as [(String, String, Int64)])
    func money(text: String, code: String, minorUnits: Int64) throws {
        var text = text
        let currency = try #require(Currency(code))
        let money = text.withUTF8 { Money(decimal: UnsafeRawBufferPointer($0), currency: currency) }
        #expect(money == Money(currency: currency, minorUnits: minorUnits))
    }

    @Test(
        "What is no amount of its currency is refused",
        arguments: [
            ("", "EUR"), (".5", "EUR"), ("5.", "EUR"), ("01", "EUR"), ("00.5", "EUR"), ("1.234", "EUR"), ("-1", "EUR"),
            ("+1", "EUR"), ("1e2", "EUR"), ("1.5", "JPY"), ("10000000000000.00", "EUR"), ("1,5", "EUR"),
            ("1.2.3", "EUR"),
            (" 1", "EUR"), ("1000000000000000", "JPY"),
        ])
    func noMoney(text: String, code: String) throws {
        var text = text
        let currency = try #require(Currency(code))
        #expect(text.withUTF8 { Money(decimal: UnsafeRawBufferPointer($0), currency: currency) } == nil)
    }

    @Test("Currencies are those of ISO 4217 that have minor units")
    func currencies() {
        for (code, digits) in [("EUR", 2), ("JPY", 0), ("KWD", 3), ("CLF", 4), ("USD", 2)] {
            #expect(Currency(code)?.minorDigits == digits)
        }
        for code in ["eur", "EU", "EURO", "XAU", "XXX", "XTS", "ZZZ", ""] { #expect(Currency(code) == nil, "\(code)") }
        #expect(Currency.usd.code == "USD")
    }

    @Test("Sums are written with all minor digits and their sign")
    func decimals() throws {
        let (euro, yen, dinar) = try (
            #require(Currency("EUR")), #require(Currency("JPY")), #require(Currency("KWD"))
        )
        #expect(euro.decimal(0) == "0.00")
        #expect(euro.decimal(-5) == "-0.05")
        #expect(euro.decimal(12_990) == "129.90")
        #expect(yen.decimal(-12) == "-12")
        #expect(dinar.decimal(10_250) == "10.250")
        #expect(euro.decimal(Int128(Int64.max) * 10) == "922337203685477580.70")
    }

    @Test("Scores have four places")
    func scores() {
        #expect(Score(0).decimal == "0.0000")
        #expect(Score(7).decimal == "0.0007")
        #expect(Score(922_770).decimal == "92.2770")
        #expect(Score(1_000_000).decimal == "100.0000")
    }
}
