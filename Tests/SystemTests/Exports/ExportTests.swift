import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Exports")
    struct ExportTests {
        static let at = "2026-11-01T00:00:00Z"
        static let policyPath = Places.root.appendingPathComponent("config/policy.yaml").path
        private static var hasTools: Bool {
            AccountingTools.areInstalled || ProcessInfo.processInfo.environment["CI"] != nil
        }
        private static let missing: Comment = "not all of \(AccountingTools.names) are installed: scripts/test does it"

        @Test(
            "Balances of the corpus by hledger, ledger, Beancount and SQLite are the ledger's",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .enabled(if: hasTools, missing),
            .timeLimit(.minutes(8)))
        func corpus() async throws {
            let figures = try await onThread {
                let file = Places.shared.appendingPathComponent("data/instagram-corpus.ndjson.gz").path
                let unpacked = try Subprocess.run("/bin/zcat", [file], timeoutSeconds: 60)
                return try Self.compare(unpacked.text, currencies: ["EUR", "GBP", "KWD", "USD"])
            }
            note("exports of the corpus: \(figures)")
        }

        @Test(
            "Balances of a programme in EUR, JPY and KWD by hledger, ledger, Beancount and SQLite are the ledger's",
            .enabled(if: hasTools, missing), .timeLimit(.minutes(5)))
        func programme() async throws {
            let figures = try await onThread {
                let events = try Self.simulate(influencers: 150, events: 20_000)
                return try Self.compare(Self.inThreeCurrencies(events), currencies: ["EUR", "JPY", "KWD"])
            }
            note("exports of a programme: \(figures)")
        }

        @Test(
            "Ctrl-C and other requests to end leave no file, and an existing one stays as it was",
            .timeLimit(.minutes(2)), arguments: [SIGINT, SIGHUP, SIGTERM])
        func interruption(signal: Int32) async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                // So many that the file is not finished before the signal comes.
                let events = try Self.simulate(influencers: 200, events: 100_000)
                try Self.post(events, daemon)
                let target = "\(folder.path)/kept.sqlite"
                try Files.write("mine", to: target)
                let process = try ChildProcess(
                    try Places.program("campaignctl"),
                    ["export", "--format", "sqlite", "--out", target, "--force", "--socket", daemon.socketPath],
                    environment: Subprocess.environment(), folder: folder.path, input: nil,
                    outputPath: "\(folder.path)/out", errorsPath: "\(folder.path)/err")
                try Wait.until("a temporary file", seconds: 20) { try !Self.partials(folder.path).isEmpty }
                // Nothing more comes, so the file cannot be finished before the signal is there.
                daemon.process.signal(SIGSTOP)
                defer { daemon.process.signal(SIGCONT) }
                process.signal(signal)
                try require(try process.waitForEnd(seconds: 20) == 128 + signal, "\(Files.text("\(folder.path)/err"))")
                try require(try Self.partials(folder.path).isEmpty, "a temporary file is left")
                try require(Files.text(target) == "mine", "the file was changed")
                daemon.process.signal(SIGCONT)
                try daemon.stop()
            }
        }

        @Test("The exported events, posted to a new ledger, make the same ledger", .timeLimit(.minutes(2)))
        func events() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                try Self.post(try Self.simulate(influencers: 40, events: 5_000), daemon)
                let position: UInt64 = 4_321
                let exported = try Self.export(
                    ["--format", "ndjson", "--position", "\(position)"], to: "\(folder.path)/e.ndjson", daemon)
                let other = try TemporaryFolder()
                let second = try DaemonProcess(other.path)
                try Self.post(Files.text(exported), second)
                let head = try second.client().head()
                try require(head == position, "\(head) events")
                let query = "/v1/trial-balance?at=\(Self.at)"
                let first = try daemon.client().json("\(query)&position=\(position)")["trialBalance"]
                try require(try second.client().json(query)["trialBalance"] == first, "another trial balance")
                try daemon.stop()
                try second.stop()
            }
        }

        // MARK: Events in, files out

        private static func simulate(influencers: Int, events: Int) throws -> String {
            let folder = try TemporaryFolder()
            let outcome = try Subprocess.run(
                try Places.program("campaignctl"),
                [
                    "simulate", "--influencers", "\(influencers)", "--events", "\(events)", "--seed", "4", "--quiet",
                    "--out", "\(folder.path)/p",
                ],
                timeoutSeconds: 60)
            try require(outcome.status == 0, outcome.errors)
            return Files.text("\(folder.path)/p")
        }

        /// The events with the money of every campaign in another currency: euros, yen without minor digits and dinars
        /// with three, by turns.
        private static func inThreeCurrencies(_ events: String) -> String {
            events.split(separator: "\n").map { line -> String in
                guard let mark = line.range(of: "\"campaignId\":\"campaign-") else { return String(line) }
                let number = Int(line[mark.upperBound...].prefix { $0.isNumber }) ?? 0
                var parts = line.components(separatedBy: "\"currency\":\"")
                for index in parts.indices.dropFirst() {
                    let cells = parts[index].components(separatedBy: "\"")
                    // EUR","amount":"12.34"…
                    guard cells[2] == "amount", cells[4].contains(".") else { return String(line) }
                    let rest = cells[5...].joined(separator: "\"")
                    let digits = cells[4].filter { $0 != "." }.drop { $0 == "0" }
                    switch number % 3 {
                    case 0: parts[index] = "EUR\",\"amount\":\"\(cells[4])\"\(rest)"
                    case 1: parts[index] = "JPY\",\"amount\":\"\(digits.isEmpty ? "0" : digits)\"\(rest)"
                    default: parts[index] = "KWD\",\"amount\":\"\(cells[4])0\"\(rest)"
                    }
                }
                return parts.joined(separator: "\"currency\":\"")
            }.joined(separator: "\n") + "\n"
        }

        static func post(_ events: String, _ daemon: DaemonProcess) throws {
            let folder = try TemporaryFolder()
            try Files.write(events, to: "\(folder.path)/events")
            let outcome = try Subprocess.run(
                try Places.program("campaignctl"),
                ["post", "\(folder.path)/events", "--quiet", "--socket", daemon.socketPath], timeoutSeconds: 120)
            try require(outcome.status == 0, "post ends with \(outcome.status): \(outcome.errors.prefix(2_000))")
        }

        static func export(_ options: [String], to path: String, _ daemon: DaemonProcess) throws -> String {
            let outcome = try Subprocess.run(
                try Places.program("campaignctl"), ["export", "--out", path, "--socket", daemon.socketPath] + options,
                timeoutSeconds: 120)
            try require(
                outcome.status == 0, "export \(options) ends with \(outcome.status): \(outcome.errors.prefix(2_000))")
            return path
        }

        private static func partials(_ folder: String) throws -> [String] {
            try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(".partial") }
        }
    }
}
