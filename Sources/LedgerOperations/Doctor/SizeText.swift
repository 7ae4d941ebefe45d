/// Sizes and spans as people read them.
enum SizeText {
    private static let units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"]

    /// A size in binary units with one place: `1.5 MiB`.
    static func bytes(_ count: UInt64) -> String {
        var unit = 0
        var size: UInt64 = 1
        while unit < units.count - 1, count / size >= 1_024 {
            size *= 1_024
            unit += 1
        }
        guard unit > 0 else { return "\(count) B" }
        return "\(count / size).\((count % size) / (size / 1_024) * 10 / 1_024) \(units[unit])"
    }

    /// A span in its greatest units: `3 days`, `26 h`, `5 min`.
    static func age(seconds: Int64) -> String {
        switch seconds {
        case ..<120: "\(seconds) s"
        case ..<7_200: "\(seconds / 60) min"
        case ..<(72 * 3_600): "\(seconds / 3_600) h"
        default: "\(seconds / 86_400) days"
        }
    }
}
