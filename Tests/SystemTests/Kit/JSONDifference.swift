import LedgerAPI

/// Where two JSON values differ, path by path.
enum JSONDifference {
    static func between(expected: JSONValue?, found: JSONValue?, at path: String = "") -> [String] {
        switch (expected, found) {
        case (.object(let expected), .object(let found)):
            return Set(expected.keys).union(found.keys).sorted().flatMap { key in
                between(expected: expected[key], found: found[key], at: "\(path)/\(key)")
            }
        case (.array(let expected), .array(let found)):
            return (0..<max(expected.count, found.count)).flatMap { index in
                between(
                    expected: index < expected.count ? expected[index] : nil,
                    found: index < found.count ? found[index] : nil, at: "\(path)/\(index)")
            }
        default:
            guard expected != found else { return [] }
            return ["\(path): expected \(text(expected)), found \(text(found))"]
        }
    }

    private static func text(_ value: JSONValue?) -> String {
        guard let value else { return "nothing" }
        return (try? WireCoding.encode(value)).map { String(decoding: $0.prefix(300), as: UTF8.self) } ?? "\(value)"
    }
}

extension JSONValue {
    subscript(_ key: String) -> JSONValue? {
        if case .object(let members) = self { return members[key] }
        return nil
    }

    var members: [String: JSONValue] {
        if case .object(let members) = self { return members }
        return [:]
    }

    var items: [JSONValue] {
        if case .array(let items) = self { return items }
        return []
    }

    var string: String? {
        if case .string(let text) = self { return text }
        return nil
    }

    var integer: Int64? {
        if case .integer(let number) = self { return number }
        return nil
    }

    /// The same object without some members.
    func without(_ keys: Set<String>) -> JSONValue {
        .object(members.filter { !keys.contains($0.key) })
    }
}
