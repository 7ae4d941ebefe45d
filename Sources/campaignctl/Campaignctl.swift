import ArgumentParser
import LedgerClient
import LedgerExports

/// The command line of the ledger.
struct Campaignctl: AsyncParsableCommand {
    /// The program's version.
    static let versionNumber = "0.1.0"

    static let configuration = CommandConfiguration(
        commandName: "campaignctl",
        abstract: "Post events to a campaign ledger, and read what it concludes.",
        discussion: """
            Talks to campaignd over its Unix socket: --socket, else $CAMPAIGN_LEDGER_SOCKET, else run/campaignd.sock. \
            Answers go to standard output, as text for people or with --json as the daemon gives them; everything else \
            goes to standard error. Colours are used on a terminal unless NO_COLOR is set.

            \(ExitStatus.help)

            Completions for your shell: campaignctl --generate-completion-script bash|zsh|fish
            """,
        version: "campaignctl \(versionNumber)",
        subcommands: [
            PostCommand.self, TailCommand.self, EventsCommand.self, EventCommand.self, InfluencersCommand.self,
            InfluencerCommand.self, TrustCommand.self, AdvocacyCommand.self, CompensationCommand.self,
            CampaignsCommand.self, CampaignCommand.self, ExceptionsCommand.self, StatementCommand.self,
            ReportCommand.self, PoliciesCommand.self, StatusCommand.self, TopCommand.self, DoctorCommand.self,
            ReplayCommand.self, VerifyCommand.self, ExportCommand.self, BackupCommand.self, RestoreCommand.self,
            ImportCommand.self, SimulateCommand.self,
        ])
}

/// A command that talks to the daemon.
protocol LedgerCommand: AsyncParsableCommand {
    var connection: ConnectionOptions { get }

    func run(_ session: Session) async throws
}

extension LedgerCommand {
    mutating func run() async throws {
        try await run(connection.session(on: Console.standard()))
    }
}

/// Runs the command and turns every way to fail into its text and exit status, in this one place.
@main
enum Main {
    static func main() async {
        do {
            var command = try Campaignctl.parseAsRoot()
            if var asynchronous = command as? any AsyncParsableCommand {
                try await asynchronous.run()
            } else {
                try command.run()
            }
        } catch let error {
            guard let failure = failure(for: error) else {
                Campaignctl.exit(withError: error)
            }
            let console = Console.standard()
            if !failure.description.isEmpty {
                console.note(ProblemText.error(failure.description, console.errorStyle))
            }
            Campaignctl.exit(withError: ExitCode(failure.status.rawValue))
        }
    }

    /// The failure that an error stands for; nil for what the argument parser reports itself.
    static func failure(for error: any Error) -> CommandFailure? {
        switch error {
        case let failure as CommandFailure: failure
        // Whoever pressed Ctrl-C need not be told.
        case LedgerClientError.cancelled, is CancellationError: CommandFailure(.interrupted, "")
        case let fault as ExportFault:
            CommandFailure(fault.isCutOff ? .unavailable : .refused, fault.description)
        case let error as LedgerClientError: CommandFailure(ExitStatus(error), ProblemText.sentences(for: error))
        default: nil
        }
    }
}
