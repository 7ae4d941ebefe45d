import CampaignCoding
import CampaignDomain
import Testing

/// What a lazy parser would not look at: every token of the event is checked, `ext` included.
@Suite struct JSONTests {
    /// An event whose `ext` holds that raw JSON under `v`.
    func event(_ value: String) -> String {
        Sample.event(
            "campaign.closed", Sample.data(Sample.schema("campaign.closed"), adding: "\"ext\":{\"v\":\(value)}"))
    }

    @Test(arguments: [
        "1.0", "10.0", "1e2", "1E+2", "-0", "0.5", "1e999", "-1.5e-3", "0e0", "-0.0", "9007199254740992.0",
    ])
    func aNumberWithFractionOrExponentIsRefused(_ number: String) {
        let batch = admit(event(number))
        expectFault(batch, .notAnInteger, "/data/ext/v", "\(number)")
        #expect(batch.faults[0].found.contains(number.prefix(4)), "the number stands in what was found")
    }

    @Test(arguments: [
        "9223372036854775808", "-9223372036854775809", "18446744073709551616", "99999999999999999999999999",
        String(repeating: "9", count: 1000),
    ])
    func anIntegerBeyond64BitsIsRefusedAndNotWrapped(_ number: String) {
        expectFault(admit(event(number)), .integerTooLarge, "/data/ext/v")
    }

