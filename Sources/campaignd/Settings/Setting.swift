/// One thing that can be configured: its key, the form of its value, its default and what it is for.
struct Setting: Sendable {
    enum Form: Sendable, Equatable {
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        /// One of some words.
        case choice([String])
        /// A path, relative to where the daemon is started.
        case path
    }

    /// As in the file, with dots for what is nested.
    let key: String
    let form: Form
    let standard: String
    let meaning: String

    init(_ key: String, _ form: Form, _ standard: String, _ meaning: String) {
        self.key = key
        self.form = form
        self.standard = standard
        self.meaning = meaning
    }

    /// The environment variable that overrides it: `http.idleTimeoutSeconds` is `CAMPAIGN_LEDGER_HTTP_IDLE_TIMEOUT_SECONDS`.
    var variable: String {
        var name = Setting.variablePrefix
        for character in key {
            if character == "." {
                name += "_"
            } else {
                if character.isUppercase { name += "_" }
                name += character.uppercased()
            }
        }
        return name
    }

    static let variablePrefix = "CAMPAIGN_LEDGER_"

    /// What a value must be, in words.
    var expectation: String {
        switch form {
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .choice(let words): "one of \(words.joined(separator: ", "))"
        case .path: "a path"
        }
    }

    func allows(_ value: String) -> Bool {
        switch form {
        case .number(let range): Int(value).map { range.contains($0) && String($0) == value } ?? false
        case .choice(let words): words.contains(value)
        case .path: !value.isEmpty && !value.utf8.contains(0)
        }
    }
}
