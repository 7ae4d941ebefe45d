import Foundation
import LedgerAPI
import Testing

private let event = "application/cloudevents+json"
private let batch = "application/cloudevents-batch+json"

@Suite(.serialized)
struct AppendRouteTests {
    @Test func newEventsAreRecordedAndRepeatsGiveTheirPosition() async throws {
        try await withDaemon { daemon in
            let first = try await daemon.post(Samples.lines)
            #expect(first.status == 201)
            #expect(first.headers["content-type"] == "application/json")
            #expect(first.text == #"{"head":8,"positions":[[1,8]],"recorded":8,"repeats":[]}"#)

            let again = try await daemon.post(Samples.programme[2], type: event)
            #expect(again.status == 200)
            #expect(again.text == #"{"head":8,"positions":[],"recorded":0,"repeats":[{"index":0,"position":3}]}"#)

            let mixed = "[\(Samples.programme[0]),\(Samples.registered("eva", id: "9"))]"
            let third = try await daemon.post(mixed, type: batch)
            #expect(third.status == 201)
            #expect(third.text == #"{"head":9,"positions":[[9,9]],"recorded":1,"repeats":[{"index":0,"position":1}]}"#)
            let read = try WireCoding.decode(AppendAnswer.self, from: Data(third.body))
            #expect(String(decoding: try WireCoding.encode(read), as: UTF8.self) == third.text)
        }
    }

    @Test func checkingAloneRecordsNothing() async throws {
        try await withDaemon { daemon in
            let checked = try await daemon.post(Samples.lines, query: "?validateOnly=true")
            #expect(checked.status == 200)
            #expect(daemon.head == "0")
            let refused = try await daemon.post("{}", query: "?validateOnly=true")
            #expect(refused.status == 422)
            let unknown = try await daemon.post(Samples.lines, query: "?validate=true")
            #expect(unknown.status == 400)
            #expect(try unknown.json()["code"] as? String == "unknownParameter")
            let malformed = try await daemon.post(Samples.lines, query: "?validateOnly=yes")
            #expect(malformed.status == 422)
            #expect(try malformed.json()["remedy"] as? String == "Give true or false.")
        }
    }

