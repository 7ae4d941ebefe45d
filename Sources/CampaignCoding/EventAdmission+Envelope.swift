internal import CampaignDomain
internal import EventLog

/// The envelope of one event, checked.
struct Envelope {
    var schema: UnsafePointer<CompiledSchema>
    var time: Instant
    /// The state of the identity's hash behind the source.
    var identity = KeyHasher(domain: .identity)
    var expectedRevision: Revision?
}

// The rules of Events, section 1, for attributes. All faults of an envelope are found, not only the first.
extension EventAdmission {
    @inline(__always)
    func value(_ attribute: Attribute) -> AttributeValue { attributes[attribute] }

    /// Checks all attributes but `subject` and `data`; nil if there was a fault.
    @inline(__always)
    func checkEnvelope() -> Envelope? {
        let faultCount = finalFaultCount
        check(.specversion, Rule.specversion) { $0.count == 3 && $0[0] == 0x31 && $0[1] == 0x2E && $0[2] == 0x30 }
        check(.id, Rule.id) { $0.isVisibleASCII(atMost: Rule.idLengthMax) }
        let identity = checkSource()
        let time = checkTime()
        var revision: Revision?
        if attributes.present & EventAdmission.rareAttributes != 0 { revision = checkRareAttributes() }
        let schema = checkSchema()
        guard finalFaultCount == faultCount, let time, let schema, let identity else {
            fieldContext = schema.map { Envelope(schema: $0, time: time ?? .latest) }
            return nil
        }
        return Envelope(schema: schema, time: time, identity: identity, expectedRevision: revision)
    }

    /// The bits of the optional attributes that have rules of their own.
    private static let rareAttributes =
        extensionAttributes | Attribute.datacontenttype.bit | Attribute.expectedrevision.bit

    private func checkRareAttributes() -> Revision? {
        checkOptional(.correlationid, Rule.text128) { $0.isPrintableASCII(atMost: 128) }
        checkOptional(.causationid, Rule.text128) { $0.isPrintableASCII(atMost: 128) }
        checkOptional(.traceparent, Rule.text128) { $0.isPrintableASCII(atMost: 128) }
        checkOptional(.tracestate, Rule.text512) { $0.isPrintableASCII(atMost: 512) }
        checkOptional(.datacontenttype, Rule.contentType) { $0.equals("application/json") }
        return checkExpectedRevision()
    }

    @inline(__always)
    private func check(_ attribute: Attribute, _ expected: StaticString, _ isGood: (UnsafeRawBufferPointer) -> Bool) {
        let value = value(attribute)
        guard value.isPresent else {
            fail(.missingAttribute, "/\(attribute.name)", expected: "\(expected)", found: "nothing")
            return
        }
        guard value.isString, isGood(value.text) else {
            failInvalid(attribute, expected: "\(expected)")
            return
        }
    }

    @inline(__always)
    private func checkOptional(
        _ attribute: Attribute, _ expected: StaticString, _ isGood: (UnsafeRawBufferPointer) -> Bool
    ) {
        if value(attribute).isPresent { check(attribute, expected, isGood) }
    }

    func failInvalid(_ attribute: Attribute, expected: String) {
        fail(.invalidAttribute, "/\(attribute.name)", expected: expected, found: value(attribute).excerpt)
    }

    /// The state of the identity's hash behind the source, if the source is good.
    @inline(__always)
    private func checkSource() -> KeyHasher? {
        let source = value(.source)
        if source.isString, let known = sources.hasher(of: source.text) { return known }
        return checkNewSource(source)
    }

    private func checkNewSource(_ source: AttributeValue) -> KeyHasher? {
        let faultCount = finalFaultCount
        check(.source, Rule.source) { $0.isVisibleASCII(atMost: Rule.sourceLengthMax) && URIReference.isValid($0) }
        return finalFaultCount == faultCount ? sources.insert(source.text) : nil
    }

    @inline(__always)
    private func checkTime() -> Instant? {
        let time = value(.time)
        if time.isString, let instant = times.instant(time.text) { return instant }
        check(.time, Rule.time) { _ in false }
        return nil
    }

    /// An integer or its decimal string: the SDKs of CloudEvents send integer extensions either way.
    private func checkExpectedRevision() -> Revision? {
        let value = value(.expectedrevision)
        guard value.isPresent else { return nil }
        var number: Int64 = -1
        if value.kind == JSONKind.integer.rawValue { number = value.integer }
        if value.isString, let parsed = value.text.decimal(digitsMax: 16) { number = parsed }
        guard number >= 0, number <= CodingLimits.exactIntegerMax else {
            failInvalid(.expectedrevision, expected: "\(Rule.revision)")
            return nil
        }
        return Revision(UInt64(number))
    }

    /// The schema version of type and dataschema.
    @inline(__always)
    private func checkSchema() -> UnsafePointer<CompiledSchema>? {
        let type = value(.type)
        guard type.isPresent, type.isString else {
            check(.type, Rule.type) { _ in true }
            return nil
        }
        let number = tables.typeOfName[Int(type.name)]
        guard number != 0 else {
            fail(.unknownType, "/type", expected: "\(Rule.type)", found: type.excerpt)
            return nil
        }
        let versions = tables.schemas[Int(number)]
        let dataschema = value(.dataschema)
        guard dataschema.isPresent else { return versions.baseAddress.map { $0 + versions.count - 1 } }
        return checkVersion(dataschema, of: number, versions)
    }

    private func checkVersion(
        _ dataschema: AttributeValue, of number: UInt16, _ versions: UnsafeBufferPointer<CompiledSchema>
    ) -> UnsafePointer<CompiledSchema>? {
        let name = tables.catalogue.versions[Int(number)][0].name
        let prefix = Rule.schemaPrefix + name + ":"
        let expected = "\(prefix)N, N from 1 to \(versions.count)"
        guard dataschema.isString, dataschema.text.starts(with: prefix.utf8) else {
            failInvalid(.dataschema, expected: expected)
            return nil
        }
        let digits = UnsafeRawBufferPointer(rebasing: dataschema.text.dropFirst(prefix.utf8.count))
        guard let version = digits.decimal(digitsMax: 5), version >= 1, version <= versions.count else {
            fail(.unknownSchemaVersion, "/dataschema", expected: expected, found: dataschema.excerpt)
            return nil
        }
        return versions.baseAddress.map { $0 + Int(version) - 1 }
    }
}

/// What the attributes must look like, in words, and their limits.
enum Rule {
    static let specversion: StaticString = "\"1.0\""
    static let id: StaticString = "1 to 128 visible ASCII characters"
    static let source: StaticString = "a URI reference of 1 to 128 characters"
    static let time: StaticString = "an RFC 3339 date-time with Z or an offset, from 1970 to 9999, no leap second"
    static let text128: StaticString = "1 to 128 printable ASCII characters"
    static let text512: StaticString = "1 to 512 printable ASCII characters"
    static let contentType: StaticString = "\"application/json\", or nothing"
    static let revision: StaticString = "an integer from 0 to 2^53−1, or its decimal string"
    static let type: StaticString = "a type of the catalogue"
    static let schemaPrefix = "urn:campaign-ledger:"

    static let idLengthMax = 128
    static let sourceLengthMax = 128
}
