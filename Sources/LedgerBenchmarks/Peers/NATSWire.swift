/// Publishes parts of a programme to a JetStream stream without waiting in between, and collects the acknowledgements.
final class NATSWire: Wire {
    private let programme: ProgrammeFile
    private let requests: ArraySlice<ProgrammeFile.Request>
    private var expected = 0

    init(_ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>) {
        self.programme = programme
        self.requests = requests
    }

    func greet(_ socket: Socket) throws {
        var hello: [UInt8] = []
        try socket.receive(into: &hello)
        // Each connection has the same inbox: a server hands an answer to all of them, unless they differ.
        inbox = Array("_INBOX.\(socket.descriptor)".utf8)
        try socket.send(
            Array("CONNECT {\"verbose\":false,\"pedantic\":false}\r\nSUB ".utf8) + inbox + Array(" 1\r\n".utf8))
    }

    private var inbox: [UInt8] = []

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        let part = requests[requests.startIndex + request]
        programme.bytes(of: part).forEachLine { line in
            bytes.append("PUB events.all ")
            bytes.append(contentsOf: inbox)
            bytes.append(0x20)
            bytes.append(decimal: line.count)
            bytes.append("\r\n")
            bytes.append(contentsOf: line)
            bytes.append("\r\n")
        }
        expected = part.events
        return nil
    }

    /// `MSG subject 1 length`, the acknowledgement as JSON; a PING may lie between.
    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken {
        var position = 0
        while expected > 0 {
            let rest = UnsafeRawBufferPointer(rebasing: bytes[position...])
            guard let lineEnd = rest.end(of: "\r\n") else { break }
            let line = UnsafeRawBufferPointer(rebasing: rest[..<(lineEnd - 2)])
            if line.end(of: "MSG ") == 4, let lengthStart = line.lastIndex(of: 0x20),
                let length = line.number(at: lengthStart + 1)
            {
                guard rest.count >= lineEnd + length + 2 else { break }
                let answer = UnsafeRawBufferPointer(rebasing: rest[lineEnd..<(lineEnd + length)])
                guard answer.end(of: "\"seq\":") != nil, answer.end(of: "\"error\"") == nil else {
                    throw BenchmarkFault("NATS answers \(String(decoding: answer, as: UTF8.self))")
                }
                expected -= 1
                position += lineEnd + length + 2
            } else if line.end(of: "PING") == 4 || line.end(of: "INFO ") == 5 {
                // Answers to signs of life are due after minutes only.
                position += lineEnd
            } else {
                throw BenchmarkFault("NATS says \(String(decoding: line, as: UTF8.self))")
            }
        }
        return Taken(bytes: position, answer: expected == 0 ? .whole : .partial)
    }
}
