import NIOHTTP1

/// Head and body of an answer to a plain request in one piece, as the encoder would write them.
struct PlainAnswer {
    private(set) var bytes: [UInt8] = []

    /// What the head of an answer takes at most, but for rare fields.
    private static let headBytes = 192

    /// - Parameters:
    ///   - headers: further fields.
    ///   - isLast: the connection ends with it.
    init(status: Int, contentType: String, headers: [(String, String)], body: [UInt8], isLast: Bool) {
        bytes.reserveCapacity(Self.headBytes + body.count)
        appendStatus(status)
        bytes.append("content-type: ")
        bytes.append(string: contentType)
        bytes.append("\r\ncontent-length: ")
        bytes.append(decimal: UInt64(body.count))
        bytes.append("\r\n")
        for (name, value) in headers { bytes.append(string: "\(name): \(value)\r\n") }
        if isLast { bytes.append("connection: close\r\n") }
        bytes.append("\r\n")
        bytes.append(contentsOf: body)
    }

    private mutating func appendStatus(_ status: Int) {
        switch status {
        case 200: bytes.append("HTTP/1.1 200 OK\r\n")
        case 201: bytes.append("HTTP/1.1 201 Created\r\n")
        default: bytes.append(string: "HTTP/1.1 \(status) \(HTTPResponseStatus(statusCode: status).reasonPhrase)\r\n")
        }
    }
}
