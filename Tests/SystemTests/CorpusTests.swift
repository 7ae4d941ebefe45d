import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    @Suite("The real corpus")
    struct CorpusTests {
        private static let eventsCount = Corpus.eventsCount
        private static let batchEvents = 1_000

        @Test(
            "Every line is accepted, read back byte for byte, answered, and a repeat the second time",
            .enabled(if: Places.hasShared, "the shared folder is not here"), .timeLimit(.minutes(5)))
        func corpus() async throws {
            let figures = try await onThread {
                let corpus = try Self.unpack()
                let folder = try TemporaryFolder()
                // With the default policies, which the corpus can follow.
                let daemon = try DaemonProcess(folder.path, arguments: ["--policy", Self.policyPath])
                let client = daemon.client()
                let before = try client.head()
                let begin = Date()
                try Self.post(corpus, client, expectedStatus: 201, headBefore: before)
                let posted = Date().timeIntervalSince(begin)
                try Self.compare(corpus, with: client.events(after: before))
                let people = try Self.askForEveryone(corpus, client, head: before + UInt64(Self.eventsCount))
                let log = try Files.bytes("\(daemon.dataPath)/log/data.mdb")
                try Self.post(corpus, client, expectedStatus: 200, headBefore: before)
                try require(
                    log == Files.bytes("\(daemon.dataPath)/log/data.mdb"), "posting repeats changed the log's file")
                try daemon.stop()
                return "\(Self.eventsCount) lines posted in \(posted) s, \(people) influencers answered"
            }
            note("corpus: \(figures)")
        }

        private static let policyPath = Places.root.appendingPathComponent("config/policy.yaml").path

        private static func unpack() throws -> EventLines {
            let corpus = try EventLines(Corpus.bytes())
            try require(corpus.lines.count == eventsCount, "the corpus has \(corpus.lines.count) lines")
            return corpus
        }

        /// Posts all of it in batches; a second time, nothing may be recorded.
        private static func post(
            _ corpus: EventLines, _ client: HTTPClient, expectedStatus: Int, headBefore: UInt64
        ) throws {
            let isNew = expectedStatus == 201
            var first = 0
            var firstByte = 0
            while first < corpus.lines.count {
                let end = min(first + batchEvents, corpus.lines.count)
                let endByte = corpus.lines[end - 1].data.upperBound + 2
                let body = Array(corpus.bytes[firstByte..<min(endByte, corpus.bytes.count)])
                let (status, answer) = try client.post(body)
                try require(status == expectedStatus, "lines \(first)..<\(end) answer \(status)")
                try require(
                    answer.recorded == (isNew ? end - first : 0), "\(answer.recorded) recorded of \(first)..<\(end)")
                try require(answer.repeats.count == (isNew ? 0 : end - first), "\(answer.repeats.count) repeats")
                for repeated in answer.repeats {
                    let position = headBefore + UInt64(first + repeated.index + 1)
                    try require(
                        repeated.position == position, "line \(first + repeated.index) was at \(repeated.position)")
                }
                if isNew {
                    let run = PositionRun(first: headBefore + UInt64(first) + 1, last: headBefore + UInt64(end))
                    try require(answer.positions == [run], "positions \(answer.positions), expected \(run)")
                }
                first = end
                firstByte = endByte
            }
            let head = try client.head()
            try require(head == headBefore + UInt64(eventsCount), "the head is \(head)")
        }

        private static func compare(_ posted: EventLines, with read: EventLines) throws {
            try require(read.lines.count == posted.lines.count, "\(read.lines.count) lines read back")
            for (index, (sent, kept)) in zip(posted.lines, read.lines).enumerated() {
                try require(
                    posted.data(sent) == read.data(kept) && posted.bytes[sent.id] == read.bytes[kept.id]
                        && posted.bytes[sent.source] == read.bytes[kept.source],
                    "line \(index) is read back with other bytes")
            }
        }

        /// Everyone by a single answer, and the list page by page with the same ones.
        private static func askForEveryone(_ corpus: EventLines, _ client: HTTPClient, head: UInt64) throws -> Int {
            let query = "at=\(Corpus.at)&minPosition=\(head)"
            var listed: [String] = []
            var cursor: String?
            repeat {
                let next = cursor.map { "&cursor=\($0)" } ?? ""
                let page = try client.json("/v1/influencers?limit=300&\(query)\(next)")
                listed += page["items"]?.items.compactMap { $0["influencerId"]?.string } ?? []
                cursor = page["next"]?.string
            } while cursor != nil
            let named = try Set(
                corpus.lines.compactMap { line in
                    try WireCoding.decode(Subject.self, from: Data(corpus.data(line))).influencerId
                })
            try require(Set(listed) == named, "\(listed.count) influencers listed, \(named.count) in the corpus")
            try require(listed.count == named.count, "an influencer is listed twice")
            for id in listed {
                let answer = try client.json("/v1/influencers/\(id)?\(query)")
                try require(answer["influencerId"]?.string == id, "\(id) is answered as another one")
                try require(answer["position"]?.integer == Int64(head), "\(id) is answered as of another position")
                try require(answer["at"]?.string == Corpus.at, "\(id) is answered for another instant")
            }
            return listed.count
        }

        private struct Subject: Decodable {
            var influencerId: String?
        }
    }
}
