import Glibc

/// How figures and moments are written.
enum Text {
    /// Whole with separators from 100 on, else three digits or so.
    static func number(_ value: Double) -> String {
        if value >= 99.95 {
            return grouped(Int(value.rounded()))
        }
        let places = value >= 9.995 ? 1 : value >= 0.9995 ? 2 : 3
        let scale = [1, 10, 100, 1_000][places]
        let scaled = Int((value * Double(scale)).rounded())
        let fraction = String(scaled % scale)
        return "\(scaled / scale)." + String(repeating: "0", count: places - fraction.count) + fraction
    }

    /// This instant, RFC 3339 with seconds, UTC.
    static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    private static func grouped(_ value: Int) -> String {
        var digits = Array(String(value))
        var index = digits.count - 3
        while index > 0 {
            digits.insert(",", at: index)
            index -= 3
        }
        return String(digits)
    }
}
