import LedgerAPI

// What is wrong with a request as HTTP: its size, its media type, its target, its framing.
extension MalformedRequest {
    static func oversize(_ number: Int, _ random: inout Random) -> MalformedRequest {
        var draft = Draft.valid(number, &random)
        draft.data.removeAll { $0.name == "ext" }
        switch random.within(0...3) {
        case 0:
            let length = random.pick(["16777217", "99999999", "9223372036854775807"])
            let request = HTTPRequest(
                "POST", "/v1/events", [("Content-Type", MediaType.ndjson), ("Content-Length", length)])
            return MalformedRequest(
                what: "announces \(length) bytes", wire: .broken(request.bytes), statuses: [413],
                codes: ["bodyTooLarge"])
        case 1:
            let text = String(repeating: "x", count: random.within(66_000...200_000))
            draft.data.append(.init(name: "ext", value: "{\"a\":\"\(text)\"}", kind: .text))
            return posted(
                draft.bytes, "an event beyond 64 KiB", number: number, codes: ["eventTooLarge"], single: true, &random)
        case 2:
            let text = String(repeating: "x", count: random.within(4_100...9_000))
            draft.data.append(.init(name: "ext", value: "{\"a\":\"\(text)\"}", kind: .text))
            return posted(
                draft.bytes, "ext beyond 4 KiB", number: number, codes: ["extTooLarge"], single: true, &random)
        default:
            let body = Array(String(repeating: "{}\n", count: 10_001).utf8)
            return MalformedRequest(
                what: "10,001 events", wire: .framed(HTTPRequest(posting: body, as: MediaType.ndjson)), statuses: [413],
                codes: ["tooManyEvents"])
        }
    }

    static func wrongMedia(_ number: Int, _ random: inout Random) -> MalformedRequest {
        let fields: [[(String, String)]] = [
            [("Content-Type", "text/plain")], [("Content-Type", "application/json")], [("Content-Type", "")], [],
            [("Content-Type", "application/cloudevents+xml")],
            [("Content-Type", "application/x-ndjson; charset=latin1")],
            [("Content-Type", "application/x-ndjson"), ("Content-Encoding", "gzip")],
            [("Content-Type", "multipart/form-data; boundary=x")],
        ]
        let event = Draft.valid(number, &random).bytes
        return MalformedRequest(
            what: "a media type that carries no events",
            wire: .framed(HTTPRequest("POST", "/v1/events", random.pick(fields), body: event)), statuses: [415],
            codes: ["unsupportedMediaType", "unsupportedEncoding"])
    }

    static func wrongBinary(_ number: Int, _ random: inout Random) -> MalformedRequest {
        let draft = Draft.valid(number, &random)
        var fields = draft.envelope.map { ("ce-\($0.name)", String($0.value.dropFirst().dropLast())) }
        var body = draft.dataText
        switch random.within(0...4) {
        case 0: fields.remove(at: random.within(0...fields.count - 1))
        case 1: fields[1].1 = random.pick(["%zz", "%FF%FE", "a%", "", "a b", "%41 b"])
        case 2: fields.append(("ce-colour", "blue"))
        case 3: body = random.pick(["", "null", "[]", "5", "{", "\"x\"", "{}", "\u{FEFF}{}"])
        default: fields.append(fields[random.within(0...fields.count - 1)])
        }
        return MalformedRequest(
            what: "binary content mode: \(fields) \(body.prefix(40))",
            wire: .framed(HTTPRequest("POST", "/v1/events", fields, body: Array(body.utf8))), statuses: [400, 415, 422])
    }

    static func wrongTarget(_ random: inout Random) -> MalformedRequest {
        let (method, target, statuses) = random.pick(wrongTargets)
        return MalformedRequest(
            what: "\(method) \(target)", wire: .framed(HTTPRequest(method, target)), statuses: statuses)
    }

