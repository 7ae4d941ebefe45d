import LedgerAPI

/// Numbers as people read them. No locale: the same number is the same text everywhere. Positions are no such numbers
/// but names of events: they stand as they are, to be pasted.
enum Figures {
    /// A whole number in groups of three: `12,345`.
    static func grouped(_ number: some BinaryInteger) -> String {
        Decimals.grouped(number)
    }

    /// Basis points as per cent: 8326 is `83.26 %`.
    static func percent(bp: Int64) -> String {
        Decimals.percent(bp: bp)
    }

    /// An integer of 10^-places units as a decimal.
    static func decimal(_ value: Int64, places: Int) -> String {
        Decimals.text(Int128(value), places: places)
    }

    /// A size in binary units with one place: `1.5 MiB`.
    static func bytes(_ count: UInt64) -> String {
        let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]
        var unit = 0
        var size: UInt64 = 1
        while unit < units.count - 1, count / size >= 1_024 {
            size *= 1_024
            unit += 1
        }
        guard unit > 0 else { return "\(count) B" }
        let tenths = (count / size) * 10 + (count % size) / (size / 1_024) * 10 / 1_024
        return decimal(Int64(clamping: tenths), places: 1) + " " + units[unit]
    }

    /// A span as days, hours, minutes and seconds: `1 d 02:03:04`, or `0:12`.
    static func duration(seconds: Int64) -> String {
        let days = seconds / 86_400
        let hours = seconds / 3_600 % 24
        let minutes = seconds / 60 % 60
        if days > 0 {
            return "\(days) d \(two(hours)):\(two(minutes)):\(two(seconds % 60))"
        }
        return hours > 0
            ? "\(hours):\(two(minutes)):\(two(seconds % 60))" : "\(minutes):\(two(seconds % 60))"
    }

    private static func two(_ number: Int64) -> String {
        number < 10 ? "0\(number)" : "\(number)"
    }

    /// `1 event`, `2 events`.
    static func count(_ number: some BinaryInteger, _ one: String, _ many: String? = nil) -> String {
        grouped(number) + " " + (number == 1 ? one : many ?? one + "s")
    }
}
