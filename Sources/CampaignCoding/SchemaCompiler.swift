internal import CSimdjson
internal import CampaignDomain

/// The numbers of all names of a catalogue, from 1, attributes first: names of members before words and types, since
/// the parser is quickest with the first 255.
struct NameIDs {
    private let ids: [String: UInt16]
    private let names: [String]

    init(of catalogue: Catalogue) {
        let schemas = catalogue.versions.joined()
        var names = Attribute.allCases.map(\.name)
        names += ["ext", "currency", "amount", "thresholds", "fromYear", "usd"]
        names += ["kind", "version", "position", "campaignId"]
        names += schemas.flatMap { $0.fields.map(\.name) }
        names += (PolicyParameter.trust + PolicyParameter.advocacy).flatMap(\.path)
        names += schemas.map(\.name)
        names += schemas.flatMap { $0.fields.flatMap { $0.form.words } }
        var ids: [String: UInt16] = [:]
        var unique: [String] = []
        for name in names where ids[name] == nil {
            unique.append(name)
            ids[name] = UInt16(unique.count)
        }
        self.ids = ids
        self.names = unique
    }

    var count: Int { names.count }

    subscript(name: String) -> UInt16 {
        guard let id = ids[name] else { preconditionFailure("the name \(name) is not in the vocabulary") }
        return id
    }

    func makeVocabulary() -> OpaquePointer {
        var pointers: [UnsafePointer<CChar>?] = []
        let copies = names.map { name in
            let bytes = UnsafeMutablePointer<CChar>.allocate(capacity: name.utf8.count + 1)
            bytes.initialize(from: name.utf8.map { CChar(bitPattern: $0) } + [0], count: name.utf8.count + 1)
            return bytes
        }
        defer { copies.forEach { $0.deallocate() } }
        pointers = copies.map { UnsafePointer($0) }
        guard let vocabulary = campaign_json_vocabulary_create(&pointers, pointers.count) else {
            preconditionFailure("there is no memory for the vocabulary of the catalogue")
        }
        return vocabulary
    }
}

extension Field {
    /// Whether this is the field by which an influencer's event is one of a campaign too.
    var isCampaign: Bool { name == SubjectKind.campaign.fieldName && form == .identifier }
}

extension FieldForm {
    var kind: CompiledField.Kind {
        switch self {
        case .identifier: .identifier
        case .integer: .integer
        case .money: .money
        case .topics: .topics
        case .identifiers: .identifiers
        case .date: .date
        case .instant: .instant
        case .oneOf: .oneOf
        case .country: .country
        case .policyBody: .policyBody
        }
    }

    /// The words of `oneOf`.
    var words: [String] {
        guard case .oneOf(let words) = self else { return [] }
        return words
    }
}

/// Memory of tables that live as long as their owner.
final class Arena {
    private var blocks: [UnsafeMutableRawPointer] = []

    /// Copies elements to a place of their own. Only for elements without references.
    func keep<Element>(_ elements: [Element]) -> UnsafeBufferPointer<Element> {
        let memory = UnsafeMutableBufferPointer<Element>.allocate(capacity: max(elements.count, 1))
        _ = memory.initialize(from: elements)
        if let start = memory.baseAddress { blocks.append(UnsafeMutableRawPointer(start)) }
        return UnsafeBufferPointer(rebasing: memory[0..<elements.count])
    }

    deinit {
        blocks.forEach { $0.deallocate() }
    }
}

/// Turns schemas into their compiled form.
struct SchemaCompiler {
    let names: NameIDs
    let arena: Arena
    private(set) var wordIndexes: [UInt8] = []

    init(names: NameIDs, arena: Arena) {
        self.names = names
        self.arena = arena
    }

