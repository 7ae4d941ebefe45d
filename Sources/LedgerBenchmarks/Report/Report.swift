import FoundationEssentials
import Glibc
import ProgrammeSimulator

/// The figures of a run with its conditions, without which they mean nothing.
struct Report {
    let date: String
    let machine: Machine
    let settings: Settings
    /// Bytes of an event as posted, on average.
    let eventBytes: Double
    let version: String
    /// How an acknowledged event is kept, in the daemon's words.
    let durability: String
    let notes: [String]
    let results: [(name: BenchmarkName, figures: FigureList)]

    /// This instant, RFC 3339 with seconds, UTC.
    static func now() -> String {
        var seconds = time(nil)
        var parts = tm()
        gmtime_r(&seconds, &parts)
        var text = [CChar](repeating: 0, count: 32)
        let count = strftime(&text, text.count, "%Y-%m-%dT%H:%M:%SZ", &parts)
        return String(decoding: text.prefix(count).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    func writeJSON(to path: String) throws {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .prettyPrinted, .withoutEscapingSlashes]
        do {
            try encoder.encode(document).write(to: URL(filePath: path))
        } catch {
            throw BenchmarkFault("Cannot write \(path): \(error).")
        }
    }

    // MARK: For machines

    struct Document: Codable {
        var date: String
        var version: String
        var durability: String
        var machine: Machine
        var conditions: Conditions
        var notes: [String]
        var results: [BenchmarkResult]
    }

    struct Conditions: Codable {
        var events: Int
        var influencers: Int
        var batch: Int
        var clients: Int
        var singles: Int
        var ids: String
        var seed: UInt64
        var rounds: Int
        var eventBytes: Double
    }

    struct BenchmarkResult: Codable {
        var benchmark: String
        var figures: [FigureResult]
    }

    struct FigureResult: Codable {
        var name: String
        var unit: String
        var median: Double
        var least: Double
        var most: Double
        var values: [Double]
        var atLeast: Double?
        var atMost: Double?
    }

    private var document: Document {
        Document(
            date: date, version: version, durability: durability, machine: machine,
            conditions: Conditions(
                events: settings.events, influencers: settings.influencers, batch: settings.batch,
                clients: settings.clients, singles: settings.singles, ids: settings.ids.rawValue, seed: settings.seed,
                rounds: settings.rounds, eventBytes: eventBytes),
            notes: notes,
            results: results.map { result in
                BenchmarkResult(benchmark: result.name.rawValue, figures: result.figures.figures.map(Self.document))
            })
    }

    private static func document(_ figure: Figure) -> FigureResult {
        var result = FigureResult(
            name: figure.measure.name, unit: figure.measure.unit, median: figure.median, least: figure.least,
            most: figure.most, values: figure.values)
        switch figure.measure.mark {
        case .atLeast(let bound): result.atLeast = bound
        case .atMost(let bound): result.atMost = bound
        case nil: break
        }
        return result
    }
}
