import Foundation
import LedgerAPI
import ProgrammeSimulator
import Testing

extension SystemSuite {
    @Suite("Start and stop")
    struct LifecycleTests {
        @Test(
            "SIGTERM finishes a request that was accepted, refuses nothing half, and exits 0", .timeLimit(.minutes(1)))
        func stopsAfterAccepted() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let body = try Programme.events(5_000, seed: 71)
                let connection = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                var request = HTTPRequest(posting: body, as: MediaType.ndjson)
                request.fields += [("Expect", "100-continue"), ("Content-Length", "\(body.count)")]
                request.body = nil
                try connection.send(request.bytes)
                // Its head is accepted now.
                let go = try connection.line()
                try require(go.hasPrefix("HTTP/1.1 100"), "the daemon says \(go)")
                daemon.process.signal(SIGTERM)
                try Wait.until("the socket is closed to others", seconds: 10) {
                    (try? HTTPConnection(daemon.socketPath)) == nil
                }
                try connection.send(body)
                let empty = try connection.line()
                let reply = try connection.receive()
                try require(empty.isEmpty && reply.status == 201, "it answers \(reply.status): \(reply.text)")
                let status = try daemon.process.waitForEnd(seconds: 20)
                try require(status == 0, "it exits \(status): \(daemon.said)")
                let next = try DaemonProcess(folder.path)
                try require(try next.client().head() == 5_000, "what was acknowledged is not there")
                try next.stop()
            }
        }

        @Test("SIGTERM ends live streams whole and idle connections at once", .timeLimit(.minutes(1)))
        func stopsLiveStreams() async throws {
            let seconds = try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                _ = try daemon.client().post(Programme.events(10, seed: 72))
                let lines = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                try lines.send(HTTPRequest("GET", "/v1/events?follow=true").bytes)
                let sent = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                try sent.send(HTTPRequest("GET", "/v1/events?follow=true", [("Accept", "text/event-stream")]).bytes)
                // Both are live once they have begun to answer.
                for connection in [lines, sent] { try require(connection.line().hasSuffix("200 OK"), "no stream") }
                let idle = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                let begin = Date()
                try daemon.stop()
                for connection in [lines, sent] {
                    let rest = String(decoding: try connection.receiveUntilClose(), as: UTF8.self)
                    try require(rest.hasSuffix("0\r\n\r\n"), "a stream was cut off: \(rest.suffix(100))")
                    try require(rest.contains("00000000000000000010"), "a stream misses an event: \(rest.suffix(300))")
                }
                try require(try idle.receiveUntilClose().isEmpty, "an idle connection was answered")
                return Date().timeIntervalSince(begin)
            }
            #expect(seconds < 5, "stopping took \(seconds) s")
        }

        @Test("SIGTERM under load loses nothing and exits 0", .timeLimit(.minutes(1)))
        func stopsUnderLoad() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                var book = LogBook()
                for round in 0..<3 {
                    let daemon = try DaemonProcess(folder.path)
                    let stopper = DispatchWorkItem { daemon.process.signal(SIGTERM) }
                    DispatchQueue.global().asyncAfter(deadline: .now() + 0.5, execute: stopper)
                    let loads = try inParallel(4) { number in
                        var load = try ClientLoad(seed: UInt64(900 + round * 4 + number))
                        load.run(daemon.client(timeoutSeconds: 20))
                        return load
                    }
                    let status = try daemon.process.waitForEnd(seconds: 20)
                    try require(status == 0, "it exits \(status): \(daemon.said)")
                    for load in loads {
                        // A 503 that says so is as good as a closed connection.
                        if let fault = load.fault { try require(fault.contains("stopping"), fault) }
                        try book.take(load)
                    }
                    let next = try DaemonProcess(folder.path)
                    try book.check(next.client().events())
                    try book.retryUnknown(next.client())
                    try next.stop()
                }
            }
        }

        @Test(
            "A second daemon on the same data or the same socket is refused, and the first goes on",
            .timeLimit(.minutes(1)))
        func second() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let other = try TemporaryFolder()
                let first = try DaemonProcess(folder.path)
                let sameData = try DaemonProcess(starting: other.path, data: first.dataPath)
                try Self.expectEnd(
                    of: sameData, status: 75,
                    saying: [first.dataPath, "in use", "\(first.process.processID)", "Stop that"])
                let sameSocket = try DaemonProcess(starting: folder.path, data: "\(other.path)/data")
                try Self.expectEnd(of: sameSocket, status: 75, saying: [first.socketPath])
                try require(first.client().get("/livez").status == 200, "the first daemon is gone")
                try first.stop()
            }
        }

        @Test("A dead daemon's socket is replaced, a file that is no socket never", .timeLimit(.minutes(1)))
        func staleSocket() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let killed = try DaemonProcess(folder.path)
                try killed.kill()
                try require(Files.exists(killed.socketPath), "a killed daemon took its socket along")
                let next = try DaemonProcess(folder.path)
                try next.stop()
                if Files.exists(next.socketPath) { try Files.remove(next.socketPath) }
                try Files.write("precious", to: next.socketPath)
                let refused = try DaemonProcess(starting: folder.path)
                let status = try refused.process.waitForEnd(seconds: 20)
                try require(status != 0 && status < 128, "it exits \(status)")
                try require(refused.said.contains(refused.socketPath), "it does not name the file: \(refused.said)")
                try require(Files.text(refused.socketPath) == "precious", "the file is gone")
            }
        }

        @Test("The socket is 0660 in a directory of 0750, the data directory is 0750", .timeLimit(.minutes(1)))
        func modes() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                for (path, mode) in [
                    (daemon.socketPath, 0o660), ("\(folder.path)/run", 0o750), (daemon.dataPath, 0o750),
                ] {
                    let found = try Files.mode(path)
                    try require(found == mode, "\(path) has mode \(String(found, radix: 8))")
                }
                try daemon.stop()
            }
        }

        @Test(
            "An unknown key of the configuration stops the start with its name and its place", .timeLimit(.minutes(1)))
        func configuration() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let file = "\(folder.path)/campaignd.yaml"
                try Files.write("log:\n  level: info\n  colour: red\n", to: file)
                let daemon = try DaemonProcess(starting: folder.path, arguments: ["--config", file])
                try Self.expectEnd(of: daemon, status: 78, saying: [file, "colour", "3"])
                try require(!Files.exists(daemon.dataPath), "a refused start left a data directory")
            }
        }

        @Test("SIGHUP applies what it can and says what it cannot", .timeLimit(.minutes(1)))
        func hangUp() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let file = "\(folder.path)/campaignd.yaml"
                try Files.write("log:\n  level: info\n", to: file)
                let daemon = try DaemonProcess(folder.path, arguments: ["--config", file])
                try Files.write("log:\n  level: debug\nhttp:\n  idleTimeoutSeconds: 1\n  threads: 3\n", to: file)
                let connection = try HTTPConnection(daemon.socketPath, timeoutSeconds: 20)
                let before = daemon.said.count
                daemon.process.signal(SIGHUP)
                try Wait.until("a word about SIGHUP", seconds: 10) { daemon.said.count > before }
                let words = [
                    "reloaded", "changed=\"log.level=debug,http.idleTimeoutSeconds=1\"", "needsRestart=http.threads",
                ]
                try Wait.until("what changed and what did not: \(daemon.said)", seconds: 10) {
                    words.allSatisfy { daemon.said.contains($0) }
                }
                // Open already, its next request begins under the new limits.
                try connection.send(HTTPRequest("GET", "/livez").bytes)
                try require(try connection.receive().status == 200, "it is gone: \(daemon.said)")
                let began = ContinuousClock.now
                try require((try? connection.receive()) == nil, "an idle connection is answered")
                try require(ContinuousClock.now - began < .seconds(15), "the idle connection was not closed")
                try Files.write("http:\n  idleTimeoutSeconds: soon\n", to: file)
                daemon.process.signal(SIGHUP)
                try Wait.until("why a bad file is refused", seconds: 10) {
                    daemon.said.contains("the configuration was not reloaded") && daemon.said.contains(":2:23: ")
                }
                try require(daemon.client().get("/livez").status == 200, "it is gone: \(daemon.said)")
                try daemon.stop()
            }
        }

        /// The daemon ends by itself with this status and these words.
        static func expectEnd(of daemon: DaemonProcess, status expected: Int32, saying words: [String]) throws {
            let status = try daemon.process.waitForEnd(seconds: 20)
            let said = daemon.said
            try require(status == expected, "it exits \(status) instead of \(expected): \(said)")
            for word in words { try require(said.contains(word), "it does not say \(word): \(said)") }
        }
    }
}

/// Events of a simulated programme.
enum Programme {
    static func events(_ count: Int, seed: UInt64, influencers: Int = 100) throws -> [UInt8] {
        var simulation = try Simulation(
            SimulationSettings(
                seed: seed, influencers: influencers, events: count,
                from: SimulatedInstant(year: 2024, month: 1, day: 1),
                to: SimulatedInstant(year: 2024, month: 12, day: 1)))
        var bytes: [UInt8] = []
        while simulation.next(into: &bytes) {}
        return bytes
    }
}
