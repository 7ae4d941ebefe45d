import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Synchronization
import Testing

@testable import campaignctl

@Suite struct PostRunTests {
    /// Answers as a ledger would that records everything but events whose text contains "bad" or "old".
    private static func ledger(_ request: StubDaemon.Request) -> StubDaemon.Answer {
        let lines = request.body.split(separator: "\n")
        if let index = lines.firstIndex(where: { $0.contains("bad") }) {
            let fault = ProblemFault(
                index: index, code: "invalidField", pointer: "/data/x", expected: "good", found: "bad",
                remedy: "Mend it.")
            let problem = ProblemDetails(status: 422, title: "Refused", faults: [fault], total: 1)
            return .problem(status: 422, json(problem))
        }
        let old = lines.indices.filter { lines[$0].contains("old") }
        let isCheck = request.path.contains("validateOnly=true")
        let answer = AppendAnswer(
            head: 70, recorded: isCheck ? 0 : lines.count - old.count, positions: [],
            repeats: old.map { RepeatedEvent(index: $0, position: 1) },
            ahead: lines.firstIndex { $0.contains("ahead") }.map { [$0] })
        return .json(json(answer), status: 201)
    }

    private static func json(_ value: some Encodable) -> String {
        String(decoding: (try? WireCoding.encode(value)) ?? Data(), as: UTF8.self)
    }

    /// Posts a text, two events a batch, and gives what was written and how it ended.
    private func post(
        _ text: String, to daemon: StubDaemon, json: Bool = false, validateOnly: Bool = false, inFlight: Int = 1
    ) async throws -> (captured: CapturedConsole, failure: CommandFailure?) {
        let directory = try StubDaemon.makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: directory) }
        let file = directory + "/in.ndjson"
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        let captured = CapturedConsole()
        let descriptor = try FileDescriptor.openForReading(file)
        defer { FileDescriptor.close(descriptor) }
        let run = PostRun(
            session: Session(
                client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(), json: json),
            name: "in.ndjson", validateOnly: validateOnly, inFlightMax: inFlight, inputBytes: text.utf8.count,
            retry: RetryPolicy(attemptsMax: 3, firstMilliseconds: 1, longestMilliseconds: 2),
            // On a busy machine a line of progress would come into what is compared.
            isQuiet: true)
        do {
            try await run.run(BatchSource(descriptor: descriptor, name: "in.ndjson", isFile: true, batchEvents: 2))
            return (captured, nil)
        } catch {
            return (captured, Main.failure(for: error))
        }
    }

    @Test(arguments: [1, 4])
    func `recorded and repeated events are summed over all batches`(inFlight: Int) async throws {
        let daemon = try await StubDaemon { Self.ledger($0) }
        let (captured, failure) = try await post(
            "new\nold\n\nold\nnew\nnew ahead\n", to: daemon, inFlight: inFlight)
        #expect(failure == nil)
        #expect(captured.output.hasPrefix("5 events in 3 batches: 3 recorded, 2 repeats; head 70; "))
        #expect(captured.output.contains("1 event dated ahead of the daemon's clock (first in line 6)"))
        #expect(captured.error == "")
        #expect(daemon.requests.map(\.body).sorted() == ["new ahead\n", "new\nold\n", "old\nnew\n"].sorted())
        try await daemon.stop()
    }

    @Test func `the sums as JSON have a permanent form`() async throws {
        let daemon = try await StubDaemon { Self.ledger($0) }
        let (captured, _) = try await post("new\nold\nnew\n", to: daemon, json: true)
        #expect(
            captured.output
                == "{\"ahead\":0,\"batches\":2,\"events\":3,\"head\":70,\"recorded\":2,\"refused\":0,\"repeats\":1,"
                + "\"retries\":0,\"validateOnly\":false}\n")
        try await daemon.stop()
    }

    @Test func `a refused batch stops posting and names the file's line`() async throws {
        let daemon = try await StubDaemon { Self.ledger($0) }
        let (captured, failure) = try await post("new\nnew\n\n\nnew\nbad\nnew\nnew\n", to: daemon)
        #expect(failure?.status == .refused)
        #expect(failure?.description.contains("nothing of 2 events was recorded") == true)
        #expect(
            captured.error == """
                in.ndjson:6: /data/x: invalidField
                    expected  good
                    found     bad
                    do        Mend it.

                """)
        #expect(captured.output.contains("2 recorded, 0 repeats, 2 refused"))
        #expect(!daemon.requests.contains { $0.body == "new\nnew\n" && $0.path.contains("validateOnly") })
        #expect(daemon.requests.count == 2)
        try await daemon.stop()
    }

    @Test func `a check of validity goes on to the end and records nothing`() async throws {
        let daemon = try await StubDaemon { Self.ledger($0) }
        let (captured, failure) = try await post("bad\nnew\nnew\nnew\nnew\nbad\n", to: daemon, validateOnly: true)
        #expect(failure?.status == .refused)
        #expect(captured.error.contains("in.ndjson:1: "))
        #expect(captured.error.contains("in.ndjson:6: "))
        #expect(captured.output.contains("2 valid, nothing recorded, 0 repeats, 4 refused"))
        #expect(daemon.requests.allSatisfy { $0.path == "/v1/events?validateOnly=true" })
        try await daemon.stop()
    }

    @Test func `a busy daemon is asked again`() async throws {
        let asked = Mutex(0)
        let busy = Self.json(ProblemDetails(.busy, detail: "Full."))
        let daemon = try await StubDaemon { request in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            return count < 3 ? .problem(status: 429, busy) : Self.ledger(request)
        }
        let (captured, failure) = try await post("new\n", to: daemon)
        #expect(failure == nil)
        #expect(captured.output.contains("1 recorded"))
        #expect(captured.output.contains("2 batches were sent again after waiting"))
        try await daemon.stop()
    }

    @Test func `a daemon that stays busy is given up after a bound`() async throws {
        let busy = Self.json(ProblemDetails(.busy, detail: "Full."))
        let daemon = try await StubDaemon { _ in .problem(status: 429, busy) }
        let (captured, failure) = try await post("new\n", to: daemon)
        #expect(daemon.requests.count == 3)
        #expect(failure?.status == .refused)
        #expect(failure?.description.contains("[busy]") == true)
        #expect(captured.output == "")
        try await daemon.stop()
    }

    @Test func `a connection that ends in the middle is tried again, and then what was recorded is told`() async throws
    {
        let daemon = try await StubDaemon { $0.body.contains("cut") ? .hangUp : Self.ledger($0) }
        let (captured, failure) = try await post("new\nnew\ncut\n", to: daemon)
        #expect(failure?.status == .unavailable)
        #expect(captured.error.hasPrefix("Stopped after 2 events: 2 recorded, 0 repeats."))
        #expect(
            failure?.description == "The daemon's answer was cut off: the daemon closed the connection. What was sent "
                + "may have been recorded, and posting it again is safe.")
        #expect(daemon.requests.count { $0.body.contains("cut") } >= 3)
        try await daemon.stop()
    }
}