    @Test(arguments: [
        "01", "-01", "00", "+1", ".5", "1.", "1e", "--1", "-", "0x10", "1_000", "NaN", "Infinity", "-Infinity", "tru",
        "True", "truex", "nul", "falsee", "'a'", "undefined", "1a", "\u{7F}", "\\u0031", "{a:1}", "{\"a\":1,}", "[1,]",
        "[,1]", "{\"a\" 1}", "{\"a\":}", "{1:2}", "{\"a\":1 \"b\":2}", "[1 2]", "[1;2]", "{\"a\",1}", "\"a\"\"b\"",
        "\"a\"b",
        "1\"a\"", "\\\"a\\\"", "// c\n1", "[1]]", "{]", "[}", "\"\\x41\"", "\"\\u12\"", "\"\\u12G4\"", "\"\\\"",
        "\u{FEFF}1", "\u{0C}",
        "1\u{00A0}", "\"a\tb\"", "\"a\nb\"", "\"a\u{01}b\"", "\u{00}", "1\u{00}",
    ])
    func aTokenThatIsNoJSONIsRefused(_ token: String) {
        let batch = admit(event(token))
        #expect(
            batch.faults.count == 1 && batch.faults.first?.code == .invalidJSON, "\(token): \(batch.reportedFaults)")
        #expect(batch.events.isEmpty)
    }

    @Test(arguments: [
        "0", "-1", "9007199254740991", "\"\\u0000\\b\\f\\n\\r\\t\\/\\\\\\\"\"", "\"\\ud83d\\ude00\\uDBFF\\uDFFF\"",
        "\"😀ä\u{7F}\"",
        " [ ] ", "{ }", "[\ttrue , false\r\n, null]", "{\"\":{\"\":1}}", "\"\\\\\"", "\"\\\\\\\"\"",
    ])
    func whatIsJSONIsAccepted(_ value: String) {
        expectAccepted(admit(event(value)), "\(value)")
    }

    @Test(arguments: [
        #""\ud800""#, #""\udc00""#, #""\ud800x""#, #""\ud800\u0041""#, #""\ud83d\ud83d""#, #"{"\ud800":1}"#,
    ])
    func aLoneSurrogateIsRefused(_ value: String) {
        let batch = admit(event(value))
        #expect(batch.faults.map(\.code) == [.loneSurrogate], "\(value)")
        #expect(batch.faults[0].pointer.hasPrefix("/data/ext/v"))
    }

    @Test(
        arguments: [
            [0xFF], [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xED, 0xA0, 0x80], [0xF0, 0x80, 0x80, 0x80],
            [0xF4, 0x90, 0x80, 0x80], [0xF8], [0xC3], [0xE2, 0x82], [0x80],
        ] as [[UInt8]])
    func invalidUTF8IsRefusedWithItsPlace(_ bytes: [UInt8]) {
        for (prefix, place) in [("\"ab", "/data/ext/v"), ("", "/data/ext/v")] {
            let parts = event(prefix + "#" + (prefix.isEmpty ? "" : "\"")).split(
                separator: "#", omittingEmptySubsequences: false)
            let batch = admit(Array(parts[0].utf8) + bytes + Array(parts[1].utf8))
            expectFault(batch, .invalidUTF8, place, "\(bytes)")
            #expect(batch.faults[0].found.contains("byte \(parts[0].utf8.count)"))
        }
    }

    @Test func nestingIsSixteenLevelsTheEventBeingTheFirst() {
        func nested(_ levels: Int, _ open: String, _ close: String) -> String {
            String(repeating: open, count: levels) + "1" + String(repeating: close, count: levels)
        }
        // The event, data and ext are three levels.
        expectAccepted(admit(event(nested(13, "[", "]"))))
        expectAccepted(admit(event(nested(13, "{\"a\":", "}"))))
        expectFault(admit(event(nested(14, "[", "]"))), .tooDeep, "/data/ext/v" + String(repeating: "/0", count: 13))
        expectFault(
            admit(event(nested(14, "{\"a\":", "}"))), .tooDeep, "/data/ext/v" + String(repeating: "/a", count: 13))
    }

    @Test func duplicateKeysAreFoundByTheirTextEverywhere() {
        expectFault(admit(event(#"{"a":1,"b":2,"a":3}"#)), .duplicateKey, "/data/ext/v/a")
        expectFault(admit(event(#"{"a":1,"\u0061":3}"#)), .duplicateKey, "/data/ext/v/a")
        expectFault(admit(event(#"{"id":1,"\u0069d":3}"#)), .duplicateKey, "/data/ext/v/id")
        expectFault(admit(event(#"[{},{"é":1,"é":3}]"#)), .duplicateKey, "/data/ext/v/1/é")
        expectFault(admit(event(#"{"a~b/c":1,"a~b/c":3}"#)), .duplicateKey, "/data/ext/v/a~0b~1c")
        expectFault(admit(event(#"{"":1,"b":2,"":3}"#)), .duplicateKey, "/data/ext/v/")
        expectAccepted(admit(event(#"{"a":{"a":{"a":1}},"A":1,"":2,"a ":3}"#)))
        expectFault(admit(Sample.sale().replacing("\"id\":", with: "\"id\":\"x\",\"id\":")), .duplicateKey, "/id")
        expectFault(
            admit(Sample.event("campaign.closed", #"{"campaignId":"c","reason":"r","reason":"r"}"#)), .duplicateKey,
            "/data/reason")
    }

    @Test func aDuplicateWhoseValueHasEscapesIsReportedAtItsOwnPlace() {
        for value in [#""\n""#, #""x\u0041""#, #"{"c":"\n"}"#, #"["\n"]"#, "\"plain\"", "null"] {
            expectFault(admit(event("{\"a\":\"x\",\"b\":1,\"a\":\(value),\"z\":2}")), .duplicateKey, "/data/ext/v/a")
        }
        expectFault(
            admit(event(#"{"a":"\t","b":"\t","b":"\t","c":"\t"}"#)), .duplicateKey, "/data/ext/v/b")
    }

    @Test func duplicatesInLargeObjectsAreFound() {
        let members = (0..<300).map { "\"k\($0)\":\($0)" }
        expectAccepted(admit(event("{\(members.joined(separator: ","))}")))
        expectFault(
            admit(event("{\(members.joined(separator: ",")),\"k7\":1,\"k3\":2}")), .duplicateKey, "/data/ext/v/k7")
    }

    @Test func hostileTextsAreRefusedFast() {
        let clock = ContinuousClock()
        let bracketsInLine = String(repeating: "[", count: 65_536)
        let manyKeys = "{" + (0..<7000).map { "\"\($0)\":0" }.joined(separator: ",") + "}"
        let sixteenMiB = [UInt8](repeating: UInt8(ascii: "["), count: 16 << 20)
        let elapsed = clock.measure {
            #expect(admit(bracketsInLine).faults.map(\.code) == [.tooDeep])
            #expect(admit(manyKeys).faults.contains { $0.code == .unknownAttribute })
            #expect(admit(String(repeating: "[", count: 100_000)).faults.map(\.code) == [.eventTooLarge])
            #expect(admit(sixteenMiB).faults.map(\.code) == [.eventTooLarge])
            #expect(admit(sixteenMiB, .batch).faults.map(\.code) == [.invalidJSON])
            #expect(admit(sixteenMiB, .ndjson).faults.map(\.code) == [.eventTooLarge])
        }
        #expect(elapsed < .seconds(20), "bounded work, not a benchmark")
    }

    @Test func whatStandsBehindTheEventIsNotRead() {
        // The padding of the tests is digits, so a number at the end of the text would grow.
        expectFault(admit("12"), .notAnObject, "", found: "12")
        expectFault(admit("\"a\""), .notAnObject, "", found: "\"a\"")
        for text in ["tru", "{", "[1", "{\"a\"", "{\"a\":", "{\"a\":1", "{\"a\":1,"] {
            #expect(admit(text).faults.map(\.code) == [.invalidJSON], "\(text)")
        }
        #expect(admit(Sample.sale() + "1").faults.map(\.code) == [.invalidJSON])
        #expect(admit(Sample.sale() + Sample.sale()).faults.map(\.code) == [.invalidJSON])
    }
}
