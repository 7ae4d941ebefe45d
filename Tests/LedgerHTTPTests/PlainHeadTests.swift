import Testing

@testable import LedgerHTTP

/// What the plain way takes past the decoder, and that it takes nothing else.
@Suite struct PlainHeadTests {
    private static func read(_ text: String, lengthMax: Int = 16_384, fieldsMax: Int = 100) -> PlainHead.Outcome {
        Array(text.utf8).withUnsafeBytes { PlainHead.read($0, lengthMax: lengthMax, fieldsMax: fieldsMax) }
    }

    private static let post =
        "POST /v1/events HTTP/1.1\r\nHost: l\r\ncontent-TYPE: \tapplication/x-ndjson \r\nContent-Length: 12\r\n\r\n"

    @Test("A post's head is read with its places and its body's length")
    func readsAPost() throws {
        guard case .head(let head) = Self.read(Self.post + "{}") else {
            Issue.record("it is plain")
            return
        }
        let bytes = Array(Self.post.utf8)
        #expect(head.method == .post)
        #expect(String(decoding: bytes[head.target], as: UTF8.self) == "/v1/events")
        let type = try #require(head.contentType)
        #expect(String(decoding: bytes[type], as: UTF8.self) == "application/x-ndjson")
        #expect(head.headLength == bytes.count)
        #expect(head.bodyLength == 12)
        #expect(!head.needsAll)
    }

    @Test("A head without its end is partial, wherever it is cut")
    func partsArePartial() {
        let bytes = Array(Self.post.utf8)
        for count in 0..<bytes.count {
            #expect(Self.read(String(decoding: bytes[..<count], as: UTF8.self)) == .partial, "\(count)")
        }
    }

    @Test(
        "Whatever is framed in another way, or not well formed, is left to the decoder",
        arguments: [
            "GET / HTTP/1.0\r\n\r\n", "GET  / HTTP/1.1\r\n\r\n", "get / HTTP/1.1\r\n\r\n", "GET / HTTP/1.1\n\n",
            "GET /\u{7F} HTTP/1.1\r\n\r\n", "GET /ä HTTP/1.1\r\n\r\n", "\r\nGET / HTTP/1.1\r\n\r\n",
            "GET / HTTP/1.1\r\nHost : l\r\n\r\n", "GET / HTTP/1.1\r\n: l\r\n\r\n", "GET / HTTP/1.1\r\nHost\r\n\r\n",
            "GET / HTTP/1.1\r\nx: 1\r\n 2\r\n\r\n", "GET / HTTP/1.1\r\nx: \u{1}\r\n\r\n",
            "GET / HTTP/1.1\r\nx: 1\r\r\n\r\n", "GET / HTTP/1.1\r\nx: 1\n\r\n", "GET / HTTP/1.1\r\nx: ä\r\n\r\n",
            "GET / HTTP/1.1\r\n\rX", "POST / HTTP/1.1\r\ncontent-length: 1\r\nContent-Length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 1, 1\r\n\r\n", "POST / HTTP/1.1\r\ncontent-length: +1\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: \r\n\r\n", "POST / HTTP/1.1\r\ncontent-length: 0x1\r\n\r\n",
            "POST / HTTP/1.1\r\ncontent-length: 9999999999999999\r\n\r\n",
            "POST / HTTP/1.1\r\ntransfer-encoding: chunked\r\n\r\n",
            "POST / HTTP/1.1\r\nTransfer-Encoding: identity\r\ncontent-length: 1\r\n\r\n",
            "POST / HTTP/1.1\r\nExpect: 100-continue\r\n\r\n", "GET / HTTP/1.1\r\nupgrade: h2c\r\n\r\n",
            "GET / HTTP/1.1\r\nconnection: close\r\n\r\n", "GET / HTTP/1.1\r\nconnection: keep-alive, te\r\n\r\n",
            "GET / HTTP/1.1\r\ntrailer: x\r\n\r\n",
        ])
    func leavesTheRest(text: String) {
        #expect(Self.read(text) == .other)
    }

    @Test("What says how a body is to be read goes to the decoder with that body")
    func bodiesInOtherForms() {
        for field in ["ce-id: 1", "Content-Encoding: gzip", "content-type: a/b\r\ncontent-type: c/d"] {
            guard case .head(let head) = Self.read("POST / HTTP/1.1\r\n\(field)\r\ncontent-length: 3\r\n\r\nabc") else {
                Issue.record("\(field): its length is known")
                continue
            }
            #expect(head.needsAll, "\(field)")
            #expect(head.bodyLength == 3)
        }
    }

    @Test("A head longer than a field may be, or of too many fields, is the decoder's to refuse")
    func limits() {
        let head = "GET / HTTP/1.1\r\nx: \(String(repeating: "y", count: 50))\r\n\r\n"
        #expect(Self.read(head, lengthMax: head.utf8.count - 1) == .other)
        #expect(Self.read(head, lengthMax: head.utf8.count) != .other)
        let fields = "GET / HTTP/1.1\r\na: 1\r\nb: 2\r\nc: 3\r\n\r\n"
        #expect(Self.read(fields, fieldsMax: 2) == .other)
        #expect(Self.read(fields, fieldsMax: 3) != .other)
    }

    @Test(
        "A path is matched whole, with something in the place that varies",
        arguments: [
            ("/v1/influencers/{id}", "/v1/influencers/ana", "ana"), ("/v1/influencers/{id}", "/v1/influencers/", nil),
            ("/v1/influencers/{id}", "/v1/influencers/ana/trust", nil), ("/livez", "/livez", ""),
            ("/livez", "/livez/", nil), ("/v1/influencers/{id}/trust", "/v1/influencers/a%20b/trust", "a%20b"),
            ("/v1/influencers/{id}/trust", "/v1/influencers//trust", nil),
            ("/v1/influencers/{id}/trust", "/v1/influencers/a/trusty", nil),
            ("/v1/influencers/{id}/trust", "/v1/influencers/a/b/trust", nil),
        ] as [(String, String, Substring?)])
    func templates(template: String, path: String, place: Substring?) {
        #expect(PathTemplate(template).match(path) == place)
    }
}
