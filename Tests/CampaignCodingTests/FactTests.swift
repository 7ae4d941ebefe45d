import CampaignCoding
import CampaignDomain
import EventLog
import Testing

@Suite struct FactTests {
    /// The fact of a single event at a position, and its address.
    func fact(_ event: String, tables: CatalogueTables = Sample.tables, position: UInt64 = 7) throws -> (
        Fact, FactAddress
    ) {
        let record = sealedRecord(CampaignCodingTests.admit(Array(event.utf8), tables: tables))
        var writer = FactWriter()
        writer.append(byte: 0xAA)
        let address = try record.withUnsafeBytes {
            try FactDecoder(tables: tables).appendFact(
                of: RecordView(validating: $0), position: Position(position), to: &writer)
        }
        #expect(address.factRange == 1..<writer.bytes.count)
        var reader = FactReader(Array(writer.bytes[address.factRange]))
        let fact = reader.readFact()
        #expect(reader.isAtEnd)
        return (fact, address)
    }

    @Test(arguments: CatalogueFieldTests.schemas)
    func aFactOfEachTypeIsReadBackWithAndWithoutItsOptionalFields(_ name: String) throws {
        let schema = Sample.schema(name)
        let optional = Set(schema.fields.filter { $0.isOptional && $0.name != "influencerId" }.map(\.name))
        for without in [[], optional] {
            let (fact, address) = try fact(Sample.event(name, Sample.data(schema, without: without)))
            #expect(fact.position == FactPosition(7))
            #expect(fact.time == Sample.instant(Sample.time))
            #expect(address.type == schema.type && address.time == fact.time)
        }
    }

    @Test func theFieldsOfAPostAreWhatWasSent() throws {
        let (fact, address) = try fact(
            Sample.event(
                "post.published",
                #"{"disclosure":"missing","influencerId":"nia","postId":"p","platform":"x","topics":["tea"],"#
                    + #""connection":"fee","campaignId":"c9"}"#
            ))
        guard case .postPublished(let post) = fact.content else { throw WrongFact() }
        #expect(post.postID == "p" && post.platform == "x" && post.topics == ["tea"] && post.brandIDs == nil)
        #expect(post.campaignID == "c9" && post.connection == .fee && post.disclosure == .missing)
        #expect(address.subjectKind == .influencer)
    }

