import Glibc
import Logging
import Synchronization

/// The level that all loggers of the daemon share, so that it can be changed while they are in use.
final class SharedLogLevel: Sendable {
    private let ordinal: Atomic<Int>

    init(_ level: Logger.Level) {
        ordinal = Atomic(Self.ordinal(of: level))
    }

    var level: Logger.Level {
        get { Logger.Level.allCases[ordinal.load(ordering: .relaxed)] }
        set { ordinal.store(Self.ordinal(of: newValue), ordering: .relaxed) }
    }

    private static func ordinal(of level: Logger.Level) -> Int {
        Logger.Level.allCases.firstIndex(of: level) ?? 0
    }
}

/// Writes entries to standard error, each with one system call: a line of text, or one JSON object.
struct StructuredLogHandler: LogHandler {
    enum Format: String, Sendable { case text, json }

    let label: String
    let format: Format
    let shared: SharedLogLevel
    var metadata: Logger.Metadata = [:]
    /// A level of this logger's own, if it was given one.
    private var ownLevel: Logger.Level?

    init(label: String, format: Format, shared: SharedLogLevel) {
        self.label = label
        self.format = format
        self.shared = shared
    }

    var logLevel: Logger.Level {
        get { ownLevel ?? shared.level }
        set { ownLevel = newValue }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        var fields = metadata.merging(event.metadata ?? [:]) { _, own in own }.map { ($0, "\($1)") }
        if let error = event.error { fields.append(("error", "\(error)")) }
        fields.sort { $0.0 < $1.0 }
        let line = Self.line(
            format, time: Self.now(), level: event.level.rawValue, label: label, message: "\(event.message)",
            fields: fields)
        var text = line + "\n"
        text.withUTF8 { _ = write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    /// One entry. What could break the line or fool a terminal is escaped.
    static func line(
        _ format: Format, time: String, level: String, label: String, message: String, fields: [(String, String)]
    ) -> String {
        switch format {
        case .text:
            let pairs = fields.map { " \($0.0)=\(quoted($0.1))" }.joined()
            let padding = String(repeating: " ", count: max(0, 8 - level.count))
            return "\(time) \(level)\(padding) \(label): \(escaped(message))\(pairs)"
        case .json:
            let own = [("time", time), ("level", level), ("label", label), ("message", message)]
            let members = (own + fields.map { (own.map(\.0).contains($0.0) ? "_\($0.0)" : $0.0, $0.1) }).map {
                "\"\(escaped($0.0))\":\"\(escaped($0.1))\""
            }
            return "{\(members.joined(separator: ","))}"
        }
    }

    private static func quoted(_ value: String) -> String {
        let isPlain = !value.isEmpty && value.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7F && $0 != 0x22 && $0 != 0x3D }
        return isPlain ? value : "\"\(escaped(value))\""
    }

    /// With JSON's escapes for quotes, backslashes and everything that controls a terminal.
    private static func escaped(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar.value {
            case 0x22, 0x5C:
                result += "\\"
                result.unicodeScalars.append(scalar)
            case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069:
                let digits = String(scalar.value, radix: 16)
                result += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: result.unicodeScalars.append(scalar)
            }
        }
        return result
    }

    /// RFC 3339 in UTC with milliseconds.
    private static func now() -> String {
        var time = timespec()
        clock_gettime(CLOCK_REALTIME, &time)
        var parts = tm()
        gmtime_r(&time.tv_sec, &parts)
        func digits(_ value: Int, _ count: Int) -> String {
            let text = String(value)
            return String(repeating: "0", count: max(0, count - text.count)) + text
        }
        let date = [Int(parts.tm_year) + 1900, Int(parts.tm_mon) + 1, Int(parts.tm_mday)]
        let day = [Int(parts.tm_hour), Int(parts.tm_min), Int(parts.tm_sec)]
        return "\(digits(date[0], 4))-\(digits(date[1], 2))-\(digits(date[2], 2))T"
            + day.map { digits($0, 2) }.joined(separator: ":") + ".\(digits(time.tv_nsec / 1_000_000, 3))Z"
    }
}
