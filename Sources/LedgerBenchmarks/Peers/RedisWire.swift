/// Adds parts of a programme to a Redis stream, one XADD an event, as one pipeline a request.
final class RedisWire: Wire {
    /// How the commands of a request go together.
    enum Form: String {
        /// One after another: the same as any client's pipeline.
        case pipeline
        /// Between MULTI and EXEC: Redis reads 16 KiB of a connection at a time and syncs after each, but does nothing
        /// of a transaction before its EXEC, so that a request of 1000 costs one sync instead of some twenty.
        case transaction
    }

    private let programme: ProgrammeFile
    private let requests: ArraySlice<ProgrammeFile.Request>
    private let form: Form
    private var expected = 0

    init(_ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>, _ form: Form) {
        self.programme = programme
        self.requests = requests
        self.form = form
    }

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        let part = requests[requests.startIndex + request]
        if form == .transaction { bytes.append("*1\r\n$5\r\nMULTI\r\n") }
        programme.bytes(of: part).forEachLine { line in
            bytes.append("*5\r\n$4\r\nXADD\r\n$6\r\nevents\r\n$1\r\n*\r\n$1\r\ne\r\n$")
            bytes.append(decimal: line.count)
            bytes.append("\r\n")
            bytes.append(contentsOf: line)
            bytes.append("\r\n")
        }
        if form == .transaction { bytes.append("*1\r\n$4\r\nEXEC\r\n") }
        expected = part.events + (form == .transaction ? 2 : 0)
        return nil
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken {
        var position = 0
        while expected > 0, let end = try RESP.end(of: bytes, from: position) {
            position = end
            expected -= 1
        }
        return Taken(bytes: position, answer: expected == 0 ? .whole : .partial)
    }
}
