internal import CampaignDomain

/// A field in the form that the hot path reads: numbers only.
struct CompiledField {
    enum Kind: UInt8 {
        case identifier, integer, money, topics, identifiers, date, instant, oneOf, country, policyBody
    }

    let kind: Kind
    let isOptional: Bool
    /// Of an integer; the upper bound is the greatest count of a list of identifiers too.
    let lower: Int64
    let upper: Int64
    /// Of `oneOf`: where its words start in `CatalogueTables.wordIndexes`.
    let words: Int
}

/// A field that facts hold.
struct PayloadField {
    let kind: CompiledField.Kind
    /// Its index among the fields.
    let field: UInt8
    /// Its bit in the presence byte; 0 if it is always there.
    let presence: UInt8
    /// Whether it is the `campaignId`.
    let isCampaign: Bool
}

/// A rule between fields, by their indexes.
struct CompiledRule {
    enum Kind: UInt8 {
        case sameCurrency, notGreater, notAfterTime, exactlyOne
    }

    let kind: Kind
    let first: Int
    /// Equal to `first` where the rule has one field.
    let second: Int
}

/// A schema version in the form that the hot path reads. It owns nothing: the memory is that of `CatalogueTables`.
struct CompiledSchema {
    let type: EventType
    let version: UInt16
    let isNewest: Bool
    let fields: UnsafeBufferPointer<CompiledField>
    let rules: UnsafeBufferPointer<CompiledRule>
    /// By the id of a name: the field's index, `CompiledSchema.noField`, or `CompiledSchema.extField`.
    let fieldOfName: UnsafeBufferPointer<UInt8>
    /// Bit n: field n is required.
    let required: UInt64
    /// The fields that facts hold, in order.
    let payload: UnsafeBufferPointer<PayloadField>
    let hasOptionalPayload: Bool
    /// A fact is no longer than this.
    let factBytesMax: Int
    /// The index of the field for each of influencer, campaign and policy, or −1.
    let subjectFields: (Int, Int, Int)

    static let noField: UInt8 = 0xFF
    static let extField: UInt8 = 0xFE
    static let fieldsMax = 62
}
