import Foundation

/// A JSON value without floating point: what histories and expected answers are made of.
enum JSONValue: Equatable, Sendable {
    case null
    case bool(Bool)
    case int(Int64)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])

    init(parsing data: Data) throws {
        self.init(try JSONSerialization.jsonObject(with: data, options: [.fragmentsAllowed]))
    }

    private init(_ any: Any) {
        switch any {
        case let object as [String: Any]: self = .object(object.mapValues { JSONValue($0) })
        case let array as [Any]: self = .array(array.map { JSONValue($0) })
        case let string as String: self = .string(string)
        case let number as NSNumber where CFGetTypeIDIsBoolean(number): self = .bool(number.boolValue)
        case let number as NSNumber: self = .int(number.int64Value)
        default: self = .null
        }
    }

    subscript(key: String) -> JSONValue? {
        guard case .object(let object) = self else { return nil }
        return object[key]
    }

    var string: String? {
        guard case .string(let string) = self else { return nil }
        return string
    }

    var int: Int64? {
        guard case .int(let int) = self else { return nil }
        return int
    }

    var array: [JSONValue]? {
        guard case .array(let array) = self else { return nil }
        return array
    }

    var object: [String: JSONValue]? {
        guard case .object(let object) = self else { return nil }
        return object
    }

    /// One line, keys sorted.
    var text: String {
        switch self {
        case .null: return "null"
        case .bool(let bool): return "\(bool)"
        case .int(let int): return "\(int)"
        case .string(let string): return "\"\(string)\""
        case .array(let array): return "[" + array.map(\.text).joined(separator: ", ") + "]"
        case .object(let object):
            let members = object.sorted { $0.key < $1.key }.map { "\"\($0.key)\": \($0.value.text)" }
            return "{" + members.joined(separator: ", ") + "}"
        }
    }

    /// Where two values differ, as paths with both sides.
    static func differences(_ found: JSONValue, _ expected: JSONValue, at path: String = "") -> [String] {
        if case .object(let left) = found, case .object(let right) = expected {
            return Set(left.keys).union(right.keys).sorted().flatMap { key -> [String] in
                guard let one = left[key] else { return ["\(path)/\(key): missing, expected \(right[key]!.text)"] }
                guard let other = right[key] else { return ["\(path)/\(key): \(one.text), expected none"] }
                return differences(one, other, at: "\(path)/\(key)")
            }
        }
        return found == expected ? [] : ["\(path): \(found.text), expected \(expected.text)"]
    }
}

/// Whether a number came from `true` or `false`.
private func CFGetTypeIDIsBoolean(_ number: NSNumber) -> Bool {
    String(cString: number.objCType) == "c"
}

extension JSONValue: ExpressibleByStringLiteral, ExpressibleByIntegerLiteral, ExpressibleByArrayLiteral,
    ExpressibleByDictionaryLiteral
{
    init(stringLiteral value: String) { self = .string(value) }
    init(integerLiteral value: Int64) { self = .int(value) }
    init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
    init(dictionaryLiteral elements: (String, JSONValue)...) {
        self = .object(Dictionary(uniqueKeysWithValues: elements))
    }
}
