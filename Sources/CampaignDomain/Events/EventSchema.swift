/// One schema version of one event type: what its `data` holds. The catalogue (Events, section 3) as values.
public struct EventSchema: Sendable {
    public let type: EventType
    /// The `type` attribute, for ever.
    public let name: String
    /// The schema version, from 1. `dataschema` is `urn:campaign-ledger:NAME:VERSION`.
    public let version: UInt16
    /// All fields but the free object `ext`, in catalogue order. The subject's field is among them.
    public let fields: [Field]
    public let rules: [FieldRule]
    /// Turns the values of this version into those of the next; nil on the newest.
    public let upcast: (@Sendable (FieldValues) -> FieldValues)?

    public init(
        _ type: EventType, _ name: String, version: UInt16 = 1, fields: [Field], rules: [FieldRule] = [],
        upcast: (@Sendable (FieldValues) -> FieldValues)? = nil
    ) {
        self.type = type
        self.name = name
        self.version = version
        self.fields = fields
        self.rules = rules
        self.upcast = upcast
    }

    /// The fields whose values a fact holds: all but the one that names the stream, which is in the row's key.
    public var payloadFields: [Field] {
        fields.filter { !EventSchema.namesSubject($0.name, in: self) }
    }

    /// Whether a field names the stream: `influencerId`, else `campaignId`, else `kind`, where the field before is not
    /// in the schema (Events, section 2). Retractions carry one of the first two.
    static func namesSubject(_ name: String, in schema: EventSchema) -> Bool {
        if schema.type == .eventRetracted {
            return name == SubjectKind.influencer.fieldName || name == SubjectKind.campaign.fieldName
        }
        return schema.subjectField == name
    }

    /// The name of the field that gives the stream's identifier.
    public var subjectField: String? {
        SubjectKind.allCases.lazy.map(\.fieldName).first { name in fields.contains { $0.name == name } }
    }
}

/// Values of one event's fields by name: the form in which old schema versions are upcast.
public typealias FieldValues = [String: FieldValue]

/// A checked value of a field.
public enum FieldValue: Sendable, Equatable {
    case text(String)
    case integer(Int64)
    case money(Money)
    case texts([String])
    case day(Day)
    case instant(Instant)
    /// Index in the names of `FieldForm.oneOf`.
    case choice(Int)
    /// A policy's parameters in the order of its table, or fromYear and minor units of US dollars in turn.
    case parameters([Int64])
}
