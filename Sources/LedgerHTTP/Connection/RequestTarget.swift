/// A request's target: its path and its query.
struct RequestTarget: Sendable, Equatable {
    var path: String
    /// What stands after the question mark, still encoded.
    var query: String?

    /// Reads the origin form, and the absolute form that proxies send.
    init(_ text: String) {
        var rest = Substring(text)
        if text.utf8.first != UInt8(ascii: "/"), let scheme = text.ranges(of: "://").first {
            let authority = rest[scheme.upperBound...]
            rest = authority.firstIndex(where: { $0 == "/" || $0 == "?" }).map { authority[$0...] } ?? "/"
        }
        let mark = rest.utf8.firstIndex(of: UInt8(ascii: "?"))
        path = String(rest[..<(mark ?? rest.endIndex)])
        if path.isEmpty { path = "/" }
        query = mark.map { String(rest[rest.utf8.index(after: $0)...]) }
    }
}
