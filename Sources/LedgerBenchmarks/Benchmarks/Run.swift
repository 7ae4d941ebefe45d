import Glibc
import LedgerAPI

/// One run: the programme, and the ledger that the benchmarks of a round share, so that none posts it again.
final class Run {
    let settings: Settings
    let folder: WorkFolder
    let executable: String
    /// The programme, made when first needed: before any clock starts.
    private(set) lazy var programme = Result { try makeProgramme() }
    private var results: [BenchmarkName: FigureList] = [:]
    private var version = ""
    private var durability = ""

    init(settings: Settings, folder: WorkFolder, executable: String) {
        self.settings = settings
        self.folder = folder
        self.executable = executable
    }

    /// Measures each in the order given, round by round.
    func measure(_ names: [BenchmarkName], notes: [String]) throws -> Report {
        var seen: Set<BenchmarkName> = []
        let names = names.filter { seen.insert($0).inserted }
        for round in 1...settings.rounds {
            let filled = folder.data("ledger")
            try WorkFolder.remove(filled)
            for name in names {
                let watch = Stopwatch()
                say("Round \(round) of \(settings.rounds): \(name.rawValue)…")
                try measure(name, filled: filled)
                say("  done in \(Report.number(watch.seconds)) s")
            }
        }
        let programme = try programme.get()
        return Report(
            date: Report.now(), machine: .current(folder: folder.path), settings: settings,
            eventBytes: Double(programme.bytesCount) / Double(max(programme.events, 1)), version: version,
            durability: durability, notes: notes, results: names.map { ($0, results[$0] ?? FigureList()) })
    }

    /// Notes a value of this round.
    func add(_ name: BenchmarkName, _ measure: Measure, _ value: Double) {
        results[name, default: FigureList()].add(measure, value)
    }

    /// Starts the daemon on a data directory and waits until it answers.
    func startDaemon(_ data: String) throws -> DaemonProcess {
        let daemon = try DaemonProcess(executable, data: data, folder: folder)
        try daemon.untilReady()
        note(try daemon.status())
        return daemon
    }

    /// Notes what the daemon says of itself.
    func note(_ status: StatusBody) {
        (version, durability) = (status.version, status.durability)
    }

    /// A line for the person who waits.
    func say(_ text: String) {
        var line = text + "\n"
        // Nothing depends on whether anybody reads it.
        _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private func measure(_ name: BenchmarkName, filled: String) throws {
        if name != .append, name != .latency, access(filled, F_OK) != 0 {
            say("  posting the programme first")
            try fill(filled)
        }
        switch name {
        case .append: try measureAppend(filled)
        case .rebuild: try measureRebuild(filled)
        case .restart: try measureRestart(filled)
        case .latency: try measureLatency()
        }
    }

    private func fill(_ data: String) throws {
        let daemon = try startDaemon(data)
        let programme = try programme.get()
        _ = try Load(
            programme: programme, requests: programme.requests(of: settings.batch), socket: folder.socket,
            clients: settings.clients
        ).run()
        try daemon.stop()
    }

    private func makeProgramme() throws -> ProgrammeFile {
        say("Writing the programme: \(Report.number(Double(settings.events))) events…")
        return try ProgrammeFile(
            settings.simulation(events: settings.events, seed: settings.seed), path: folder.programme)
    }
}