    @Test func aRefusalNamesEveryFaultWithItsEventAndPointer() async throws {
        try await withDaemon { daemon in
            let bad = Samples.event(
                "audience.measured", id: "x", time: "2026-01-02T12:00:00Z",
                #"{"influencerId":"ana","followers":-1,"colour":"red"}"#)
            let answer = try await daemon.post(Samples.programme[0] + "\n" + bad)
            #expect(answer.status == 422)
            #expect(answer.headers["content-type"] == "application/problem+json")
            let problem = try WireCoding.decode(ProblemDetails.self, from: Data(answer.body))
            #expect(problem.index == 1)
            #expect(problem.pointer?.hasPrefix("/data/") == true)
            #expect(Set(problem.errors?.map(\.pointer) ?? []) == ["/data/followers", "/data/colour"])
            #expect(problem.errors?.allSatisfy { !$0.remedy.isEmpty } == true)
            #expect(daemon.head == "0")
        }
    }

    @Test func aConflictAndAnUnexpectedRevisionAre409() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.lines).status == 201)
            let conflict = try await daemon.post(Samples.measured("ana", id: "3", followers: 7))
            #expect(conflict.status == 409)
            #expect(try conflict.json()["code"] as? String == "identityConflict")
            let late = Samples.event(
                "audience.measured", id: "n", time: "2026-01-02T12:00:00Z", #"{"influencerId":"ana","followers":1}"#,
                extra: #","expectedrevision":1"#)
            let mismatch = try await daemon.post(late)
            #expect(mismatch.status == 409)
            #expect(try mismatch.json()["code"] as? String == "revisionMismatch")
        }
    }

    @Test func theContentTypeDecides() async throws {
        try await withDaemon { daemon in
            for type in [nil, "text/plain", "application/json", ""] {
                let answer = try await daemon.post(Samples.programme[0], type: type)
                #expect(answer.status == 415, "\(type ?? "none")")
                #expect(answer.text.contains(event))
            }
            let latin = try await daemon.post(Samples.programme[0], type: event + "; charset=latin1")
            #expect(latin.status == 415)
            #expect(daemon.head == "0")
            #expect(try await daemon.post(Samples.programme[0], type: event + "; charset=utf-8").status == 201)
            #expect(try await daemon.post(Samples.programme[1], type: "APPLICATION/CloudEvents+JSON").status == 201)
        }
    }

    @Test func aCompressedBodyIsRefused() async throws {
        try await withDaemon { daemon in
            let answer = try await daemon.post(Samples.lines, headers: "content-encoding: gzip\r\n")
            #expect(answer.status == 415)
            #expect(try answer.json()["code"] as? String == "unsupportedEncoding")
        }
    }

    @Test func binaryModeTakesAttributesFromHeaderFields() async throws {
        try await withDaemon { daemon in
            let data = #"{"influencerId":"ana","platform":"instagram","niches":["books"]}"#
            let headers = """
                ce-specversion: 1.0\r\nce-id: b%31\r\nCE-Source: urn:test\r\nce-type: influencer.registered\r\n\
                ce-time: "2026-01-01T12:00:00+02:00"\r\n
                """
            let first = try await daemon.post(data, type: nil, headers: headers)
            #expect(first.status == 201, "\(first.text)")
            let second = try await daemon.post(data, type: "application/json", headers: headers)
            #expect(second.status == 200, "\(second.text)")
            let recorded = try await daemon.get("/v1/events/1").json()
            #expect(recorded["id"] as? String == "b1")
            #expect(recorded["time"] as? String == "2026-01-01T10:00:00Z")
            let broken = try await daemon.post(data, type: nil, headers: headers + "ce-traceparent: %zz\r\n")
            #expect(broken.status == 400)
            let twice = try await daemon.post(data, type: nil, headers: headers + "ce-id: b2\r\n")
            #expect(twice.status == 400)
            let other = try await daemon.post(data, type: "text/xml", headers: headers)
            #expect(other.status == 422)
        }
    }

    @Test func aRecordedEventComesBackWithItsDataAsSent() async throws {
        try await withDaemon { daemon in
            #expect(try await daemon.post(Samples.programme[0], type: event).status == 201)
            let answer = try await daemon.get("/v1/events/1")
            #expect(answer.headers["content-type"] == event)
            #expect(try answer.json()["sequence"] as? String == "00000000000000000001")
            #expect(answer.text.contains(#""budget":{"currency":"EUR","amount":"1000.00"}"#))
        }
    }

    @Test func anEventDatedAheadIsNamed() async throws {
        try await withDaemon { daemon in
            let ahead = Date(timeIntervalSinceNow: 3600).formatted(.iso8601)
            let answer = try await daemon.post(
                Samples.programme[0] + "\n" + Samples.registered("eva", id: "9", time: ahead))
            #expect(answer.status == 201)
            #expect(answer.text == #"{"ahead":[1],"head":2,"positions":[[1,2]],"recorded":2,"repeats":[]}"#)
            let far = Date(timeIntervalSinceNow: 25 * 3600).formatted(.iso8601)
            let refused = try await daemon.post(Samples.registered("ida", id: "10", time: far))
            #expect(refused.status == 422)
            #expect(try refused.json()["code"] as? String == "timeTooFarAhead")
        }
    }

    @Test func anEmptyRequestIsRefused() async throws {
        try await withDaemon { daemon in
            let answer = try await daemon.post("")
            #expect(answer.status == 422)
            #expect(try answer.json()["code"] as? String == "emptyRequest")
        }
    }

    @Test func moreThanTenThousandEventsAre413() async throws {
        try await withDaemon { daemon in
            let body = (0...10_000).map { Samples.registered("i\($0)", id: "e\($0)") }.joined(separator: "\n")
            let answer = try await daemon.post(body)
            #expect(answer.status == 413)
            #expect(daemon.head == "0")
        }
    }
}
