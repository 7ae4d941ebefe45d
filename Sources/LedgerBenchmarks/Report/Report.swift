import FoundationEssentials
import ProgrammeSimulator

/// The figures of a run with its conditions, without which they mean nothing.
struct Report {
    let date: String
    let machine: Machine
    let settings: Settings
    /// Bytes of an event as posted, on average; nil if none of the measures posted the programme.
    let eventBytes: Double?
    let version: String
    /// How an acknowledged event is kept, in the daemon's words.
    let durability: String
    let notes: [String]
    let sections: [Section]

    /// The conditions of all measures, as pairs of a word and what it says.
    var conditions: [(String, String)] {
        let memory = String(Int((Double(machine.memoryBytes) / Double(1 << 30)).rounded())) + " GiB"
        let size = eventBytes.map { " of \(Text.number($0)) bytes" } ?? ""
        return [
            ("machine", "\(machine.cores) cores, \(machine.processor), \(memory), \(machine.kernel)"),
            ("disk", machine.fileSystem), ("durability", durability),
            (
                "programme",
                "\(Text.number(Double(settings.events))) simulated events\(size), "
                    + "\(Text.number(Double(settings.influencers))) influencers, \(settings.ids.rawValue) ids"
            ),
            ("client", "on the same machine, one thread, NDJSON over the Unix socket"),
            ("rounds", settings.rounds == 1 ? "1" : "\(settings.rounds): median, least … most; ours and peers in turn"),
        ] + notes.map { ("note", $0) }
    }

    /// Whether a figure that has to hold does not.
    func missed(in name: MeasureName) -> [Figure] {
        sections.filter { $0.name == name }.flatMap(\.figures).filter { $0.verdict == .missed }
    }

    // MARK: For machines

    /// The form of the JSON document: names are permanent.
    struct Document: Codable {
        var date: String
        var version: String
        var durability: String
        var machine: Machine
        var conditions: Conditions
        var notes: [String]
        var results: [Result]

        struct Conditions: Codable {
            var events: Int
            var influencers: Int
            var batch: Int
            var connections: Int
            var singles: Int
            var seconds: Double
            var ids: String
            var seed: UInt64
            var rounds: Int
            var eventBytes: Double?
        }

        struct Result: Codable {
            var measure: String
            var conditions: [String]
            var figures: [FigureResult]
        }

        struct FigureResult: Codable {
            var name: String
            var unit: String
            var median: Double
            var least: Double
            var most: Double
            var values: [Double]
            /// `atLeast` or `atMost`, with what has to hold, what is aimed at, and what the median is worth.
            var direction: String?
            var required: Double?
            var goal: Double?
            var verdict: String?
        }
    }

    var document: Document {
        Document(
            date: date, version: version, durability: durability, machine: machine,
            conditions: Document.Conditions(
                events: settings.events, influencers: settings.influencers, batch: settings.batch,
                connections: settings.connections, singles: settings.singles, seconds: settings.seconds,
                ids: settings.ids.rawValue, seed: settings.seed, rounds: settings.rounds, eventBytes: eventBytes),
            notes: notes,
            results: sections.map { section in
                Document.Result(
                    measure: section.name.rawValue, conditions: section.conditions,
                    figures: section.figures.map(Self.document))
            })
    }

    private static func document(_ figure: Figure) -> Document.FigureResult {
        let mark = figure.quantity.mark
        return Document.FigureResult(
            name: figure.quantity.name, unit: figure.quantity.unit, median: figure.median, least: figure.least,
            most: figure.most, values: figure.values,
            direction: mark.map { $0.direction == .atLeast ? "atLeast" : "atMost" }, required: mark?.required,
            goal: mark?.goal, verdict: figure.verdict?.rawValue)
    }

    /// The document's text.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        return String(decoding: try encoder.encode(document), as: UTF8.self) + "\n"
    }
}
