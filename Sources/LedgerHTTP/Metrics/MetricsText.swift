import LedgerEngine

/// Metrics in Prometheus' text format, version 0.0.4: families, each with its help, its type and its samples.
struct MetricsText {
    enum Kind: String {
        case counter, gauge, histogram
    }

    private(set) var bytes: [UInt8] = []
    private var name = ""

    private static let bytesUsual = 64 << 10

    init() {
        bytes.reserveCapacity(Self.bytesUsual)
    }

    /// Begins a family; the samples that follow are its own.
    mutating func family(_ name: String, _ kind: Kind, _ help: String) {
        self.name = name
        add("# HELP \(name) \(help)\n# TYPE \(name) \(kind.rawValue)\n")
    }

    /// A sample with a whole number.
    mutating func sample(_ value: UInt64, _ labels: [(String, String)] = []) {
        add("\(name)\(Self.text(labels)) \(value)\n")
    }

    /// A sample in seconds.
    mutating func sample(nanoseconds: UInt64, _ labels: [(String, String)] = []) {
        add("\(name)\(Self.text(labels)) \(Self.seconds(nanoseconds))\n")
    }

    /// The samples of one histogram.
    mutating func sample(_ reading: TimeHistogram.Reading, _ labels: [(String, String)] = []) {
        for (bound, count) in zip(TimeHistogram.bounds, reading.cumulative) {
            add("\(name)_bucket\(Self.text(labels + [("le", Self.seconds(bound))])) \(count)\n")
        }
        add("\(name)_bucket\(Self.text(labels + [("le", "+Inf")])) \(reading.count)\n")
        add("\(name)_sum\(Self.text(labels)) \(Self.seconds(reading.totalNanoseconds))\n")
        add("\(name)_count\(Self.text(labels)) \(reading.count)\n")
    }

    private mutating func add(_ text: String) { bytes.append(contentsOf: text.utf8) }

    private static func text(_ labels: [(String, String)]) -> String {
        guard !labels.isEmpty else { return "" }
        return "{" + labels.map { "\($0)=\"\(escaped($1))\"" }.joined(separator: ",") + "}"
    }

    private static func escaped(_ value: String) -> String {
        var result = ""
        for character in value.unicodeScalars {
            switch character {
            case "\\": result += "\\\\"
            case "\"": result += "\\\""
            case "\n": result += "\\n"
            default: result.unicodeScalars.append(character)
            }
        }
        return result
    }

    /// Nanoseconds as a decimal number of seconds, without needless zeros: `0.00025`, `2.5`, `10`.
    static func seconds(_ nanoseconds: UInt64) -> String {
        let (whole, part) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        guard part > 0 else { return String(whole) }
        var digits = String(part)
        digits = String(repeating: "0", count: 9 - digits.count) + digits
        while digits.hasSuffix("0") { digits.removeLast() }
        return "\(whole).\(digits)"
    }
}
