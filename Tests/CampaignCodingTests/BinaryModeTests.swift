import CampaignCoding
import CampaignDomain
import EventLog
import Testing

@Suite struct BinaryModeTests {
    static let good: [(name: String, value: String)] = [
        ("specversion", "1.0"), ("id", "e1"), ("source", "urn:test"), ("type", "campaign.closed"),
        ("time", "2026-10-31T12:00:00Z"), ("datacontenttype", "application/json"),
    ]

    func admit(_ attributes: [(name: String, value: String)], _ data: String) -> AdmittedBatch {
        let admission = EventAdmission(tables: Sample.tables)
        return Array(data.utf8).withPadding {
            admission.admitBinary(attributes: attributes, data: $0, now: Sample.now, poster: Sample.poster)
        }
    }

    let data = #"{"campaignId":"c","reason":"done"}"#

    @Test func theSameEventInBothModesIsTheSameRecord() {
        let binary = admit(Self.good + [("expectedrevision", "3"), ("correlationid", "x")], data)
        let structured = CampaignCodingTests.admit(
            Sample.event("campaign.closed", data, ["expectedrevision": "3", "correlationid": "\"x\""]))
        expectAccepted(binary)
        #expect(binary.events[0].expectedRevision == Revision(3))
        #expect(
            Array(binary.record(of: binary.events[0]).bytes) == Array(structured.record(of: structured.events[0]).bytes)
        )
    }

    @Test(arguments: [
        "application/json", "Application/JSON", "application/json; charset=utf-8", "application/json;charset=\"UTF-8\"",
    ])
    func theContentTypeIsJSON(_ type: String) {
        expectAccepted(admit(Self.good.dropLast() + [("datacontenttype", type)], data))
        expectAccepted(admit(Array(Self.good.dropLast()), data))
    }

    @Test(arguments: ["text/plain", "application/json; charset=latin1", "application/cloudevents+json", ""])
    func anotherContentTypeIsRefused(_ type: String) {
        expectFault(
            admit(Self.good.dropLast() + [("datacontenttype", type)], data), .invalidAttribute, "/datacontenttype")
    }

    @Test func faultsHaveTheirPlaceWithinTheEvent() {
        expectFault(admit(Self.good, ""), .missingAttribute, "/data")
        expectFault(admit(Self.good, "[]"), .invalidAttribute, "/data", found: "an empty array")
        expectFault(admit(Self.good, #"{"campaignId":"c","reason":1.5}"#), .notAnInteger, "/data/reason")
        expectFault(admit(Self.good, #"{"campaignId":"c","reason":1}"#), .invalidField, "/data/reason")
        expectFault(admit(Array(Self.good.dropFirst()), data), .missingAttribute, "/specversion")
        expectFault(admit(Self.good + [("tenant", "x")], data), .unknownAttribute, "/tenant")
        expectFault(admit(Self.good + [("data", "x")], data), .unknownAttribute, "/data")
        expectFault(admit(Self.good + [("id", "e2")], data), .duplicateKey, "/id")
        expectFault(admit(Self.good + [("subject", "campaign/d")], data), .subjectMismatch, "/subject")
    }

    @Test func theDataIsOneLevelBelowTheEvent() {
        func nested(_ levels: Int) -> String {
            let brackets = String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
            return "{\"campaignId\":\"c\",\"reason\":\"r\",\"ext\":{\"v\":\(brackets)}}"
        }
        expectAccepted(admit(Self.good, nested(13)))
        #expect(admit(Self.good, nested(14)).faults.map(\.code) == [.tooDeep])
    }

    @Test func theEventIsAtMost64KiB() {
        let size = Self.good.reduce(0) { $0 + $1.name.utf8.count + $1.value.utf8.count }
        let spaces = String(repeating: " ", count: 65_536 - size - data.utf8.count)
        #expect(admit(Self.good, data + spaces).faults.isEmpty)
        expectFault(admit(Self.good, data + spaces + " "), .eventTooLarge, "")
    }
}
