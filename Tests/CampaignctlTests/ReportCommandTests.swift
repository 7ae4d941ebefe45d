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
            // The plot's last point is the answer that the tables derive.
            #expect(page.contains("<desc>15 points; at the end 49.0000"))
            #expect(page.contains(">2026-06-30T12:00:00Z</th><td class=\"n strong\">49.0000</td>"))
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
                "/v1/influencers/ada/trust/history?from=2025-07-05T12%3A00%3A00Z&to=2026-06-30T12%3A00%3A00Z&step=30d"
                    + "&\(moment)&limit=1000",
                "/v1/influencers/ada/posts?limit=1000&\(moment)", "/v1/exceptions?influencer=ada&limit=1000&\(moment)",
            ])
        try await daemon.stop()
    }

    @Test func `a plot that ends earlier ends with the answer for that instant`() async throws {
        let daemon = try await StubDaemon { CommandTests.answer($0) }
        _ = try await run(["ada", "--influencer", "--out", "-", "--to", "2026-03-01T00:00:00Z"], daemon)
        let asked = daemon.requests.map(\.path)
        #expect(asked.contains("/v1/influencers/ada/trust?at=2026-03-01T00%3A00%3A00Z&position=1234567"))
        try await daemon.stop()
    }

    @Test func `a hyphen as file is standard output, which the page has to itself`() async throws {
        let daemon = try await StubDaemon { CommandTests.answer($0) }
        let folder = try StubDaemon.makeDirectory()
        let captured = try await run(["ada", "--influencer", "--out", "-"], daemon)
        _ = try await run(["ada", "--influencer", "--out", "\(folder)/ada.html"], daemon)
        let page = try String(contentsOfFile: "\(folder)/ada.html", encoding: .utf8)
        #expect(captured.output == page)
        #expect(
            captured.error == "Wrote \(Figures.grouped(captured.output.utf8.count)) bytes about influencer ada.\n")
        #expect(!FileManager.default.fileExists(atPath: "-"))
        try FileManager.default.removeItem(atPath: folder)
        try await daemon.stop()
    }

    @Test func `a campaign's page has its posts`() async throws {
        let daemon = try await StubDaemon { Self.campaignAnswer($0) }
        try await withFolder { folder in
            let captured = try await run(["spring", "--campaign", "--out", "\(folder)/c.html", "--json"], daemon)
            let page = try String(contentsOfFile: "\(folder)/c.html", encoding: .utf8)
            #expect(page.contains("<h1>Campaign <bdi>spring</bdi></h1>"))
            #expect(page.contains(">post-41</th><td>bo</td><td class=\"t\">"))
            #expect(page.contains("<td>7</td></tr>"))
            #expect(
                captured.output == "{\"bytes\":\(page.utf8.count),\"kind\":\"campaign\",\"out\":\"\(folder)/c.html\"}\n"
            )
        }
        let moment = "at=2026-06-30T12%3A00%3A00Z&position=1234567"
        #expect(
            daemon.requests.map(\.path).filter { $0.contains("posts") } == [
                "/v1/export/posts?\(moment)&campaign=spring"
            ])
        try await daemon.stop()
    }

    /// The fixed answers about a campaign, its posts as the export has them, and no second page of its influencers.
    private static func campaignAnswer(_ request: StubDaemon.Request) -> StubDaemon.Answer {
        if request.path.hasPrefix("/v1/campaigns/spring/influencers") {
            let items = FixedAnswers.campaignInfluencers.items
            return CommandTests.json(CommandTests.answered(ItemList(items: items, next: nil)))
        }
        guard request.path.hasPrefix("/v1/export/posts") else { return CommandTests.answer(request) }
        let rows = FixedAnswers.posts.map { post in
            text(ExportedPostBody(post: post, influencerId: "bo", position: 7, source: "urn:listening", id: "p"))
        }
        let beginning = ExportBeginning(
            export: "posts", ledgerId: "0190-aa", version: "0.1.0", standing: FixedAnswers.standing, influencers: 1)
        let lines = [text(beginning)] + rows + [text(ExportEnd(count: rows.count))]
        return .chunks([lines.map { $0 + "\n" }.joined()], contentType: MediaType.ndjson, endsWell: true)
    }

    private static func text(_ value: some Encodable) -> String {
        String(decoding: (try? WireCoding.encode(value)) ?? Data(), as: UTF8.self)
    }

    /// A daemon whose influencer has so many postings in each month from January 2024 on.
    private func manyPostings(aMonth count: Int) async throws -> StubDaemon {
        try await StubDaemon { request in
            guard request.path.hasPrefix("/v1/statements?from=") else { return CommandTests.answer(request) }
            let day = String(request.path.dropFirst("/v1/statements?from=".count).prefix(10))
            let numbers = day.split(separator: "-").compactMap { Int($0) }
            let months = min(30, (2026 - numbers[0]) * 12 + 6 - numbers[1] + 1)
            var statement = FixedAnswers.statement
            statement.from = day
            statement.postingCount = months * count
            statement.items[0].day = max(day, "2024-01-15")
            return CommandTests.json(CommandTests.answered(statement))
        }
    }

    @Test func `of more postings than a page takes the newest months are found and drawn`() async throws {
        let daemon = try await manyPostings(aMonth: 3_000)
        try await withFolder { folder in
            _ = try await run(["ada", "--influencer", "--out", "\(folder)/a.html"], daemon)
            let page = try String(contentsOfFile: "\(folder)/a.html", encoding: .utf8)
            #expect(page.contains("Of 90,000 postings the newest 2 are drawn and listed, those from 2026-01-01 on"))
        }
        let asked = daemon.requests.map(\.path).filter { $0.hasPrefix("/v1/statements") }
        // Six months have 18,000 postings, seven have 21,000.
        #expect(asked.count <= 8)
        #expect(
            asked.last?.hasPrefix("/v1/statements?from=2026-01-01&to=2026-06-30&influencer=ada&limit=1000&") == true)
        #expect(asked.dropFirst().dropLast().allSatisfy { $0.contains("&limit=1&at=") })
        try await daemon.stop()
    }

    @Test func `where the newest month alone has too many postings none is drawn, and sums stay`() async throws {
        let daemon = try await manyPostings(aMonth: 20_001)
        try await withFolder { folder in
            _ = try await run(["ada", "--influencer", "--out", "\(folder)/a.html"], daemon)
            let page = try String(contentsOfFile: "\(folder)/a.html", encoding: .utf8)
            #expect(page.contains("There are 600,030 postings, and in the newest month more than the 20,000"))
            #expect(!page.contains("Money over time") && page.contains("Balances of the accounts"))
        }
        try await daemon.stop()
    }

    @Test func `of posts in any order the newest are kept, and not many more are held`() {
        var posts = NewestPosts(max: 3)
        for number in [5, 1, 9, 3, 7, 2, 8, 4, 6, 0] {
            var post = FixedAnswers.posts[0]
            post.published = "2026-06-0\(number)T00:00:00Z"
            posts.add(ExportedPostBody(post: post, influencerId: "bo", position: 7, source: "urn:x", id: "p"))
        }
        #expect(posts.count == 10)
        #expect(posts.newest.map { $0.post.published.prefix(10) } == ["2026-06-09", "2026-06-08", "2026-06-07"])
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
            #expect(
                lost?.description
                    == "The daemon's answer was cut off: the daemon closed the connection. Nothing was written. Ask again."
            )
            #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
        }
        try await daemon.stop()
    }

    @Test(arguments: [
        ["report", "ada"], ["report", "ada", "--out", ""],
        ["report", "ada", "--out", "x", "--influencer", "--campaign"],
        ["report", "ada", "--out", "-", "--json"], ["report", "c", "--out", "x", "--campaign", "--step", "7d"],
        ["trust", "ada", "--explain", "--plot"],
        ["trust", "ada", "--step", "7d"], ["trust", "ada", "--limit", "5"],
        ["trust", "ada", "--plot", "--step", "7d", "--changes"], ["advocacy", "ada", "--brand", "b"],
        ["compensation", "ada", "--sum", "due"], ["compensation", "ada", "--currency", "EUR"],
        ["compensation", "ada", "--year", "2026", "--sum", "due", "--currency", "EUR"],
        ["compensation", "ada", "--campaign", "c"], ["influencers", "--sort", "due"],
        ["influencers", "--currency", "EUR"], ["statement", "--from", "2026-01-01"],
        // Values that no ledger takes.
        ["trust", "ada", "--at", "yesterday"], ["trust", "ada", "--at", ""], ["campaigns", "--at", "2026-06-30"],
        ["export", "--format", "csv", "--at", "2026-02-30T12:00:00Z"],
        ["influencer", "ada", "--at", "2026-06-30T24:00:00Z"], ["influencer", "ada", "--at", "2026-06-30T12:00:00"],
        ["influencer", "ada", "--at", "2026-06-30T12:00:00+24:00"], ["events", "--since", "1"],
        ["events", "--until", "now"], ["exceptions", "--since", "2026-06-30 12:00:00Z"],
        ["influencers", "--sort", "name"], ["influencers", "--tier", "huge"], ["influencers", "--stage", "fan"],
        ["influencers", "--flag", "risky"], ["influencers", "--score-min", "101"],
        ["influencers", "--score-max", "60.12345"], ["influencers", "--score-max", "-1"],
        ["trust", "ada", "--plot", "--step", "0"], ["trust", "ada", "--plot", "--step", "1w"],
        ["trust", "ada", "--plot", "--step", "99999999999999999999d"], ["trust", "ada", "--plot", "--from", "2026"],
        ["report", "ada", "--out", "x", "--to", "soon"], ["statement", "--from", "2026-01-01", "--to", "2026-13-01"],
        ["statement", "--from", "2026-02-02", "--to", "2026-02-01"],
    ])
    func `options that do not go together are a wrong command line`(arguments: [String]) {
        do {
            _ = try Campaignctl.parseAsRoot(arguments)
            Issue.record("\(arguments) was taken")
        } catch {
            #expect(Campaignctl.exitCode(for: error).rawValue == ExitStatus.usage.rawValue)
        }
    }

    @Test(arguments: [
        ["trust", "ada", "--at", "2026-06-30t12:00:00.1234567+02:00"],
        ["trust", "ada", "--at", "2024-02-29T00:00:00z"],
        ["trust", "ada", "--plot", "--step", "3600"],
        ["trust", "ada", "--plot", "--step", "30d", "--to"]
            + ["1970-01-01T00:00:00-00:30"], ["influencers", "--score-min", "0", "--score-max", "100.0000"],
        ["influencers", "--score-min", "099.5"], ["statement", "--from", "2026-01-01", "--to", "2026-01-01"],
    ])
    func `what the daemon takes is taken`(arguments: [String]) {
        #expect(throws: Never.self) { try Campaignctl.parseAsRoot(arguments) }
    }
}
