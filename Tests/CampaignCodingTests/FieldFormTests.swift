import CampaignCoding
import CampaignDomain
import EventLog
import Testing

/// The forms of fields and the rules between them (Events, sections 1 and 3).
@Suite struct FieldFormTests {
    func batch(_ type: String, _ field: String, _ value: String) -> AdmittedBatch {
        admit(Sample.event(type, Sample.data(Sample.schema(type), replacing: [field: value])))
    }

    @Test func identifiersHaveTheirAlphabetAndLength() {
        for good in ["a", "0", "Z", "a.b_c-d", "9-", String(repeating: "x", count: 64)] {
            expectAccepted(batch("influencer.registered", "platform", "\"\(good)\""), "\(good)")
        }
        for bad in ["", "-a", ".a", "_a", "a b", "a/b", "é", "a\\u0000", String(repeating: "x", count: 65), "@a", "a@"]
        {
            expectFault(
                batch("influencer.registered", "platform", "\"\(bad)\""), .invalidField, "/data/platform", "\(bad)")
        }
    }

    @Test("NULs in place of a date are no time, also for a reader that has read none yet")
    func nulsAreNoDate() {
        let nuls = String(repeating: "\\u0000", count: 10)
        // Each admission is new: this is the first time that it reads in the data.
        expectFault(
            batch("conversation.recorded", "from", "\"\(nuls)T10:00:00Z\""), .invalidField, "/data/from")
    }

    @Test func aWrongSubjectLeavesTheEventWithoutOne() {
        let event = batch("commission.approved", "influencerId", "\"-\"").events[0]
        #expect(event.hasSubject, "the campaign is the next that names a stream")
        let opened = batch("campaign.opened", "campaignId", "\"-\"").events[0]
        #expect(!opened.hasSubject && opened.hasDeferredFaults)
    }

