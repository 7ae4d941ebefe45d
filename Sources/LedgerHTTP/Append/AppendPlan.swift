import CampaignCoding
import LedgerAPI
import NIOHTTP1

/// What the head of a `POST /v1/events` says about its body; whatever is wrong with the head is found before the body is
/// read.
struct AppendPlan: Sendable {
    enum Form: Sendable {
        /// One or more whole events.
        case structured(RequestFormat)
        /// One event whose attributes are header fields and whose data is the body.
        case binary([(name: String, value: String)])
    }

    var form: Form
    /// Check only, record nothing.
    var validateOnly: Bool
    /// The body's length, where the head says it.
    var contentLength: Int?

    static let path = "/v1/events"

    /// A plan that is known to be good.
    init(form: Form, validateOnly: Bool, contentLength: Int) {
        self.form = form
        self.validateOnly = validateOnly
        self.contentLength = contentLength
    }

    init(head: HTTPRequestHead, query: String?) throws(ProblemDetails) {
        validateOnly = try Self.validateOnly(query)
        if let coding = head.headers.first(name: "content-encoding"), coding.lowercased() != "identity" {
            throw ProblemDetails(.unsupportedEncoding, detail: "Content-Encoding is \(excerpt(coding)).")
        }
        form = try Self.form(head.headers)
        contentLength = head.headers.first(name: "content-length").flatMap { Int($0) }
        if let contentLength, contentLength > HTTPLimits.bodyBytesMax {
            throw Self.tooLarge("The body has \(contentLength) bytes")
        }
    }

    /// The refusal of a body beyond the limit.
    static func tooLarge(_ what: String) -> ProblemDetails {
        ProblemDetails(.bodyTooLarge, detail: "\(what), a request has at most \(HTTPLimits.bodyBytesMax).")
    }

    private static let parameters = [
        ParameterSpec("validateOnly", .flag, "Check the events and record nothing.")
    ]

    /// The parameters of the append route, for the API's description.
    static var described: [ParameterSpec] { parameters }

    private static func validateOnly(_ query: String?) throws(ProblemDetails) -> Bool {
        guard let query, !query.isEmpty else { return false }
        return try QueryParameters(query, parameters).flag("validateOnly")
    }

    /// The media types of whole events.
    private static let formats: [(name: String, format: RequestFormat)] = [
        (MediaType.cloudEvent, .single), (MediaType.cloudEventBatch, .batch), (MediaType.ndjson, .ndjson),
    ]

    /// The format that a Content-Type says with nothing but its name, in lower case; nil for any other.
    static func format(of contentType: UnsafeRawBufferPointer) -> RequestFormat? {
        formats.first { contentType.elementsEqual($0.name.utf8) }?.format
    }

    private static func form(_ headers: HTTPHeaders) throws(ProblemDetails) -> Form {
        let contentType = headers.first(name: "content-type")
        let media = try contentType.map { value throws(ProblemDetails) in try MediaTypeValue(value) }
        if let known = formats.first(where: { $0.name == media?.name }) { return .structured(known.format) }
        let isOtherEventFormat = media?.name.hasPrefix("application/cloudevents") ?? false
        guard !isOtherEventFormat, headers.contains(where: { isAttribute($0.name) }) else {
            throw ProblemDetails(
                .unsupportedMediaType,
                detail: contentType.map { "Content-Type is \(excerpt($0))." } ?? "There is no Content-Type.",
                remedy: """
                    Use \(MediaType.cloudEvent) for one event, \(MediaType.cloudEventBatch) for an array, \
                    \(MediaType.ndjson) for one a line, or ce- header fields with the data as body.
                    """)
        }
        return .binary(try BinaryAttributes.read(headers, contentType: contentType))
    }

    private static func isAttribute(_ name: String) -> Bool {
        name.utf8.count > BinaryAttributes.prefix.utf8.count && name.lowercased().hasPrefix(BinaryAttributes.prefix)
    }
}

/// A Content-Type: the media type without its parameters, in lower case.
struct MediaTypeValue: Sendable, Equatable {
    var name: String

    /// Throws when the text is in another character set than UTF-8.
    init(_ value: String) throws(ProblemDetails) {
        let parts = value.split(separator: ";", omittingEmptySubsequences: false)
            .map { $0.trimmingSpaces().lowercased() }
        name = parts[0]
        for parameter in parts.dropFirst() where parameter.hasPrefix("charset=") {
            let charset = parameter.dropFirst("charset=".count).filter { $0 != "\"" }
            guard charset == "utf-8" || charset == "utf8" else {
                throw ProblemDetails(
                    .unsupportedMediaType, detail: "The character set is \(excerpt(String(charset))).",
                    remedy: "JSON is UTF-8: leave charset out, or set it to utf-8.")
            }
        }
    }
}

extension StringProtocol {
    /// Without spaces and tabs at its ends.
    func trimmingSpaces() -> String {
        let isSpace: (Character) -> Bool = { $0 == " " || $0 == "\t" }
        guard let first = firstIndex(where: { !isSpace($0) }), let last = lastIndex(where: { !isSpace($0) }) else {
            return ""
        }
        return String(self[first...last])
    }
}

/// What was found, in quotes and of bounded length: a refusal never gives back a whole request.
func excerpt(_ text: String) -> String {
    let lengthMax = 64
    let shown = text.unicodeScalars.prefix(lengthMax).map { $0.value < 0x20 || $0.value == 0x7F ? "?" : String($0) }
    return "\"\(shown.joined())\(text.unicodeScalars.count > lengthMax ? "…" : "")\""
}
