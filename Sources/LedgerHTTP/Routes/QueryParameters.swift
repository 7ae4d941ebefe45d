import CampaignDomain
import EventLog
import LedgerAPI

/// The query of a request, checked against what its route takes: nothing unknown, nothing twice, nothing malformed.
struct QueryParameters: Sendable {
    private var values: [String: [String]] = [:]
    private let specs: [ParameterSpec]

    /// - Parameter query: what stands after the question mark, still encoded.
    init(_ query: String?, _ specs: [ParameterSpec]) throws(ProblemDetails) {
        self.specs = specs
        guard let query, !query.isEmpty else { return }
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            guard let name = PercentCoding.decode(parts[0]),
                let value = PercentCoding.decode(parts.count > 1 ? parts[1] : "")
            else {
                throw ProblemDetails(.badRequest, detail: "\(excerpt(String(pair))) is not percent-encoded UTF-8.")
            }
            guard let spec = specs.first(where: { $0.name == name }) else { throw Self.unknown(name, specs) }
            guard values[name] == nil || spec.isRepeatable else {
                throw ProblemDetails(.repeatedParameter, detail: "\(name) is given more than once.")
            }
            values[name, default: []].append(value)
        }
        for spec in specs { try check(spec) }
    }

    /// Throws unless all is given that the question cannot do without.
    func checkRequired() throws(ProblemDetails) {
        for spec in specs where spec.isRequired && values[spec.name] == nil { throw missing(spec.name) }
    }

    private static func unknown(_ name: String, _ specs: [ParameterSpec]) -> ProblemDetails {
        let allowed = specs.map(\.name).joined(separator: ", ")
        return ProblemDetails(
            .unknownParameter, detail: "\(excerpt(name)) is no parameter of this path.",
            remedy: specs.isEmpty ? "This path takes no parameters." : "It takes \(allowed).")
    }

    /// Each value is looked at once here, so that the accessors need not fail.
    private func check(_ spec: ParameterSpec) throws(ProblemDetails) {
        for value in values[spec.name] ?? [] {
            let isGood =
                switch spec.form {
                case .flag: value == "true" || value == "false"
                case .instant: Self.instant(value) != nil
                case .day: Self.day(value) != nil
                case .identifier: Identifier.isWellFormed(value)
                case .position: Self.number(value) != nil
                case .number(let range): Self.number(value).map { range.contains(Int(clamping: $0)) } ?? false
                case .cursor: PageCursor(text: value) != nil
                case .subject: Self.isSubject(value)
                case .word(let words): words.contains(value)
                case .currency: Currency(value) != nil
                case .duration: Self.seconds(value) != nil
                case .score: Self.score(value) != nil
                case .topic: Self.isTopic(value)
                case .words(let words):
                    // Nothing between commas is no word: it must not pass as no choice.
                    value.split(separator: ",", omittingEmptySubsequences: false).allSatisfy {
                        words.contains(String($0))
                    }
                }
            guard !isGood else { continue }
            let code: ProblemCode = spec.form == .cursor ? .invalidCursor : .invalidParameter
            throw ProblemDetails(
                code, detail: "\(spec.name) is \(excerpt(value)).",
                remedy: "Give \(spec.expectation)\(Self.words(spec)).")
        }
    }

    private static func words(_ spec: ParameterSpec) -> String {
        if case .words(let words) = spec.form, words.count > 8 { return ": \(words.joined(separator: ", "))" }
        return ""
    }

    private static func isSubject(_ text: String) -> Bool {
        let parts = text.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        return parts.count == 2 && SubjectKind.allCases.contains { $0.name == parts[0] }
            && Identifier.isWellFormed(parts[1])
    }

    static func instant(_ text: String) -> Instant? {
        var text = text
        return text.withUTF8 { Instant(rfc3339: UnsafeRawBufferPointer($0)) }
    }

    private static func day(_ text: String) -> Day? {
        var text = text
        return text.withUTF8 { Day(iso8601: UnsafeRawBufferPointer($0)) }
    }

    private static func number(_ text: String) -> UInt64? {
        guard !text.isEmpty, text.utf8.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return UInt64(text)
    }

    /// The most seconds of a duration: ten thousand years.
    private static let secondsMax: Int64 = 315_576_000_000

    private static func seconds(_ text: String) -> Int64? {
        let units: [Character: Int64] = ["s": 1, "m": 60, "h": 3600, "d": 86_400]
        let unit = text.last.flatMap { units[$0] }
        guard let count = number(unit == nil ? text : String(text.dropLast())).flatMap({ Int64(exactly: $0) }) else {
            return nil
        }
        let (seconds, overflows) = count.multipliedReportingOverflow(by: unit ?? 1)
        return !overflows && (1...secondsMax).contains(seconds) ? seconds : nil
    }

    /// What is chosen by the parameters given, but for those named: equal choices have equal texts.
    func choices(without names: Set<String>) -> String {
        values.keys.filter { !names.contains($0) }.sorted().compactMap { name in
            choice(name).map { "\(name)=\($0)" }
        }.joined(separator: "&")
    }

    /// The problem of a parameter without which the question has no answer.
    func missing(_ name: String) -> ProblemDetails {
        let expectation = specs.first { $0.name == name }?.expectation ?? name
        return ProblemDetails(.missingParameter, detail: "\(name) is not given.", remedy: "Give \(expectation).")
    }

    func flag(_ name: String) -> Bool { values[name]?.first == "true" }

    func instant(_ name: String) -> Instant? { values[name]?.first.flatMap(Self.instant) }

    func day(_ name: String) -> Day? { values[name]?.first.flatMap(Self.day) }

    func position(_ name: String) -> Position? { values[name]?.first.flatMap(Self.number).map { Position($0) } }

    func number(_ name: String) -> Int? { values[name]?.first.flatMap(Self.number).map { Int(clamping: $0) } }

    func cursor(_ name: String) -> PageCursor? { values[name]?.first.flatMap { PageCursor(text: $0) } }

    func text(_ name: String) -> String? { values[name]?.first }

    func currency(_ name: String) -> Currency? { values[name]?.first.flatMap { Currency($0) } }

    /// In seconds.
    func duration(_ name: String) -> Int64? { values[name]?.first.flatMap(Self.seconds) }

    /// What is chosen by a parameter, however it is written: equal choices have equal texts. Nil: it is not given.
    ///
    /// Of words, as many bits as there are words to choose from: a cursor has little room.
    private func choice(_ name: String) -> String? {
        guard let value = values[name]?.first, let spec = specs.first(where: { $0.name == name }) else { return nil }
        switch spec.form {
        case .words(let words):
            let chosen = Set(self.words(name))
            return words.map { chosen.contains($0) ? "1" : "0" }.joined()
        case .instant: return instant(name)?.rfc3339
        default: return value
        }
    }

    func score(_ name: String) -> Score? { values[name]?.first.flatMap(Self.score) }

    func words(_ name: String) -> [String] {
        (values[name] ?? []).flatMap { $0.split(separator: ",").map(String.init) }
    }
}
