import CampaignCoding
import CampaignDomain
import EventLog
import Testing

/// What the ledger gives out can be posted again, and is the same event.
@Suite struct RoundTripTests {
    static func line(_ record: [UInt8], _ position: UInt64 = 42) throws -> String {
        var line: [UInt8] = []
        try record.withUnsafeBytes {
            try CloudEventWriter(tables: Sample.tables).append(
                RecordView(validating: $0), position: Position(position), to: &line)
        }
        return String(decoding: line, as: UTF8.self)
    }

    @Test func aCloudEventHasAllItsAttributesInOrder() throws {
        let data = "{\"campaignId\" : \"c\",\n\"reason\":\"r\"}"
        let batch = admit(
            Sample.event(
                "campaign.closed", data,
                [
                    "id": #""a\"b\\c""#, "time": #""2026-10-31T13:00:00.1234567+01:00""#, "correlationid": #""x\"y""#,
                    "tracestate": #""t""#, "expectedrevision": "0",
                ]))
        let line = try Self.line(sealedRecord(batch))
        #expect(
            line == #"{"specversion":"1.0","id":"a\"b\\c","source":"urn:test","type":"campaign.closed","#
                + #""subject":"campaign/c","time":"2026-10-31T12:00:00.123456Z","#
                + #""dataschema":"urn:campaign-ledger:campaign.closed:1","datacontenttype":"application/json","#
                + #""sequence":"00000000000000000042","recordedtime":"2026-09-21T14:13:20Z","#
                + #""correlationid":"x\"y","tracestate":"t","data":{"campaignId" : "c", "reason":"r"}}"#)
    }

    @Test(arguments: CatalogueFieldTests.schemas)
    func eachTypeComesBackAndIsAcceptedAgainAsTheSame(_ name: String) throws {
        let schema = Sample.schema(name)
        let first = admit(
            Sample.event(name, Sample.data(schema, adding: #""ext":{"é":"\u00e9\"","n":-5}"#), ["traceparent": "\"p\""])
        )
        expectAccepted(first)
        let record = sealedRecord(first)
        let again = admit(try Self.line(record))
        expectAccepted(again)
        #expect(again.events[0].identity == first.events[0].identity)
        #expect(again.events[0].stream == first.events[0].stream)
        let comparison = ContentComparison(tables: Sample.tables)
        #expect(record.withUnsafeBytes { comparison.isSame(RecordView(unchecked: $0), as: again.events[0], in: again) })
        #expect(try Self.line(sealedRecord(again)) == Self.line(record), "byte for byte")
    }

    @Test func anUnknownTypeNumberIsNotGivenOut() {
        var record = sealedRecord(admit(Sample.sale()))
        record[6] = 0xEE
        record.withUnsafeMutableBytes { _ = RecordView.seal(record: $0, recordedTime: 1) }
        #expect(throws: RecordDecodingError.self) { try Self.line(record) }
    }
}

@Suite struct SameContentTests {
    func isSame(_ first: String, _ second: String) -> Bool {
        let stored = admit(first)
        let batch = admit(second)
        let record = sealedRecord(stored)
        let comparison = ContentComparison(tables: Sample.tables)
        return record.withUnsafeBytes { comparison.isSame(RecordView(unchecked: $0), as: batch.events[0], in: batch) }
    }

    func closed(_ data: String, _ attributes: KeyValuePairs<String, String> = [:]) -> String {
        Sample.event("campaign.closed", data, attributes)
    }

    @Test func dataIsComparedAsJSONValues() {
        let first = closed(#"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":true,"y":null}],"b":"é\n"}}"#)
        #expect(isSame(first, first))
        #expect(
            isSame(
                first,
                closed(
                    #"{ "ext":{"b":"\u00e9\u000a","a":[ 1,{"y":null,"x":true}]},"reason":"\u0072", "campaignId":"c"}"#))
        )
        for other in [
            #"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":true,"y":null}],"b":"e"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":[{"x":true,"y":null},1],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":false,"y":null}],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":[2,{"x":true,"y":null}],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":["1",{"x":true,"y":null}],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":true,"z":null}],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":true}],"b":"é\n"}}"#,
            #"{"campaignId":"c","reason":"r"}"#, #"{"campaignId":"c","reason":"s","ext":{}}"#,
            // Faulty, and therefore a conflict rather than a repeat.
            #"{"campaignId":"c","reason":"r","ext":{"a":[1,{"x":true,"y":null}],"b":"é\n"},"more":1}"#,
        ] {
            #expect(!isSame(first, closed(other)), "\(other)")
        }
    }

    @Test func typeTimeAndSubjectCountAndOtherAttributesDoNot() {
        let data = #"{"campaignId":"c","reason":"r"}"#
        #expect(
            isSame(
                closed(data), closed(data, ["time": #""2026-10-31T13:00:00.0000009+01:00""#, "correlationid": "\"x\""]))
        )
        #expect(!isSame(closed(data), closed(data, ["time": #""2026-10-31T12:00:00.000001Z""#])))
        #expect(!isSame(closed(data), Sample.event("campaign.opened", data)))
        #expect(!isSame(closed(data), closed(#"{"campaignId":"d","reason":"r"}"#)))
    }

    @Test func aFaultyRepeatOfAFaultlessRecordIsStillTheSame() {
        // The clock went back: the time is too far ahead now, but what is recorded stays a repeat.
        let data = #"{"campaignId":"c","reason":"r"}"#
        let batch = admit(closed(data), now: Sample.instant("2026-01-01T00:00:00Z"))
        #expect(batch.faults(of: batch.events[0]).map(\.code) == [.timeTooFarAhead])
        let record = sealedRecord(admit(closed(data)))
        let comparison = ContentComparison(tables: Sample.tables)
        #expect(record.withUnsafeBytes { comparison.isSame(RecordView(unchecked: $0), as: batch.events[0], in: batch) })
    }

    @Test func aWrongRetractionWithoutSubjectIsNotTheSame() {
        let good = Sample.event("event.retracted", #"{"campaignId":"c","position":1,"reason":"r","actor":"a"}"#)
        let bad = Sample.event("event.retracted", #"{"position":1,"reason":"r","actor":"a"}"#)
        #expect(!isSame(good, bad))
    }

    @Test func largeObjectsInAnotherOrderAreTheSame() {
        let members = (0..<400).map { "\"k\($0)\":\($0)" }
        func event(_ members: [String]) -> String {
            closed("{\"campaignId\":\"c\",\"reason\":\"r\",\"ext\":{\(members.joined(separator: ","))}}")
        }
        #expect(isSame(event(members), event(members.reversed())))
        #expect(!isSame(event(members), event(members.dropLast().reversed() + ["\"k399\":0"])))
        #expect(!isSame(event(members), event(members.dropLast().reversed() + ["\"k400\":399"])))
    }
}