@Suite struct RetryPolicyTests {
    private let policy = RetryPolicy()

    private func delay(_ error: LedgerClientError, attempt: Int = 1, wasConnected: Bool = false) -> Int64? {
        policy.delay(after: error, attempt: attempt, wasConnected: wasConnected)
    }

    @Test func `waits double, up to a bound, and end`() {
        let lost = LedgerClientError.connectionLost("x")
        #expect(
            (1...10).map { delay(lost, attempt: $0) } == [100, 200, 400, 800, 1_600, 3_200, 5_000, 5_000, 5_000, nil])
    }

    @Test func `the daemon's own wish is honoured, within the bound`() {
        let busy = ProblemDetails(.busy, detail: "Full.")
        #expect(delay(.problem(busy, retryAfterSeconds: 1)) == 1_000)
        #expect(delay(.problem(busy, retryAfterSeconds: 3_600)) == 5_000)
    }

    @Test func `what cannot succeed is not tried again`() {
        #expect(delay(.problem(ProblemDetails(.invalidParameter, detail: "x"), retryAfterSeconds: nil)) == nil)
        #expect(delay(.problem(ProblemDetails(.readOnly, detail: "x"), retryAfterSeconds: nil)) == nil)
        #expect(delay(.problem(ProblemDetails(.stopping, detail: "x"), retryAfterSeconds: nil)) == 100)
        #expect(delay(.cancelled) == nil)
    }

    @Test func `a daemon that never answered is missing, one that did is starting again`() {
        #expect(delay(.daemonUnavailable("x")) == nil)
        #expect(delay(.daemonUnavailable("x"), wasConnected: true) == 100)
    }
}
