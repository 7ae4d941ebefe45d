import Foundation
import LedgerAPI
@testable import LedgerClient
import NIOCore
import StubDaemon
import Testing

#if canImport(Glibc)
    import Glibc
#endif

@Suite struct LedgerClientTests {
    private static let problem = """
        {"type":"urn:campaign-ledger:problem:busy","title":"Busy","status":429,"code":"busy","retry":true,\
        "detail":"As much is waiting as may wait.","remedy":"Post the same events again after Retry-After."}
        """

    @Test func `a get gives status, type and body, and asks for the host ledger`() async throws {
        let daemon = try await StubDaemon { _ in .json("{\"head\":5}") }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let answer = try await client.get("/v1/status")
        #expect(answer.status == 200)
        #expect(answer.contentType == "application/json")
        #expect(try answer.decode([String: Int].self) == ["head": 5])
        let request = try #require(daemon.requests.first)
        #expect(request.method == "GET")
        #expect(request.path == "/v1/status")
        #expect(request.fields["Host"] == "ledger")
        try await daemon.stop()
    }

    @Test func `a post sends its body with its type`() async throws {
        let daemon = try await StubDaemon { _ in .json("{}", status: 201) }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let text = String(repeating: "é line\n", count: 100_000)
        let answer = try await client.post("/v1/events", contentType: MediaType.ndjson, body: ByteBuffer(string: text))
        #expect(answer.status == 201)
        let request = try #require(daemon.requests.first)
        #expect(request.body == text)
        #expect(request.fields["Content-Type"] == "application/x-ndjson")
        #expect(request.fields["Content-Length"] == "\(text.utf8.count)")
        try await daemon.stop()
    }

    @Test func `requests one after another share a connection, at the same time each has its own`() async throws {
        let daemon = try await StubDaemon { _ in .json("{}") }
        let client = LedgerClient(socketPath: daemon.socketPath)
        for _ in 0..<20 {
            _ = try await client.get("/livez")
        }
        #expect(daemon.connections == 1)
        try await withThrowingTaskGroup(of: Int.self) { group in
            for _ in 0..<8 {
                group.addTask { try await client.get("/livez").status }
            }
            for try await status in group {
                #expect(status == 200)
            }
        }
        #expect(daemon.requests.count == 28)
        #expect(daemon.connections <= 8)
        try await daemon.stop()
    }

    @Test func `a connection that died while it was idle is replaced`() async throws {
        let daemon = try await StubDaemon { _ in .wholeThenHangUp(body: "{}") }
        let client = LedgerClient(socketPath: daemon.socketPath)
        for _ in 0..<10 {
            #expect(try await client.get("/livez").status == 200)
        }
        try await daemon.stop()
    }

    @Test func `problem details are thrown as a typed error, with the time to wait`() async throws {
        let daemon = try await StubDaemon { _ in
            .problem(status: 429, Self.problem, fields: [("Retry-After", "3")])
        }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let error = await #expect(throws: LedgerClientError.self) { try await client.get("/v1/events") }
        guard case .problem(let problem, let seconds)? = error else {
            Issue.record("not a problem: \(String(describing: error))")
            return
        }
        #expect(problem.code == "busy")
        #expect(problem.retry)
        #expect(seconds == 3)
        #expect(error?.isWorthRetrying == true)
        try await daemon.stop()
    }

    @Test func `a refusal that is not the ledger's says so`() async throws {
        let daemon = try await StubDaemon { _ in
            .whole(status: 502, contentType: "text/html", body: "<html>bad gateway</html>")
        }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let error = await #expect(throws: LedgerClientError.self) { try await client.get("/v1/status") }
        #expect(error?.description.contains("HTTP status 502") == true)
        #expect(error?.description.contains("text/html") == true)
        try await daemon.stop()
    }

    @Test func `an answer that does not come within the time is given up`() async throws {
        let daemon = try await StubDaemon { _ in .silence }
        let client = LedgerClient(
            socketPath: daemon.socketPath, timeouts: LedgerClientTimeouts(answer: .milliseconds(50)))
        let error = await #expect(throws: LedgerClientError.self) { try await client.get("/v1/status") }
        guard case .timedOut? = error else {
            Issue.record("not a timeout: \(String(describing: error))")
            return
        }
        try await daemon.stop()
    }

    @Test func `a connection that ends before the answer is named in words`() async throws {
        let daemon = try await StubDaemon { _ in .hangUp }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let error = await #expect(throws: LedgerClientError.self) { try await client.get("/v1/status") }
        #expect(
            error?.description == "The daemon's answer was cut off: the daemon closed the connection. Ask again.")
        #expect(error?.isWorthRetrying == true)
        try await daemon.stop()
    }

    @Test func `a cancelled task ends its request`() async throws {
        let daemon = try await StubDaemon { _ in .silence }
        let client = LedgerClient(socketPath: daemon.socketPath)
        let task = Task { try await client.get("/v1/status") }
        while daemon.requests.isEmpty {
            await Task.yield()
        }
        task.cancel()
        let error = await #expect(throws: LedgerClientError.self) { try await task.value }
        guard case .cancelled? = error else {
            Issue.record("not cancelled: \(String(describing: error))")
            return
        }
        try await daemon.stop()
    }
}

@Suite struct LedgerConnectionFaultTests {
    private func sentence(connectingTo path: String) async -> String {
        let client = LedgerClient(socketPath: path)
        let error = await #expect(throws: LedgerClientError.self) { try await client.get("/v1/status") }
        guard case .daemonUnavailable(let sentence)? = error else {
            Issue.record("not unavailable: \(String(describing: error))")
            return ""
        }
        return sentence
    }

    @Test func `no socket says how to start the daemon`() async {
        let path = "/tmp/no-such-directory-here/campaignd.sock"
        #expect(
            await sentence(connectingTo: path)
                == "There is no daemon at \(path). Start it with `campaignd --socket \(path)`, or name another socket "
                + "with --socket or CAMPAIGN_LEDGER_SOCKET.")
    }

    @Test func `a socket without a listener says that the daemon has ended`() async throws {
        let directory = try StubDaemon.makeDirectory()
        let path = directory + "/dead"
        let descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path.utf8) }
        let bound = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                bind(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(bound == 0)
        #expect(await sentence(connectingTo: path).contains("no daemon answers"))
        close(descriptor)
        try FileManager.default.removeItem(atPath: directory)
    }

    @Test func `a path that no socket can have is refused with its length`() async {
        let path = "/tmp/" + String(repeating: "x", count: 120)
        #expect(await sentence(connectingTo: path).contains("has 125 bytes, and 1 to 107 are allowed"))
        #expect(await sentence(connectingTo: "").contains("has 0 bytes"))
    }

    @Test func `a part of the path that is no directory is named`() async {
        #expect(await sentence(connectingTo: "/etc/passwd/s").contains("not a directory"))
    }

    @Test func `permission denied says whom to ask`() {
        let sentence = LedgerConnection.sentence(
            for: IOError(errnoCode: EACCES, reason: "connect"), path: "run/campaignd.sock")
        #expect(sentence.hasPrefix("Permission denied for run/campaignd.sock."))
        #expect(sentence.contains("member of the socket's group"))
    }
}
