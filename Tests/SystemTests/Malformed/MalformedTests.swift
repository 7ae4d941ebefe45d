import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Malformed requests")
    struct MalformedTests {
        private static let requests = 3_000
        /// What the daemon may hold of its own, whatever it is sent.
        private static let anonymousBytesMax = 200 << 20
        /// How often the head and the memory are looked at.
        private static let checkEvery = 100

        @Test(
            "Three thousand malformed requests each get their refusal, and the log stays as it was",
            .timeLimit(.minutes(3)))
        func malformed() async throws {
            let seed = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SEED"].flatMap { UInt64($0) } ?? 20_262
            note("malformed: seed \(seed) (CAMPAIGN_LEDGER_SEED sets another)")
            let (faults, figures) = try await onThread { try Self.run(seed: seed) }
            note("malformed: \(figures)")
            for fault in faults.prefix(40) { Issue.record("seed \(seed), \(fault)") }
            #expect(faults.isEmpty, "\(faults.count) of \(Self.requests) were not refused as they should be")
        }

        private static func run(seed: UInt64) throws -> (faults: [String], figures: String) {
            var random = Random(seed: seed)
            let folder = try TemporaryFolder()
            let daemon = try DaemonProcess(folder.path)
            let client = daemon.client()
            try recordSome(client)
            let head = try client.head()
            let logFile = "\(daemon.dataPath)/log/data.mdb"
            let before = (events: try client.get("/v1/events").body, file: try Files.bytes(logFile))
            let begin = Date()
            var prober = MalformedProber(path: daemon.socketPath)
            var faults: [String] = []
            var anonymousBytes = 0
            for number in 1...requests {
                let request = MalformedRequest.make(number, &random)
                if let fault = prober.fault(of: request) {
                    faults.append("request \(number), \(request.what): \(fault)")
                }
                if number % checkEvery == 0 {
                    let now = try client.head()
                    // What was recorded instead of refused is among the faults.
                    guard now == head else { return (faults + ["the head moved by request \(number)"], "broken off") }
                    anonymousBytes = max(anonymousBytes, daemon.anonymousBytes)
                }
            }
            let seconds = Date().timeIntervalSince(begin)
            try sendTooMuch(daemon, head: head)
            anonymousBytes = max(anonymousBytes, daemon.anonymousBytes)
            try require(anonymousBytes < anonymousBytesMax, "the daemon held \(anonymousBytes) bytes of its own")
            // The log is small here, so that its map hides nothing.
            let peak = daemon.peakBytes
            try require(peak < anonymousBytesMax, "the daemon had \(peak) bytes at some moment")
            try require(try client.get("/v1/events").body == before.events, "the log reads differently")
            try require(try Files.bytes(logFile) == before.file, "the log's file changed")
            try checkStillWorks(client, head: head)
            try daemon.stop()
            let tally = prober.tally.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value)" }.joined(separator: ", ")
            let figures =
                "\(requests) in \(seconds) s, by status \(tally), \(peak >> 20) MiB of memory at most"
            return (faults, figures)
        }

        @Test(
            "Requests with flipped bytes are answered, whatever they say, and nothing is recorded",
            .timeLimit(.minutes(2)))
        func flipped() async throws {
            let seed = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SEED"].flatMap { UInt64($0) } ?? 20_264
            let tally = try await onThread {
                var random = Random(seed: seed)
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                var tally: [Int: Int] = [:]
                for number in 0..<2_000 {
                    let events = (0..<random.within(1...5)).map { Draft.valid(number * 10 + $0, &random).bytes }
                    var body = Array(events.joined(separator: [10]))
                    for _ in 0..<random.within(1...4) {
                        body[random.within(0...body.count - 1)] = UInt8(random.within(0...255))
                    }
                    let reply = try client.send(
                        HTTPRequest(posting: body, as: MediaType.ndjson, query: "?validateOnly=true"))
                    try require(
                        [200, 201, 422].contains(reply.status), "seed \(seed), \(number): \(reply.status) \(reply.text)"
                    )
                    tally[reply.status, default: 0] += 1
                }
                try require(try client.head() == 0, "seed \(seed): something was recorded")
                try daemon.stop()
                return tally
            }
            note("flipped bytes: seed \(seed), by status \(tally.sorted { $0.key < $1.key })")
            #expect(tally[422, default: 0] > 1_000)
        }

        /// What a conflict needs to be one.
        private static func recordSome(_ client: HTTPClient) throws {
            var random = Random(seed: 1)
            var draft = Draft.valid(0, &random)
            draft.envelope[1].value = "\"recorded\""
            draft.envelope[3].value = "\"influencer.registered\""
            draft.data = [
                .init(name: "influencerId", value: "\"recorded\"", kind: .identifier),
                .init(name: "platform", value: "\"elsewhere\"", kind: .identifier),
                .init(name: "niches", value: "[\"chess\"]", kind: .topics),
            ]
            _ = try client.post(draft.bytes, as: MediaType.cloudEvent)
        }

        /// Bodies up to the limit and beyond it, whole and in chunks.
        private static func sendTooMuch(_ daemon: DaemonProcess, head: UInt64) throws {
            let full = [UInt8](repeating: 32, count: 16 << 20)
            for _ in 0..<4 {
                let reply = try daemon.client().send(HTTPRequest(posting: full, as: MediaType.ndjson))
                try require(reply.status == 422, "16 MiB of nothing answer \(reply.status)")
            }
            let fields = [("Content-Type", MediaType.ndjson), ("Transfer-Encoding", "chunked")]
            let chunk = Array("100000\r\n".utf8) + [UInt8](repeating: 32, count: 1 << 20) + [13, 10]
            for _ in 0..<4 {
                let connection = try HTTPConnection(daemon.socketPath)
                try connection.send(HTTPRequest("POST", "/v1/events", fields).bytes)
                for _ in 0..<18 where try !connection.send(chunk) { break }
                let reply = try connection.receive()
                try require(reply.status == 413, "18 MiB in chunks answer \(reply.status)")
            }
            try require(try daemon.client().head() == head, "the head moved by what is too large")
        }

        private static func checkStillWorks(_ client: HTTPClient, head: UInt64) throws {
            var random = Random(seed: 2)
            let (status, answer) = try client.post(Draft.valid(1_000_000, &random).bytes, as: MediaType.cloudEvent)
            try require(
                status == 201 && answer.head == head + 1, "a good request answers \(status), head \(answer.head)")
        }
    }
}