    mutating func compile(_ schema: EventSchema, isNewest: Bool) -> CompiledSchema {
        precondition(schema.fields.count <= CompiledSchema.fieldsMax, "\(schema.name): too many fields")
        var fieldOfName = [UInt8](repeating: CompiledSchema.noField, count: names.count + 1)
        fieldOfName[Int(names["ext"])] = CompiledSchema.extField
        var required: UInt64 = 0
        var fields: [CompiledField] = []
        for (index, field) in schema.fields.enumerated() {
            fieldOfName[Int(names[field.name])] = UInt8(index)
            if !field.isOptional { required |= 1 << UInt64(index) }
            fields.append(compile(field))
        }
        let payload = payload(of: schema)
        let factBytesMax = fields.indices.reduce(FactFormat.headerBytes + 1) { $0 + bytesMax(of: fields[$1]) }
        precondition(factBytesMax <= FactFormat.bytesMax, "\(schema.name): its facts could be too long")
        var subjects = SubjectKind.allCases.map { kind in
            schema.fields.firstIndex { $0.name == kind.fieldName } ?? -1
        }
        // A field called `kind` names a stream only where no influencer or campaign can.
        if subjects[0] >= 0 || subjects[1] >= 0 { subjects[2] = -1 }
        return CompiledSchema(
            type: schema.type, version: schema.version, isNewest: isNewest, fields: arena.keep(fields),
            rules: arena.keep(schema.rules.map { compile($0, of: schema) }), fieldOfName: arena.keep(fieldOfName),
            required: required, payload: arena.keep(payload),
            hasOptionalPayload: payload.contains { $0.presence != 0 }, factBytesMax: factBytesMax,
            subjectFields: (subjects[0], subjects[1], subjects[2]))
    }

    /// The fields that a fact of the schema holds.
    private func payload(of schema: EventSchema) -> [PayloadField] {
        let names = Set(schema.payloadFields.map(\.name))
        let held = schema.fields.enumerated().filter { names.contains($0.element.name) }
        precondition(held.filter(\.element.isOptional).count <= 8, "\(schema.name): a fact has 8 presence bits")
        var bit: UInt8 = 1
        return held.map { index, field in
            let presence = field.isOptional ? bit : 0
            if field.isOptional { bit &<<= 1 }
            return PayloadField(
                kind: field.form.kind, field: UInt8(index), presence: presence,
                isCampaign: field.isCampaign)
        }
    }

    /// The most bytes that a fact needs for a field (`FactFormat`).
    private func bytesMax(of field: CompiledField) -> Int {
        let integerBytesMax = 10
        switch field.kind {
        case .identifier: return 1 + Identifier.lengthMax
        case .integer, .date: return integerBytesMax
        case .money: return 3 + integerBytesMax
        case .topics: return 1 + FieldReader.ListForm.topicsMax * (1 + Identifier.topicLengthMax)
        case .identifiers: return 1 + Int(field.upper) * (1 + Identifier.lengthMax)
        case .instant: return 8
        case .oneOf: return 1
        case .country: return 2
        case .policyBody:
            let counts = [
                PolicyParameter.trust.count, PolicyParameter.advocacy.count, 2 * PolicyParameter.taxThresholdsMax,
            ]
            return integerBytesMax * (1 + (counts.max() ?? 0))
        }
    }

    private mutating func compile(_ field: Field) -> CompiledField {
        var range: ClosedRange<Int64> = 0...0
        var words = 0
        switch field.form {
        case .integer(let allowed): range = allowed
        case .identifiers(let countMax): range = 0...Int64(countMax)
        case .oneOf(let allowed):
            words = wordIndexes.count
            wordIndexes += [UInt8](repeating: CatalogueTables.noWord, count: names.count + 1)
            for (index, word) in allowed.enumerated() { wordIndexes[words + Int(names[word])] = UInt8(index) }
        default: break
        }
        return CompiledField(
            kind: field.form.kind, isOptional: field.isOptional, lower: range.lowerBound, upper: range.upperBound,
            words: words)
    }

    private func compile(_ rule: FieldRule, of schema: EventSchema) -> CompiledRule {
        func index(_ name: String) -> Int {
            guard let index = schema.fields.firstIndex(where: { $0.name == name }) else {
                preconditionFailure("\(schema.name): a rule names the field \(name), which it does not have")
            }
            return index
        }
        switch rule {
        case .sameCurrency(let first, let second):
            return CompiledRule(kind: .sameCurrency, first: index(first), second: index(second))
        case .notGreater(let first, let second):
            return CompiledRule(kind: .notGreater, first: index(first), second: index(second))
        case .notAfterTime(let field):
            return CompiledRule(kind: .notAfterTime, first: index(field), second: index(field))
        case .exactlyOne(let first, let second):
            return CompiledRule(kind: .exactlyOne, first: index(first), second: index(second))
        }
    }
}
