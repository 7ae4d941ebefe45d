import Glibc
import LedgerAPI
import ProgrammeSimulator

/// One run: what the measures of a round share, so that none posts a programme again, and what they found.
final class Run {
    let settings: Settings
    let folder: WorkFolder
    let executable: String
    let peers: Peers
    /// What the measure `costs` holds an event to; nil to hold it to nothing.
    let thresholds: CostThresholds?

    /// The ledger that this round has filled.
    var filled: Filled?
    /// What is left of the later programme for this round.
    var laterStart = 0
    /// How the best rates are reached, found once.
    var choices = Choices()

    private var programmes: [Programme: ProgrammeFile] = [:]
    private var sections: [MeasureName: Section] = [:]
    private var current = MeasureName.append
    private var version = ""
    private var durability = ""

    /// The programmes, made when first needed: before any clock starts.
    enum Programme: String {
        case base, random, later
    }

    init(settings: Settings, folder: WorkFolder, executable: String, peers: Peers, thresholds: CostThresholds?) {
        self.thresholds = thresholds
        self.settings = settings
        self.folder = folder
        self.executable = executable
        self.peers = peers
    }

    /// Measures each, round by round, ours and the peers in turn.
    func measure(_ names: [MeasureName], notes: [String]) throws -> Report {
        let versions = try peers.versions()
        let names = MeasureName.allCases.filter { names.contains($0) }
        for name in names { sections[name] = Section(name) }
        for round in 1...settings.rounds {
            for name in names where name != .costs || round == 1 {
                let watch = Stopwatch()
                current = name
                say("Round \(round) of \(settings.rounds): \(name.rawValue)…")
                try measure(name)
                say("  done in \(Text.number(watch.seconds)) s")
            }
            try emptyFilled()
        }
        return Report(
            date: Text.now(), machine: .current(folder: folder.path), settings: settings,
            eventBytes: programmes[.base]?.eventBytes, version: version, durability: durability,
            notes: notes + versions, sections: names.compactMap { sections[$0] })
    }

    /// Notes a value of this round, of the measure that runs.
    func add(_ quantity: Quantity, _ value: Double) {
        sections[current]?.add(quantity, value)
    }

    /// Notes a condition of the measure that runs.
    func add(condition: String) {
        sections[current]?.add(condition: condition)
    }

    /// Starts the daemon on a data directory and waits until it answers.
    func startDaemon(_ data: String, options: DaemonProcess.Options = .init()) throws -> DaemonProcess {
        let daemon = try DaemonProcess(executable, data: data, folder: folder, options: options)
        try daemon.untilReady()
        note(try daemon.status())
        return daemon
    }

    /// Notes what the daemon says of itself.
    func note(_ status: StatusBody) {
        (version, durability) = (status.version, status.durability)
    }

    func programme(_ which: Programme) throws -> ProgrammeFile {
        if let made = programmes[which] { return made }
        let simulation =
            switch which {
            case .base: settings.base(ids: settings.ids)
            case .random: settings.base(ids: .random)
            case .later: settings.later()
            }
        say("  writing the programme \(which.rawValue): \(Text.number(Double(simulation.events))) events")
        let file = try ProgrammeFile(simulation, path: folder.path + "/\(which.rawValue).ndjson")
        programmes[which] = file
        return file
    }

    /// A line for the person who waits.
    func say(_ text: String) {
        var line = text + "\n"
        // Nothing depends on whether anybody reads it.
        _ = line.withUTF8 { write(STDERR_FILENO, $0.baseAddress, $0.count) }
    }

    private func measure(_ name: MeasureName) throws {
        switch name {
        case .append: try measureAppend()
        case .memory: try measureMemory()
        case .disk: try measureDisk()
        case .rawLMDB: try measureRawLMDB()
        case .appendRandom: try measureAppendRandom()
        case .single: try measureSingle()
        case .connections: try measureConnections()
        case .rebuild: try measureRebuild()
        case .queries: try measureQueries()
        case .lists: try measureLists()
        case .visibility: try measureVisibility()
        case .restart: try measureRestart()
        case .growth: try measureGrowth()
        case .costs: try measureCosts()
        }
    }
}
