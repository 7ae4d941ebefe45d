import ArgumentParser
import FoundationEssentials
import ProgrammeSimulator

/// The form of a simulated event's identifier, as the command line names it.
enum IdentifierOption: String, ExpressibleByArgument, CaseIterable {
    case uuidV7, random, short

    var form: IdentifierForm {
        switch self {
        case .uuidV7: .uuidV7
        case .random: .random
        case .short: .short
        }
    }
}

struct SimulateCommand: AsyncParsableCommand {
    /// Bytes that are gathered before they are written.
    private static let chunkBytes = 512 * 1_024

    static let configuration = CommandConfiguration(
        commandName: "simulate",
        abstract: "Write a realistic programme of any size as NDJSON, from a seed.",
        discussion: """
            The same options give the same bytes, on every machine. Post it with: campaignctl simulate | campaignctl \
            post -
            A file appears whole or not at all, and replaces one that is there.
            """)

    @Option(name: .long, help: ArgumentHelp("How many influencers join.", valueName: "count"))
    var influencers = 1_000

    @Option(name: .long, help: ArgumentHelp("How many events to write.", valueName: "count"))
    var events = 100_000

    @Option(name: .long, help: ArgumentHelp("What chance begins with.", valueName: "number"))
    var seed: UInt64 = 1

    @Option(name: .long, help: "Events' identifiers: UUID version 7, UUID version 4, or seed and number.")
    var ids = IdentifierOption.uuidV7

    @Option(name: .long, help: ArgumentHelp("The programme's first day.", valueName: "YYYY-MM-DD"))
    var from = "2025-01-01"

    @Option(name: .long, help: ArgumentHelp("The day after its last.", valueName: "YYYY-MM-DD"))
    var to = "2026-01-01"

    @Option(
        name: .customLong("first-position"),
        help: ArgumentHelp(
            "The position that the first event will get: then retractions occur too.", valueName: "position"))
    var firstPosition: UInt64?

    @Option(
        name: .customLong("tax-policy-version"),
        help: ArgumentHelp("Publish a tax policy of this version halfway.", valueName: "version"))
    var taxPolicyVersion: UInt32?

    @Option(
        name: .long, help: ArgumentHelp("Where to write, or - for standard output.", valueName: "file"),
        completion: .file())
    var out = "-"

    @Flag(name: .long, help: "Show no progress.")
    var quiet = false

    func validate() throws {
        do {
            _ = try Simulation(settings())
        } catch let fault as SimulationFault {
            throw ValidationError(fault.description)
        }
    }

    func settings() throws -> SimulationSettings {
        SimulationSettings(
            seed: seed, influencers: influencers, events: events, from: try Self.day(from, option: "--from"),
            to: try Self.day(to, option: "--to"), ids: ids.form, firstPosition: firstPosition,
            taxPolicyVersion: taxPolicyVersion)
    }

    private static func day(_ text: String, option: String) throws -> SimulatedInstant {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        let digits = parts.map(\.count) == [4, 2, 2] ? parts.compactMap { Int($0) } : []
        guard digits.count == 3, (1...12).contains(digits[1]), (1...31).contains(digits[2]) else {
            throw ValidationError("\(option) is \(text): give a day as YYYY-MM-DD, such as 2025-01-01.")
        }
        return SimulatedInstant(year: digits[0], month: digits[1], day: digits[2])
    }

    func run() async throws {
        let command = self
        try await Interruption.watch { try command.run(on: Console.standard()) }
    }

    func run(on console: Console) throws {
        // What is simulated is nobody's: others may read it.
        let file = out == "-" ? nil : try OutputFile(out, replaces: true, mode: 0o644)
        var progress = Progress(total: events, console: console, isQuiet: quiet)
        var simulation = try Simulation(settings())
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.chunkBytes + 2_048)
        var hasMore = true
        while hasMore {
            hasMore = simulation.next(into: &bytes)
            guard bytes.count >= Self.chunkBytes || !hasMore else { continue }
            try Task.checkCancellation()
            if let file {
                try file.write(Data(bytes))
            } else {
                try console.writeOutput(Data(bytes))
            }
            bytes.removeAll(keepingCapacity: true)
            progress.update(done: simulation.written, events: simulation.written)
        }
        try file?.commit()
        progress.finish()
        if !quiet {
            console.note(
                "\(Figures.count(simulation.written, "event")) in "
                    + "\(Figures.decimal(progress.elapsedMilliseconds, places: 3)) s\n")
        }
    }
}
