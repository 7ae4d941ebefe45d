import CampaignDomain
import EventLog

/// The lines of a job's file by their keys. What is missing or no value of its kind is a fault that names the key.
struct NoteLines {
    private var values: [String: [[String]]] = [:]

    init(_ text: String) throws(NoteFault) {
        for (key, fields) in try NoteText.lines(text) { values[key, default: []].append(fields) }
    }

    /// The values of a key that may be there any number of times.
    func all(_ key: String) -> [NoteFields] {
        (values[key] ?? []).map { NoteFields(key, $0) }
    }

    /// The value of a key that is there at most once.
    func optional(_ key: String) throws(NoteFault) -> NoteFields? {
        let found = all(key)
        guard found.count <= 1 else { throw NoteFault("\(key) is there \(found.count) times") }
        return found.first
    }

    /// The value of a key that is there once.
    func one(_ key: String) throws(NoteFault) -> NoteFields {
        guard let fields = try optional(key) else { throw NoteFault("\(key) is missing") }
        return fields
    }
}

/// The fields of a value.
struct NoteFields {
    private let key: String
    let fields: [String]

    init(_ key: String, _ fields: [String]) {
        self.key = key
        self.fields = fields
    }

    func text(_ index: Int = 0) throws(NoteFault) -> String {
        guard index < fields.count else { throw NoteFault("\(key) has \(fields.count) fields") }
        return fields[index]
    }

    func number<Number: FixedWidthInteger>(_ index: Int = 0) throws(NoteFault) -> Number {
        let text = try text(index)
        guard let number = Number(text) else { throw NoteFault("\(key) is '\(text)', which is no number") }
        return number
    }

    /// A field that is one of some words.
    func word<Word: RawRepresentable>(_ index: Int = 0) throws(NoteFault) -> Word where Word.RawValue == String {
        let text = try text(index)
        guard let word = Word(rawValue: text) else { throw NoteFault("\(key) is '\(text)', which is unknown") }
        return word
    }

    func policyKind(_ index: Int) throws(NoteFault) -> PolicyKind {
        let text = try text(index)
        guard let kind = PolicyKind.allCases.first(where: { "\($0)" == text }) else {
            throw NoteFault("\(key) is '\(text)', which is no kind of policy")
        }
        return kind
    }

    func position(_ index: Int = 0) throws(NoteFault) -> Position { Position(try number(index)) }

    func instant(_ index: Int = 0) throws(NoteFault) -> Instant { Instant(microseconds: try number(index)) }

    func flag(_ index: Int = 0) throws(NoteFault) -> Bool { try number(index) as UInt8 != 0 }
}
