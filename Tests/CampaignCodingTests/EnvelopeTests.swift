import CampaignCoding
import CampaignDomain
import EventLog
import Testing

@Suite struct EnvelopeTests {
    @Test func aGoodEventIsAdmittedWithAllThatTheWriterNeeds() {
        let batch = admit(Sample.sale(["expectedrevision": "7"]))
        expectAccepted(batch)
        let event = batch.events[0]
        let record = batch.record(of: event)
        #expect(event.type == .commissionApproved)
        #expect(event.time == Sample.instant(Sample.time))
        #expect(event.expectedRevision == Revision(7))
        #expect(event.identity == record.identityHash)
        #expect(event.stream == record.streamHash)
        #expect(!event.isAhead && event.hasSubject && !event.hasDeferredFaults)
        #expect(record.posterUID == 1000)
        #expect(String(decoding: record.userName, as: UTF8.self) == "ledger")
        #expect(String(decoding: record.subjectID, as: UTF8.self) == "influencerId-1")
        #expect(record.schemaVersion == 1)
        #expect(throws: Never.self) { try RecordView.checkStructure(record.bytes) }
    }

    @Test(arguments: ["specversion", "id", "source", "type", "time", "data"])
    func aRequiredAttributeThatIsMissingIsNamed(_ name: String) {
        expectFault(admit(Sample.sale(without: name)), .missingAttribute, "/\(name)", found: "nothing")
    }

    @Test func faultsOfEnvelopeAndFieldsAreToldTogether() {
        let batch = admit(
            #"{"specversion":"0.3","id":"a","source":"urn:x","type":"audience.measured","time":"2026-10-31T12:00:00Z","#
                + #""dataschema":"urn:campaign-ledger:audience.measured:1","data":{"influencerId":"ada","followers":-1}}"#
        )
        #expect(batch.events.isEmpty)
        #expect(batch.faults.map(\.pointer) == ["/specversion", "/data/followers"])
    }

    @Test func nullMeansAbsent() {
        expectFault(admit(Sample.sale(["time": "null"])), .missingAttribute, "/time")
        expectAccepted(admit(Sample.sale(["subject": "null", "dataschema": "null", "expectedrevision": "null"])))
    }

