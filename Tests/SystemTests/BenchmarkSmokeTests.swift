import Foundation
import Testing

extension SystemSuite {
    /// The benchmarks with small numbers: they run, they check what they measure, and every figure is there.
    @Suite struct BenchmarkSmokeTests {
        /// The figures that must be there, by benchmark; what the kernel may keep to itself is left out.
        static let figures: [String: Set<String>] = [
            "append": [
                "eventsPerSecond", "postedBytesPerSecond", "viewsBehindSeconds", "indexTailEvents", "requestMedian",
                "requestP99", "requestMost", "busyAnswers", "daemonCPUMicroseconds", "logBytes", "viewsBytes",
                "indexBytes",
                "allBytesPerPosted", "anonymousBytesMost",
            ],
            "rebuild": [
                "viewsEventsPerSecond", "viewsSeconds", "allEventsPerSecond", "allSeconds", "anonymousBytes",
            ],
            "restart": ["readySeconds", "caughtUpSeconds"],
            "latency": ["median", "p90", "p99", "p999", "most", "requestsPerSecond", "daemonCPUMicroseconds"],
        ]

        @Test("All benchmarks run, and print and write every figure", .timeLimit(.minutes(3)))
        func allFigures() throws {
            let json = FileManager.default.temporaryDirectory.appendingPathComponent("bench-\(UUID().uuidString).json")
            defer { try? FileManager.default.removeItem(at: json) }
            let run = try Self.run([
                "append", "rebuild", "restart", "latency", "--events", "20000", "--influencers", "200", "--singles",
                "200",
                "--clients", "2", "--ids", "random", "--rounds", "2", "--note", "a smoke test", "--json", json.path,
            ])
            try #require(run.status == 0, "\(run.errors)")
            let document = try #require(
                try JSONSerialization.jsonObject(with: Data(contentsOf: json)) as? [String: Any])
            let results = try #require(document["results"] as? [[String: Any]])
            #expect(results.compactMap { $0["benchmark"] as? String } == ["append", "rebuild", "restart", "latency"])
            for result in results {
                try Self.check(result)
            }
            let conditions = try #require(document["conditions"] as? [String: Any])
            #expect(conditions["events"] as? Int == 20_000 && conditions["ids"] as? String == "random")
            #expect(((document["machine"] as? [String: Any])?["cores"] as? Int ?? 0) > 0)
            #expect((document["durability"] as? String)?.isEmpty == false)
            for text in ["machine", "disk", "durability", "a smoke test", "events/s", "random ids", "latency:"] {
                #expect(run.output.contains(text), "The table lacks \(text):\n\(run.output)")
            }
        }

        @Test("An unknown name is refused with the names there are", .timeLimit(.minutes(1)))
        func unknownName() throws {
            let run = try Self.run(["apend"])
            #expect(run.status == 64)
            #expect(run.errors.contains("append") && run.errors.contains("rebuild"), "\(run.errors)")
        }

        private static func check(_ result: [String: Any]) throws {
            let name = try #require(result["benchmark"] as? String)
            let figures = try #require(result["figures"] as? [[String: Any]])
            let missing = (Self.figures[name] ?? []).subtracting(figures.compactMap { $0["name"] as? String })
            #expect(missing.isEmpty, "\(name) lacks \(missing.sorted())")
            for figure in figures {
                let values = try #require(figure["values"] as? [Double])
                let least = try #require(figure["least"] as? Double)
                let most = try #require(figure["most"] as? Double)
                let median = try #require(figure["median"] as? Double)
                #expect(values.count == 2 && least <= median && median <= most, "\(name): \(figure)")
                if (figure["unit"] as? String)?.hasSuffix("/s") == true {
                    #expect(least > 0, "\(name): \(figure)")
                }
            }
        }

        private struct Ended {
            let status: Int32
            let output: String
            let errors: String
        }

        private struct NoProgram: Error, CustomStringConvertible {
            let description: String
        }

        /// Runs `ledger-bench` to its end, beside the release `campaignd`.
        private static func run(_ arguments: [String]) throws -> Ended {
            let process = Process()
            process.executableURL = try program()
            process.arguments = arguments
            let files = try (0..<2).map { _ in
                let url = FileManager.default.temporaryDirectory.appendingPathComponent(
                    "bench-\(UUID().uuidString).txt")
                guard FileManager.default.createFile(atPath: url.path, contents: nil) else {
                    throw NoProgram(description: "Cannot write \(url.path)")
                }
                return url
            }
            defer { files.forEach { try? FileManager.default.removeItem(at: $0) } }
            process.standardOutput = try FileHandle(forWritingTo: files[0])
            process.standardError = try FileHandle(forWritingTo: files[1])
            try process.run()
            process.waitUntilExit()
            let texts = try files.map { try String(contentsOf: $0, encoding: .utf8) }
            return Ended(status: process.terminationStatus, output: texts[0], errors: texts[1])
        }

        private static func program() throws -> URL {
            let root = URL(fileURLWithPath: #filePath)
                .deletingLastPathComponent().deletingLastPathComponent().deletingLastPathComponent()
            let folder = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_BIN"] ?? root.path + "/.build/release"
            for name in ["ledger-bench", "campaignd"]
            where !FileManager.default.isExecutableFile(atPath: folder + "/" + name) {
                throw NoProgram(
                    description:
                        "No \(name) in \(folder): run scripts/test, or swift build -c release --product \(name).")
            }
            return URL(fileURLWithPath: folder + "/ledger-bench")
        }
    }
}
