import EventLog
import Foundation
import LedgerAPI
import Testing

extension SystemSuite {
    /// Ledgers of released formats, kept under `Fixtures` with what the program that wrote them answered.
    @Suite("Old data directories")
    struct OldDirectoryTests {
        /// What of the fixture's folds the program finds. Without them it has to read the old log alone.
        enum Folds: String, CaseIterable, CustomTestStringConvertible {
            case kept, deleted

            var testDescription: String { "its folds are \(rawValue)" }
        }

        @Test(
            "A ledger of the first released format serves as it did, and goes on",
            .timeLimit(.minutes(1)), arguments: Folds.allCases)
        func serves(folds: Folds) async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let data = try FirstFormat.copy(to: folder, folds: folds)
                let daemon = try DaemonProcess(folder.path)
                let client = daemon.client()
                try Self.checkEvents(client)
                try Self.checkAnswers(client)
                try Self.checkPosters(client)
                try require(
                    !daemon.said.contains("was deleted and is rebuilt from the log"),
                    "the old folds are not used:\n\(daemon.said)")
                try daemon.stop()
                try Self.checkDigest(data)
                let next = try DaemonProcess(folder.path)
                try Self.checkAnswers(next.client())
                try Self.append(next.client())
                try next.stop()
            }
        }

        @Test(
            "Nothing of a ledger of the first released format is rewritten in its log",
            .timeLimit(.minutes(1)))
        func recordsStay() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let data = try FirstFormat.copy(to: folder, folds: .kept)
                let expected = try FirstFormat.text("records.sha256")
                let daemon = try DaemonProcess(folder.path)
                try Self.append(daemon.client())
                try daemon.stop()
                let digests = try BackupTests.digests(of: data, at: [FirstFormat.head])
                try require(
                    digests == [FirstFormat.head: expected], "the records have \(digests) and had \(expected)")
            }
        }

        @Test(
            "A ledger of the first released format is verified without a daemon",
            .timeLimit(.minutes(1)), arguments: Folds.allCases)
        func verifiesOffline(folds: Folds) async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                let data = try FirstFormat.copy(to: folder, folds: folds)
                let outcome = try Ctl.run(["verify", data])
                try require(outcome.status == 0, "verify: \(outcome.status) \(outcome.text) \(outcome.errors)")
                for words in ["sound", "\(FirstFormat.head)", try FirstFormat.text("records.sha256")] {
                    try require(outcome.text.contains(words), "verify does not say \(words): \(outcome.text)")
                }
                try Self.checkDigest(data)
            }
        }

        @Test(
            "A ledger of the first released format is verified while it serves",
            .timeLimit(.minutes(1)))
        func verifiesOnline() async throws {
            try await onThread {
                let folder = try TemporaryFolder()
                _ = try FirstFormat.copy(to: folder, folds: .kept)
                let daemon = try DaemonProcess(folder.path)
                let outcome = try Ctl.run(["replay", "verify", "--json", "--socket", daemon.socketPath])
                try require(outcome.status == 0, "replay verify: \(outcome.status) \(outcome.text) \(outcome.errors)")
                let replays = try daemon.client().json("/v1/replays")["items"]?.items ?? []
                let verified = replays.first?["verify"]
                try require(verified?["sound"] == .bool(true), "it is not sound: \(replays)")
                try require(
                    verified?["recordsSha256"]?.string == (try FirstFormat.text("records.sha256")),
                    "the records have another digest: \(replays)")
                try daemon.stop()
            }
        }

        /// All events, to the byte.
        private static func checkEvents(_ client: HTTPClient) throws {
            let expected = try FirstFormat.bytes("events.ndjson").split(separator: 10)
            try require(expected.count == Int(FirstFormat.head), "the fixture has \(expected.count) events")
            let found = try client.get("/v1/events").body.split(separator: 10)
            try require(found.count == expected.count, "\(found.count) events of \(expected.count)")
            for (old, new) in zip(expected, found) where old != new {
                throw SystemFailure(
                    "was\n\(String(decoding: old, as: UTF8.self))\nis\n\(String(decoding: new, as: UTF8.self))")
            }
        }

        /// Each answer, to the last member.
        private static func checkAnswers(_ client: HTTPClient) throws {
            let answers = try FirstFormat.lines("answers.ndjson")
            try require(answers.count == 20, "the fixture has \(answers.count) answers")
            for line in answers {
                guard let target = line["target"]?.string, let expected = line["answer"] else {
                    throw SystemFailure("a line of answers.ndjson without target or answer: \(line)")
                }
                let differences = JSONDifference.between(expected: expected, found: try client.json(target))
                try require(
                    differences.isEmpty, "\(target) answers otherwise:\n\(differences.joined(separator: "\n"))")
            }
        }

        /// Who posted an event is told as it was recorded.
        private static func checkPosters(_ client: HTTPClient) throws {
            let events = try client.get("/v1/events?poster=true").body.split(separator: 10).map {
                try WireCoding.decode(JSONValue.self, from: Data($0))
            }
            var checked = 0
            for run in try FirstFormat.lines("posters.ndjson") {
                for position in try Ctl.number(run, "from")...Ctl.number(run, "to") {
                    for name in ["recordeduid", "recordeduser"] {
                        let found = events[Int(position) - 1][name]
                        try require(found == run[name], "\(name) of \(position): \(String(describing: found))")
                    }
                    checked += 1
                }
            }
            try require(checked == events.count, "\(checked) of \(events.count) events have a poster")
        }

        private static func checkDigest(_ data: String) throws {
            let expected = try FirstFormat.text("digest.txt")
            let found = try Digest(of: data)
            try require(found.description == expected, "campaignd digest prints\n\(found)\nand printed\n\(expected)")
        }

        /// The old events are known, so is another content under an old identity; a new event is the next one.
        private static func append(_ client: HTTPClient) throws {
            let (status, answer) = try client.post(FirstFormat.bytes("events.ndjson"))
            try require(status == 200 && answer.recorded == 0, "old events are answered \(status): \(answer)")
            try require(
                answer.repeats.map(\.position) == Array(1...FirstFormat.head), "repeats are at \(answer.repeats)")
            let event = { (id: String) in
                Array(
                    #"""
                    {"specversion":"1.0","id":"\#(id)","source":"urn:first-format","type":"audience.measured",\#
                    "time":"2025-07-01T00:00:00Z","data":{"influencerId":"ada","followers":13000}}
                    """#.utf8)
            }
            let conflict = try client.send(HTTPRequest(posting: event("f-1"), as: MediaType.ndjson))
            try require(
                conflict.status == 409 && conflict.text.contains("identityConflict"),
                "an old identity with other content: \(conflict.status) \(conflict.text)")
            let (created, next) = try client.post(event("new-1"))
            try require(
                created == 201 && next.head == FirstFormat.head + 1, "a new event is answered \(created): \(next)")
            let stream = try client.get("/v1/influencers/ada/events?minPosition=\(next.head)")
            let before = try FirstFormat.lines("events.ndjson").filter { $0["subject"]?.string == "influencer/ada" }
            let after = try EventLines(stream.body).lines.count
            try require(after == before.count + 1, "the stream has \(after) events and had \(before.count)")
        }
    }
}

/// The fixture of version 0.1.0; its README says what it holds.
private enum FirstFormat {
    static let head: UInt64 = 111

    private static let folder = Places.root.appendingPathComponent("Tests/SystemTests/Fixtures/first-format").path

    static func bytes(_ name: String) throws -> [UInt8] {
        try Files.bytes("\(folder)/\(name)")
    }

    /// A text without the end of its line.
    static func text(_ name: String) throws -> String {
        String(decoding: try bytes(name), as: UTF8.self).trimmingCharacters(in: .newlines)
    }

    static func lines(_ name: String) throws -> [JSONValue] {
        try bytes(name).split(separator: 10).map { try WireCoding.decode(JSONValue.self, from: Data($0)) }
    }

    /// Copies the data directory, as the daemon finds it after a move to another machine.
    static func copy(to folder: TemporaryFolder, folds: SystemSuite.OldDirectoryTests.Folds) throws -> String {
        let data = "\(folder.path)/data"
        try FileManager.default.createDirectory(atPath: data, withIntermediateDirectories: false)
        for name in ["LEDGER", "log"] + (folds == .kept ? ["views", "index"] : []) {
            try Files.copy("\(Self.folder)/\(name)", to: "\(data)/\(name)")
        }
        return data
    }
}
