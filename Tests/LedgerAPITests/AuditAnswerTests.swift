import Foundation
import LedgerAPI
import Testing

/// The bodies that flatten others or leave keys out come back as they were.
struct AuditAnswerTests {
    private func text(_ value: some Encodable) throws -> String {
        String(decoding: try WireCoding.encode(value), as: UTF8.self)
    }

    @Test func anExceptionLeavesOutWhatItDoesNotHave() throws {
        let body = ExceptionBody(
            kind: "overBudget", since: "2026-01-01T00:00:00Z", events: [EventIdentity(source: "urn:a", id: "1")],
            positions: [7], influencerId: nil, campaignId: "c1",
            about: ExceptionAboutBody(thingId: nil, campaignId: "c1", quantity: nil, currency: nil, amount: nil))
        let expected =
            #"{"about":{"campaignId":"c1"},"campaignId":"c1","events":[["urn:a","1"]],"kind":"overBudget","#
            + #""positions":[7],"since":"2026-01-01T00:00:00Z"}"#
        #expect(try text(body) == expected)
        #expect(try WireCoding.decode(ExceptionBody.self, from: Data(expected.utf8)) == body)
    }

    @Test func anExportedPostIsThePostWithItsEvent() throws {
        let post = PostBody(
            postId: "p1", published: "2026-01-01T00:00:00Z", platform: "instagram", topics: ["tea"], brandIds: [],
            campaignId: nil, connection: "none", live: true, removed: nil, needsDisclosure: false, verdict: nil,
            engagements: 3, counters: nil)
        let body = ExportedPostBody(post: post, influencerId: "ana", position: 9, source: "urn:a", id: "1")
        #expect(try WireCoding.decode(ExportedPostBody.self, from: WireCoding.encode(body)) == body)
        let keys = try WireCoding.decode(JSONValue.self, from: WireCoding.encode(body))
        #expect(keys["postId"] == .string("p1") && keys["influencerId"] == .string("ana"))
        #expect(keys["campaignId"] == .null && keys["position"] == .integer(9))
    }

    @Test func theLastLineIsAnEndAndNoOtherLineIs() throws {
        #expect(try text(ExportEnd(count: 3)) == #"{"count":3,"end":true}"#)
        #expect(throws: (any Error).self) {
            try WireCoding.decode(ExportEnd.self, from: Data(#"{"kind":"overBudget"}"#.utf8))
        }
    }
}
