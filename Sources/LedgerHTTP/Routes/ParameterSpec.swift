/// A query parameter of a route: its name, the form of its value and what it is for.
struct ParameterSpec: Sendable {
    enum Form: Sendable, Equatable {
        /// `true` or `false`.
        case flag
        /// RFC 3339.
        case instant
        /// A position in the log; 0 is before the first event.
        case position
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        /// What a list gave as `next`.
        case cursor
        /// A stream, as `influencer/ID`.
        case subject
        /// Words, several by repeating the parameter or with commas, of those named.
        case words([String])
    }

    let name: String
    let form: Form
    let meaning: String

    init(_ name: String, _ form: Form, _ meaning: String) {
        self.name = name
        self.form = form
        self.meaning = meaning
    }

    /// What a value must be, in words.
    var expectation: String {
        switch form {
        case .flag: "true or false"
        case .instant: "an instant as RFC 3339, such as 2026-06-30T12:00:00Z, from 1970 to 9999"
        case .position: "a position: a whole number from 0"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .cursor: "the next of this list's page before"
        case .subject: "a stream: influencer/ID, campaign/ID or policy/KIND"
        case .words(let words): words.count <= 8 ? "one of \(words.joined(separator: ", "))" : "a name of the catalogue"
        }
    }

    var isRepeatable: Bool {
        if case .words = form { return true }
        return false
    }
}
