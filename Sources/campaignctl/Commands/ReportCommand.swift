import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerReports

struct ReportCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "report", abstract: "Write an HTML page about an influencer or a campaign.",
        discussion: """
            One file that needs no network and no script: plots, tables, and how each number was derived, all as of \
            one position and instant. The file is written under a temporary name and renamed when it is whole; only \
            its owner may read it. With --json what was written is said as JSON. With --out - the page goes to standard \
            output.
            """)

    @Argument(help: "The influencer's or the campaign's identifier.")
    var id: String

    @OptionGroup var connection: ConnectionOptions
    @OptionGroup var standing: StandingOptions

    @Option(
        name: .long, help: ArgumentHelp("Where to write, or - for standard output.", valueName: "file"),
        completion: .file())
    var out: String

    @Flag(name: .long, help: "Replace the file if it exists.")
    var force = false

    @Flag(name: .long, help: "The identifier is an influencer's.")
    var influencer = false

    @Flag(name: .long, help: "The identifier is a campaign's.")
    var campaign = false

    @OptionGroup(title: "Span of the score's plot, for an influencer") var span: HistoryOptions

    func validate() throws {
        guard !influencer || !campaign else {
            throw ValidationError("--influencer and --campaign are two reports: ask for one.")
        }
        guard !campaign || span.isEmpty else {
            throw ValidationError("--from, --to, --step and --changes belong to an influencer's report.")
        }
        guard !out.isEmpty else {
            throw ValidationError("--out is empty: name a file, or - for standard output.")
        }
        guard out != "-" || !connection.json else {
            throw ValidationError("--out - writes the page where --json would say what was written: name a file.")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        try await CommandFailure.writing({ try await write(session) }, advice: "Nothing was written. Ask again.")
    }

    private func write(_ session: Session) async throws {
        // A file that cannot be written is found out before all the asking.
        let destination: ExportDestination =
            out == "-" ? .standardOutput(session.console) : .file(try OutputFile(out, replaces: force))
        let isCampaign = try await isCampaign(session)
        let gathering = ReportGathering(session: session, id: id, asked: standing)
        let bytes = Array(try await gathering.html(isCampaign: isCampaign, span: span).utf8)
        try destination.write(bytes)
        try destination.commit()
        try sayWhatWasWritten(bytes.count, kind: isCampaign ? "campaign" : "influencer", session)
    }

    private func sayWhatWasWritten(_ bytes: Int, kind: String, _ session: Session) throws {
        guard !session.json else {
            let answer: JSONValue = .object([
                "bytes": .integer(Int64(bytes)), "kind": .string(kind), "out": .string(out),
            ])
            return try session.console.write(json: WireCoding.encode(answer))
        }
        let what = "\(Figures.grouped(bytes)) bytes about \(kind) \(TerminalText.escape(id)).\n"
        // The page has standard output to itself.
        guard out != "-" else { return session.console.note("Wrote \(what)") }
        try session.console.write("Wrote \(TerminalText.escape(out)): \(what)")
    }

    /// Whether the report is about a campaign. Where nobody says, the ledger is asked which of the two it knows.
    private func isCampaign(_ session: Session) async throws -> Bool {
        guard !influencer, !campaign else { return campaign }
        let isInfluencer = try await isKnown("influencers", session)
        let isCampaign = try await isKnown("campaigns", session)
        guard isInfluencer || isCampaign else {
            throw CommandFailure(
                .refused,
                "There is no influencer and no campaign \(TerminalText.escape(id)). See campaignctl influencers and "
                    + "campaignctl campaigns.")
        }
        guard isInfluencer != isCampaign else {
            throw CommandFailure(
                .usage,
                "\(TerminalText.escape(id)) is an influencer and a campaign. Say which with --influencer or --campaign."
            )
        }
        guard !isCampaign || span.isEmpty else {
            throw CommandFailure(
                .usage,
                "\(TerminalText.escape(id)) is a campaign: --from, --to, --step and --changes belong to an "
                    + "influencer's report.")
        }
        return isCampaign
    }

    private func isKnown(_ kind: String, _ session: Session) async throws -> Bool {
        var path = RequestPath("v1", kind, id)
        standing.add(to: &path)
        do {
            _ = try await session.client.get(path.text)
            return true
        } catch {
            guard case .problem(let problem, _) = error, problem.status == 404 else { throw error }
            return false
        }
    }
}
