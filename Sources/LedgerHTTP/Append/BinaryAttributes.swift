import LedgerAPI
import NIOHTTP1

/// The attributes of an event in CloudEvents' binary content mode: header fields `ce-NAME`, values percent-encoded.
enum BinaryAttributes {
    static let prefix = "ce-"
    /// The attribute that Content-Type stands for.
    private static let contentTypeName = "datacontenttype"

    /// The attributes in the order of the header fields, names in lower case.
    static func read(_ headers: HTTPHeaders, contentType: String?) throws(ProblemDetails) -> [(
        name: String, value: String
    )] {
        var attributes: [(name: String, value: String)] = []
        for (header, value) in headers {
            let lowered = header.lowercased()
            guard lowered.hasPrefix(prefix) else { continue }
            let name = String(lowered.dropFirst(prefix.count))
            guard !attributes.contains(where: { $0.name == name }), name != contentTypeName else {
                throw ProblemDetails(
                    .badRequest, detail: "The header field \(excerpt(header)) is one too many.",
                    remedy: name == contentTypeName ? "Say it in Content-Type alone." : "Send each attribute once.")
            }
            guard let decoded = decode(value) else {
                throw ProblemDetails(
                    .badRequest, detail: "The header field \(excerpt(header)) is not percent-encoded UTF-8.",
                    remedy: "Encode what is outside printable ASCII, and the percent sign, as %XX of its UTF-8.")
            }
            attributes.append((name, decoded))
        }
        if let contentType { attributes.append((contentTypeName, contentType)) }
        return attributes
    }

    /// The value of a header field: quotes taken off, then percent-decoded once; nil if that is not UTF-8.
    static func decode(_ value: String) -> String? {
        PercentCoding.decode(unquote(value))
    }

    private static func unquote(_ value: String) -> String {
        guard value.utf8.count >= 2, value.first == "\"", value.last == "\"" else { return value }
        var plain = ""
        var isEscaped = false
        for character in value.dropFirst().dropLast() {
            if character == "\\", !isEscaped {
                isEscaped = true
            } else {
                plain.append(character)
                isEscaped = false
            }
        }
        return plain
    }
}
