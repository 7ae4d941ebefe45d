import ArgumentParser
import FoundationEssentials
import LedgerAPI
import LedgerClient
import LedgerOperations

struct DoctorCommand: LedgerCommand {
    static let configuration = CommandConfiguration(
        commandName: "doctor",
        abstract: "Check the installation, and say what to do about what is not as it has to be.",
        discussion: """
            Looks at permissions, disk, limits, lock, clock, format, lag, replays and the last backup: through the \
            daemon, and in the data directory itself as far as the user may. Works without a daemon too. Nothing is \
            changed. Ends with 0 if nothing is wrong (warnings are not), else with 2.
            """)

    @OptionGroup var connection: ConnectionOptions

    @Option(
        name: .long,
        help: ArgumentHelp(
            "The data directory (default: what the daemon says, else data if that holds a ledger).",
            valueName: "directory"), completion: .directory)
    var data: String?

    @Option(
        name: .customLong("backup-age"),
        help: ArgumentHelp("Hours after which the last backup is too old, 1 to 87600.", valueName: "hours"))
    var backupAge = 26

    func validate() throws {
        guard (1...87_600).contains(backupAge) else {
            throw ValidationError("--backup-age is \(backupAge): give 1 to 87600 hours.")
        }
    }

    mutating func run() async throws {
        try await run(connection.impatientSession(on: Console.standard()))
    }

    func run(_ session: Session) async throws {
        let answers = await DaemonAnswers.ask(session.client, backupAgeSecondsMax: Int64(backupAge) * 3_600)
        try Task.checkCancellation()
        var installation = Installation.look(
            dataPath: data ?? answers.daemon.value?.dataPath ?? Self.customaryDirectory(),
            socketPath: session.client.socketPath, daemon: answers.daemon,
            backupAgeSecondsMax: Int64(backupAge) * 3_600)
        answers.complete(&installation)
        let findings = Doctor.findings(installation)
        if session.json {
            try session.console.write(json: WireCoding.encode(DoctorBody(findings)))
        } else {
            try session.console.write(DoctorText.render(findings, session.console.outputStyle))
        }
        guard findings.allSatisfy({ $0.verdict != .wrong }) else { throw CommandFailure(.found, "") }
    }

    /// Where a daemon without a configuration has it, seen from here.
    private static func customaryDirectory() -> String? {
        FileManager.default.fileExists(atPath: "data/LEDGER") ? "data" : nil
    }
}
