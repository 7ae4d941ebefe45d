import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Testing

@testable import campaignctl

/// `replay whatif` against a scripted daemon: what it sends, waits for and writes.
@Suite struct WhatIfCommandTests {
    private static let policy: String = {
        let path = "/tmp/ledger-whatif-\(UUID().uuidString).yaml"
        try? "tax:\n  thresholds:\n    - fromYear: 0\n      usd: \"1.00\"\n".write(
            toFile: path, atomically: true, encoding: .utf8)
        return path
    }()

    /// A daemon whose whatif ends as told, with three changes on two pages.
    private static func daemon(state: String = "succeeded", error: String? = nil) async throws -> StubDaemon {
        try await StubDaemon { request in
            var replay = FixedAnswers.whatIf
            let path = request.path.split(separator: "?")[0]
            switch (request.method, path) {
            case ("POST", "/v1/replays"):
                replay.state = "waiting"
                replay.whatif = nil
                return .json(CommandTests.text(replay), status: 202)
            case ("GET", "/v1/replays/7/progress"):
                var running = replay
                running.state = "running"
                replay.state = state
                replay.error = error
                return .chunks(
                    [message("progress", running), message("end", replay)], contentType: MediaType.eventStream,
                    endsWell: true)
            case ("GET", "/v1/replays/7"): return CommandTests.json(replay)
            case ("GET", "/v1/replays/7/changes"):
                let isFirst = !request.path.contains("cursor=")
                let items = isFirst ? FixedAnswers.changes.prefix(2) : FixedAnswers.changes.suffix(1)
                return CommandTests.json(ItemList(items: Array(items), next: isFirst ? "c_1" : nil))
            default: return .problem(status: 404, CommandTests.text(ProblemDetails(.unknownRoute, detail: "no")))
            }
        }
    }

    private static func message(_ event: String, _ replay: ReplayBody) -> String {
        "event: \(event)\ndata: \(CommandTests.text(replay))\n\n"
    }

    private func run(_ arguments: [String], _ daemon: StubDaemon) async throws -> CapturedConsole {
        let captured = CapturedConsole()
        let command = try ReplayWhatIfCommand.parse(
            ["--policy", Self.policy, "--socket", daemon.socketPath] + arguments)
        let session = Session(
            client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(),
            json: command.connection.json)
        try await command.run(session)
        return captured
    }

    @Test func `it sends the policies as an event has them, waits, and shows all pages`() async throws {
        let daemon = try await Self.daemon()
        let captured = try await run(
            ["--position", "9", "--at", "2026-01-01T00:00:00Z", "--cores", "2", "--share", "30"], daemon)
        let asked = daemon.requests.map { "\($0.method) \($0.path)" }
        #expect(
            asked == [
                "POST /v1/replays", "GET /v1/replays/7/progress", "GET /v1/replays/7/changes?limit=50",
                "GET /v1/replays/7/changes?limit=48&cursor=c_1",
            ])
        #expect(
            daemon.requests.first?.body
                == #"{"at":"2026-01-01T00:00:00Z","cores":2,"kind":"whatif","policies":{"tax":{"thresholds":"#
                + #"[{"fromYear":0,"usd":"1.00"}]}},"position":9,"sharePercent":30}"#)
        #expect(captured.output.hasPrefix("influencer  "))
        #expect(captured.output.contains("41 of 300 influencers would change, the greatest 3 are shown"))
        try await daemon.stop()
    }

    @Test func `as CSV and JSON all changes are written in their order`() async throws {
        let daemon = try await Self.daemon()
        let csv = try await run(["--csv", "--quiet"], daemon).output.split(separator: "\r\n")
        #expect(csv.map { $0.prefix { $0 != "," } } == ["influencerId", "over-promoting-blogger", "ada", "grace"])
        let json = try await run(["--json"], daemon).output
        let all = try WireCoding.decode(ItemList<ChangeBody>.self, from: Data(json.utf8))
        #expect(all == ItemList(items: FixedAnswers.changes, next: nil))
        try await daemon.stop()
    }

    @Test func `what was found is shown again by its number`() async throws {
        let daemon = try await Self.daemon()
        let captured = CapturedConsole()
        let command = try ReplayChangesCommand.parse(["7", "--csv"])
        try await command.run(
            Session(client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(), json: false))
        #expect(captured.output.split(separator: "\r\n").count == 4)
        try await daemon.stop()
    }

    @Test func `without waiting it says the number`() async throws {
        let daemon = try await Self.daemon()
        #expect(try await run(["--detach"], daemon).output.hasPrefix("Replay 7 is asked for."))
        #expect(daemon.requests.count == 1)
        try await daemon.stop()
    }

    @Test func `one that fails or is called off says why`() async throws {
        for (state, error, sentence) in [
            ("failed", "the disk is full", "Replay 7 has not succeeded: the disk is full."),
            ("cancelled", nil, "Replay 7 was called off."),
        ] {
            let daemon = try await Self.daemon(state: state, error: error)
            let failure = await #expect(throws: CommandFailure.self) { try await run([], daemon) }
            #expect(failure?.status == .refused && failure?.description == sentence)
            try await daemon.stop()
        }
    }

    @Test func `what makes no sense is told before anything is asked`() async throws {
        for arguments in [
            ["--policy", "p", "--limit", "0"], ["--policy", "p", "--share", "101"], ["--policy", "p", "--cores", "0"],
            ["--policy", "p", "--at", "yesterday"], [],
        ] {
            #expect(throws: (any Error).self, "\(arguments)") { try ReplayWhatIfCommand.parse(arguments) }
        }
        let daemon = try await Self.daemon()
        await #expect(throws: ValidationError.self) { try await run(["--csv", "--json"], daemon) }
        let command = try ReplayWhatIfCommand.parse(["--policy", "/tmp/absent.yaml"])
        let failure = await #expect(throws: CommandFailure.self) {
            try await command.run(
                Session(
                    client: LedgerClient(socketPath: daemon.socketPath), console: CapturedConsole().console(),
                    json: false))
        }
        #expect(failure?.status == .inputMissing)
        #expect(daemon.requests.isEmpty)
        try await daemon.stop()
    }
}
