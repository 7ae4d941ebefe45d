/// The form of a field's value in an event's `data` (Events, section 1, "kind of field").
public enum FieldForm: Sendable, Equatable {
    /// 1–64 of `A–Z a–z 0–9 . _ -`, first a letter or digit.
    case identifier
    /// An integer within a range; counts are 0…2^53−1, basis points 0…10000.
    case integer(ClosedRange<Int64>)
    /// `{"currency": …, "amount": …}`.
    case money
    /// 1–8 topics of `a–z 0–9 -`, 1–40 characters, no repeats.
    case topics
    /// A list of identifiers, up to that many, no repeats.
    case identifiers(upTo: Int)
    /// `YYYY-MM-DD`, a UTC day.
    case date
    /// RFC 3339, as `time`.
    case instant
    /// One of the names.
    case oneOf([String])
    /// ISO 3166-1 alpha-2, upper case.
    case country
    /// The parameters of the policy kind that the field `kind` names (Projections, section 8).
    case policyBody

    /// Integer 0 … 2^53−1.
    public static let count = FieldForm.integer(0...((1 << 53) - 1))
    /// Integer 0 … 10000.
    public static let basisPoints = FieldForm.integer(0...10_000)
}

/// One field of an event type's `data`.
public struct Field: Sendable, Equatable {
    public let name: String
    public let form: FieldForm
    public let isOptional: Bool

    public init(_ name: String, _ form: FieldForm, optional: Bool = false) {
        self.name = name
        self.form = form
        self.isOptional = optional
    }
}

/// A rule between fields of one event (Events, section 3).
public enum FieldRule: Sendable, Equatable {
    /// Both money fields have the same currency.
    case sameCurrency(String, String)
    /// The first integer, date or instant is not greater than the second.
    case notGreater(String, than: String)
    /// The instant is not after the event's `time`.
    case notAfterTime(String)
    /// Exactly one of the fields is present.
    case exactlyOne(String, String)
}
