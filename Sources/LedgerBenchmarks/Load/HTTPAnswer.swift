/// An HTTP/1.1 answer of the daemon: a head and a body of known length, both in bytes that belong to somebody else.
struct HTTPAnswer {
    let status: Int
    let body: UnsafeRawBufferPointer
    /// Head and body together.
    let byteCount: Int

    /// - Returns: nil while it is not all there.
    init?(_ bytes: UnsafeRawBufferPointer) throws {
        guard let bodyStart = bytes.end(of: "\r\n\r\n") else { return nil }
        let head = UnsafeRawBufferPointer(rebasing: bytes[..<bodyStart])
        guard let status = head.number(at: 9),
            let length = head.number(after: "content-length: ") ?? head.number(after: "Content-Length: ")
        else {
            throw BenchmarkFault(
                "This client cannot read the answer's head: \(String(decoding: head, as: UTF8.self))")
        }
        guard bytes.count - bodyStart >= length else { return nil }
        self.status = status
        body = UnsafeRawBufferPointer(rebasing: bytes[bodyStart..<(bodyStart + length)])
        byteCount = bodyStart + length
    }

    /// What it says, for a fault.
    var text: String { "\(status) \(String(decoding: body.prefix(2_000), as: UTF8.self))" }
}
