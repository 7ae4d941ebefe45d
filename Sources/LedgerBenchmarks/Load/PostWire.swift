/// Posts parts of a programme to the daemon as NDJSON, sent from the file's pages without a copy.
final class PostWire: Wire {
    /// What all connections together have brought in.
    final class Tally {
        fileprivate(set) var recorded = 0
    }

    private let programme: ProgrammeFile
    private let requests: ArraySlice<ProgrammeFile.Request>
    private let tally: Tally
    /// The log's head in the last answer.
    private(set) var head = 0

    init(_ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>, _ tally: Tally) {
        self.programme = programme
        self.requests = requests
        self.tally = tally
    }

    func encode(_ request: Int, into bytes: inout [UInt8]) -> UnsafeRawBufferPointer? {
        let part = programme.bytes(of: requests[requests.startIndex + request])
        bytes.append(
            "POST /v1/events HTTP/1.1\r\nHost: ledger\r\nContent-Type: application/x-ndjson\r\nContent-Length: ")
        bytes.append(decimal: part.count)
        bytes.append("\r\n\r\n")
        return part
    }

    func take(_ bytes: UnsafeRawBufferPointer) throws -> Taken {
        guard let answer = try HTTPAnswer(bytes) else { return Taken(bytes: 0, answer: .partial) }
        if answer.status == 429 { return Taken(bytes: answer.byteCount, answer: .busy) }
        guard answer.status == 201, let recorded = answer.body.number(after: "\"recorded\":"),
            let head = answer.body.number(after: "\"head\":")
        else { throw BenchmarkFault("campaignd answers a post with \(answer.text)") }
        tally.recorded += recorded
        self.head = head
        return Taken(bytes: answer.byteCount, answer: .whole)
    }
}
