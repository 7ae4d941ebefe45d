import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import LedgerExports
import StubDaemon
import Testing

@testable import campaignctl

@Suite struct ExportCommandTests {
    private static let at = "2026-06-30T12:00:00Z"

    /// A daemon with one row a stream and three events, at position 3.
    private static func answer(_ request: StubDaemon.Request) -> StubDaemon.Answer {
        let path = request.path.split(separator: "?").first.map { String($0) } ?? ""
        return switch path {
        case "/v1/status": .json(text(FixedAnswers.status))
        case "/v1/events":
            .chunks([events(1...3)], contentType: MediaType.ndjson, endsWell: true)
        case "/v1/export/postings": stream("postings", [posting])
        case "/v1/export/influencers":
            stream(
                "influencers",
                [
                    ExportedInfluencerBody(
                        influencer: FixedAnswers.influencer, platform: "instagram", homeTopics: [], engagements: 0,
                        registered: nil)
                ])
        case "/v1/export/posts": stream("posts", [ExportedPostBody]())
        case "/v1/export/exceptions": stream("exceptions", [ExceptionBody]())
        default: .hangUp
        }
    }

    private static let posting = PostingBody(
        position: 2, source: "urn:shop", id: "e\u{1B}[31m2", type: "fee.accrued", time: at, day: "2026-06-30",
        influencerId: "ada", campaignId: "spring", debit: "Expenses:Fees", credit: "Liabilities:Due", currency: "EUR",
        amount: "12.00", minor: 1_200)

    private static func text(_ value: some Encodable) -> String {
        String(decoding: (try? WireCoding.encode(value)) ?? Data(), as: UTF8.self)
    }

    private static func beginning(_ name: String, position: UInt64 = 3) -> String {
        text(
            ExportBeginning(
                export: name, ledgerId: "0190-aa", version: "0.1.0",
                standing: Standing(
                    position: position, head: 4, at: at,
                    policyVersion: PolicyVersionSet(advocacy: 1, tax: 1, trust: 1)), influencers: 1)) + "\n"
    }

    private static func stream(_ name: String, _ rows: [some Encodable], hasEnd: Bool = true) -> StubDaemon.Answer {
        let lines = rows.map { text($0) + "\n" }.joined()
        let end = hasEnd ? text(ExportEnd(count: rows.count)) + "\n" : ""
        return .chunks([beginning(name), lines + end], contentType: MediaType.ndjson, endsWell: true)
    }

    private static func events(_ positions: ClosedRange<Int>) -> String {
        positions.map { position in
            """
            {"source":"urn:shop","id":"e\(position)","type":"fee.accrued","time":"\(at)","recordedtime":"\(at)",\
            "subject":"influencer/ada","sequence":"\(String(repeating: "0", count: 19))\(position)",\
            "data":{"influencerId":"ada"}}

            """
        }.joined()
    }

    private static func content(_ path: String) throws -> String {
        String(decoding: try Data(contentsOf: URL(fileURLWithPath: path)), as: UTF8.self)
    }

    /// Runs an export; its files go to a folder of the test's own.
    private func run(
        _ arguments: [String], isTerminal: Bool = false,
        _ answer: @escaping @Sendable (StubDaemon.Request) -> StubDaemon.Answer = { Self.answer($0) },
        check: (String, CapturedConsole, [String]) throws -> Void
    ) async throws {
        let daemon = try await StubDaemon(answer)
        let folder = try StubDaemon.makeDirectory()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let filled = arguments.map { $0.replacing("FOLDER", with: folder) }
        let parsed = try Campaignctl.parseAsRoot(["export"] + filled + ["--socket", daemon.socketPath])
        let command = try #require(parsed as? ExportCommand)
        let captured = CapturedConsole()
        let session = Session(
            client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(isTerminal: isTerminal),
            json: false)
        do {
            try await command.run(session)
        } catch let error {
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(!names.contains { $0.hasSuffix(".partial") }, "\(names)")
            try await daemon.stop()
            throw error
        }
        let names = try FileManager.default.contentsOfDirectory(atPath: folder)
        #expect(!names.contains { $0.hasSuffix(".partial") }, "\(names)")
        try check(folder, captured, daemon.requests.map(\.path))
        try await daemon.stop()
    }

