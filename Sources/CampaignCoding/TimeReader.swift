internal import CampaignDomain

/// Reads times. Those that services mostly send, `YYYY-MM-DDThh:mm:ss`, with no, three or six digits of fraction, and
/// `Z`, on the date that was read before, are read in whole words; everything else is left to `Instant`, so that there
/// is one judge of what a time is.
final class TimeReader {
    /// The characters of the date read last, `YYYY-MM-` and `DD`. What no text has until one was read: FF is no byte of
    /// UTF-8, whereas zeros would be those of ten NULs.
    @exclusivity(unchecked) private var yearAndMonth = UInt64.max
    @exclusivity(unchecked) private var day = UInt16.max
    /// Its midnight, in microseconds since 1970.
    @exclusivity(unchecked) private var midnight: Int64 = 0

    /// Nil if the text is no time (`Instant.init(rfc3339:)`).
    @inline(__always)
    func instant(_ text: UnsafeRawBufferPointer) -> Instant? {
        guard let start = text.baseAddress, let sinceMidnight = Self.timeOfDay(start, count: text.count) else {
            return Instant(rfc3339: text)
        }
        let yearAndMonth = start.loadUnaligned(as: UInt64.self)
        let day = start.loadUnaligned(fromByteOffset: 8, as: UInt16.self)
        if yearAndMonth == self.yearAndMonth, day == self.day {
            return Instant(microseconds: midnight + sinceMidnight)
        }
        guard let instant = Instant(rfc3339: text) else { return nil }
        self.yearAndMonth = yearAndMonth
        self.day = day
        midnight = instant.microseconds - sinceMidnight
        return instant
    }

    /// The microseconds since midnight, if what stands behind the date has the usual form.
    @inline(__always)
    private static func timeOfDay(_ text: UnsafeRawPointer, count: Int) -> Int64? {
        guard count == 20 || count == 24 || count == 27, text.load(fromByteOffset: 10, as: UInt8.self) == 0x54,
            let time = Digits(text + 11, like: "00:00:00"), let fraction = microseconds(text + 19, count: count - 19)
        else { return nil }
        let hour = time.pair(at: 0)
        let minute = time.pair(at: 3)
        let second = time.pair(at: 6)
        guard hour < 24, minute < 60, second < 60 else { return nil }
        return ((hour * 60 + minute) * 60 + second) * 1_000_000 + fraction
    }

    /// The fraction in microseconds from `Z`, `.fffZ` or `.ffffffZ`.
    @inline(__always)
    private static func microseconds(_ text: UnsafeRawPointer, count: Int) -> Int64? {
        switch count {
        case 1: return text.load(as: UInt8.self) == UInt8(ascii: "Z") ? 0 : nil
        case 5:
            // With the seconds before it that makes a word of eight.
            guard let digits = Digits(text - 3, like: ":00.000Z") else { return nil }
            return digits.pair(at: 4) * 10_000 + digits.digit(at: 6) * 1000
        default:
            guard let digits = Digits(text, like: ".000000Z") else { return nil }
            return digits.pair(at: 1) * 10_000 + digits.pair(at: 3) * 100 + digits.pair(at: 5)
        }
    }
}

/// Eight characters, some of them decimal digits, the others given: each byte is a digit's value or 0.
struct Digits {
    private let values: UInt64

    /// Nil unless each character is a digit where `pattern` has a 0, and the pattern's character elsewhere.
    ///
    /// - Parameter pattern: eight characters, one of them 0 at least.
    @inline(__always)
    init?(_ text: UnsafeRawPointer, like pattern: StaticString) {
        let expected = UInt64(
            littleEndian: UnsafeRawPointer(pattern.utf8Start).loadUnaligned(as: UInt64.self))
        let found = UInt64(littleEndian: text.loadUnaligned(as: UInt64.self))
        let difference = found ^ expected
        let isDigit = Self.bytesEqual(expected, to: 0x3030_3030_3030_3030)
        // A byte that is 10 or more has its highest bit here.
        let isTooLarge = (difference | (difference &+ 0x7676_7676_7676_7676)) & Self.highBits
        guard isTooLarge == 0, difference & ~isDigit == 0 else { return nil }
        values = difference
    }

    @inline(__always)
    func digit(at index: Int) -> Int64 {
        Int64(values >> UInt64(8 * index) & 0xFF)
    }

    @inline(__always)
    func pair(at index: Int) -> Int64 {
        digit(at: index) * 10 + digit(at: index + 1)
    }

    private static let highBits: UInt64 = 0x8080_8080_8080_8080

    /// 0xFF in each byte in which two words are equal.
    @inline(__always)
    private static func bytesEqual(_ a: UInt64, to b: UInt64) -> UInt64 {
        let difference = a ^ b
        let isUnequal = ((difference & ~highBits) &+ ~highBits | difference) & highBits
        return ((~isUnequal & highBits) >> 7) &* 0xFF
    }
}
