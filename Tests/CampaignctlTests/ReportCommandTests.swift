import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Testing

@testable import campaignctl

/// What `report` asks, writes and refuses.
@Suite struct ReportCommandTests {
    private func run(_ arguments: [String], _ daemon: StubDaemon) async throws -> CapturedConsole {
        let captured = CapturedConsole()
        let parsed = try Campaignctl.parseAsRoot(["report", "--socket", daemon.socketPath] + arguments)
        let command = try #require(parsed as? any LedgerCommand)
        try await command.run(
            Session(
                client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(),
                json: command.connection.json))
        return captured
    }

    private func failure(_ arguments: [String], _ daemon: StubDaemon) async throws -> CommandFailure? {
        do {
            _ = try await run(arguments, daemon)
            return nil
        } catch {
            return Main.failure(for: error)
        }
    }

    private func withFolder(_ body: (String) async throws -> Void) async throws {
        let folder = try StubDaemon.makeDirectory()
        try await body(folder)
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func `an influencer's page is asked for as of the first answer's moment, and written whole`() async throws {
        let daemon = try await StubDaemon { CommandTests.answer($0) }
        try await withFolder { folder in
            let captured = try await run(
                ["ada", "--influencer", "--out", "\(folder)/ada.html", "--step", "30d"], daemon)
            let page = try String(contentsOfFile: "\(folder)/ada.html", encoding: .utf8)
            #expect(page.hasPrefix("<!DOCTYPE html>\n<html lang=\"en\""))
            #expect(page.hasSuffix("</html>\n"))
            #expect(page.contains("<title>Influencer ada, 2026-06-30T12:00:00Z</title>"))
            #expect(
                captured.output
                    == "Wrote \(folder)/ada.html: \(Figures.grouped(page.utf8.count)) bytes about influencer ada.\n")
            let left = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(left == ["ada.html"])
        }
        let moment = "at=2026-06-30T12%3A00%3A00Z&position=1234567"
        let asked = daemon.requests.map(\.path)
        #expect(
            asked == [
                "/v1/influencers/ada",
                "/v1/statements?from=1970-01-01&to=2026-06-30&influencer=ada&limit=1000&\(moment)",
                "/v1/influencers/ada/trust?explain=true&\(moment)",
                "/v1/influencers/ada/advocacy?explain=true&\(moment)",
                "/v1/influencers/ada/compensation?explain=true&\(moment)",
                "/v1/influencers/ada/trust/history?\(moment)&step=30d&limit=1000",
                "/v1/influencers/ada/posts?limit=1000&\(moment)", "/v1/exceptions?influencer=ada&limit=1000&\(moment)",
            ])
        try await daemon.stop()
    }

    @Test func `a campaign's page has its influencers' posts`() async throws {
        let daemon = try await StubDaemon { request in
            // No second page of the fixed list.
            guard request.path.hasPrefix("/v1/campaigns/spring/influencers") else {
                return CommandTests.answer(request)
            }
            let items = FixedAnswers.campaignInfluencers.items
            return CommandTests.json(CommandTests.answered(ItemList(items: items, next: nil)))
        }
        try await withFolder { folder in
            let captured = try await run(["spring", "--campaign", "--out", "\(folder)/c.html", "--json"], daemon)
            let page = try String(contentsOfFile: "\(folder)/c.html", encoding: .utf8)
            #expect(page.contains("<h1>Campaign <bdi>spring</bdi></h1>"))
            #expect(page.contains("post-41"))
            #expect(
                captured.output == "{\"bytes\":\(page.utf8.count),\"kind\":\"campaign\",\"out\":\"\(folder)/c.html\"}\n"
            )
        }
        #expect(daemon.requests.map(\.path).contains { $0.hasPrefix("/v1/influencers/bo/posts?") })
        try await daemon.stop()
    }

    @Test func `what the identifier names is found out, and asked for where it names two`() async throws {
        let daemon = try await StubDaemon { request in
            // Here everyone is a campaign too.
            guard request.path == "/v1/campaigns/ada" else { return CommandTests.answer(request) }
            return CommandTests.json(CommandTests.answered(FixedAnswers.campaign))
        }
        try await withFolder { folder in
            let both = try await failure(["ada", "--out", "\(folder)/x.html"], daemon)
            #expect(both?.status == .usage)
            #expect(
                both?.description == "ada is an influencer and a campaign. Say which with --influencer or --campaign.")
            let none = try await failure(["nobody", "--out", "\(folder)/x.html"], daemon)
            #expect(none?.status == .refused)
            #expect(none?.description.hasPrefix("There is no influencer and no campaign nobody.") == true)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
        try await daemon.stop()
    }

    @Test func `a file that exists is replaced only on demand, and one that cannot be written costs no question`()
        async throws
    {
        let daemon = try await StubDaemon { CommandTests.answer($0) }
        try await withFolder { folder in
            let path = "\(folder)/ada.html"
            try "mine".write(toFile: path, atomically: true, encoding: .utf8)
            let refused = try await failure(["ada", "--influencer", "--out", path], daemon)
            #expect(refused?.status == .refused)
            #expect(try String(contentsOfFile: path, encoding: .utf8) == "mine")
            let lost = try await failure(["ada", "--influencer", "--out", "\(folder)/none/x.html"], daemon)
            #expect(lost?.status == .refused)
            #expect(daemon.requests.isEmpty)
            _ = try await run(["ada", "--influencer", "--out", path, "--force"], daemon)
            #expect(try String(contentsOfFile: path, encoding: .utf8).hasPrefix("<!DOCTYPE html>"))
        }
        try await daemon.stop()
    }

    @Test func `an answer that fails on the way leaves no file`() async throws {
        let daemon = try await StubDaemon { request in
            request.path.contains("/posts") ? .hangUp : CommandTests.answer(request)
        }
        try await withFolder { folder in
            let lost = try await failure(["ada", "--influencer", "--out", "\(folder)/ada.html"], daemon)
            #expect(lost?.status == .unavailable)
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
        try await daemon.stop()
    }

    @Test(arguments: [
        ["report", "ada"], ["report", "ada", "--out", ""],
        ["report", "ada", "--out", "x", "--influencer", "--campaign"],
        ["report", "c", "--out", "x", "--campaign", "--step", "7d"], ["trust", "ada", "--explain", "--plot"],
        ["trust", "ada", "--step", "7d"], ["trust", "ada", "--limit", "5"],
        ["trust", "ada", "--plot", "--step", "7d", "--changes"], ["advocacy", "ada", "--brand", "b"],
        ["compensation", "ada", "--sum", "due"], ["compensation", "ada", "--currency", "EUR"],
        ["compensation", "ada", "--year", "2026", "--sum", "due", "--currency", "EUR"],
        ["compensation", "ada", "--campaign", "c"], ["influencers", "--sort", "due"],
        ["influencers", "--currency", "EUR"], ["statement", "--from", "2026-01-01"],
    ])
    func `options that do not go together are a wrong command line`(arguments: [String]) {
        do {
            _ = try Campaignctl.parseAsRoot(arguments)
            Issue.record("\(arguments) was taken")
        } catch {
            #expect(Campaignctl.exitCode(for: error).rawValue == ExitStatus.usage.rawValue)
        }
    }
}
