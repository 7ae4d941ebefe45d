import Foundation
import Testing

@testable import LedgerBenchmarks

@Suite struct ReportTests {
    private static func report(rounds: Int) -> Report {
        var section = Section(.append)
        section.add(condition: "two clients")
        section.add(condition: "two clients")
        for round in 0..<rounds {
            section.add(Quantity("rate", "appended", "events/s"), 1_000 + Double(round))
            section.add(Quantity("ratio", "ours to theirs", "×", .atLeast(1.5, goal: 2)), 1.7)
        }
        var costs = Section(.costs)
        costs.add(Quantity("append.allocations", "allocations", "/event", .atMost(2)), 3)
        var settings = Settings.quick
        settings.rounds = rounds
        return Report(
            date: "2026-11-23T10:00:00Z",
            machine: Machine(
                cores: 2, processor: "a processor", memoryBytes: 8 << 30, kernel: "Linux", fileSystem: "ext4 on /dev/x"),
            settings: settings, eventBytes: 301, version: "0.1.0", durability: "full", notes: ["Redis 7"],
            sections: [section, costs])
    }

    @Test("The table shows conditions, medians, marks and whether they hold")
    func table() {
        let table = Self.report(rounds: 3).table
        for text in [
            "2 cores, a processor, 8 GiB", "20,000 simulated events of 301 bytes", "3: median, least … most", "Redis 7",
            "append: ", "  · two clients\n", "1,001 events/s  1,000 … 1,002", "≥ 1.50, goal ≥ 2.00  holds",
            "≤ 2.00  missed",
        ] {
            #expect(table.contains(text), "The table lacks \(text):\n\(table)")
        }
        #expect(table.components(separatedBy: "two clients").count == 2, "A condition is said twice")
        #expect(!table.contains(" \n"), "A line ends with a space")
    }

    @Test("The Markdown has a row for each headline, with six cells")
    func markdown() {
        let rows = Self.report(rounds: 3).markdown.split(separator: "\n").filter { $0.hasPrefix("|") }
        #expect(rows.count == 2 + 2)
        for row in rows {
            #expect(row.filter { $0 == "|" }.count == 7, "\(row)")
        }
        #expect(
            rows.contains { $0.contains("`append`: ours to theirs | 1.70 × | 1.70 … 1.70 | ≥ 1.50 | ≥ 2.00 | holds") })
    }

    @Test("The JSON has every value, with its mark and verdict")
    func json() throws {
        let document = try JSONDecoder().decode(
            Report.Document.self, from: Data(Self.report(rounds: 2).json().utf8))
        let append = try #require(document.results.first { $0.measure == "append" })
        #expect(append.conditions == ["two clients"])
        let ratio = try #require(append.figures.first { $0.name == "ratio" })
        #expect(ratio.values == [1.7, 1.7] && ratio.direction == "atLeast" && ratio.required == 1.5 && ratio.goal == 2)
        #expect(ratio.verdict == "holds")
        let rate = try #require(append.figures.first { $0.name == "rate" })
        #expect(rate.median == 1_000.5 && rate.direction == nil && rate.verdict == nil)
    }

    @Test("A cost that exceeds its threshold is found, whatever else holds")
    func missedCosts() {
        let report = Self.report(rounds: 1)
        #expect(report.missed(in: .costs).map(\.quantity.name) == ["append.allocations"])
        #expect(report.missed(in: .append).isEmpty)
    }
}
