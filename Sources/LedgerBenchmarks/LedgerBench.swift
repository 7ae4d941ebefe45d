import ArgumentParser
import Glibc
import ProgrammeSimulator

/// The form of a simulated event's identifier, as the command line names it.
enum IdentifierOption: String, ExpressibleByArgument, CaseIterable {
    case uuidV7, random

    var form: IdentifierForm {
        switch self {
        case .uuidV7: .uuidV7
        case .random: .random
        }
    }
}

@main
struct LedgerBench: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger-bench",
        abstract: "Measure the release daemon over its socket, with durability as it is by default.",
        discussion: """
            Benchmarks, by name: \(BenchmarkName.allCases.map { "\($0.rawValue) (\($0.abstract))" }.joined(separator: "; ")). \
            They run on a ledger of their own in a temporary folder, which is removed afterwards.
            """)

    @Argument(help: ArgumentHelp("What to measure.", valueName: "name"))
    var names: [BenchmarkName]

    @Option(name: .long, help: ArgumentHelp("Events of the simulated programme.", valueName: "count"))
    var events = 2_000_000

    @Option(name: .long, help: ArgumentHelp("Influencers of the programme.", valueName: "count"))
    var influencers = 20_000

    @Option(name: .long, help: ArgumentHelp("Events a request when appending.", valueName: "count"))
    var batch = 1_000

    @Option(name: .long, help: ArgumentHelp("Connections that post at the same time.", valueName: "count"))
    var clients = 1

    @Option(name: .long, help: ArgumentHelp("Requests of the benchmark latency.", valueName: "count"))
    var singles = 20_000

    @Option(name: .long, help: "Events' identifiers: UUID version 7, or version 4 without any order.")
    var ids = IdentifierOption.uuidV7

    @Option(name: .long, help: ArgumentHelp("What chance begins with.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: ArgumentHelp("How often to measure; the median counts, with least and most.", valueName: "count"))
    var rounds = 1

    @Option(
        name: .long,
        help: ArgumentHelp("Where the ledger's data goes: the disk to measure.", valueName: "folder"),
        completion: .directory)
    var directory = WorkFolder.parentDefault

    @Option(
        name: .long,
        help: ArgumentHelp("The daemon to measure (default: campaignd beside this program).", valueName: "file"),
        completion: .file())
    var daemon: String?

    @Option(name: .long, help: ArgumentHelp("Also write the figures to this file, as JSON.", valueName: "file"))
    var json: String?

    @Option(
        name: .long, help: ArgumentHelp("A condition to print with the figures; may be given again.", valueName: "text")
    )
    var note: [String] = []

    @Flag(name: .long, help: "Keep the folder with the ledger and the daemon's log.")
    var keep = false

    func validate() throws {
        guard !names.isEmpty else {
            throw ValidationError("Name what to measure: \(BenchmarkName.list).")
        }
        let bounds: [(String, Int, ClosedRange<Int>)] = [
            ("--events", events, 1...1_000_000_000), ("--batch", batch, 1...Settings.batchMax),
            ("--clients", clients, 1...Settings.clientsMax), ("--rounds", rounds, 1...1_000),
            ("--singles", singles, 1...10_000_000),
            ("--influencers", influencers, 1...SimulationSettings.influencersMax),
        ]
        for (name, value, allowed) in bounds where !allowed.contains(value) {
            throw ValidationError("\(name) is \(value): give \(allowed.lowerBound) to \(allowed.upperBound).")
        }
    }

    func run() throws {
        // A daemon that dies must show as an error with its log, not end this program.
        signal(SIGPIPE, SIG_IGN)
        let settings = Settings(
            events: events, influencers: influencers, batch: batch, clients: clients, singles: singles, ids: ids.form,
            seed: seed, rounds: rounds)
        let folder = try WorkFolder(under: directory, keeps: keep)
        defer { folder.remove() }
        let run = Run(settings: settings, folder: folder, executable: try daemon ?? DaemonProcess.besideThisProgram())
        let report = try run.measure(names, notes: note)
        print(report.table, terminator: "")
        if let json {
            try report.writeJSON(to: json)
            run.say("JSON: \(json)")
        }
    }
}
