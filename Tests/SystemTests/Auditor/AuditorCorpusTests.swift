import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("The real corpus, as an auditor asks it")
    struct AuditorCorpusTests {
        private static let seed: UInt64 = 4_002
        private static let points = 200

        @Test(
            "In any order of arrival, answers as of 200 points are those of then, and every explanation adds up",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .timeLimit(.minutes(10)))
        func corpus() async throws {
            note("corpus: order of arrival and points of seed \(Self.seed)")
            let figures = try await onThread {
                var random = Random(seed: Self.seed)
                let lines = try Corpus.lines().shuffled(using: &random)
                let folder = try TemporaryFolder()
                let daemon = try DaemonProcess(folder.path)
                let begin = Date()
                let check = try Self.post(lines, daemon.client(), &random)
                let posted = Date()
                try check.compare(daemon.client(), head: UInt64(lines.count))
                let compared = Date()
                let named = try Self.explain(daemon, head: lines.count)
                try daemon.stop()
                return """
                    \(check.count) answers as of \(Self.points) points asked in \(posted.timeIntervalSince(begin)) s and \
                    again in \(compared.timeIntervalSince(posted)) s; \(named) events and postings named in \
                    \(Date().timeIntervalSince(compared)) s
                    """
            }
            note("corpus: \(figures)")
        }

        private static func digits(_ number: Int, _ count: Int) -> String {
            String(repeating: "0", count: max(0, count - "\(number)".count)) + "\(number)"
        }

        /// Posts all of it, stopping at each point to ask.
        private static func post(
            _ lines: [ArraySlice<UInt8>], _ client: HTTPClient, _ random: inout Random
        ) throws -> AsOfCheck {
            var check = AsOfCheck()
            let positions = (0..<points).map { _ in random.within(1...lines.count) }.sorted()
            var first = 0
            for (number, position) in (positions + [lines.count]).enumerated() {
                while first < position {
                    let end = min(first + 1_000, position)
                    let answer = try client.post(Array(lines[first..<end].joined(separator: [10]))).answer
                    try require(answer.head == UInt64(end), "the head is \(answer.head) after \(end) lines")
                    first = end
                }
                guard number < points else { break }
                try check.ask(point(UInt64(position), number, &random), client)
            }
            return check
        }

        /// From the corpus' first day to some months behind its last.
        private static let seconds = 1_555_900_000...1_800_000_000

        private static func point(_ position: UInt64, _ number: Int, _ random: inout Random) -> AsOfCheck.Point {
            func someone() -> String { "/v1/influencers/inf-\(digits(random.within(1...700), 4))" }
            // Most of what is more than posts is of the last three hundred days.
            let isLate = random.within(0...3) > 0
            let at = random.within(isLate ? 1_767_000_000...seconds.upperBound : seconds)
            var paths = (0..<6).map { _ in someone() + "?" }
            paths += ["trust", "advocacy", "compensation"].map { "\(someone())/\($0)?explain=true&" }
            paths += ["\(someone())/compensation/postings?", "/v1/influencers?limit=5&"]
            paths += ["/v1/campaigns/camp-\(digits(random.within(1...24), 3))/compensation?"]
            if number % 20 == 0 { paths += ["/v1/trial-balance?", "/v1/campaigns?limit=10&"] }
            return AsOfCheck.Point(position: position, at: Instants.text(secondsSince1970: at), paths: paths)
        }

        /// Everyone's explanations, and the histories of some.
        private static func explain(_ daemon: DaemonProcess, head: Int) throws -> Int {
            let lanes = 2
            let common = "at=\(Corpus.at)&minPosition=\(head)"
            return try inParallel(lanes) { lane in
                let client = daemon.client()
                var random = Random(seed: seed + UInt64(lane))
                var check = ExplanationCheck(client, query: common, limit: 1_000)
                let histories = HistoryCheck(client: client, query: "")
                for number in stride(from: 1 + lane, through: 700, by: lanes) {
                    let id = "inf-\(digits(number, 4))"
                    check.asksForNone = number % 20 < lanes
                    try check.check(id)
                    guard number % 50 < lanes else { continue }
                    _ = try histories.check(
                        id, from: "2025-11-01T00:00:00Z", to: Corpus.at, asked: 3, random: &random)
                }
                return check.named
            }.reduce(0, +)
        }
    }
}
