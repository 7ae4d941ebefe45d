import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Testing

@testable import campaignctl

@Suite struct ReplayCommandTests {
    private static func screens(_ style: Style) -> [(String, String)] {
        let all = [FixedAnswers.runningReplay, FixedAnswers.verifiedReplay, FixedAnswers.failedReplay]
        return [
            ("replay-list", ReplayText.renderList(ItemList(items: all, next: nil), style)),
            ("replay-running", ReplayText.render(FixedAnswers.runningReplay, style)),
            ("replay-verified", ReplayText.render(FixedAnswers.verifiedReplay, style)),
            ("replay-failed", ReplayText.render(FixedAnswers.failedReplay, style)),
            ("replay-findings", FixedAnswers.findings.map { ReplayText.finding($0, style) }.joined()),
            ("replay-progress", ReplayText.progress(FixedAnswers.runningReplay, hasBar: true, style) + "\n"),
        ]
    }

    @Test(arguments: [80, 140])
    func `each screen is as it was looked at`(columns: Int) {
        for (name, text) in Self.screens(Style(color: false, unicode: true, columns: columns)) {
            Golden.expect(text, "\(name)-\(columns)")
            #expect(!text.unicodeScalars.contains("\u{1B}"), "\(name)")
        }
        let bar = ReplayText.progress(
            FixedAnswers.runningReplay, hasBar: true, Style(color: false, unicode: true, columns: columns))
        #expect(TerminalText.width(of: bar) <= 80)
    }

    private static func message(_ event: String, _ body: some Encodable) -> String {
        "event: \(event)\ndata: \(CommandTests.text(body))\n\n"
    }

    private static func answer(_ request: StubDaemon.Request, end: ReplayBody) -> StubDaemon.Answer {
        switch (request.method, request.path) {
        case ("POST", "/v1/replays"): .json(CommandTests.text(FixedAnswers.runningReplay), status: 202)
        case ("GET", "/v1/replays/12/progress"):
            .chunks(
                [
                    message("progress", FixedAnswers.runningReplay), ": alive\n\n",
                    message("finding", FixedAnswers.findings[0]), message("finding", FixedAnswers.findings[1]),
                    message("end", end),
                ], contentType: MediaType.eventStream, endsWell: true)
        case (_, "/v1/replays/12"): CommandTests.json(FixedAnswers.runningReplay)
        case (_, "/v1/replays/11"): CommandTests.json(FixedAnswers.verifiedReplay)
        default: .problem(status: 404, CommandTests.text(ProblemDetails(.replayNotFound, detail: "None.")))
        }
    }

    private static func run(
        _ arguments: [String], end: ReplayBody = FixedAnswers.verifiedReplay
    ) async throws -> (console: CapturedConsole, failure: CommandFailure?, requests: [StubDaemon.Request]) {
        let daemon = try await StubDaemon { answer($0, end: end) }
        let captured = CapturedConsole()
        let command = try #require(
            try Campaignctl.parseAsRoot(["replay"] + arguments + ["--socket", daemon.socketPath])
                as? any LedgerCommand)
        let session = Session(
            client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(),
            json: command.connection.json)
        var failure: CommandFailure?
        do { try await command.run(session) } catch let error {
            failure = Main.failure(for: error)
            #expect(failure != nil, "\(error)")
        }
        let requests = daemon.requests
        try await daemon.stop()
        return (captured, failure, requests)
    }

    @Test func `a verification is followed, what it finds is shown as it comes, and it ends with 2`() async throws {
        let (console, failure, requests) = try await Self.run(["verify", "--cores", "2", "--share", "9", "--quiet"])
        #expect(requests.map(\.body).first == #"{"cores":2,"kind":"verify","sharePercent":9}"#)
        #expect(requests.map(\.path) == ["/v1/replays", "/v1/replays/12/progress"])
        let (first, rest) = (console.output.prefix { $0 != "\n" }, console.output)
        #expect(first.hasPrefix("views different influencer/ada"))
        #expect(rest.contains("log damaged position 1234567: ") && rest.contains("not as it has to be"))
        #expect(failure?.status == .found && failure?.description == "")
    }

    @Test func `how a replay ends is its exit status`() async throws {
        var sound = FixedAnswers.verifiedReplay
        sound.verify?.sound = true
        #expect(try await Self.run(["follow", "12"], end: sound).failure == nil)
        let failed = try await Self.run(["back"], end: FixedAnswers.failedReplay).failure
        #expect(failed?.status == .refused && failed?.description.contains("no read models to go back") == true)
        var cancelled = FixedAnswers.failedReplay
        (cancelled.state, cancelled.error) = ("cancelled", nil)
        #expect(try await Self.run(["rebuild"], end: cancelled).failure?.description.contains("called off") == true)
    }

    @Test func `with --json only the daemon's replay goes to standard output`() async throws {
        let console = try await Self.run(["verify", "--json"]).console
        let body = try WireCoding.decode(ReplayBody.self, from: Data(console.output.utf8))
        #expect(body == FixedAnswers.verifiedReplay)
    }

    @Test func `with --detach it is started and let go of`() async throws {
        let (console, failure, requests) = try await Self.run(["rebuild", "--detach"])
        #expect(requests.count == 1 && failure == nil)
        #expect(console.output.contains("campaignctl replay follow 12"))
    }

    @Test func `what runs is called off and what has ended is removed, not the other way round`() async throws {
        #expect(try await Self.run(["cancel", "12"]).requests.map(\.method) == ["GET", "DELETE"])
        #expect(try await Self.run(["remove", "11"]).requests.map(\.method) == ["GET", "DELETE"])
        let (_, cancelling, cancelRequests) = try await Self.run(["cancel", "11"])
        #expect(cancelling?.description.contains("replay remove 11") == true && cancelRequests.count == 1)
        let (_, removing, removeRequests) = try await Self.run(["remove", "12"])
        #expect(removing?.description.contains("replay cancel 12") == true && removeRequests.count == 1)
    }
}
