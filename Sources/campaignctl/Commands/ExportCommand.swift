import ArgumentParser
import LedgerClient
import LedgerExports

/// The form of an export, as the command line names it.
enum ExportFormat: String, ExpressibleByArgument, CaseIterable {
    case journal, beancount, csv, sqlite, ndjson
}

/// What a CSV file holds.
enum ExportTable: String, ExpressibleByArgument, CaseIterable {
    case postings, influencers, compensation, exceptions, posts
}

struct ExportCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "export",
        abstract: "Write what the ledger holds as a file for other tools.",
        discussion: """
            journal: the postings for hledger and ledger. beancount: the postings for Beancount. csv: one table. \
            sqlite: events, influencers, posts, postings, balances and exceptions as one SQLite file. ndjson: the \
            events up to the position, which can be posted again; with --complete, to be read by import alone, all that \
            the ledger holds of them.

            All of an export is of one position and instant: --position and --at, else those of its beginning. With \
            --at or --influencer, ndjson holds only the events that had happened by then or are of that stream: to be \
            read, not to be posted again, since retractions name positions. A file is written under a temporary name, \
            synced and renamed; what is cut off leaves none. Only its owner may read it.
            """)

    @Option(name: .long, help: "The form.")
    var format: ExportFormat

    @Option(name: .long, help: "The table that a CSV file holds (default: postings).")
    var table: ExportTable?

    @Option(
        name: .long, help: ArgumentHelp("Where to write, or - for standard output.", valueName: "file"),
        completion: .file())
    var out = "-"

    @Flag(
        name: .long,
        help: "Of ndjson: say of each event who posted it too, to move the ledger with import. It cannot be posted.")
    var complete = false

    @Flag(name: .long, help: "Replace the file if it exists.")
    var force = false

    @Option(name: .long, help: ArgumentHelp("Only what is of this influencer.", valueName: "id"))
    var influencer: String?

    @Option(name: .long, help: ArgumentHelp("Only what is of this campaign.", valueName: "id"))
    var campaign: String?

    @Flag(name: .long, help: "Show no progress and no summary.")
    var quiet = false

    @OptionGroup var standing: StandingOptions
    @OptionGroup var connection: ConnectionOptions

    func validate() throws {
        if table != nil, format != .csv {
            throw ValidationError("--table is for --format csv only: the other forms have their own tables.")
        }
        if format == .sqlite, out == "-" {
            throw ValidationError("A SQLite file cannot go to standard output. Name a file with --out.")
        }
        if format == .ndjson, campaign != nil {
            throw ValidationError(
                "A campaign's events stand in the streams of its influencers, so --format ndjson cannot choose them. "
                    + "Use --format sqlite with --campaign, whose table events has them as JSON, or --format csv.")
        }
        if complete, format != .ndjson || influencer != nil || standing.at != nil {
            throw ValidationError("--complete is for --format ndjson of the whole log, without --influencer and --at.")
        }
        if connection.json, format != .ndjson {
            throw ValidationError("--json is for answers. An export of JSON is --format ndjson.")
        }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try await command.run(command.connection.session(on: Console.standard())) }
    }

    func run(_ session: Session) async throws {
        let remains = out == "-" ? "What went to standard output is incomplete." : "Nothing was written."
        try await CommandFailure.writing({ try await export(session) }, advice: "\(remains) Export again.")
    }

    private func export(_ session: Session) async throws {
        let file = out == "-" ? nil : try OutputFile(out, replaces: force)
        let destination = file.map { ExportDestination.file($0) } ?? .standardOutput(session.console)
        let source = ExportSource(
            session: session, standing: standing, influencerID: influencer, campaignID: campaign, isQuiet: quiet)
        var run = ExportRun(source: source)
        let summary =
            switch format {
            case .journal: try await run.write(JournalWriter(), to: destination)
            case .beancount: try await run.write(BeancountWriter(), to: destination)
            case .csv: try await write(&run, to: destination)
            case .ndjson: try await run.writeEvents(to: destination, isComplete: complete)
            case .sqlite: try await run.writeSQLite(to: try file ?? OutputFile(out, replaces: force))
            }
        if !quiet {
            session.console.note(summary.text + (file.map { ": \($0.path)" } ?? "") + "\n")
        }
    }

    private func write(_ run: inout ExportRun, to destination: ExportDestination) async throws -> ExportRun.Summary {
        switch table ?? .postings {
        case .postings: try await run.write(CSVWriter(PostingTable.self, campaignID: campaign), to: destination)
        case .influencers: try await run.write(CSVWriter(InfluencerTable.self, campaignID: campaign), to: destination)
        case .compensation:
            try await run.write(CSVWriter(CompensationTable.self, campaignID: campaign), to: destination)
        case .exceptions: try await run.write(CSVWriter(ExceptionTable.self, campaignID: campaign), to: destination)
        case .posts: try await run.write(CSVWriter(PostTable.self, campaignID: campaign), to: destination)
        }
    }
}
