import ArgumentParser
import LedgerReports

/// Values of options that no ledger takes, found out before anything is asked. What depends on the ledger, such as
/// whether there is an influencer of that name, is the daemon's to say.
enum OptionValue {
    /// An instant as the daemon takes it: RFC 3339, with `Z` or an offset.
    static func check(instant text: String?, _ option: String) throws {
        guard let text, !isInstant(text) else { return }
        throw ValidationError("\(option) is \(text): give an instant in RFC 3339, such as 2026-06-30T12:00:00Z.")
    }

    static func check(day text: String?, _ option: String) throws {
        guard let text, !isDay(text) else { return }
        throw ValidationError("\(option) is \(text): give a day as YYYY-MM-DD, such as 2026-06-30.")
    }

    static func check(_ text: String?, among words: [String], _ option: String) throws {
        guard let text, !words.contains(text) else { return }
        throw ValidationError("\(option) is \(text): give one of \(words.joined(separator: ", ")).")
    }

    /// A score of 0 to 100 with up to four places.
    static func check(score text: String?, _ option: String) throws {
        guard let text, text.wholeMatch(of: /100(\.0{1,4})?|[0-9]{1,2}(\.[0-9]{1,4})?|0[0-9]{2}(\.[0-9]{1,4})?/) == nil
        else { return }
        throw ValidationError("\(option) is \(text): give a score from 0 to 100, such as 60 or 72.5.")
    }

    static func check(step text: String?, _ option: String) throws {
        guard let text, seconds(ofStep: text) == nil else { return }
        throw ValidationError(
            "\(option) is \(text): give seconds from 1 on, or a number with s, m, h or d, such as 12h or 7d.")
    }

    /// The longest step that the daemon takes, in seconds: ten thousand years.
    private static let stepSecondsMax: Int64 = 315_576_000_000

    /// A step in seconds; nil for what is none.
    static func seconds(ofStep text: String) -> Int64? {
        guard let match = text.wholeMatch(of: /([0-9]+)([smhd]?)/), let count = Int64(match.1) else { return nil }
        let units: [Substring: Int64] = ["": 1, "s": 1, "m": 60, "h": 3_600, "d": 86_400]
        let (seconds, overflows) = count.multipliedReportingOverflow(by: units[match.2] ?? 1)
        return !overflows && (1...stepSecondsMax).contains(seconds) ? seconds : nil
    }

    private static func isInstant(_ text: String) -> Bool {
        let form = /(.{10})[Tt]([0-9]{2}):([0-9]{2}):([0-9]{2})(?:\.[0-9]+)?(?:[Zz]|[+-]([0-9]{2}):([0-9]{2}))/
        guard let match = text.wholeMatch(of: form), isDay(String(match.1)) else { return false }
        return match.2 < "24" && match.3 < "60" && match.4 < "60" && (match.5 ?? "00") < "24"
            && (match.6 ?? "00") < "60"
    }

    /// A day of the calendar; the daemon says which years it knows.
    private static func isDay(_ text: String) -> Bool {
        WireTime.day(text).map { WireTime.dayText($0) } == text
    }
}