/// Sends malformed requests and looks at what comes back.
struct MalformedProber {
    private let path: String
    private let client: HTTPClient
    private(set) var tally: [Int: Int] = [:]

    init(path: String) {
        self.path = path
        client = HTTPClient(path, timeoutSeconds: 20)
    }

    /// What is wrong with the daemon's answer; nil when it is as it should be.
    mutating func fault(of request: MalformedRequest) -> String? {
        do {
            let reply: HTTPReply
            switch request.wire {
            case .framed(let framed): reply = try client.send(framed)
            case .broken(let bytes): reply = try sendBroken(bytes)
            }
            tally[reply.status, default: 0] += 1
            return try fault(of: reply, to: request)
        } catch {
            return "no answer: \(error)"
        }
    }

    /// The first answer; after the last one the daemon has to close.
    private func sendBroken(_ bytes: [UInt8]) throws -> HTTPReply {
        let connection = try HTTPConnection(path, timeoutSeconds: 20)
        try connection.send(bytes)
        let reply = try connection.receive()
        let rest = try connection.receiveUntilClose()
        try require(
            rest.isEmpty || rest.starts(with: Array("HTTP/1.1 400".utf8)),
            "after its answer came \(String(decoding: rest.prefix(200), as: UTF8.self))")
        return reply
    }

    private func fault(of reply: HTTPReply, to request: MalformedRequest) throws -> String? {
        guard request.statuses.contains(reply.status) else {
            return "\(reply.status) instead of \(request.statuses.sorted()): \(reply.text.prefix(300))"
        }
        guard reply.fields["content-type"]?.hasPrefix(MediaType.problem) == true else {
            return "its answer is \(reply.fields["content-type"] ?? "of no type")"
        }
        let problem = try WireCoding.decode(ProblemDetails.self, from: Data(reply.body))
        guard problem.status == reply.status else { return "the problem says \(problem.status)" }
        guard problem.type == "urn:campaign-ledger:problem:\(problem.code)" else {
            return "its type is \(problem.type)"
        }
        guard MalformedRequest.knownCodes.contains(problem.code) else { return "its code is \(problem.code)" }
        guard request.codes.isEmpty || request.codes.contains(problem.code) else {
            return "its code is \(problem.code) instead of \(request.codes.sorted()): \(problem.detail)"
        }
        if let index = request.index, let found = problem.index, found != index {
            return "it names event \(found) instead of \(index): \(problem.detail)"
        }
        guard !problem.remedy.isEmpty, !problem.detail.isEmpty else { return "it does not say what to do" }
        guard reply.status != 405 || reply.fields["allow"] != nil else { return "a 405 without Allow" }
        return nil
    }
}
