/// The head of a request in the form that nearly all have, read in place from the bytes as they arrived.
///
/// This is a strict part of HTTP/1.1, not a parser of it: whatever is not exactly of the form below is left to NIO's
/// decoder, which accepts or refuses it. So nothing is taken here that the decoder would read otherwise.
///
///     METHOD SP target SP "HTTP/1.1" CR LF        method of capital letters, target of visible ASCII
///     *( name ":" value CR LF )                   name of token characters, value without control characters
///     CR LF
///
/// with one Content-Length of digits or none; no Transfer-Encoding, Expect, Upgrade or Trailer; and no Connection but
/// keep-alive.
struct PlainHead: Equatable {
    enum Method: Equatable { case get, post, other }

    enum Outcome: Equatable {
        case head(PlainHead)
        /// Its end has not arrived.
        case partial
        /// Not of this form: for the decoder, with everything behind it.
        case other
    }

    /// Places are from the request's first byte.
    var method = Method.other
    var target = 0..<0
    /// The value of the only Content-Type; nil if there is none.
    var contentType: Range<Int>?
    /// There are header fields that say how the body is to be read: for the decoder, with this request's body.
    var needsAll = false
    /// The head with the empty line behind it.
    var headLength = 0
    var bodyLength = 0

    /// The whole request.
    var length: Int { headLength + bodyLength }

    private init() {}

    /// Reads a head from the first of `bytes`.
    ///
    /// - Parameters:
    ///   - lengthMax: a longer head is not taken here, since single fields may be longer than they may be.
    ///   - fieldsMax: nor is one of more fields.
    static func read(_ bytes: UnsafeRawBufferPointer, lengthMax: Int, fieldsMax: Int) -> Outcome {
        var scanner = Scanner(bytes: bytes, end: min(bytes.count, lengthMax))
        var head = PlainHead()
        do throws(Scanner.Stop) {
            try head.readRequestLine(&scanner)
            var fields = 0
            while try !scanner.skip(UInt8(ascii: "\r")) {
                fields += 1
                guard fields <= fieldsMax else { return .other }
                try head.readField(&scanner)
            }
            guard try scanner.skip(UInt8(ascii: "\n")) else { return .other }
        } catch { return error == .ended && bytes.count <= lengthMax ? .partial : .other }
        head.headLength = scanner.place
        return .head(head)
    }

    private mutating func readRequestLine(_ scanner: inout Scanner) throws(Scanner.Stop) {
        let name = try scanner.take { $0.isCapital }
        guard !name.isEmpty, try scanner.skip(UInt8(ascii: " ")) else { throw .strange }
        if scanner.matches(name, "GET") { method = .get }
        if scanner.matches(name, "POST") { method = .post }
        target = try scanner.take { $0.isVisible }
        guard !target.isEmpty else { throw .strange }
        try scanner.expect(" HTTP/1.1\r\n")
    }

    private mutating func readField(_ scanner: inout Scanner) throws(Scanner.Stop) {
        let name = try scanner.take { $0.isToken }
        guard !name.isEmpty, try scanner.skip(UInt8(ascii: ":")) else { throw .strange }
        _ = try scanner.take { $0.isBlank }
        var value = try scanner.take { $0.isText }
        try scanner.expect("\r\n")
        while value.count > 0, scanner.bytes[value.upperBound - 1].isBlank {
            value = value.lowerBound..<value.upperBound - 1
        }
        try note(name, value, scanner)
    }

    private var hasContentLength = false

    /// Looks at the fields that say how a request is framed and read; all others are as good as absent.
    private mutating func note(_ name: Range<Int>, _ value: Range<Int>, _ scanner: Scanner) throws(Scanner.Stop) {
        switch name.count {
        case 14 where scanner.matchesAnyCase(name, "content-length"):
            guard !hasContentLength, let length = scanner.number(value) else { throw .strange }
            hasContentLength = true
            bodyLength = length
        case 12 where scanner.matchesAnyCase(name, "content-type"):
            if contentType != nil { needsAll = true }
            contentType = value
        case 10 where scanner.matchesAnyCase(name, "connection"):
            guard scanner.matchesAnyCase(value, "keep-alive") else { throw .strange }
        case 16 where scanner.matchesAnyCase(name, "content-encoding"): needsAll = true
        case 17 where scanner.matchesAnyCase(name, "transfer-encoding"), 6 where scanner.matchesAnyCase(name, "expect"),
            7 where scanner.matchesAnyCase(name, "upgrade"), 7 where scanner.matchesAnyCase(name, "trailer"),
            16 where scanner.matchesAnyCase(name, "proxy-connection"):
            throw .strange
        case 4... where scanner.matchesAnyCase(name.lowerBound..<name.lowerBound + 3, "ce-"): needsAll = true
        default: break
        }
    }
}
