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
    static func answer(_ request: StubDaemon.Request) -> StubDaemon.Answer {
        let path = request.path.split(separator: "?").first.map { String($0) } ?? ""
        if request.path.contains("explain=true"), let explained = explanation(path) {
            return explained
        }
        return standing(path) ?? ofWhyAndWhen(path)
            ?? .problem(status: 404, text(ProblemDetails(.influencerNotFound, detail: "Nobody of that name.")))
    }

    /// What is so of influencers and campaigns.
    private static func standing(_ path: String) -> StubDaemon.Answer? {
        switch path {
        case "/v1/status": json(FixedAnswers.status)
        case "/v1/events": .chunks([FixedAnswers.event + "\n"], contentType: MediaType.ndjson, endsWell: true)
        case "/v1/events/1234": .json(FixedAnswers.event)
        case "/v1/influencers": json(answered(ItemList(items: FixedAnswers.influencerItems, next: nil)))
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
        case "/v1/campaigns/spring/efficiency":
            json(
                answered(CampaignEfficiencyAnswerBody(campaignId: "spring", efficiency: FixedAnswers.efficiency)))
        case "/v1/campaigns/spring/funnel": json(answered(FixedAnswers.funnel))
        default: nil
        }
    }

    /// Lists of events, postings, points and exceptions, and policies.
    private static func ofWhyAndWhen(_ path: String) -> StubDaemon.Answer? {
        switch path {
        case "/v1/influencers/ada/trust/events", "/v1/influencers/ada/advocacy/events":
            json(answered(ItemList(items: FixedAnswers.references, next: nil)))
        case "/v1/influencers/ada/trust/history":
            json(answered(ItemList(items: FixedAnswers.history, next: nil)))
        case "/v1/influencers/ada/compensation/postings":
            json(answered(ItemList(items: FixedAnswers.postings, next: nil)))
        case "/v1/influencers/ada/posts": json(answered(ItemList(items: FixedAnswers.posts, next: nil)))
        case "/v1/influencers/bo/posts": json(answered(ItemList(items: [PostBody](), next: nil)))
        case "/v1/exceptions": json(answered(ItemList(items: FixedAnswers.exceptions, next: nil)))
        case "/v1/statements": json(answered(FixedAnswers.statement))
        case "/v1/policies": json(answered(ItemList(items: [FixedAnswers.taxPolicy], next: nil)))
        case "/v1/policies/trust": json(answered(FixedAnswers.trustPolicy))
        default: nil
        }
    }

    private static func explanation(_ path: String) -> StubDaemon.Answer? {
        switch path {
        case "/v1/influencers/ada/trust": json(answered(FixedAnswers.explainedTrust))
        case "/v1/influencers/ada/advocacy": json(answered(FixedAnswers.explainedAdvocacy))
        case "/v1/influencers/ada/compensation": json(answered(FixedAnswers.explainedCompensation))
        default: nil
        }
    }

    static func answered<Body: Codable & Sendable>(_ body: Body) -> Answered<Body> {
        Answered(standing: FixedAnswers.standing, body: body)
    }

    static func json(_ value: some Encodable) -> StubDaemon.Answer {
        .json(text(value))
    }

    static func text(_ value: some Encodable) -> String {
        String(decoding: (try? WireCoding.encode(value)) ?? Data(), as: UTF8.self)
    }

    private static let toTheEnd = "to=2026-06-30T12%3A00%3A00Z"
    private static let moment = "at=2026-06-30T12%3A00%3A00Z&position=1234567"

    func run(_ arguments: [String], _ daemon: StubDaemon) async throws -> CapturedConsole {
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
            [
                "/v1/campaigns/spring", "/v1/campaigns/spring/compensation", "/v1/campaigns/spring/efficiency",
                "/v1/campaigns/spring/funnel", "/v1/campaigns/spring/influencers?limit=20",
            ]
        ),
        (
            ["trust", "ada", "--explain", "--position", "9"],
            ["/v1/influencers/ada/trust?position=9&explain=true"]
        ),
        (
            ["trust", "ada", "--reason", "part.replied", "--limit", "5", "--cursor", "x"],
            ["/v1/influencers/ada/trust/events?reason=part.replied&limit=5&cursor=x"]
        ),
        (
            ["trust", "ada", "--plot", "--from", "2026-01-01T00:00:00Z", "--step", "30d"],
            [
                "/v1/influencers/ada/trust",
                "/v1/influencers/ada/trust/history?from=2026-01-01T00%3A00%3A00Z&\(toTheEnd)&step=30d&\(moment)",
            ]
        ),
        (
            // A year of weeks that end at the end: 52 of them.
            ["trust", "ada", "--plot", "--min-position", "7"],
            [
                "/v1/influencers/ada/trust?minPosition=7",
                "/v1/influencers/ada/trust/history?from=2025-07-01T12%3A00%3A00Z&\(toTheEnd)&\(moment)",
            ]
        ),
        (
            // The stub's clock stands still.
            [
                "trust", "ada", "--plot", "--to", "2026-03-01T00:00:00Z", "--at", "2026-04-01T00:00:00Z", "--step",
                "400d",
            ],
            [
                "/v1/influencers/ada/trust?at=2026-03-01T00%3A00%3A00Z",
                "/v1/influencers/ada/trust/history?from=2025-05-26T12%3A00%3A00Z&\(toTheEnd)&step=400d&\(moment)",
            ]
        ),
        (
            ["trust", "ada", "--plot", "--changes"],
            ["/v1/influencers/ada/trust", "/v1/influencers/ada/trust/history?\(toTheEnd)&changes=true&\(moment)"]
        ),
        (["advocacy", "ada", "--explain"], ["/v1/influencers/ada/advocacy?explain=true"]),
        (
            ["advocacy", "ada", "--reason", "count.mentions", "--brand", "b"],
            ["/v1/influencers/ada/advocacy/events?reason=count.mentions&brand=b"]
        ),
        (["compensation", "ada", "--explain"], ["/v1/influencers/ada/compensation?explain=true"]),
        (
            ["compensation", "ada", "--sum", "due", "--currency", "EUR", "--campaign", "c"],
            ["/v1/influencers/ada/compensation/postings?sum=due&currency=EUR&campaign=c"]
        ),
        (
            ["compensation", "ada", "--year", "2026", "--currency", "USD"],
            ["/v1/influencers/ada/compensation/postings?year=2026&currency=USD"]
        ),
        (["compensation", "ada", "--postings"], ["/v1/influencers/ada/compensation/postings"]),
        (
            [
                "influencers", "--sort", "due", "--currency", "EUR", "--tier", "micro", "--stage", "advocate", "--flag",
                "atRisk", "--platform", "tiktok", "--topic", "books", "--campaign", "spring", "--score-min", "60",
                "--score-max", "90.5",
            ],
            [
                "/v1/influencers?sort=due&currency=EUR&tier=micro&stage=advocate&flag=atRisk&platform=tiktok"
                    + "&topic=books&campaign=spring&scoreMin=60&scoreMax=90.5"
            ]
        ),
        (
            [
                "exceptions", "--kind", "openBreach", "--kind", "overBudget", "--influencer", "ada", "--campaign", "c",
                "--since", "2026-01-01T00:00:00Z",
            ],
            [
                "/v1/exceptions?kind=openBreach%2CoverBudget&influencer=ada&campaign=c"
                    + "&since=2026-01-01T00%3A00%3A00Z"
            ]
        ),
        (
            [
                "statement", "--from", "2026-01-01", "--to", "2026-03-31", "--influencer", "ada", "--campaign",
                "spring",
            ],
            ["/v1/statements?from=2026-01-01&to=2026-03-31&influencer=ada&campaign=spring"]
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
        for status in ExitStatus.allCases {
            #expect(help.contains("\n  \(status.rawValue) "))
        }
    }
}
