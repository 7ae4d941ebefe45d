import ArgumentParser
import Foundation
import LedgerAPI
import LedgerClient
import StubDaemon
import Synchronization
import Testing

@testable import campaignctl

@Suite struct CommandTests {
    /// The answer to every path that the commands ask for.
    private static func answer(_ request: StubDaemon.Request) -> StubDaemon.Answer {
        let path = request.path.split(separator: "?").first.map { String($0) } ?? ""
        let list = { (items: [InfluencerBody]) in json(answered(ItemList(items: items, next: nil))) }
        return switch path {
        case "/v1/status": json(FixedAnswers.status)
        case "/v1/events": .chunks([FixedAnswers.event + "\n"], contentType: MediaType.ndjson, endsWell: true)
        case "/v1/events/1234": .json(FixedAnswers.event)
        case "/v1/influencers": list([FixedAnswers.influencer])
        case "/v1/influencers/ada": json(answered(FixedAnswers.influencer))
        case "/v1/influencers/ada/trust":
            json(answered(InfluencerTrustBody(influencerId: "ada", trust: FixedAnswers.trust)))
        case "/v1/influencers/ada/advocacy":
            json(answered(InfluencerAdvocacyBody(influencerId: "ada", advocacy: FixedAnswers.advocacy)))
        case "/v1/influencers/ada/compensation":
            json(
                answered(
                    InfluencerCompensationBody(
                        influencerId: "ada", compensation: FixedAnswers.compensation,
                        byCampaign: FixedAnswers.byCampaign, reportable: FixedAnswers.reportable)))
        case "/v1/campaigns": json(answered(ItemList(items: [FixedAnswers.campaign], next: nil)))
        case "/v1/campaigns/spring": json(answered(FixedAnswers.campaign))
        case "/v1/campaigns/spring/compensation": json(answered(FixedAnswers.campaignCompensation))
        case "/v1/campaigns/spring/influencers": json(answered(FixedAnswers.campaignInfluencers))
        case "/v1/policies": json(answered(ItemList(items: [FixedAnswers.taxPolicy], next: nil)))
        case "/v1/policies/trust": json(answered(FixedAnswers.trustPolicy))
        default:
            .problem(status: 404, text(ProblemDetails(.influencerNotFound, detail: "Nobody of that name.")))
        }
    }

    private static func answered<Body: Codable & Sendable>(_ body: Body) -> Answered<Body> {
        Answered(standing: FixedAnswers.standing, body: body)
    }

    private static func json(_ value: some Encodable) -> StubDaemon.Answer {
        .json(text(value))
    }

    private static func text(_ value: some Encodable) -> String {
        String(decoding: (try? WireCoding.encode(value)) ?? Data(), as: UTF8.self)
    }

    private func run(_ arguments: [String], _ daemon: StubDaemon) async throws -> CapturedConsole {
        let captured = CapturedConsole()
        let parsed = try Campaignctl.parseAsRoot(arguments + ["--socket", daemon.socketPath])
        let command = try #require(parsed as? any LedgerCommand)
        let session = Session(
            client: LedgerClient(socketPath: command.connection.socketPath()), console: captured.console(),
            json: command.connection.json)
        try await command.run(session)
        return captured
    }

