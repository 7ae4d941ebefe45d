/// Builds a path with its query, percent-encoded.
package struct RequestPath: Sendable {
    /// The path and query as they stand in the request line.
    package private(set) var text = ""
    private var hasQuery = false

    /// - Parameter segments: The path's parts, as they are: `["v1", "influencers", id]`.
    package init(_ segments: String...) {
        for segment in segments {
            text += "/"
            text += Self.encode(segment)
        }
    }

    /// Adds a parameter, if it has a value.
    package mutating func add(_ name: String, _ value: String?) {
        guard let value else { return }
        text += hasQuery ? "&" : "?"
        hasQuery = true
        text += Self.encode(name) + "=" + Self.encode(value)
    }

    /// Everything but the unreserved characters of RFC 3986 is encoded.
    private static func encode(_ text: String) -> String {
        var bytes: [UInt8] = []
        for byte in text.utf8 {
            switch byte {
            case 48...57, 65...90, 97...122, 45, 46, 95, 126: bytes.append(byte)
            default:
                bytes.append(37)
                bytes.append(hexDigit(byte >> 4))
                bytes.append(hexDigit(byte & 15))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func hexDigit(_ value: UInt8) -> UInt8 {
        value < 10 ? 48 + value : 55 + value
    }
}
