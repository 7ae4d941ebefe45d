/// A query parameter of a route: its name, the form of its value and what it is for.
struct ParameterSpec: Sendable {
    enum Form: Sendable, Equatable {
        /// `true` or `false`.
        case flag
        /// RFC 3339.
        case instant
        /// `YYYY-MM-DD`.
        case day
        /// What influencers, campaigns and brands are called by.
        case identifier
        /// A position in the log; 0 is before the first event.
        case position
        /// A whole number in a range.
        case number(ClosedRange<Int>)
        /// What a list gave as `next`.
        case cursor
        /// A stream, as `influencer/ID`.
        case subject
        /// One word of those named.
        case word([String])
        /// ISO 4217.
        case currency
        /// Seconds, or a number with `s`, `m`, `h` or `d`.
        case duration
        /// A score, with up to four places.
        case score
        /// What posts are about.
        case topic
        /// Words, several by repeating the parameter or with commas, of those named.
        case words([String])
    }

    let name: String
    let form: Form
    let meaning: String
    /// Whether the question cannot do without it.
    let isRequired: Bool

    init(_ name: String, _ form: Form, _ meaning: String, isRequired: Bool = false) {
        self.name = name
        self.form = form
        self.meaning = meaning
        self.isRequired = isRequired
    }

    /// What a value must be, in words.
    var expectation: String {
        switch form {
        case .flag: "true or false"
        case .instant: "an instant as RFC 3339, such as 2026-06-30T12:00:00Z, from 1970 to 9999"
        case .day: "a day such as 2026-06-30, from 1970 to 9999"
        case .identifier: "an identifier: 1 to 64 letters, digits, dots, underscores and hyphens"
        case .position: "a position: a whole number from 0"
        case .number(let range): "a whole number from \(range.lowerBound) to \(range.upperBound)"
        case .cursor: "the next of this list's page before"
        case .subject: "a stream: influencer/ID, campaign/ID or policy/KIND"
        case .word(let words): "one of \(words.joined(separator: ", "))"
        case .currency: "the ISO 4217 code of a currency, such as EUR"
        case .duration: "a time from 1 s: seconds, or a number with s, m, h or d, such as 12h or 7d"
        case .score: "a score from 0 to 100 with up to four places, such as 72.5"
        case .topic: "a topic: 1 to 40 small letters, digits and hyphens"
        case .words(let words): words.count <= 8 ? "one of \(words.joined(separator: ", "))" : "a name of the catalogue"
        }
    }

    var isRepeatable: Bool {
        if case .words = form { return true }
        return false
    }
}
