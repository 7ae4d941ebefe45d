import CampaignCoding
import CampaignDomain
import EventLog
import ProgrammeSimulator
import Testing

/// The facts that admission makes are those that a rebuild makes of the recorded records, byte for byte.
@Suite struct AdmittedFactTests {
    /// Holds each event's fact, address and hashes against what the decoder says. Returns the number of facts.
    @discardableResult
    func check(
        _ batch: AdmittedBatch, tables: CatalogueTables = Sample.tables,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws -> Int {
        let decoder = FactDecoder(tables: tables)
        var writer = FactWriter()
        var end = 0
        var count = 0
        for event in batch.events {
            guard !event.hasDeferredFaults else {
                #expect(event.factRange.isEmpty && event.campaignRange.isEmpty, sourceLocation: sourceLocation)
                continue
            }
            writer.removeAll()
            let record = sealedRecord(batch, at: event)
            try record.withUnsafeBytes { bytes in
                // In the record alone there is no padding, in a batch there is: both ways must agree.
                let address = try decoder.appendFact(
                    of: RecordView(validating: bytes), position: Position(0), to: &writer)
                let isSame =
                    Array(batch.facts[event.factRange]) == writer.bytes && event.stream == address.streamHash
                    && Array(batch.facts[event.campaignRange]) == Array(writer.bytes[address.campaignRange])
                    && event.campaignHash == address.campaignHash && event.type == address.type
                    && event.time == address.time && event.retractionTarget == address.retractionTarget
                    && event.subjectKind.rawValue == address.subjectKind.rawValue
                    && batch.subjectID(of: event).elementsEqual(address.subjectID)
                #expect(isSame, "event \(event.index)", sourceLocation: sourceLocation)
            }
            #expect(event.factRange.lowerBound == end, "facts lie one behind the other", sourceLocation: sourceLocation)
            end = event.factRange.upperBound
            count += 1
        }
        #expect(batch.facts.count == end, sourceLocation: sourceLocation)
        return count
    }

    private func sealedRecord(_ batch: AdmittedBatch, at event: AdmittedEvent) -> [UInt8] {
        var bytes = Array(batch.preparedRecord(of: event))
        bytes.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: 1_790_000_000_000_000) }
        return bytes
    }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func theFactsOfASimulatedProgrammeAreThoseOfItsRecords(_ seed: UInt64) throws {
        var simulation = try Simulation(
            SimulationSettings(
                seed: seed, influencers: 300, events: 6000, from: SimulatedInstant(year: 2024, month: 1, day: 1),
                to: SimulatedInstant(year: 2026, month: 1, day: 1), ids: seed == 1 ? .uuidV7 : .random,
                firstPosition: 1, taxPolicyVersion: 2))
        var lines: [UInt8] = []
        while simulation.next(into: &lines) {}
        let batch = CampaignCodingTests.admit(lines, .ndjson)
        #expect(batch.reportedFaults == [])
        #expect(try check(batch) == 6000)
        #expect(batch.events.contains { !$0.campaignRange.isEmpty })
    }

    @Test(.enabled(if: SharedHistories.isPresent, "the shared histories are not there"))
    func theFactsOfAllGoldenEventsAreThoseOfTheirRecords() throws {
        for history in try SharedHistories.golden() {
            #expect(try check(CampaignCodingTests.admit(history.text, .ndjson)) > 1, "\(history.name)")
        }
    }

    @Test(arguments: CatalogueFieldTests.schemas)
    func theFactOfEachTypeIsThatOfItsRecord(_ name: String) throws {
        let schema = Sample.schema(name)
        let optional = Set(schema.fields.filter { $0.isOptional && $0.name != "influencerId" }.map(\.name))
        var random = SeededGenerator(seed: 7)
        for _ in 0..<40 {
            let without = optional.filter { _ in Bool.random(using: &random) }
            var replacing: [String: String] = [:]
            for field in schema.fields where field.form == .identifier && Bool.random(using: &random) {
                replacing[field.name] = [
                    "\"x\\u0041.\"", "\"\\u0061\"", "\"" + String(repeating: "Z", count: 64) + "\"",
                ]
                .randomElement(using: &random)
            }
            for case .integer(let range) in schema.fields.map(\.form) {
                for field in schema.fields where field.form == .integer(range) && schema.rules.isEmpty {
                    replacing[field.name] = String(Int64.random(in: range, using: &random))
                }
            }
            let data = Sample.data(schema, replacing: replacing, without: without, adding: #""ext":{"é":["\n"]}"#)
            let batch = CampaignCodingTests.admit(Sample.event(name, data))
            #expect(batch.faults == [])
            try check(batch)
        }
    }

    @Test func theFactsOfOldSchemaVersionsAreThoseOfTheirRecords() throws {
        for cause in ["late", "early"] {
            let batch = CampaignCodingTests.admit(
                SchemaVersionTests().event("{\"campaignId\":\"c\",\"cause\":\"\(cause)\"}", version: 1),
                tables: SchemaVersionTests.tables)
            #expect(try check(batch, tables: SchemaVersionTests.tables) == 1)
        }
    }

    @Test func anOldVersionsCampaignIsFoundInTheFactOfTheNewest() throws {
        let tables = CatalogueTables(
            Catalogue(schemas: [
                EventSchema(
                    .outreachSent, "outreach.sent", version: 1,
                    fields: [Field("influencerId", .identifier), Field("postId", .identifier)],
                    upcast: { ["influencerId": $0["influencerId"]!, "campaignId": $0["postId"]!, "actor": .text("x")] }),
                EventSchema(
                    .outreachSent, "outreach.sent", version: 2,
                    fields: [
                        Field("influencerId", .identifier), Field("actor", .identifier, optional: true),
                        Field("campaignId", .identifier, optional: true),
                    ]),
            ]))
        let event = Sample.event(
            "outreach.sent", #"{"influencerId":"i","postId":"spring"}"#,
            ["dataschema": "\"urn:campaign-ledger:outreach.sent:1\""])
        let batch = CampaignCodingTests.admit(Array(event.utf8), tables: tables)
        #expect(try check(batch, tables: tables) == 1)
        #expect(String(decoding: batch.facts[batch.events[0].campaignRange], as: UTF8.self) == "spring")
    }

    @Test func anUpcastThatMakesNothingOfItIsRefusedAndNotRecorded() {
        for value in [FieldValue.integer(5), .text(String(repeating: "x", count: 256))] {
            let tables = CatalogueTables(
                Catalogue(schemas: [
                    EventSchema(
                        .campaignClosed, "campaign.closed", version: 1, fields: [Field("campaignId", .identifier)],
                        upcast: { $0.merging(["reason": value]) { $1 } }),
                    EventSchema(
                        .campaignClosed, "campaign.closed", version: 2,
                        fields: [Field("campaignId", .identifier), Field("reason", .identifier)]),
                ]))
            let event = Sample.event(
                "campaign.closed", #"{"campaignId":"c"}"#,
                ["dataschema": "\"urn:campaign-ledger:campaign.closed:1\""])
            let batch = CampaignCodingTests.admit(Array(event.utf8), tables: tables)
            expectFault(batch, .brokenRule, "/data")
            #expect(batch.facts.isEmpty && batch.events.allSatisfy(\.factRange.isEmpty))
        }
    }

    @Test func eventsWithFaultsStateNoFactAndLeaveNoGap() throws {
        let bad = Sample.event("commission.approved", #"{"influencerId":"i"}"#)
        let lines = [Sample.sale(), bad, Sample.sale(["id": "\"e2\""])].joined(separator: "\n")
        #expect(try check(CampaignCodingTests.admit(lines, .ndjson)) == 2)
    }

    @Test func aFactGetsItsPositionWithoutBeingMadeAnew() throws {
        let batch = CampaignCodingTests.admit(Sample.sale())
        var fact = Array(batch.facts[batch.events[0].factRange])
        fact.withUnsafeMutableBytes { FactFormat.setPosition(FactPosition(1 << 39 | 77), at: $0.baseAddress!) }
        var writer = FactWriter()
        let record = sealedRecord(batch, at: batch.events[0])
        _ = try record.withUnsafeBytes {
            try FactDecoder(tables: Sample.tables).appendFact(
                of: RecordView(unchecked: $0), position: Position(1 << 39 | 77), to: &writer)
        }
        #expect(writer.bytes == fact)
    }

    @Test func paddedRecordsAreReadWhereTheyLie() throws {
        #expect(RecordBatchBuilder.paddingSizeBytes >= CodingLimits.paddingSizeBytes)
        let batch = CampaignCodingTests.admit(
            [Sample.sale(), Sample.sale(["id": "\"e2\""])].joined(separator: "\n"), .ndjson)
        var builder = RecordBatchBuilder(first: .first)
        withExtendedLifetime(batch) {
            for event in batch.events { builder.append(batch.preparedRecord(of: event), recordedTime: 1) }
        }
        let records = builder.finish()
        let decoder = FactDecoder(tables: Sample.tables)
        try withExtendedLifetime(records) {
            for (index, event) in batch.events.enumerated() {
                var writer = FactWriter()
                _ = try decoder.appendFact(of: records[index], position: Position(0), isPadded: true, to: &writer)
                #expect(writer.bytes == Array(batch.facts[event.factRange]))
            }
        }
    }
}