    @Test(arguments: [
        (["--format", "journal"], ["/v1/export/postings"]), (["--format", "beancount"], ["/v1/export/postings"]),
        (["--format", "csv"], ["/v1/export/postings"]),
        (["--format", "csv", "--table", "compensation"], ["/v1/export/influencers"]),
        (["--format", "csv", "--table", "posts", "--influencer", "a/b"], ["/v1/export/posts?influencer=a%2Fb"]),
        (
            ["--format", "csv", "--table", "exceptions", "--position", "3", "--at", at, "--campaign", "spring"],
            ["/v1/export/exceptions?at=2026-06-30T12%3A00%3A00Z&position=3&campaign=spring"]
        ),
        (["--format", "ndjson", "--position", "3"], ["/v1/status", "/v1/events?after=0&limit=3"]),
        (
            ["--format", "ndjson", "--influencer", "ada", "--at", at],
            [
                "/v1/export/influencers?at=2026-06-30T12%3A00%3A00Z&influencer=ada",
                "/v1/events?after=0&subject=influencer%2Fada&until=2026-06-30T12%3A00%3A00Z",
            ]
        ),
    ])
    func `an export asks for its stream and writes it whole`(arguments: [String], paths: [String]) async throws {
        try await run(arguments + ["--out", "FOLDER/out"]) { folder, captured, asked in
            #expect(asked == paths)
            #expect(captured.output == "")
            #expect(captured.error.hasSuffix(": \(folder)/out\n"))
            let attributes = try FileManager.default.attributesOfItem(atPath: "\(folder)/out")
            #expect((attributes[.posixPermissions] as? Int) == 0o600)
        }
    }