    @Test func topicsAreOneToEightWithoutRepeats() {
        func list(_ count: Int) -> String { "[\((0..<count).map { "\"t-\($0)\"" }.joined(separator: ","))]" }
        for good in [list(1), list(8), "[\"\(String(repeating: "z", count: 40))\"]", #"["-"]"#] {
            expectAccepted(batch("campaign.opened", "topics", good), "\(good)")
        }
        expectFault(batch("campaign.opened", "topics", "[]"), .invalidField, "/data/topics", found: "an empty array")
        expectFault(batch("campaign.opened", "topics", list(9)), .invalidField, "/data/topics", found: "an array of 9")
        expectFault(
            batch("campaign.opened", "topics", #"["a","b","a"]"#), .invalidField, "/data/topics/2",
            expected: "no repeats in the list", found: #""a""#)
        for bad in ["\"A\"", "\"\"", "\"a b\"", "5", "[]", "{}", "\"\(String(repeating: "z", count: 41))\""] {
            expectFault(batch("campaign.opened", "topics", "[\"x\",\(bad)]"), .invalidField, "/data/topics/1", "\(bad)")
        }
    }

    @Test func brandsAreUpToEightIdentifiersWithoutRepeats() {
        func list(_ count: Int) -> String { "[\((0..<count).map { "\"B.\($0)\"" }.joined(separator: ","))]" }
        expectAccepted(batch("post.published", "brandIds", "[]"))
        expectAccepted(batch("post.published", "brandIds", list(8)))
        expectFault(batch("post.published", "brandIds", list(9)), .invalidField, "/data/brandIds")
        expectFault(batch("post.published", "brandIds", #"["a","a"]"#), .invalidField, "/data/brandIds/1")
        expectFault(batch("post.published", "brandIds", #"["-"]"#), .invalidField, "/data/brandIds/0")
    }

    @Test(arguments: [
        ("EUR", "0"), ("EUR", "0.0"), ("EUR", "0.01"), ("EUR", "9999999999999.99"), ("JPY", "999999999999999"),
        ("KWD", "1.234"), ("CLF", "1.2345"), ("USD", "129.9"),
    ])
    func anAmountWithinItsCurrencyIsAccepted(_ currency: String, _ amount: String) {
        let value = "{\"currency\":\"\(currency)\",\"amount\":\"\(amount)\"}"
        expectAccepted(batch("fee.accrued", "amount", value), "\(value)")
    }

    @Test(arguments: [
        ("EUR", #""1.234""#), ("EUR", #""-1""#), ("EUR", #""+1""#), ("EUR", #""01""#), ("EUR", #"".5""#),
        ("EUR", #""1.""#),
        ("EUR", #""""#), ("EUR", #""1e2""#), ("EUR", "5"), ("EUR", #""10000000000000.00""#), ("JPY", #""1.0""#),
        ("JPY", #""1000000000000000""#), ("KWD", #""1.2345""#), ("EUR", #""00""#), ("EUR", #"" 1""#),
        ("EUR", #""1,5""#),
    ])
    func anAmountBeyondItsCurrencyIsRefused(_ currency: String, _ amount: String) {
        let value = "{\"currency\":\"\(currency)\",\"amount\":\(amount)}"
        expectFault(batch("fee.accrued", "amount", value), .invalidField, "/data/amount/amount", "\(value)")
    }

    @Test func moneyHasACurrencyAndAnAmountAndNothingElse() {
        for currency in [#""XAU""#, #""XXX""#, #""eur""#, #""EURO""#, #""""#, "978", "null"] {
            expectFault(
                batch("fee.accrued", "amount", "{\"currency\":\(currency),\"amount\":\"1\"}"), .invalidField,
                "/data/amount/currency", "\(currency)")
        }
        expectFault(
            batch("fee.accrued", "amount", #"{"amount":"1"}"#), .missingField, "/data/amount/currency", found: "nothing"
        )
        expectFault(batch("fee.accrued", "amount", #"{"currency":"EUR"}"#), .missingField, "/data/amount/amount")
        expectFault(
            batch("fee.accrued", "amount", #"{"currency":"EUR","amount":"1","vat":"0"}"#), .unknownField,
            "/data/amount/vat")
    }

    @Test func countriesAreTheAssignedOnes() {
        #expect(Country.codes.count == 249)
        #expect(Set(Country.codes).count == 249 && Country.codes == Country.codes.sorted())
        for code in Country.codes { expectAccepted(batch("influencer.registered", "country", "\"\(code)\"")) }
        for bad in ["UK", "EU", "XX", "de", "DEU", "D", "", "ZZ", "AA"] {
            expectFault(
                batch("influencer.registered", "country", "\"\(bad)\""), .invalidField, "/data/country", "\(bad)")
        }
    }

    @Test func datesAreCalendarDays() {
        for good in ["1970-01-01", "2024-02-29", "2026-10-31"] {
            expectAccepted(batch("campaign.opened", "startsOn", "\"\(good)\""))
        }
        for bad in [
            "2026-02-29", "2026-13-01", "2026-1-1", "1969-12-31", "20261031", "2026-10-31T00:00:00Z", "2026-00-10",
        ] {
            expectFault(batch("campaign.opened", "startsOn", "\"\(bad)\""), .invalidField, "/data/startsOn", "\(bad)")
        }
    }

    @Test func rulesBetweenFieldsHold() {
        let usd = #"{"currency":"USD","amount":"1"}"#
        expectFault(
            batch("product.sent", "unitValue", usd), .brokenRule, "/data/unitValue/currency", found: #""USD""#)
        expectFault(batch("campaign.opened", "startsOn", #""2026-11-01""#), .brokenRule, "/data/startsOn")
        expectFault(batch("adflight.recorded", "from", #""2026-10-31T12:00:00.000001Z""#), .brokenRule, "/data/from")
        expectFault(
            batch("conversation.recorded", "commentsReplied", "6"), .brokenRule, "/data/commentsReplied", found: "6")
        expectFault(
            batch("conversation.recorded", "directMessagesReplied", "6"), .brokenRule, "/data/directMessagesReplied")
        expectFault(
            batch("conversation.recorded", "from", #""2026-10-31T12:00:00.000001Z""#), .brokenRule, "/data/from",
            expected: "no later than the event's time")
        let schema = Sample.schema("event.retracted")
        expectFault(
            admit(Sample.event(schema.name, Sample.data(schema, replacing: ["campaignId": #""c""#]))), .brokenRule,
            "/data",
            expected: "exactly one of influencerId and campaignId", found: "both")
        expectFault(
            admit(Sample.event(schema.name, Sample.data(schema, without: ["influencerId"]))), .brokenRule, "/data",
            found: "neither")
    }

    @Test func extIsFreeWithinItsLimits() {
        func batch(_ ext: String) -> AdmittedBatch {
            admit(
                Sample.event("campaign.closed", Sample.data(Sample.schema("campaign.closed"), adding: "\"ext\":\(ext)"))
            )
        }
        expectAccepted(batch("{}"))
        expectAccepted(
            batch(#"{"a":9007199254740991,"b":-9007199254740991,"ä\u00e9\ud83d\ude00":[true,false,null,"\u0000"]}"#))
        expectAccepted(batch("{\"a\":\"\(String(repeating: "x", count: 4096 - 8))\"}"))
        expectFault(
            batch("{\"a\":\"\(String(repeating: "x", count: 4096 - 7))\"}"), .extTooLarge, "/data/ext",
            found: "4097 bytes")
        expectFault(
            batch(#"{"a":[{"b":9007199254740992}]}"#), .invalidField, "/data/ext/a/0/b", found: "9007199254740992")
        expectFault(batch(#"{"z":1,"a":-9007199254740992}"#), .invalidField, "/data/ext/a")
        for wrong in ["[]", "1", "null", "\"x\""] { expectFault(batch(wrong), .invalidField, "/data/ext", "\(wrong)") }
    }

    @Test func retractionsAndPoliciesGiveTheWriterWhatItDecides() {
        #expect(batch("event.retracted", "position", "17").events[0].retractionTarget?.rawValue == 17)
        let policy = batch("policy.published", "version", "3").events[0].policy
        #expect(policy == PolicyVersion(kind: .trust, version: 3))
        expectFault(batch("event.retracted", "position", "0"), .invalidField, "/data/position")
    }
}