    @Test(arguments: [
        (["status"], ["/v1/status"]),
        (["event", "1234"], ["/v1/events/1234"]),
        (
            [
                "events", "--after", "5", "--limit", "2", "--type", "fee.accrued", "--type", "fee.cancelled",
                "--subject",
                "influencer/ada", "--since", "2026-01-01T00:00:00Z", "--until", "2026-02-01T00:00:00Z",
            ],
            [
                "/v1/events?after=5&limit=2&type=fee.accrued%2Cfee.cancelled&subject=influencer%2Fada"
                    + "&since=2026-01-01T00%3A00%3A00Z&until=2026-02-01T00%3A00%3A00Z"
            ]
        ),
        (["tail", "-n", "20"], ["/v1/status", "/v1/events?after=1234550"]),
        (["influencers", "--limit", "7", "--cursor", "x"], ["/v1/influencers?limit=7&cursor=x"]),
        (
            ["influencer", "ada", "--position", "9"],
            ["/v1/influencers/ada?position=9", "/v1/policies/trust?at=2026-06-30T12%3A00%3A00Z&position=9"]
        ),
        (
            ["trust", "ada", "--at", "2026-01-01T00:00:00Z"],
            [
                "/v1/influencers/ada/trust?at=2026-01-01T00%3A00%3A00Z",
                "/v1/policies/trust?at=2026-06-30T12%3A00%3A00Z",
            ]
        ),
        (["advocacy", "ada", "--min-position", "7"], ["/v1/influencers/ada/advocacy?minPosition=7"]),
        (["compensation", "ada"], ["/v1/influencers/ada/compensation"]),
        (["campaigns"], ["/v1/campaigns"]),
        (
            ["campaign", "spring"],
            ["/v1/campaigns/spring", "/v1/campaigns/spring/compensation", "/v1/campaigns/spring/influencers?limit=20"]
        ),
        (["policies"], ["/v1/policies"]),
        (["policies", "trust"], ["/v1/policies/trust"]),
    ])
    func `a command asks for what it shows, and shows it`(arguments: [String], paths: [String]) async throws {
        let daemon = try await StubDaemon { Self.answer($0) }
        let captured = try await run(arguments, daemon)
        #expect(daemon.requests.map(\.path) == paths)
        #expect(captured.output.hasSuffix("\n"))
        #expect(captured.error == "")
        let json = try await run(arguments + ["--json"], daemon)
        #expect(throws: Never.self) { try WireCoding.decode(JSONValue.self, from: Data(json.output.utf8)) }
        try await daemon.stop()
    }

    @Test func `JSON is the daemon's answer as it is`() async throws {
        let body = "{\"items\": [],  \"odd\":\"spacing\\u0041\"}"
        let daemon = try await StubDaemon { _ in .json(body) }
        #expect(try await run(["influencers", "--json"], daemon).output == body + "\n")
        #expect(try await run(["event", "1", "--json"], daemon).output == body + "\n")
        try await daemon.stop()
    }

    @Test func `following goes on after the last event when the connection is lost`() async throws {
        let asked = Mutex(0)
        let daemon = try await StubDaemon { request in
            let count = asked.withLock { count in
                count += 1
                return count
            }
            let text = "id: \(count)\ndata: \(FixedAnswers.event)\n\n: keep-alive\n"
            return count <= 3
                ? .chunks([text], contentType: MediaType.eventStream, endsWell: count == 2)
                : .problem(status: 422, Self.text(ProblemDetails(.invalidParameter, detail: "Enough.")))
        }
        let captured = CapturedConsole()
        let listing = EventListing(
            session: Session(
                client: LedgerClient(socketPath: daemon.socketPath), console: captured.console(), json: false),
            reconnectDelay: .zero)
        let error = await #expect(throws: LedgerClientError.self) {
            try await listing.follow(RequestPath("v1", "events"))
        }
        #expect(error.map { ExitStatus($0) } == .refused)
        #expect(daemon.requests.map { $0.fields["Last-Event-ID"] } == [nil, "1", "2", "3"])
        #expect(captured.output.split(separator: "\n").count == 3)
        try await daemon.stop()
    }

    @Test func `JSON on a terminal is made safe without changing its value`() async throws {
        let captured = CapturedConsole()
        try captured.console(isTerminal: true).write(json: Data("{\"a\":\"\u{9B}31m\"}".utf8))
        #expect(captured.output == "{\"a\":\"\\u009b31m\"}\n")
    }

    @Test func `the socket is the option, else the variable, else the default`() throws {
        let parsed = try #require(try Campaignctl.parseAsRoot(["status", "--socket", "/a"]) as? StatusCommand)
        #expect(parsed.connection.socketPath { _ in "/b" } == "/a")
        let bare = try #require(try Campaignctl.parseAsRoot(["status"]) as? StatusCommand)
        #expect(bare.connection.socketPath { $0 == "CAMPAIGN_LEDGER_SOCKET" ? "/b" : nil } == "/b")
        #expect(bare.connection.socketPath { _ in "" } == "run/campaignd.sock")
        #expect(bare.connection.socketPath { _ in nil } == "run/campaignd.sock")
    }

    @Test func `the help names every command and exit code`() {
        let help = Campaignctl.helpMessage(columns: 100)
        Golden.expect(help, "help")
        for status in ExitStatus.allCases where status != .pipeClosed {
            #expect(help.contains("\n  \(status.rawValue) "))
        }
    }
}
