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

extension FieldForm {
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
        let payloadNames = Set(schema.payloadFields.map(\.name))
        let payload = schema.fields.indices.filter { payloadNames.contains(schema.fields[$0].name) }
        precondition(
            payload.filter { schema.fields[$0].isOptional }.count <= 8, "\(schema.name): a fact has 8 presence bits")
        var subjects = SubjectKind.allCases.map { kind in
            schema.fields.firstIndex { $0.name == kind.fieldName } ?? -1
        }
        // A field called `kind` names a stream only where no influencer or campaign can.
        if subjects[0] >= 0 || subjects[1] >= 0 { subjects[2] = -1 }
        return CompiledSchema(
            type: schema.type, version: schema.version, isNewest: isNewest, fields: arena.keep(fields),
            rules: arena.keep(schema.rules.map { compile($0, of: schema) }), fieldOfName: arena.keep(fieldOfName),
            required: required, payload: arena.keep(payload.map { UInt8($0) }),
            hasOptionalPayload: payload.contains { schema.fields[$0].isOptional },
            subjectFields: (subjects[0], subjects[1], subjects[2]))
    }

    private mutating func compile(_ field: Field) -> CompiledField {
        var range: ClosedRange<Int64> = 0...0
        var words = 0
        let kind: CompiledField.Kind
        switch field.form {
        case .identifier: kind = .identifier
        case .integer(let allowed):
            kind = .integer
            range = allowed
        case .money: kind = .money
        case .topics: kind = .topics
        case .identifiers(let countMax):
            kind = .identifiers
            range = 0...Int64(countMax)
        case .date: kind = .date
        case .instant: kind = .instant
        case .oneOf(let allowed):
            kind = .oneOf
            words = wordIndexes.count
            wordIndexes += [UInt8](repeating: CatalogueTables.noWord, count: names.count + 1)
            for (index, word) in allowed.enumerated() { wordIndexes[words + Int(names[word])] = UInt8(index) }
        case .country: kind = .country
        case .policyBody: kind = .policyBody
        }
        return CompiledField(
            kind: kind, isOptional: field.isOptional, lower: range.lowerBound, upper: range.upperBound, words: words)
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
