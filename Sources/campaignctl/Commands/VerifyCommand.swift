import ArgumentParser
import EventLog
import LedgerEngine
import LedgerOperations

#if canImport(Glibc)
    import Glibc
#elseif canImport(Musl)
    import Musl
#elseif canImport(Darwin)
    import Darwin
#endif

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

    /// Reads for the process that shows: see `VerificationProcess`.
    @Flag(name: .customLong("as-reader"), help: .hidden)
    var isReader = false

    func validate() throws {
        guard (1...64).contains(cores) else { throw ValidationError("--cores is \(cores): give 1 to 64.") }
    }

    func run() async throws {
        let command = self
        try await Interruption.watch {
            if command.isReader {
                // Whoever shows is told, and says what it ends with.
                _ = signal(SIGPIPE, SIG_IGN)
                command.verification.serve(descriptor: STDOUT_FILENO, isCancelled: { Task.isCancelled })
            } else {
                try command.run(on: Console.standard())
            }
        }
    }

    private var verification: OfflineVerification {
        OfflineVerification(directory: directory, work: work, cores: cores)
    }

    func run(on console: Console) throws {
        let arguments =
            ["verify", "--as-reader", "--cores", "\(cores)"] + (work.map { ["--work", $0] } ?? []) + ["--", directory]
        let process = VerificationProcess(verification, program: "/proc/self/exe", arguments: arguments)
        var shown = 0
        let end = try OperationRun(console: console, isQuiet: quiet).run { watch in
            try process.run(watch: watch) { message in
                switch message {
                case .found(let finding):
                    shown += 1
                    try console.write("\(finding.line)\n")
                case .remark(let text): try console.write("\(TerminalText.escape(text))\n")
                default: break
                }
            }
        }
        switch end {
        case .ended(let result, let findings):
            if findings > shown { try console.write("… and \(findings - shown) more\n") }
            try show(result, on: console)
            if !result.isSound { throw notAsItHasToBe }
        case .died(let finding):
            try console.write("\(VerificationMessage.Finding(finding).line)\nNOT SOUND: it was not read to its end\n")
            throw notAsItHasToBe
        }
    }

    private func show(_ result: VerificationResult, on console: Console) throws {
        try console.write(
            "\(result.isSound ? "sound" : "NOT SOUND"): \(Figures.count(result.records, "record")) up to position "
                + "\(result.position), recordsSha256 \(result.recordsSHA256)\n")
        for model in result.readModels {
            try console.write(
                "\(model.name): \(Figures.count(model.rows, "row")) at position \(model.position), "
                    + (model.sha256 == model.expectedSHA256 ? "as the log says" : "not as the log says") + "\n")
        }
    }

    private var notAsItHasToBe: CommandFailure {
        CommandFailure(.found, "\(directory) is not as it has to be.")
    }
}

extension VerificationMessage.Finding {
    /// For people.
    fileprivate var line: String { "\(place) \(kind): \(TerminalText.escape(text))" }
}
