import Glibc

/// The positions that a list of events gives, read from the bytes of its pages: there are a hundred thousand of them in
/// the corpus, and all else is looked at elsewhere.
struct PositionList {
    let client: HTTPClient
    /// What the questions have in common, without an ampersand before it.
    let query: String

    /// Of all pages, in their order.
    func positions(_ path: String) throws -> [Int64] {
        var positions: [Int64] = []
        var cursor: String?
        repeat {
            let target = "\(path)&\(query)" + (cursor.map { "&cursor=\($0)" } ?? "")
            let reply = try client.get(target)
            try require(reply.status == 200, "GET \(target) answers \(reply.status): \(reply.text.prefix(500))")
            // Names within texts have escaped quotes, so these are the members: of each item, and last of the answer.
            let found = Self.places(of: "\"position\":", in: reply.body)
            positions += found.dropLast().map { Self.number(reply.body[$0...]) }
            let next = Self.places(of: "\"next\":\"", in: reply.body).last
            cursor = next.map { String(decoding: reply.body[$0...].prefix { $0 != UInt8(ascii: "\"") }, as: UTF8.self) }
        } while cursor != nil
        return positions
    }

    /// The places behind a text, which begins with a quote.
    private static func places(of text: StaticString, in bytes: [UInt8]) -> [Int] {
        let length = text.utf8CodeUnitCount
        return bytes.withUnsafeBytes { bytes in
            guard let base = bytes.baseAddress else { return [] }
            var places: [Int] = []
            var start = 0
            while let quote = memchr(base + start, Int32(UInt8(ascii: "\"")), bytes.count - start) {
                let place = UnsafeRawPointer(quote) - base
                start = place + 1
                guard place + length <= bytes.count, memcmp(quote, text.utf8Start, length) == 0 else { continue }
                places.append(place + length)
            }
            return places
        }
    }

    private static func number(_ bytes: ArraySlice<UInt8>) -> Int64 {
        var number: Int64 = 0
        for byte in bytes {
            guard byte >= UInt8(ascii: "0"), byte <= UInt8(ascii: "9") else { break }
            number = number * 10 + Int64(byte - UInt8(ascii: "0"))
        }
        return number
    }
}
