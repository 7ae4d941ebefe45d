/// A refusal or failure as RFC 9457 problem details, `application/problem+json`.
package struct ProblemDetails: Codable, Sendable, Equatable, Error {
    /// `urn:campaign-ledger:problem:CODE`.
    package var type: String
    package var title: String
    /// The HTTP status.
    package var status: Int
    /// This occurrence in a sentence.
    package var detail: String
    /// Permanent: a ``ProblemCode``, or the code of the first fault.
    package var code: String
    /// What to do.
    package var remedy: String
    /// Whether the same request can succeed later.
    package var retry: Bool
    /// The JSON Pointer within the event, of the first fault.
    package var pointer: String?
    /// The event's index in its request, of the first fault.
    package var index: Int?
    /// Every fault found, at most ``errorsMax``.
    package var errors: [ProblemFault]?
    /// How many faults there were, where it is more than are listed.
    package var errorsTotal: Int?
    /// The methods that the path takes, where this one is not among them.
    package var allow: String?

    /// The most faults a problem lists.
    package static let errorsMax = 100

    package init(_ code: ProblemCode, detail: String, remedy: String? = nil, pointer: String? = nil) {
        let entry = code.entry
        type = Self.type(of: code.rawValue)
        title = entry.title
        status = entry.status
        self.detail = detail
        self.code = code.rawValue
        self.remedy = remedy ?? entry.remedy
        retry = entry.retry
        self.pointer = pointer
    }

    /// The problem of a request whose events are refused: it carries one fault's code, pointer and index.
    ///
    /// - Parameter leading: the index in `faults` of that one, the first that calls for this status.
    package init(status: Int, title: String, faults: [ProblemFault], total: Int, leading: Int = 0) {
        let first = faults.indices.contains(leading) ? faults[leading] : nil
        type = Self.type(of: first?.code ?? ProblemCode.badRequest.rawValue)
        self.title = title
        self.status = status
        detail = first.map { "\($0.place): expected \($0.expected), found \($0.found)" } ?? title
        code = first?.code ?? ProblemCode.badRequest.rawValue
        remedy = first?.remedy ?? ""
        retry = false
        pointer = first?.pointer
        index = first?.index
        errors = Array(faults.prefix(Self.errorsMax))
        errorsTotal = total > Self.errorsMax ? total : nil
    }

    private static func type(of code: String) -> String {
        "urn:campaign-ledger:problem:\(code)"
    }
}

/// One fault of one event.
package struct ProblemFault: Codable, Sendable, Equatable {
    /// The event's index in its request, from 0; null when the fault is the request's.
    @Nullable package var index: Int?
    package var code: String
    /// Within the event.
    package var pointer: String
    package var expected: String
    package var found: String
    /// What to do.
    package var remedy: String

    package init(index: Int?, code: String, pointer: String, expected: String, found: String, remedy: String) {
        self._index = Nullable(wrappedValue: index)
        self.code = code
        self.pointer = pointer
        self.expected = expected
        self.found = found
        self.remedy = remedy
    }

    /// Where it is, in words.
    package var place: String {
        let event = index.map { "event \($0)" } ?? "the request"
        return pointer.isEmpty ? event : "\(event) at \(pointer)"
    }
}
