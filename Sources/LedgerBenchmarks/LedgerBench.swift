import ArgumentParser
import FoundationEssentials
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
            Measures, by name, or all of them with the name all:
            \(MeasureName.allCases.map { "  \($0.rawValue): \($0.abstract)" }.joined(separator: "\n"))

            They run on ledgers of their own in a temporary folder, which is removed afterwards. Without other options \
            they run as the project's marks mean them: 10 million events, 100,000 influencers, 5 rounds.
            """)

    @Argument(help: ArgumentHelp("What to measure.", valueName: "name"))
    var names: [String]

    @Flag(name: .long, help: "A short form: it shows that everything runs. Its figures mean little, but for costs.")
    var quick = false

    @Option(name: .long, help: ArgumentHelp("Events of the simulated programme.", valueName: "count"))
    var events: Int?

    @Option(name: .long, help: ArgumentHelp("Influencers of the programme.", valueName: "count"))
    var influencers: Int?

    @Option(name: .long, help: ArgumentHelp("Events a request when appending.", valueName: "count"))
    var batch: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Connections that append in batches (default: the best of 1, 2, 4, 8).", valueName: "count"))
    var clients: Int?

    @Option(
        name: .long,
        help: ArgumentHelp("Connections of the measures connections and queries.", valueName: "count"))
    var connections: Int?

    @Option(name: .long, help: ArgumentHelp("Requests of one event each, in the measure single.", valueName: "count"))
    var singles: Int?

    @Option(name: .long, help: ArgumentHelp("How long a load at a fixed rate lasts.", valueName: "seconds"))
    var seconds: Double?

    @Option(name: .long, help: "Events' identifiers: UUID version 7, or version 4 without any order.")
    var ids = IdentifierOption.uuidV7

    @Option(name: .long, help: ArgumentHelp("What chance begins with.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(
        name: .long,
        help: ArgumentHelp("How often to measure; the median counts, with least and most.", valueName: "count"))
    var rounds: Int?

    @Flag(name: .long, help: "Also measure all peers, in turn with ours.")
    var peers = false

    @Option(name: .long, help: ArgumentHelp("Also measure this peer; may be given again.", valueName: "peer"))
    var peer: [PeerName] = []

    @Option(
        name: .long, help: ArgumentHelp("A Python environment with the package umadb.", valueName: "folder"),
        completion: .directory)
    var umadb = ".build-python/umadb"

    @Option(
        name: .long, help: ArgumentHelp("UmaDB's client.", valueName: "file"), completion: .file())
    var umadbClient = "scripts/peers/umadb_client.py"

    @Option(
        name: .long,
        help: ArgumentHelp(
            "What an event may cost, as JSON; with the measure costs, more than that is an error.", valueName: "file"),
        completion: .file())
    var thresholds: String?

    @Option(
        name: .long,
        help: ArgumentHelp("Where the data goes, ours and the peers': the disk to measure.", valueName: "folder"),
        completion: .directory)
    var directory = WorkFolder.parentDefault

    @Option(
        name: .long,
        help: ArgumentHelp("The daemon to measure (default: campaignd beside this program).", valueName: "file"),
        completion: .file())
    var daemon: String?

    @Option(name: .long, help: ArgumentHelp("Also write the figures to this file, as JSON.", valueName: "file"))
    var json: String?

    @Option(name: .long, help: ArgumentHelp("Also write the figures to this file, as Markdown.", valueName: "file"))
    var markdown: String?

    @Option(
        name: .long, help: ArgumentHelp("A condition to print with the figures; may be given again.", valueName: "text")
    )
    var note: [String] = []

    @Flag(name: .long, help: "Keep the folder with the ledgers and the daemon's log.")
    var keep = false

    func validate() throws {
        _ = try measures()
        let settings = settings()
        let bounds: [(String, Int, ClosedRange<Int>)] = [
            ("--events", settings.events, 1_000...1_000_000_000), ("--batch", settings.batch, 1...Settings.batchMax),
            ("--clients", settings.clients ?? 1, 1...Settings.clientsMax), ("--rounds", settings.rounds, 1...1_000),
            ("--connections", settings.connections, 1...Settings.clientsMax),
            ("--singles", settings.singles, 1...10_000_000),
            ("--influencers", settings.influencers, 1...SimulationSettings.influencersMax),
        ]
        for (name, value, allowed) in bounds where !allowed.contains(value) {
            throw ValidationError("\(name) is \(value): give \(allowed.lowerBound) to \(allowed.upperBound).")
        }
        guard (0.1...3_600).contains(settings.seconds) else {
            throw ValidationError("--seconds is \(settings.seconds): give 0.1 to 3600.")
        }
    }

    func run() throws {
        // A daemon that dies must show as an error with its log, not end this program.
        signal(SIGPIPE, SIG_IGN)
        let tools = UmaDB.Tools(environment: umadb, client: umadbClient)
        let folder = try WorkFolder(under: directory, keeps: keep)
        defer { folder.remove() }
        let run = Run(
            settings: settings(), folder: folder,
            executable: try daemon ?? DaemonProcess.besideThisProgram("campaignd"),
            peers: Peers(names: Set(peers ? PeerName.allCases : peer), umadb: tools),
            thresholds: try thresholds.map { try CostThresholds(path: $0) })
        let report = try run.measure(try measures(), notes: note)
        print(report.table, terminator: "")
        if let json { try write(report.json(), to: json) }
        if let markdown { try write(report.markdown, to: markdown) }
        let missed = report.missed(in: .costs)
        guard missed.isEmpty else {
            throw BenchmarkFault(
                "Costs above their thresholds: \(missed.map(\.quantity.name).joined(separator: ", ")).")
        }
    }

    private func measures() throws -> [MeasureName] {
        guard !names.isEmpty else { throw ValidationError("Name what to measure: \(MeasureName.list), or all.") }
        if names == ["all"] { return MeasureName.allCases }
        return try names.map { name in
            guard let measure = MeasureName(rawValue: name) else {
                throw ValidationError("There is no measure \(name): give \(MeasureName.list), or all.")
            }
            return measure
        }
    }

    private func settings() -> Settings {
        var settings = quick ? Settings.quick : Settings.full
        settings.events = events ?? settings.events
        settings.influencers = influencers ?? settings.influencers
        settings.batch = batch ?? settings.batch
        settings.clients = clients ?? settings.clients
        settings.connections = connections ?? settings.connections
        settings.singles = singles ?? settings.singles
        settings.seconds = seconds ?? settings.seconds
        settings.rounds = rounds ?? settings.rounds
        (settings.ids, settings.seed) = (ids.form, seed)
        return settings
    }

    private func write(_ text: String, to path: String) throws {
        do {
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        } catch {
            throw BenchmarkFault("Cannot write \(path): \(error).")
        }
    }
}
