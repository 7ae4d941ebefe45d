import CampaignCoding
import CampaignDomain
import EventLog
import Testing

@Suite struct RequestTests {
    func sale(_ id: Int) -> String { Sample.sale(["id": "\"e\(id)\""]) }

    @Test func anEmptyRequestIsRefused() {
        for (body, format) in [("", RequestFormat.ndjson), ("\n\r\n \t\n", .ndjson), ("[]", .batch), (" [ ] ", .batch)]
        {
            let batch = admit(body, format)
            #expect(batch.faults.map(\.code) == [.emptyRequest] && batch.faults[0].index == nil)
        }
        for (body, format) in [("", RequestFormat.single), ("  ", .single)] {
            #expect(admit(body, format).faults.map(\.code) == [.invalidJSON])
        }
        #expect(admit("", .batch).faults.map(\.code) == [.notAnArray])
    }

    @Test func linesMayEndWithCRLFAndBeBlankAndIndexesCountEvents() {
        let body = "\n\(sale(0))\r\n\r\n  \n\(sale(1))\n{\n\(sale(2))"
        let batch = admit(body, .ndjson)
        #expect(batch.events.map(\.index) == [0, 1, 3])
        #expect(batch.faults.map(\.index) == [2])
    }

    @Test func aFaultyElementHidesNoneOfTheOthers() {
        let body =
            "[\(sale(0)) , {\"id\":1.5}\n,5,\(Sample.sale(["id": "\"\""])),\(sale(4)),{\"a\":[1,2}],tru,\(sale(7))]"
        let batch = admit(body, .batch)
        #expect(batch.events.map(\.index) == [0, 4, 7])
        #expect(batch.faults.map(\.index) == [1, 2, 3, 5, 6])
        #expect(
            batch.faults.map(\.code) == [.notAnInteger, .notAnObject, .invalidAttribute, .invalidJSON, .invalidJSON])
    }

    @Test(arguments: ["[1,", "[", "[,]", "[1,]", "[1]]", "[1] x", "[{]", "[\"a]", "[1}", "[1 , ", "[}]"])
    func aBodyThatCannotBeSplitIsOneFaultOfTheRequest(_ body: String) {
        let batch = admit(body, .batch)
        #expect(batch.faults.filter { $0.index == nil }.count == 1, "\(batch.faults)")
        #expect(batch.faults.first?.index == nil && batch.faults.first?.code == .invalidJSON)
        #expect(batch.events.isEmpty)
    }

    @Test func whatWasFoundBeforeABodyEndsIsToldToo() {
        let batch = admit("[5, \(sale(1)), {\"id\":", .batch)
        #expect(batch.faults.map(\.code) == [.invalidJSON, .notAnObject])
        #expect(batch.faults.map(\.index) == [nil, 0])
    }

    @Test(arguments: ["{}", "5", "\"[]\"", " x"])
    func aBatchIsAnArray(_ body: String) {
        expectFault(admit(body, .batch), .notAnArray, "", expected: "a JSON array of events")
    }

    @Test func aRequestHoldsTenThousandEvents() {
        let lines = (0..<10_000).map(sale)
        expectAccepted(admit(lines.joined(separator: "\n"), .ndjson), events: 10_000)
        expectFault(admit((lines + ["{"]).joined(separator: "\n"), .ndjson), .tooManyEvents, "")
        expectAccepted(admit("[\(lines.joined(separator: ","))]", .batch), events: 10_000)
        expectFault(admit("[\((lines + ["{}"]).joined(separator: ","))]", .batch), .tooManyEvents, "")
    }

    @Test func aRequestIsAtMost16MiB() {
        let line = Array((sale(0) + "\n").utf8)
        let body = line + [UInt8](repeating: UInt8(ascii: "\n"), count: 16 << 20 - line.count)
        expectAccepted(admit(body, .ndjson))
        expectFault(admit(body + [0x0A], .ndjson), .requestTooLarge, "", found: "\(16 << 20 + 1)")
    }

    @Test func anEventIsAtMost64KiBAsReceived() {
        let event = sale(0)
        let padded = event + String(repeating: " ", count: 65_536 - event.utf8.count)
        expectAccepted(admit(padded))
        expectAccepted(admit(padded + "\r\n" + padded + "\n", .ndjson), events: 2)
        expectFault(admit(padded + " "), .eventTooLarge, "", found: "65537 bytes")
        expectFault(admit(padded + " ", .ndjson), .eventTooLarge, "")
        let inside = String(event.dropLast()) + String(repeating: " ", count: 65_536 - event.utf8.count)
        expectAccepted(admit("[\(inside)}]", .batch))
        expectFault(admit("[\(inside) }]", .batch), .eventTooLarge, "")
    }

    @Test func aRecordIsAtMost65535Bytes() {
        // A small envelope around data of spaces: the record keeps the data as sent.
        func event(dataSize: Int) -> String {
            let data = Sample.data(Sample.schema("campaign.closed"))
            let spaces = String(repeating: " ", count: dataSize - data.utf8.count)
            return Sample.event("campaign.closed", "{" + spaces + data.dropFirst())
        }
        let overhead = admit(event(dataSize: 100)).events[0].recordLength - 100
        expectAccepted(admit(event(dataSize: 65_536 - Sample.event("campaign.closed", "").utf8.count)))
        let user = Poster(uid: 1, userName: String(repeating: "u", count: 300))
        #expect(user.userName.utf8.count == 255)
        let body = Array(event(dataSize: 65_536 - Sample.event("campaign.closed", "").utf8.count).utf8)
        let admission = EventAdmission(tables: Sample.tables)
        let batch = body.withPadding { admission.admit(body: $0, format: .single, now: Sample.now, poster: user) }
        let size = overhead - "ledger".utf8.count + 255 + 65_536 - Sample.event("campaign.closed", "").utf8.count
        #expect(size > 65_535)
        expectFault(batch, .recordTooLarge, "")
    }

    @Test func lineBreaksBetweenTokensBecomeSpaces() {
        let data = "{\r\n\"campaignId\"\n:\"c\"\r,\"reason\":\"a\",\n\"ext\":{\"t\":\"\\r\\n\"}\n}"
        let line = Sample.event("campaign.closed", data).unicodeScalars.map { $0 == "\n" ? " " : $0 }
        let stored = #"{  "campaignId" :"c" ,"reason":"a", "ext":{"t":"\r\n"} }"#
        for (body, format) in [
            (Sample.event("campaign.closed", data), RequestFormat.single),
            ("[\n" + Sample.event("campaign.closed", data) + "\n]", .batch),
            (String(String.UnicodeScalarView(line)), .ndjson),
        ] {
            let batch = admit(body, format)
            expectAccepted(batch)
            #expect(batch.dataText() == stored)
        }
    }

    @Test func atMostAHundredFaultsAreReportedButEachEventKeepsOne() {
        let bad = Sample.event("campaign.closed", #"{"a":1,"b":2}"#)
        let batch = admit((0..<150).map { _ in bad }.joined(separator: "\n"), .ndjson)
        #expect(batch.reportedFaults.count == 100)
        #expect(batch.events.count == 150)
        #expect(batch.events.allSatisfy { batch.faults(of: $0).first?.index == $0.index })
        let worse = admit((0..<150).map { _ in "{" }.joined(separator: "\n"), .ndjson)
        #expect(worse.faults.count == 100 && worse.reportedFaults.last?.index == 99)
        let mixed = admit("\(bad)\n{\n\(bad)", .ndjson)
        #expect(mixed.reportedFaults.compactMap(\.index) == mixed.reportedFaults.compactMap(\.index).sorted())
    }

    @Test func anAdmissionCanBeUsedAgainAndItsBatchesStay() {
        let admission = EventAdmission(tables: Sample.tables)
        func admit(_ text: String) -> AdmittedBatch {
            Array(text.utf8).withPadding {
                admission.admit(body: $0, format: .ndjson, now: Sample.now, poster: Sample.poster)
            }
        }
        let first = admit(sale(1))
        let faulty = admit("{")
        let second = admit(sale(2) + "\n" + sale(3))
        #expect(String(decoding: first.record(of: first.events[0]).id, as: UTF8.self) == "e1")
        #expect(faulty.events.isEmpty && second.faults.isEmpty)
        #expect(String(decoding: second.record(of: second.events[1]).id, as: UTF8.self) == "e3")
    }
}
