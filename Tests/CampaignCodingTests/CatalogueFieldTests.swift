import CampaignCoding
import CampaignDomain
import Testing

/// Every type and field of the catalogue: present, missing, wrong.
@Suite struct CatalogueFieldTests {
    static let schemas = Catalogue.standard.versions.joined().map(\.name)

    @Test(arguments: schemas)
    func aGoodEventOfEachTypeIsAdmitted(_ name: String) {
        expectAccepted(admit(Sample.event(name, Sample.data(Sample.schema(name)))))
        expectAccepted(admit(Sample.event(name, Sample.data(Sample.schema(name), adding: #""ext":{"a":[1,null,{}]}"#))))
    }

    @Test(arguments: schemas)
    func eachRequiredFieldIsMissedByNameAndEachOptionalIsNot(_ name: String) {
        let schema = Sample.schema(name)
        let exclusive = schema.rules.contains { if case .exactlyOne = $0 { true } else { false } }
        for field in schema.fields {
            let batch = admit(Sample.event(name, Sample.data(schema, without: [field.name])))
            #expect(batch.faults.isEmpty, "faults of fields are deferred")
            if exclusive, field.isOptional { continue }
            if field.isOptional {
                expectAccepted(batch, "\(name) \(field.name)")
            } else {
                let missing = batch.reportedFaults.filter { $0.code == .missingField }
                #expect(missing.map(\.pointer) == ["/data/\(field.name)"], "\(name)")
                #expect(batch.events.first?.hasDeferredFaults == true)
            }
        }
    }

    @Test(arguments: schemas)
    func eachFieldOfAWrongKindIsRefusedByName(_ name: String) {
        let schema = Sample.schema(name)
        for field in schema.fields {
            for wrong in ["null", "true", "[{}]", "{}", "-1", #""""#, #""ä b""#, #""-1.5""#] {
                if case .exactlyOne(_, field.name)? = schema.rules.first { continue }
                if wrong == "{}", case .money = field.form { continue }
                if wrong == "{}", case .policyBody = field.form { continue }
                let batch = admit(Sample.event(name, Sample.data(schema, replacing: [field.name: wrong])))
                let pointers = batch.reportedFaults.map(\.pointer)
                let isNamed = pointers.contains { $0.hasPrefix("/data/\(field.name)") }
                #expect(isNamed, "\(name) \(field.name) \(wrong): \(pointers)")
                #expect(batch.faults.isEmpty)
            }
        }
    }

    @Test(arguments: schemas)
    func anUnknownFieldIsRefusedByName(_ name: String) {
        for unknown in ["influencerid", "x/y", "type", "currency"] {
            let data = Sample.data(Sample.schema(name), adding: "\"\(unknown)\":1")
            let pointer = "/data/" + unknown.split(separator: "/").joined(separator: "~1")
            expectFault(
                admit(Sample.event(name, data)), .unknownField, pointer, expected: "a field of \(name)",
                found: "\"\(unknown)\"")
        }
    }

    @Test(arguments: schemas)
    func eachWordIsAcceptedAndNoOther(_ name: String) {
        let schema = Sample.schema(name)
        for field in schema.fields {
            guard case .oneOf(let words) = field.form else { continue }
            for word in words where schema.type != .policyPublished {
                expectAccepted(admit(Sample.event(name, Sample.data(schema, replacing: [field.name: "\"\(word)\""]))))
            }
            for wrong in ["\"\(words[0].uppercased())x\"", "\"influencerId\"", "\"\"", "0"] {
                expectFault(
                    admit(Sample.event(name, Sample.data(schema, replacing: [field.name: wrong]))), .invalidField,
                    "/data/\(field.name)", expected: "one of " + words.joined(separator: ", "), "\(wrong)")
            }
        }
    }

    @Test(arguments: schemas)
    func eachIntegerIsAcceptedAtItsLimitsAndNotBeyond(_ name: String) {
        let schema = Sample.schema(name)
        for field in schema.fields {
            guard case .integer(let range) = field.form else { continue }
            for value in [range.lowerBound, range.upperBound] {
                let data = Sample.data(schema, replacing: [field.name: "\(value)"])
                let faults = admit(Sample.event(name, data)).reportedFaults.filter { $0.code == .invalidField }
                #expect(faults.isEmpty, "\(name) \(field.name) \(value)")
            }
            for value in [range.lowerBound - 1, range.upperBound + 1] {
                let data = Sample.data(schema, replacing: [field.name: "\(value)"])
                let faults = admit(Sample.event(name, data)).reportedFaults.filter { $0.code == .invalidField }
                #expect(faults.map(\.pointer) == ["/data/\(field.name)"], "\(name) \(value)")
                #expect(faults.first?.found == "\(value)")
            }
        }
    }
}