    @Test func `a SQLite export asks all its streams for the moment of the first`() async throws {
        try await run(["--format", "sqlite", "--out", "FOLDER/a.sqlite"]) { folder, captured, asked in
            let moment = "?at=2026-06-30T12%3A00%3A00Z&position=3"
            #expect(
                asked == [
                    "/v1/export/influencers", "/v1/export/posts\(moment)", "/v1/export/postings\(moment)",
                    "/v1/export/exceptions\(moment)", "/v1/events?after=0&limit=3",
                ])
            let names = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(names == ["a.sqlite"])
            let summary =
                "3 events, 1 influencer, 0 posts, 1 posting, 0 exceptions as of position 3, \(Self.at): \(folder)/a.sqlite"
            #expect(captured.error.hasSuffix(summary + "\n"))
        }
    }

    @Test(
        arguments: [
            (["--position", "3"], nil), (["--influencer", "ada"], "for --influencer: "), (["--at", at], "for --at: "),
            (["--influencer", "ada", "--at", at, "--quiet"], "for --influencer and --at: "),
        ] as [([String], String?)])
    func `a part of the log is said not to be for posting, the whole log is not`(
        options: [String], filter: String?
    ) async throws {
        try await run(["--format", "ndjson", "--out", "FOLDER/out"] + options) { folder, captured, _ in
            let written = try Self.content("\(folder)/out")
            #expect(written == Self.events(1...3))
            let sentence = (filter ?? "") + "to be read, not to be posted again, since retractions name positions."
            #expect(captured.error.contains(sentence) == (filter != nil))
            #expect(captured.error.contains("Only a part of the log") == (filter != nil))
        }
    }

    @Test func `events of an influencer whom nobody knows are the problem that other exports have`() async throws {
        let problem = Self.text(ProblemDetails(.influencerNotFound, detail: "Nobody of that name."))
        for format in ["ndjson", "csv", "sqlite"] {
            do {
                try await run(["--format", format, "--out", "FOLDER/out", "--influencer", "nobody"]) { request in
                    guard !request.path.hasPrefix("/v1/export/") else { return .problem(status: 404, problem) }
                    // A stream of nobody's is empty, and no problem.
                    return request.path.hasPrefix("/v1/events")
                        ? .chunks([], contentType: MediaType.ndjson, endsWell: true) : Self.answer(request)
                } check: { _, _, _ in
                }
                Issue.record("\(format) was written")
            } catch {
                let failure = Main.failure(for: error)
                #expect(failure?.status == .refused)
                #expect(failure?.description.contains("[influencerNotFound]") == true)
            }
        }
    }

    @Test func `events of a campaign are refused, and what has them is named`() {
        do {
            _ = try Campaignctl.parseAsRoot(["export", "--format", "ndjson", "--campaign", "spring"])
            Issue.record("was taken")
        } catch {
            #expect(Campaignctl.exitCode(for: error).rawValue == ExitStatus.usage.rawValue)
            #expect(Campaignctl.message(for: error).contains("Use --format sqlite with --campaign"))
        }
    }

    @Test func `a SQLite export of an instant asks for the events up to it, and for retractions`() async throws {
        try await run(["--format", "sqlite", "--out", "FOLDER/a.sqlite", "--at", Self.at]) { _, captured, asked in
            let until = "until=2026-06-30T12%3A00%3A00Z"
            #expect(
                asked.suffix(2) == ["/v1/events?after=0&\(until)", "/v1/events?after=0&type=event.retracted"])
            // The stub gives the same three events again: none of them is a retraction.
            #expect(captured.error.contains("3 events, "))
        }
    }

    @Test func `what is cut off, of another moment or lacks an event leaves no file`() async throws {
        let bad: [(String, @Sendable (StubDaemon.Request) -> StubDaemon.Answer)] = [
            ("journal", { _ in Self.stream("postings", [Self.posting], hasEnd: false) }),
            ("journal", { _ in .chunks([Self.beginning("postings")], contentType: "x", endsWell: false) }),
            (
                "sqlite",
                { request in
                    guard request.path.hasPrefix("/v1/export/postings") else { return Self.answer(request) }
                    return .chunks(
                        [Self.beginning("postings", position: 4), Self.text(ExportEnd(count: 0)) + "\n"],
                        contentType: "x", endsWell: true)
                }
            ),
            (
                "sqlite",
                { request in
                    guard request.path.hasPrefix("/v1/events") else { return Self.answer(request) }
                    return .chunks([Self.events(1...2)], contentType: "x", endsWell: true)
                }
            ),
        ]
        for (format, answer) in bad {
            await #expect(throws: (any Error).self, "\(format)") {
                try await run(["--format", format, "--out", "FOLDER/out"], answer) { _, _, _ in }
            }
        }
    }

    @Test func `a file is replaced only when asked to, and then at once`() async throws {
        try await run(["--format", "csv", "--out", "FOLDER/out", "--quiet"]) { folder, captured, _ in
            #expect(captured.error == "")
            let path = "\(folder)/out"
            #expect(throws: CommandFailure.self) { try OutputFile(path, replaces: false) }
            try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: path)
            let file = try OutputFile("\(folder)/link", replaces: true)
            try file.write(Data("new".utf8))
            #expect(try Self.content(path).hasPrefix("position,"))
            try file.commit()
            #expect(try Self.content(path) == "new")
            #expect(throws: CommandFailure.self) { try OutputFile(folder, replaces: true) }
            #expect(throws: CommandFailure.self) { try OutputFile("/dev/null", replaces: true) }
            #expect(throws: CommandFailure.self) { try OutputFile("\(folder)/no/x", replaces: false) }
            // A link that leads nowhere is one that is there.
            let lost = "\(folder)/lost"
            try FileManager.default.createSymbolicLink(atPath: lost, withDestinationPath: "\(folder)/no/x")
            #expect(throws: CommandFailure.self) { try OutputFile(lost, replaces: false) }
            let instead = try OutputFile(lost, replaces: true)
            try instead.write(Data("found".utf8))
            try instead.commit()
            #expect(try Self.content(lost) == "found")
            // One that appears meanwhile is not replaced.
            let late = try OutputFile("\(folder)/late", replaces: false)
            try Data("theirs".utf8).write(to: URL(fileURLWithPath: "\(folder)/late"))
            #expect(throws: CommandFailure.self) { try late.commit() }
            late.discard()
            #expect(try Self.content("\(folder)/late") == "theirs")
        }
    }

    @Test func `a terminal is shown no control character, and a pipe gets the bytes`() async throws {
        try await run(["--format", "csv"], isTerminal: true) { _, captured, _ in
            #expect(captured.output.contains("e\\u{1b}[31m2"))
            #expect(!captured.output.contains("\u{1B}"))
        }
        try await run(["--format", "csv"]) { _, captured, _ in
            #expect(captured.output.contains("e\u{1B}[31m2\""))
            #expect(captured.output.hasSuffix("\r\n"))
        }
    }

    @Test(arguments: [
        ["--format", "sqlite"], ["--format", "journal", "--table", "posts"], ["--format", "xml"],
        ["--format", "ndjson", "--campaign", "b"], ["--format", "csv", "--json"], [],
    ])
    func `a combination that means nothing is refused before any work`(arguments: [String]) {
        #expect(throws: (any Error).self) { try Campaignctl.parseAsRoot(["export"] + arguments) }
    }

    @Test func `an end that came too early is unavailable, a wrong answer is refused`() {
        #expect(Main.failure(for: ExportFault.cutOff(stream: "posts", rows: 1))?.status == .unavailable)
        #expect(Main.failure(for: ExportFault.database("full"))?.status == .refused)
    }
}
