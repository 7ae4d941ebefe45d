import Foundation
import Testing

@testable import LedgerBenchmarks

/// The program as it is built for release, with small numbers: every measure runs, checks what it measures, and says it
/// in a form that machines can read. One after another: each wants the machine for itself.
@Suite(.serialized) struct SmokeTests {
    @Test("Every measure runs in its short form, and writes every figure", .timeLimit(.minutes(5)))
    func allMeasures() throws {
        let names = MeasureName.allCases.filter { $0 != .costs }.map(\.rawValue)
        let run = try Self.run(names + ["--quick", "--ids", "random", "--note", "a smoke test"])
        try #require(run.status == 0, "\(run.errors)")
        let document = try #require(run.document)
        #expect(document.results.map(\.measure) == names)
        for result in document.results {
            #expect(!result.conditions.isEmpty && !result.figures.isEmpty, "\(result.measure) says nothing")
            for figure in result.figures {
                #expect(figure.values.count == 1 && figure.median.isFinite && figure.median >= 0, "\(figure)")
                if figure.unit.hasSuffix("/s") { #expect(figure.median > 0, "\(result.measure): \(figure)") }
            }
        }
        #expect(document.conditions.events == 20_000 && document.conditions.ids == "random")
        #expect(!document.durability.isEmpty && document.machine.cores > 0)
        for name in names {
            #expect(run.output.contains("\n\(name): "), "The table lacks \(name):\n\(run.output)")
        }
        #expect(run.output.contains("a smoke test") && run.markdown.contains("| `queries`: "))
    }

    private static let costs = Result {
        try run(["costs", "--quick", "--thresholds", root.path + "/scripts/bench-thresholds.json"])
    }

    @Test("What an event costs stays below its thresholds", .timeLimit(.minutes(10)))
    func costs() throws {
        let run = try Self.costs.get()
        print(run.output)
        #expect(run.status == 0, "\(run.errors)\n\(run.output)")
        let figures = try #require(run.document).results.flatMap(\.figures)
        let names = Set(figures.map(\.name))
        for work in CostWork.allCases {
            #expect(names.contains("\(work.rawValue).allocations") && names.contains("\(work.rawValue).writtenBytes"))
        }
        for figure in figures {
            #expect(figure.median > 0 && figure.required != nil, "\(figure)")
        }
    }

    @Test(
        "So do its system calls and instructions",
        .enabled(
            if: isInstalled("strace") && isInstalled("valgrind"), "strace or valgrind is missing: these are not counted"
        ),
        .timeLimit(.minutes(10)))
    func tracedCosts() throws {
        let names = Set(try #require(try Self.costs.get().document).results.flatMap(\.figures).map(\.name))
        for work in CostWork.allCases {
            #expect(names.contains("\(work.rawValue).systemCalls") && names.contains("\(work.rawValue).instructions"))
        }
    }

    @Test("A cost above its threshold ends the program with an error that names it", .timeLimit(.minutes(10)))
    func costsTooHigh() throws {
        let path = FileManager.default.temporaryDirectory.appendingPathComponent("thresholds-\(UUID().uuidString).json")
        defer { try? FileManager.default.removeItem(at: path) }
        let high = Dictionary(uniqueKeysWithValues: CostCounter.allCases.map { ($0.rawValue, 1e12) })
        var thresholds = Dictionary(uniqueKeysWithValues: CostWork.allCases.map { ($0.rawValue, high) })
        thresholds["single"]?["allocations"] = 0.001
        try JSONEncoder().encode(thresholds).write(to: path)
        // Without the tools in its path it counts only what it counts itself: enough here, and quick.
        let run = try Self.run(["costs", "--quick", "--thresholds", path.path], environment: ["PATH": "/nowhere"])
        #expect(run.status != 0 && run.errors.contains("single.allocations"), "\(run.errors)")
        #expect(run.output.contains("not counted: system calls"))
    }

    @Test(
        "Redis and NATS are started, get every event, and stand beside ours",
        .enabled(
            if: isInstalled("redis-server") && isInstalled("nats-server"), "redis-server or nats-server is missing"),
        .timeLimit(.minutes(5)))
    func peers() throws {
        let run = try Self.run(
            ["append", "single", "connections", "--quick", "--events", "5000", "--peer", "redis", "--peer", "nats"])
        try #require(run.status == 0, "\(run.errors)")
        let figures = Set(try #require(run.document).results[0].figures.map(\.name))
        #expect(figures.isSuperset(of: ["redis", "redisRatio", "redisBest", "redisBestRatio", "nats", "natsRatio"]))
        #expect(run.output.contains("appendfsync always") && run.output.contains("NATS: file storage"))
    }

    @Test("A peer that is not there is named before anything is measured", .timeLimit(.minutes(1)))
    func missingPeer() throws {
        let run = try Self.run(["append", "--quick", "--peer", "umadb", "--umadb", "/nowhere"])
        #expect(run.status != 0 && run.errors.contains("umadb is not installed"), "\(run.errors)")
        #expect(!run.errors.contains("Round 1"))
    }

    @Test("An unknown name is refused with the names there are", .timeLimit(.minutes(1)))
    func unknownName() throws {
        let run = try Self.run(["apend"])
        #expect(run.status == 64)
        #expect(run.errors.contains("apend") && run.errors.contains("raw-lmdb"), "\(run.errors)")
    }
}

extension SmokeTests {
    static let root = URL(fileURLWithPath: #filePath)
        .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()

    struct Ended {
        let status: Int32
        let output: String
        let errors: String
        let document: Report.Document?
        let markdown: String
    }

    struct NoProgram: Error, CustomStringConvertible {
        let description: String
    }

    /// Runs the release `ledger-bench` to its end, beside the release `campaignd`.
    static func run(_ arguments: [String], environment: [String: String] = [:]) throws -> Ended {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        let files = ["json", "md", "out", "err"].map { folder.appendingPathComponent($0) }
        for file in files[2...] { try Data().write(to: file) }
        let process = Process()
        process.executableURL = try program()
        process.arguments = arguments + ["--json", files[0].path, "--markdown", files[1].path]
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { $1 }
        process.standardOutput = try FileHandle(forWritingTo: files[2])
        process.standardError = try FileHandle(forWritingTo: files[3])
        try process.run()
        process.waitUntilExit()
        let texts = files.map { (try? String(contentsOf: $0, encoding: .utf8)) ?? "" }
        return Ended(
            status: process.terminationStatus, output: texts[2], errors: texts[3],
            document: try? JSONDecoder().decode(Report.Document.self, from: Data(texts[0].utf8)), markdown: texts[1])
    }

    private static func program() throws -> URL {
        let folder = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_BIN"] ?? root.path + "/.build/release"
        for name in ["ledger-bench", "campaignd", "lmdb-baseline", "libAllocationCounter.so"]
        where !FileManager.default.isReadableFile(atPath: folder + "/" + name) {
            throw NoProgram(description: "No \(name) in \(folder): run scripts/test, which builds it.")
        }
        return URL(fileURLWithPath: folder + "/ledger-bench")
    }
}

private func isInstalled(_ program: String) -> Bool {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .contains { FileManager.default.isExecutableFile(atPath: $0 + "/" + program) }
}
