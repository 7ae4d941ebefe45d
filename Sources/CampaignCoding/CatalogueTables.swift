internal import CSimdjson
package import CampaignDomain

/// A catalogue in the form that admission and decoding read: names have numbers, lookups are by index.
///
/// `@unchecked Sendable`: all memory is written in `init` and only read afterwards.
package final class CatalogueTables: @unchecked Sendable {
    package let catalogue: Catalogue

    /// Attributes, fields, types, words: ids count from 1, those of attributes first.
    let vocabulary: OpaquePointer
    let nameCount: Int
    /// By type number and version − 1; empty where there is no such type.
    let schemas: UnsafeBufferPointer<UnsafeBufferPointer<CompiledSchema>>
    /// By the id of a name: the number of the type of that name, or 0.
    let typeOfName: UnsafeBufferPointer<UInt16>
    /// For each `oneOf`, by the id of a name: the index of the word, or `CatalogueTables.noWord`.
    let wordIndexes: UnsafeBufferPointer<UInt8>
    let names: NameIDs
    /// Numbers of the names that are looked for outside of schemas.
    let currencyName: UInt16
    let amountName: UInt16
    let thresholdsName: UInt16
    let fromYearName: UInt16
    let usdName: UInt16
    let kindName: UInt16
    let versionName: UInt16
    let positionName: UInt16
    let policyTables: [PolicyTable]
    private let arena: Arena

    static let noWord: UInt8 = 0xFF

    package init(_ catalogue: Catalogue = .standard) {
        self.catalogue = catalogue
        let names = NameIDs(of: catalogue)
        let arena = Arena()
        var compiler = SchemaCompiler(names: names, arena: arena)
        let versions = catalogue.versions.map { versions in
            arena.keep(versions.map { compiler.compile($0, isNewest: $0.version == versions.last?.version) })
        }
        var types = [UInt16](repeating: 0, count: names.count + 1)
        for schema in catalogue.versions.joined() { types[Int(names[schema.name])] = schema.type.rawValue }
        self.names = names
        self.arena = arena
        nameCount = names.count
        schemas = arena.keep(versions)
        typeOfName = arena.keep(types)
        wordIndexes = arena.keep(compiler.wordIndexes)
        vocabulary = names.makeVocabulary()
        currencyName = names["currency"]
        amountName = names["amount"]
        thresholdsName = names["thresholds"]
        fromYearName = names["fromYear"]
        usdName = names["usd"]
        kindName = names["kind"]
        versionName = names["version"]
        positionName = names["position"]
        policyTables = [
            PolicyTable(PolicyParameter.trust, names: names), PolicyTable(PolicyParameter.advocacy, names: names),
        ]
    }

    deinit {
        campaign_json_vocabulary_destroy(vocabulary)
    }

    /// The id of a name, or 0. `text` must be readable for 8 bytes behind its end.
    @inline(__always)
    func id(of text: UnsafeRawBufferPointer) -> Int {
        guard let start = text.baseAddress else { return 0 }
        return Int(campaign_json_vocabulary_find(vocabulary, start.assumingMemoryBound(to: UInt8.self), text.count))
    }

    /// A schema version in its compiled form.
    @inline(__always)
    func schema(of type: EventType, version: UInt16) -> UnsafePointer<CompiledSchema>? {
        let index = Int(type.rawValue)
        guard index < schemas.count, version >= 1, Int(version) <= schemas[index].count else { return nil }
        return schemas[index].baseAddress.map { $0 + Int(version) - 1 }
    }

    /// The catalogue's own form of a compiled schema, for texts.
    func schema(_ compiled: UnsafePointer<CompiledSchema>) -> EventSchema {
        catalogue.versions[Int(compiled.pointee.type.rawValue)][Int(compiled.pointee.version) - 1]
    }

    /// The `type` attribute of a type, if the type is known.
    package func typeName(of type: EventType) -> String? {
        catalogue.newest(of: type)?.name
    }

    /// The type of a `type` attribute.
    package func type(named name: String) -> EventType? {
        catalogue.versions.joined().first { $0.name == name }?.type
    }

    /// The newest schema version of a type.
    package func newestVersion(of type: EventType) -> UInt16? {
        catalogue.newest(of: type)?.version
    }
}

/// The parameters of a policy kind by the ids of their names.
struct PolicyTable {
    /// By the id of a name: the index of the parameter of that name outside of groups, −1 if there is none.
    let single: [Int16]
    /// The groups: the id of the name, and by the id of a name in it the index of the parameter.
    let groups: [(name: UInt16, members: [Int16])]
    let parameters: [PolicyParameter]

    init(_ parameters: [PolicyParameter], names: NameIDs) {
        let none = [Int16](repeating: -1, count: names.count + 1)
        var single = none
        var groups: [(name: UInt16, members: [Int16])] = []
        for (index, parameter) in parameters.enumerated() {
            guard let group = parameter.path.first, parameter.path.count == 2 else {
                single[Int(names[parameter.path[0]])] = Int16(index)
                continue
            }
            if groups.last?.name != names[group] { groups.append((names[group], none)) }
            groups[groups.count - 1].members[Int(names[parameter.path[1]])] = Int16(index)
        }
        self.single = single
        self.groups = groups
        self.parameters = parameters
    }
}