    @Test(arguments: [
        ("specversion", #""0.3""#), ("specversion", "1"), ("id", #""""#), ("id", "5"), ("id", #""a b""#),
        ("id", #""é""#), ("id", "\"" + String(repeating: "x", count: 129) + "\""), ("source", #""a b""#),
        ("source", #""a%2""#), ("source", #""%zz""#), ("source", #""1urn:x""#), ("source", #""a#b#c""#),
        ("source", #""a[b]""#), ("source", #""a\"b""#), ("source", #""a<b""#), ("source", #""""#),
        ("source", "\"" + String(repeating: "x", count: 129) + "\""), ("time", "5"), ("time", #""2026-10-31""#),
        ("time", #""2026-10-31T12:00:00""#), ("time", #""2026-10-31T12:00:60Z""#), ("time", #""1969-12-31T23:59:59Z""#),
        ("time", #""2026-02-29T00:00:00Z""#), ("time", #""2026-10-31 12:00:00Z""#),
        ("time", #""9999-12-31T23:59:59-00:01""#),
        ("time", #""2026-10-31T24:00:00Z""#), ("time", #""2026-10-31T12:00:00.Z""#), ("type", "5"),
        ("datacontenttype", #""text/xml""#), ("datacontenttype", "5"), ("dataschema", "1"),
        ("dataschema", #""urn:other:commission.approved:1""#),
        ("dataschema", #""urn:campaign-ledger:sale.reversed:1""#),
        ("expectedrevision", "-1"), ("expectedrevision", #""01""#), ("expectedrevision", #""x""#),
        ("expectedrevision", "9007199254740992"), ("expectedrevision", "true"), ("correlationid", #""""#),
        ("correlationid", "\"" + String(repeating: "x", count: 129) + "\""), ("causationid", #""a\nb""#),
        ("traceparent", "5"), ("tracestate", "\"" + String(repeating: "x", count: 513) + "\""), ("data", "[]"),
        ("data", "5"), ("subject", "5"),
    ])
    func anAttributeOutOfFormIsRefused(_ name: String, _ value: String) {
        expectFault(admit(Sample.sale([name: value])), .invalidAttribute, "/\(name)", "\(name) \(value)")
    }

    @Test(arguments: [
        ("id", #""!~""#), ("id", "\"" + String(repeating: "x", count: 128) + "\""), ("source", #""/relative?q=1#f""#),
        ("source", #""https://user@[::1]:80/a%20b;c=1,d""#), ("source", #""//host/path""#), ("source", #""a/b:c""#),
        ("source", "\"" + String(repeating: "x", count: 128) + "\""), ("time", #""1970-01-01T00:00:00Z""#),
        ("time", #""1970-01-01T01:00:00+01:00""#), ("time", #""2026-10-31t12:00:00.123456789z""#),
        ("time", #""2024-02-29T23:59:59-23:59""#), ("datacontenttype", #""application/json""#),
        ("dataschema", #""urn:campaign-ledger:commission.approved:1""#), ("expectedrevision", "0"),
        ("expectedrevision", #""9007199254740991""#),
        ("correlationid", "\"" + String(repeating: " ", count: 128) + "\""),
        ("causationid", #""~""#), ("traceparent", #""00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01""#),
        ("tracestate", "\"" + String(repeating: "x", count: 512) + "\""), ("sequence", #""00000000000000000042""#),
        ("sequence", "42"), ("recordedtime", #""whatever""#), ("subject", #""influencer/influencerId-1""#),
    ])
    func anAttributeAtItsLimitIsAccepted(_ name: String, _ value: String) {
        expectAccepted(admit(Sample.sale([name: value])), "\(name) \(value)")
    }

    @Test(arguments: ["datacontentencoding", "data_base64", "Id", "x~y/z", "tenant", "ext"])
    func anUnknownAttributeIsRefusedByName(_ name: String) {
        let pointer =
            "/"
            + name.split(separator: "~", omittingEmptySubsequences: false).joined(separator: "~0")
            .split(separator: "/", omittingEmptySubsequences: false).joined(separator: "~1")
        expectFault(admit(Sample.sale([name: "\"x\""])), .unknownAttribute, pointer, found: "\"\(name)\"")
        expectFault(admit(Sample.sale([name: "null"])), .unknownAttribute, pointer)
    }

    @Test func anUnknownTypeOrSchemaVersionIsRefused() {
        expectFault(
            admit(Sample.sale(["type": #""commission.paid""#])), .unknownType, "/type", found: #""commission.paid""#)
        expectFault(admit(Sample.sale(["type": #""influencerId""#])), .unknownType, "/type")
        for version in ["0", "2", "01", "99999", "1x", ""] {
            expectFault(
                admit(Sample.sale(["dataschema": "\"urn:campaign-ledger:commission.approved:\(version)\""])),
                .unknownSchemaVersion, "/dataschema", "version \(version)")
        }
    }

    @Test func theSubjectMustBeTheDerivedOne() {
        expectFault(
            admit(Sample.sale(["subject": #""campaign/campaignId-1""#])), .subjectMismatch, "/subject",
            expected: #""influencer/influencerId-1""#, found: #""campaign/campaignId-1""#)
    }

    @Test func theSubjectIsTheFirstOfInfluencerCampaignAndPolicy() {
        func subject(_ type: String, _ replacing: [String: String] = [:], without: Set<String> = []) -> String {
            let data = Sample.data(Sample.schema(type), replacing: replacing, without: without)
            let batch = admit(Sample.event(type, data))
            expectAccepted(batch)
            let record = batch.record(of: batch.events[0])
            return "\(record.subjectKind)/\(String(decoding: record.subjectID, as: UTF8.self))"
        }
        #expect(subject("fee.accrued") == "influencer/influencerId-1")
        #expect(subject("campaign.opened") == "campaign/campaignId-1")
        #expect(subject("policy.published") == "policy/trust")
        #expect(subject("event.retracted") == "influencer/influencerId-1")
        #expect(subject("event.retracted", ["campaignId": #""c""#], without: ["influencerId"]) == "campaign/c")
    }

    @Test func aTimeAheadIsNamedAndTooFarAheadIsADeferredFault() {
        func batch(_ time: String) -> AdmittedBatch { admit(Sample.sale(["time": "\"\(time)\""])) }
        #expect(!batch("2026-11-01T00:00:00Z").events[0].isAhead)
        #expect(batch("2026-11-01T00:00:00.000001Z").events[0].isAhead)
        expectAccepted(batch("2026-11-02T00:00:00Z"))
        let late = batch("2026-11-02T00:00:00.000001Z")
        expectFault(late, .timeTooFarAhead, "/time", found: #""2026-11-02T00:00:00.000001Z""#)
        #expect(late.faults.isEmpty)
        #expect(late.faults(of: late.events[0]).count == 1)
    }

    @Test func allFaultsOfAnEnvelopeAreFound() {
        let batch = admit(
            Sample.sale(
                ["id": #""""#, "source": #"" ""#, "time": "1", "tenant": "1", "dataschema": "2"], without: "specversion"
            ))
        #expect(
            Set(batch.faults.map(\.pointer)) == ["/id", "/source", "/time", "/tenant", "/dataschema", "/specversion"])
        #expect(batch.events.isEmpty)
    }

    @Test func extensionsAreKeptAsGiven() {
        let batch = admit(
            Sample.sale(["tracestate": #""a=\"1\\\"""#, "correlationid": #""c 1""#, "causationid": #""\u0041""#]))
        expectAccepted(batch)
        let extensions = RecordExtensions(block: batch.record(of: batch.events[0]).extensions)
        func text(_ tag: RecordExtensionTag) -> String? {
            extensions.value(of: tag).map { String(decoding: $0, as: UTF8.self) }
        }
        #expect(text(.traceState) == #"a="1\""#)
        #expect(text(.correlationID) == "c 1")
        #expect(text(.causationID) == "A")
        #expect(text(.traceParent) == nil)
    }

    @Test func escapedNamesAndValuesAreTheirText() {
        let batch = admit(
            #"{"\u0073pecversion":"1\u002e0","id":"\u0065","source":"urn:a","type":"commission.\u0061pproved","#
                + #""time":"2026-10-31T12:00:00Z","data":{"influencerId":"\u0069","campaignId":"c","order\u0049d":"o"}}"#
        )
        expectAccepted(batch)
        #expect(String(decoding: batch.record(of: batch.events[0]).subjectID, as: UTF8.self) == "i")
    }
}
