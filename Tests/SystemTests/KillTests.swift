import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("Killed under load")
    struct KillTests {
        /// Full rounds of load, kill and proof.
        private static let rounds = 20
        /// Further kills while the daemon is starting.
        private static let startKills = 5
        private static let clients = 4

        @Test(
            "Twenty kills under load lose nothing, double nothing and leave read models that equal a rebuild",
            .timeLimit(.minutes(8)))
        func kills() async throws {
            let seed = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SEED"].flatMap { UInt64($0) } ?? 20_261
            note("kills: seed \(seed) (CAMPAIGN_LEDGER_SEED sets another)")
            let figures = try await onThread { try Self.run(seed: seed) }
            note("kills: \(figures)")
        }

        private static func run(seed: UInt64) throws -> String {
            let begin = Date()
            var random = Random(seed: seed)
            let folder = try TemporaryFolder()
            var book = LogBook()
            var requests = 0
            var digests: [Digest] = []
            for round in 1...rounds {
                do {
                    requests += try load(folder.path, &book, round: round, random: &random)
                    digests.append(try compareWithRebuild(folder.path))
                    if round % (rounds / startKills) == 0 { try killWhileStarting(folder.path, &random) }
                    let daemon = try DaemonProcess(folder.path)
                    try book.check(daemon.client().events())
                    try book.retryUnknown(daemon.client())
                    try book.checkRest(daemon.client().events(after: book.position))
                    try daemon.stop()
                } catch {
                    throw SystemFailure("seed \(seed), round \(round): \(error)")
                }
            }
            let last = try compareWithRebuild(folder.path)
            try require(
                last.position == UInt64(book.acknowledged.count) && last.rows > 0,
                "the read models end at \(last), the head is \(book.acknowledged.count)")
            try require(
                Set((digests + [last]).map(\.sha256)).count > rounds / 2, "the digest does not follow what is recorded")
            let seconds = Int(Date().timeIntervalSince(begin))
            return """
                \(rounds) kills under load and \(startKills) while starting, \(requests) requests, \
                \(book.acknowledged.count) events, \(book.unknownSeen) requests of unknown outcome \
                (\(book.unknownRecorded) of them recorded), \(seconds) s
                """
        }

        /// Four clients post until the daemon is killed.
        private static func load(
            _ folder: String, _ book: inout LogBook, round: Int, random: inout Random
        ) throws -> Int {
            let daemon = try DaemonProcess(folder)
            let seeds = (0..<clients).map { UInt64(round * clients + $0) }
            let delay = Double(random.within(300...1_500)) / 1_000
            let killer = DispatchWorkItem { try? daemon.kill() }
            DispatchQueue.global().asyncAfter(deadline: .now() + delay, execute: killer)
            let loads = try inParallel(clients) { number in
                var load = try ClientLoad(seed: seeds[number])
                load.run(daemon.client(timeoutSeconds: 20))
                return load
            }
            killer.wait()
            for load in loads {
                if let fault = load.fault { throw SystemFailure("a client under load: \(fault)") }
                try book.take(load)
            }
            return loads.reduce(0) { $0 + $1.requests }
        }

        /// Kills it at a random moment of its start; nothing of it may matter.
        private static func killWhileStarting(_ folder: String, _ random: inout Random) throws {
            let daemon = try DaemonProcess(starting: folder)
            Thread.sleep(forTimeInterval: Double(random.within(0...60)) / 1_000)
            try daemon.kill()
        }

        /// The digest of the read models as the kill left them, caught up, and of those built from the log alone. Both
        /// are taken of copies: what is left has to be started from as it is.
        private static func compareWithRebuild(_ folder: String) throws -> Digest {
            let copies = try TemporaryFolder()
            try Files.copy("\(folder)/data", to: "\(copies.path)/left")
            try FileManager.default.createDirectory(
                atPath: "\(copies.path)/bare", withIntermediateDirectories: false,
                attributes: [.posixPermissions: 0o750])
            for name in ["LEDGER", "log"] {
                try Files.copy("\(folder)/data/\(name)", to: "\(copies.path)/bare/\(name)")
            }
            let left = try Digest(of: "\(copies.path)/left")
            let bare = try Digest(of: "\(copies.path)/bare")
            try require(left == bare, "the read models that were left give \(left), a rebuild gives \(bare)")
            return left
        }
    }
}

/// What `campaignd digest --data DIR` prints: `position P rows N sha256 HEX`.
struct Digest: Equatable, CustomStringConvertible {
    let position: UInt64
    let rows: UInt64
    let sha256: String

    init(of data: String) throws {
        let outcome = try Subprocess.run(
            Places.program("campaignd"), ["digest", "--data", data], environment: Subprocess.environment(),
            timeoutSeconds: 120)
        let words = outcome.text.split(whereSeparator: \.isWhitespace)
        guard outcome.status == 0, words.count == 6, words[0] == "position", let position = UInt64(words[1]),
            words[2] == "rows", let rows = UInt64(words[3]), words[4] == "sha256", words[5].count == 64
        else {
            throw SystemFailure(
                "campaignd digest --data \(data) ends with \(outcome.status): \(outcome.text) \(outcome.errors)")
        }
        self.position = position
        self.rows = rows
        sha256 = String(words[5])
    }

    var description: String { "position \(position) rows \(rows) sha256 \(sha256)" }
}
