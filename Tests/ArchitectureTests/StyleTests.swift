import Foundation
import Testing

/// Rules of style that no formatter knows. Each message names what to write instead.
@Suite struct StyleTests {
    /// Files longer than this are two things. The list of exceptions may only shrink.
    static let linesMax = 300
    static let longFiles: [String: Int] = [:]

    /// Forbidden text in Sources, with what to do instead, and the targets it is allowed in.
    static let forbidden: [(pattern: String, instead: String, allowedIn: Set<String>)] = [
        ("try!", "handle the error or state why it cannot happen with preconditionFailure", []),
        ("fatalError()", "say what happened and what to do", []),
        ("Date()", "take an Instant from the clock that was passed in", ["campaignctl", "LedgerBenchmarks"]),
        (
            "JSONDecoder", "parse through CSimdjson",
            ["LedgerAPI", "LedgerClient", "LedgerOperations", "campaignctl", "LedgerBenchmarks"]
        ),
        (
            "Double", "use integers (Projections, section 0, rule 4)",
            [
                "campaignctl", "LedgerBenchmarks", "LedgerClient", "LedgerAPI", "LedgerHTTP", "campaignd",
            ]
        ),
    ]

    @Test("Files stay small", arguments: Project.sources)
    func filesStaySmall(file: Project.SourceFile) {
        let bound = Self.longFiles[file.path] ?? Self.linesMax
        #expect(file.lines.count - 1 <= bound, "\(file.path) has \(file.lines.count - 1) lines: split it by concern")
    }

    @Test("Nothing forbidden is written", arguments: Project.sources)
    func nothingForbiddenIsWritten(file: Project.SourceFile) {
        for (number, line) in file.lines.enumerated() {
            let code = line.components(separatedBy: "//")[0]
            for rule in Self.forbidden where code.contains(rule.pattern) && !rule.allowedIn.contains(file.target) {
                Issue.record("\(file.path):\(number + 1): no \(rule.pattern) here: \(rule.instead)")
            }
        }
    }

    @Test("The top level holds only what it should")
    func topLevel() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Project.root.path)
            .filter { !$0.hasPrefix(".") && !["Package.resolved", "run", "bench"].contains($0) }
        #expect(Set(names) == ["LICENSE", "Package.swift", "README.md", "Sources", "Tests", "config", "scripts"])
    }

    @Test("No file depends on the folder that is shared at the workplace", arguments: Project.sources)
    func nothingNeedsSharedFolder(file: Project.SourceFile) {
        for (number, line) in file.lines.enumerated() {
            #expect(!line.contains("../shared"), "\(file.path):\(number + 1): the project stands without it")
        }
    }
}
