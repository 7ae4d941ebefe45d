import ArgumentParser
import EventLog
import LedgerEngine
import LedgerOperations

struct VerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify",
        abstract: "Verify a data directory or a backup that no daemon serves.",
        discussion: """
            Reads every record, folds the log from nothing and compares what is kept with it. Each difference is named on \
            standard output; the exit status is 2 then. Nothing in the directory is written but its lock; what is \
            folded lies in DIR.verify meanwhile, or in --work. Where a daemon serves: campaignctl replay verify.
            """)

    @Argument(help: ArgumentHelp("The directory.", valueName: "dir"), completion: .directory)
    var directory: String

    @Option(name: .long, help: ArgumentHelp("Where to fold.", valueName: "dir"), completion: .directory)
    var work: String?

    @Option(name: .long, help: ArgumentHelp("Threads that fold at a time.", valueName: "count"))
    var cores = 1

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        guard (1...64).contains(cores) else { throw ValidationError("--cores is \(cores): give 1 to 64.") }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try command.run(on: Console.standard()) }
    }

    func run(on console: Console) throws {
        let (result, state) = try OperationRun(console: console, isQuiet: quiet).run { watch throws(OperationFault) in
            try OfflineVerification(directory: directory, work: work, cores: cores).run(watch: watch)
        }
        for finding in state.findings {
            try console.write(
                "\(finding.place.rawValue) \(finding.kind.rawValue): \(TerminalText.escape(finding.text))\n")
        }
        if state.findingCount > state.findings.count {
            try console.write("… and \(state.findingCount - state.findings.count) more\n")
        }
        try console.write(
            "\(result.isSound ? "sound" : "NOT SOUND"): \(Figures.count(result.records, "record")) up to position "
                + "\(result.position), recordsSha256 \(result.recordsSHA256)\n")
        for model in result.readModels {
            try console.write(
                "\(model.name): \(Figures.count(model.rows, "row")) at position \(model.position), "
                    + (model.sha256 == model.expectedSHA256 ? "as the log says" : "not as the log says") + "\n")
        }
        if !result.isSound { throw CommandFailure(.found, "\(directory) is not as it has to be.") }
    }
}
