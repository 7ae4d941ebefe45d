/// The answer of `/metrics`: samples by the name of their metric.
///
/// Prometheus' text format 0.0.4, read strictly: what is no line of it is refused with the line's number.
struct MetricsText: Sendable, Equatable {
    struct Sample: Sendable, Equatable {
        let labels: [String: String]
        let value: Double
    }

    /// Far more than the daemon has.
    static let samplesMax = 100_000

    private(set) var samples: [String: [Sample]] = [:]

    init() {}

    init(_ text: String) throws(MetricsFault) {
        var count = 0
        for (number, line) in text.split(separator: "\n", omittingEmptySubsequences: false).enumerated() {
            guard !line.isEmpty, !line.hasPrefix("#") else { continue }
            count += 1
            guard count <= Self.samplesMax else { throw MetricsFault(line: number + 1, "there are too many samples") }
            var reader = MetricsLine(line, number: number + 1)
            let (name, sample) = try reader.sample()
            samples[name, default: []].append(sample)
        }
    }

    /// The samples of a metric whose labels include these.
    func all(_ name: String, _ labels: [String: String] = [:]) -> [Sample] {
        (samples[name] ?? []).filter { sample in labels.allSatisfy { sample.labels[$0.key] == $0.value } }
    }

    /// The sum over all labels; nil if there is no sample of that name.
    func sum(_ name: String, _ labels: [String: String] = [:]) -> Double? {
        let found = all(name, labels)
        return found.isEmpty ? nil : found.reduce(0) { $0 + $1.value }
    }

    /// The values that a label has, sorted.
    func values(of label: String, in name: String) -> [String] {
        Set((samples[name] ?? []).compactMap { $0.labels[label] }).sorted()
    }
}

/// Why a text is none of metrics.
struct MetricsFault: Error, Equatable, CustomStringConvertible {
    let line: Int
    let reason: String

    init(line: Int, _ reason: String) {
        self.line = line
        self.reason = reason
    }

    var description: String { "line \(line) of the metrics: \(reason)" }
}

/// One line of samples: `name{label="value",…} value [timestamp]`.
private struct MetricsLine {
    private var rest: Substring
    private let number: Int

    init(_ line: Substring, number: Int) {
        rest = line
        self.number = number
    }

    mutating func sample() throws(MetricsFault) -> (String, MetricsText.Sample) {
        let name = try word("the name of a metric", allowsColon: true)
        var labels: [String: String] = [:]
        if rest.first == "{" {
            rest.removeFirst()
            while rest.first != "}" {
                let label = try word("the name of a label", allowsColon: false)
                try take("=")
                guard labels.updateValue(try quoted(), forKey: label) == nil else {
                    throw fault("the label \(label) stands twice")
                }
                if rest.first == "," { rest.removeFirst() } else { break }
            }
            try take("}")
        }
        let words = rest.split(separator: " ")
        guard rest.first == " ", (1...2).contains(words.count), let value = Self.number(words[0]) else {
            throw fault("\(name) has no value")
        }
        guard words.count == 1 || Int64(words[1]) != nil else { throw fault("\(name) has a time that is no number") }
        return (name, MetricsText.Sample(labels: labels, value: value))
    }

    private static func number(_ word: Substring) -> Double? {
        switch word {
        case "+Inf": .infinity
        case "-Inf": -.infinity
        case "NaN": .nan
        default: word.utf8.allSatisfy { "0123456789+-.eE".utf8.contains($0) } ? Double(word) : nil
        }
    }

    private mutating func word(_ what: String, allowsColon: Bool) throws(MetricsFault) -> String {
        let word = rest.utf8.prefix { byte in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                true
            case UInt8(ascii: ":"): allowsColon
            default: false
            }
        }
        guard let first = word.first, !(UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) else {
            throw fault("there is not \(what)")
        }
        let text = rest[..<word.endIndex]
        rest = rest[word.endIndex...]
        return String(text)
    }

    private mutating func quoted() throws(MetricsFault) -> String {
        try take("\"")
        var text = ""
        while let letter = rest.popFirst() {
            switch letter {
            case "\"": return text
            case "\\":
                switch rest.popFirst() {
                case "n": text.append("\n")
                case "\\": text.append("\\")
                case "\"": text.append("\"")
                default: throw fault("a value has an escape that is none")
                }
            default: text.append(letter)
            }
        }
        throw fault("a value has no end")
    }

    private mutating func take(_ letter: Character) throws(MetricsFault) {
        guard rest.first == letter else { throw fault("\(letter) is missing") }
        rest.removeFirst()
    }

    private func fault(_ reason: String) -> MetricsFault {
        MetricsFault(line: number, reason)
    }
}
