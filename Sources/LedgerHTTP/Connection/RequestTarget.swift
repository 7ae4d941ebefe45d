/// A request's target: its path and its query.
struct RequestTarget: Sendable, Equatable {
    var path: String
    /// What stands after the question mark, still encoded.
    var query: String?

    /// Reads the origin form, and the absolute form that proxies send.
    init(_ text: String) {
        var rest = Substring(text)
        if let scheme = rest.range(of: "://"), !rest.hasPrefix("/") {
            let authority = rest[scheme.upperBound...]
            rest = authority.firstIndex(where: { $0 == "/" || $0 == "?" }).map { authority[$0...] } ?? "/"
        }
        let parts = rest.split(separator: "?", maxSplits: 1, omittingEmptySubsequences: false)
        path = parts[0].isEmpty ? "/" : String(parts[0])
        query = parts.count > 1 ? String(parts[1]) : nil
    }
}

extension Substring {
    /// Where `text` first occurs.
    fileprivate func range(of text: String) -> Range<Index>? {
        ranges(of: text).first
    }
}