    @Test func theAddressNamesStreamCampaignAndTarget() throws {
        let record = sealedRecord(
            admit(Sample.event("event.retracted", #"{"campaignId":"c\u0031","position":3,"reason":"r","actor":"a"}"#)))
        var writer = FactWriter()
        let decoder = FactDecoder(tables: Sample.tables)
        try record.withUnsafeBytes {
            let address = try decoder.appendFact(of: RecordView(unchecked: $0), position: Position(9), to: &writer)
            #expect(address.subjectKind == .campaign && String(decoding: address.subjectID, as: UTF8.self) == "c1")
            // The campaign is the stream itself, so there is nothing to link.
            #expect(address.campaignRange.isEmpty && address.campaignHash == 0)
            #expect(address.streamHash == KeyHash(subjectKind: .campaign, subjectID: address.subjectID))
            #expect(address.retractionTarget == Position(3))
        }
        let (_, registered) = try fact(
            Sample.event("influencer.registered", Sample.data(Sample.schema("influencer.registered"))))
        #expect(registered.campaignRange.isEmpty && registered.retractionTarget == nil)
        let hash = Array("influencerId-1".utf8).withUnsafeBytes { KeyHash(subjectKind: .influencer, subjectID: $0) }
        #expect(registered.streamHash == hash)
    }

    @Test func theAddressSaysWhereInTheFactTheCampaignIs() throws {
        for optional in [#""niches":["tea"],"#, ""] {
            let record = sealedRecord(
                admit(
                    Sample.event(
                        "post.published",
                        "{\(optional.isEmpty ? "" : #""brandIds":["b1","b2"],"#)"
                            + #""campaignId":"c\u0039","influencerId":"nia","postId":"p","platform":"x","topics":["tea"],"#
                            + #""connection":"fee","disclosure":"missing"}"#)))
            var writer = FactWriter()
            writer.append(byte: 0xAA)
            let address = try record.withUnsafeBytes {
                try FactDecoder(tables: Sample.tables).appendFact(
                    of: RecordView(unchecked: $0), position: Position(9), to: &writer)
            }
            #expect(String(decoding: writer.bytes[address.campaignRange], as: UTF8.self) == "c9")
            let hash = Array("c9".utf8).withUnsafeBytes { KeyHash(subjectKind: .campaign, subjectID: $0) }
            #expect(address.campaignHash == hash.high)
            #expect(address.factRange.contains(address.campaignRange.lowerBound))
        }
    }

    @Test func policiesKeepTheirParametersInTheOrderOfTheirTable() throws {
        let body =
            "{"
            + Sample.body(of: PolicyParameter.advocacy).dropFirst().dropLast()
            .split(separator: ",").reversed().joined(separator: ",") + "}"
        let (fact, _) = try fact(
            Sample.event(
                "policy.published",
                "{\"body\":\(body),\"effectiveFrom\":\"2026-01-01T00:00:00Z\",\"version\":2,\"kind\":\"advocacy\"}"))
        guard case .policyPublished(let policy) = fact.content else { throw WrongFact() }
        #expect(policy.version == 2 && policy.parameters == PolicyParameter.advocacy.map(\.standard))
        let (tax, _) = try self.fact(
            Sample.event(
                "policy.published",
                #"{"kind":"tax","version":1,"effectiveFrom":"2026-01-01T00:00:00Z","body":{"thresholds":["#
                    + #"{"fromYear":2026,"usd":"2000.00"},{"usd":"600","fromYear":0}]}}"#
            ))
        guard case .policyPublished(let policy) = tax.content else { throw WrongFact() }
        #expect(policy.parameters == [2026, 200_000, 0, 60_000])
    }

    @Test func aRecordThatIsDamagedOrNewerIsRefusedWithItsPosition() {
        func refusal(_ change: (inout [UInt8]) -> Void) -> String? {
            var record = sealedRecord(admit(Sample.sale()))
            change(&record)
            var writer = FactWriter()
            do {
                _ = try record.withUnsafeBytes {
                    try FactDecoder(tables: Sample.tables).appendFact(
                        of: RecordView(unchecked: $0), position: Position(99), to: &writer)
                }
                return nil
            } catch {
                #expect(writer.bytes.isEmpty)
                return "\(error)"
            }
        }
        #expect(refusal { _ in } == nil)
        #expect(refusal { $0[6] = 200 }?.contains("position 99") == true)
        #expect(refusal { $0[28] = 2 }?.contains("schema version 2") == true)
        #expect(refusal { $0[$0.count - 1] = 0x20 }?.contains("invalidJSON") == true)
        #expect(refusal { $0[$0.count - 3] = 0x20 }?.contains("invalidField") == true)
    }

    struct WrongFact: Error {}
}

/// A type with two schema versions: the first called the reason `cause` and had no actor of its own.
@Suite struct SchemaVersionTests {
    static let tables = CatalogueTables(
        Catalogue(schemas: [
            EventSchema(
                .campaignClosed, "campaign.closed", version: 1,
                fields: [Field("campaignId", .identifier), Field("cause", .oneOf(["late", "early"]))],
                upcast: { values in
                    var next = values
                    next["cause"] = nil
                    next["reason"] = values["cause"] == .choice(0) ? .text("tooLate") : .text("tooEarly")
                    return next
                }),
            EventSchema(
                .campaignClosed, "campaign.closed", version: 2,
                fields: [Field("campaignId", .identifier), Field("reason", .identifier)]),
        ]))

    func event(_ data: String, version: Int? = nil) -> [UInt8] {
        guard let version else { return Array(Sample.event("campaign.closed", data).utf8) }
        return Array(
            Sample.event("campaign.closed", data, ["dataschema": "\"urn:campaign-ledger:campaign.closed:\(version)\""])
                .utf8)
    }

    @Test func absentMeansTheNewestAndTheVersionAcceptedIsStored() throws {
        let newest = admit(event(#"{"campaignId":"c","reason":"r"}"#), tables: Self.tables)
        expectAccepted(newest)
        #expect(newest.record(of: newest.events[0]).schemaVersion == 2)
        let old = admit(event(#"{"campaignId":"c","cause":"late"}"#, version: 1), tables: Self.tables)
        expectAccepted(old)
        #expect(old.record(of: old.events[0]).schemaVersion == 1)
        var line: [UInt8] = []
        try sealedRecord(old).withUnsafeBytes {
            try CloudEventWriter(tables: Self.tables).append(
                RecordView(unchecked: $0), position: Position(1), to: &line)
        }
        let text = String(decoding: line, as: UTF8.self)
        #expect(text.contains(#""dataschema":"urn:campaign-ledger:campaign.closed:1""#))
        #expect(text.contains(#""data":{"campaignId":"c","cause":"late"}"#))
    }

    @Test func eachVersionHasItsOwnFields() {
        let wrong = admit(event(#"{"campaignId":"c","reason":"r"}"#, version: 1), tables: Self.tables)
        #expect(Set(wrong.reportedFaults.map(\.pointer)) == ["/data/reason", "/data/cause"])
        expectFault(
            admit(event("{}", version: 3), tables: Self.tables), .unknownSchemaVersion, "/dataschema",
            expected: "urn:campaign-ledger:campaign.closed:N, N from 1 to 2")
    }

    @Test func anOldEventIsUpcastWhenItsFactIsMade() throws {
        for (cause, reason) in [("late", "tooLate"), ("early", "tooEarly")] {
            let batch = admit(event("{\"campaignId\":\"c\",\"cause\":\"\(cause)\"}", version: 1), tables: Self.tables)
            var writer = FactWriter()
            let record = sealedRecord(batch)
            _ = try record.withUnsafeBytes {
                try FactDecoder(tables: Self.tables).appendFact(
                    of: RecordView(unchecked: $0), position: Position(1), to: &writer)
            }
            var reader = FactReader(writer.bytes)
            guard case .campaignClosed(let closed) = reader.readFact().content else { throw FactTests.WrongFact() }
            #expect(closed.reason == reason)
        }
    }

    @Test func aRetryOfAnOldEventIsARepeatThoughANewerVersionRefusesIt() {
        let first = admit(event(#"{"campaignId":"c","cause":"late"}"#, version: 1), tables: Self.tables)
        let retry = admit(event(#"{"campaignId":"c","cause":"late"}"#), tables: Self.tables)
        #expect(retry.faults.isEmpty && retry.events[0].hasDeferredFaults && retry.events[0].hasSubject)
        let record = sealedRecord(first)
        let comparison = ContentComparison(tables: Self.tables)
        #expect(record.withUnsafeBytes { comparison.isSame(RecordView(unchecked: $0), as: retry.events[0], in: retry) })
    }
}