    private static let wrongTargets: [(String, String, Set<Int>)] = {
        let queries: [(String, Set<Int>)] = [
            ("/v1/events?limit=0", [422]), ("/v1/events?limit=-1", [422]), ("/v1/events?limit=abc", [422]),
            ("/v1/events?limit=99999999999999999999999", [422]), ("/v1/events?after=x", [422]),
            ("/v1/events?after=-1", [422]), ("/v1/events?type=nope", [422]), ("/v1/events?since=yesterday", [422]),
            ("/v1/events?until=2024-02-30T00:00:00Z", [422]), ("/v1/events?follow=yes", [422]),
            ("/v1/events?subject=nobody", [422]), ("/v1/events?bogus=1", [400]), ("/v1/events?limit=1&limit=2", [400]),
            ("/v1/events?%zz=1", [400]), ("/v1/events?limit=%FF", [400, 422]), ("/v1/events/0", [404]),
            ("/v1/events/00001", [404]), ("/v1/events/abc", [404]), ("/v1/events/99999999999", [404]),
            ("/v1/influencers?limit=1001", [422]), ("/v1/influencers?cursor=garbage", [422]),
            ("/v1/influencers?at=2024-13-01T00:00:00Z", [422]), ("/v1/influencers?position=999999999", [422]),
            ("/v1/influencers?minPosition=x", [422]), ("/v1/influencers/nobody", [404]),
            ("/v1/influencers/%00", [400, 404]), ("/v1/influencers/%FF%FE/trust", [400, 404]),
            ("/v1/influencers/nobody/trust", [404]), ("/v1/influencers/ada/secrets", [404]),
            ("/v1/campaigns/none", [404]),
            ("/v1/campaigns/none/compensation", [404]), ("/v1/policies/none", [404]), ("/v1/Status", [404]),
            ("/v1/status?x=1", [400]), ("/v1/", [404]), ("/v1", [404]), ("/", [404]), ("//", [404]),
            ("/v1/../../etc/passwd", [404]), ("/v1/trial-balance?at=", [422]),
            ("/\(String(repeating: "a", count: 8_000))", [404, 414, 431]),
        ]
        let methods: [(String, String, Set<Int>)] = [
            ("DELETE", "/v1/events", [405]), ("PUT", "/v1/events", [405]), ("PATCH", "/v1/events/1", [405]),
            ("POST", "/v1/status", [405]), ("DELETE", "/v1/influencers/ada", [405]),
            ("OPTIONS", "/v1/campaigns", [405]),
            ("POST", "/v1/nope", [404]),
        ]
        return queries.map { ("GET", $0.0, $0.1) } + methods
    }()

    /// The announced length and the body differ, or there is a body where none belongs.
    static func wrongLength(_ number: Int, _ random: inout Random) -> MalformedRequest {
        let event = Draft.valid(number, &random).bytes
        switch random.within(0...3) {
        case 0:
            let length = String(random.within(1...event.count - 1))
            // The rest of it is read as the next request, which it is not.
            let fields = [("Content-Type", MediaType.cloudEvent), ("Content-Length", length)]
            return MalformedRequest(
                what: "announces \(length) of \(event.count) bytes",
                wire: .broken(HTTPRequest("POST", "/v1/events", fields, body: event).bytes), statuses: [422])
        case 1:
            return MalformedRequest(
                what: "GET with a body", wire: .framed(HTTPRequest("GET", "/v1/status", body: event)), statuses: [400],
                codes: ["unexpectedBody"])
        case 2:
            return broken("POST /v1/events HTTP/1.1\r\nHost: l\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\n{}")
        default:
            let length = random.pick(["-5", "5x", "0x10", "1e3", "99999999999999999999999999", "5, 6", ""])
            return broken("POST /v1/events HTTP/1.1\r\nHost: l\r\nContent-Length: \(length)\r\n\r\n{}")
        }
    }

    static func notHTTP(_ random: inout Random) -> MalformedRequest {
        let long = String(repeating: "a", count: 40_000)
        let many = (0..<200).map { "X-\($0): y\r\n" }.joined()
        let chunked =
            "POST /v1/events HTTP/1.1\r\nHost: l\r\nContent-Type: \(MediaType.ndjson)\r\nTransfer-Encoding: chunked\r\n"
        switch random.within(0...14) {
        case 0:
            let garbage = (0..<random.within(40...400)).map { _ in UInt8(random.within(128...255)) }
            return MalformedRequest(what: "random bytes", wire: .broken(garbage), statuses: [400])
        case 1: return broken("GARBAGE\r\n\r\n")
        case 2: return broken("GET /v1/status HTTP/9.9\r\n\r\n")
        case 3: return broken("GET /v1/status HTTX/1.1\r\nHost: l\r\n\r\n")
        case 4: return broken("get /v1/status HTTP/1.1\r\nHost: l\r\n\r\n")
        case 5: return broken("BREW /v1/status HTTP/1.1\r\nHost: l\r\n\r\n")
        case 6: return broken("GET /v1/status HTTP/1.1\r\nno colon here\r\n\r\n")
        case 7: return broken("GET /v1/status HTTP/1.1\r\nna me: x\r\n\r\n")
        case 8: return broken("GET /v1/status HTTP/1.1\r\nX: a\u{0}b\r\n\r\n")
        case 9: return broken("GET /v1/status HTTP/1.1\r\nX: \(long)\r\n\r\n", statuses: [400, 431])
        case 10: return broken("GET /v1/status HTTP/1.1\r\nHost: l\r\n\(many)\r\n", statuses: [400, 431])
        case 11: return broken("\(chunked)\r\nZZ\r\n{}\r\n0\r\n\r\n")
        case 12: return broken("\(chunked)\r\n5\r\n{}\r\n0\r\n\r\n")
        case 13: return broken("\(chunked)\r\nFFFFFFFFFFFFFFFFFF\r\n{}\r\n0\r\n\r\n")
        default: return broken("\(chunked)Content-Length: 5\r\n\r\n2\r\n{}\r\n0\r\n\r\n")
        }
    }

    private static func broken(_ text: String, statuses: Set<Int> = [400]) -> MalformedRequest {
        MalformedRequest(what: "not HTTP: \(text.prefix(120))", wire: .broken(Array(text.utf8)), statuses: statuses)
    }
}
