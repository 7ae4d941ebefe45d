import Foundation
import LedgerAPI
import ProgrammeSimulator
import Testing

extension SystemSuite {
    /// What a lower brand limit would change: asked of the daemon, of another daemon in which the policy was published
    /// first, and of a program that works it out from the events.
    @Suite("What if the policy had been another")
    struct WhatIfTests {
        private static let python = "/usr/bin/python3"
        private static let hasPython = Files.exists(python)
        private static let limits = (before: 3, after: 0)

        @Test(
            "Of a simulated programme, whatif names whom another ledger names, and changes nothing",
            .timeLimit(.minutes(2)))
        func programme() async throws {
            let named = try await onThread {
                try Self.check(Self.programmeLines(), at: "2026-06-01T00:00:00Z", isPythonAsked: Self.hasPython)
            }
            note("whatif of a programme: \(named)")
        }

        @Test(
            "Of the corpus too", .enabled(if: Places.hasShared, "the shared folder is not here"),
            .timeLimit(.minutes(3)))
        func corpus() async throws {
            let named = try await onThread {
                try Self.check(
                    Corpus.lines().map { Array($0) }, at: Corpus.at, isPythonAsked: Self.hasPython)
            }
            note("whatif of the corpus: \(named)")
        }

        @Test(
            "A recomputation in Python from the events names the same",
            .enabled(if: hasPython, "python3 is not here"), .timeLimit(.minutes(2)))
        func recomputation() async throws {
            try await onThread {
                try Self.withDaemon(Self.programmeLines(), limit: Self.limits.before) { client, folder in
                    let found = try Self.whatIf(client, at: "2026-06-01T00:00:00Z", limit: Self.limits.after)
                    try Self.expectSame(found, client, folder, at: "2026-06-01T00:00:00Z")
                }
            }
        }

        private static func programmeLines() throws -> [[UInt8]] {
            var settings = SimulationSettings(
                seed: 17, influencers: 300, events: 20_000, from: SimulatedInstant(year: 2025, month: 6, day: 1),
                to: SimulatedInstant(year: 2026, month: 6, day: 1))
            // Behind the default policies.
            settings.firstPosition = 4
            var simulation = try Simulation(settings)
            var bytes: [UInt8] = []
            while simulation.next(into: &bytes) {}
            return bytes.split(separator: 10).map { Array($0) }
        }

        // MARK: The three ways

        private static func check(_ lines: [[UInt8]], at: String, isPythonAsked: Bool) throws -> String {
            let (found, before) = try withDaemon(lines, limit: limits.before) { client, folder in
                let head = try client.head()
                let policies = try client.json("/v1/policies?at=\(at)")
                let before = try everyone(client, at: at)
                let nothing = try whatIf(client, at: at, limit: limits.before)
                try require(nothing.isEmpty, "the default policy changes \(nothing.keys.sorted().prefix(5))")
                let found = try whatIf(client, at: at, limit: limits.after)
                try require(client.head() == head, "the head is another one")
                try require(
                    client.json("/v1/policies?at=\(at)")["items"] == policies["items"], "a policy is another one")
                try require(everyone(client, at: at) == before, "an answer is another one")
                if isPythonAsked { try expectSame(found, client, folder, at: at) }
                return (found, before)
            }
            let after = try withDaemon(lines, limit: limits.after) { client, _ in try everyone(client, at: at) }
            try require(before.keys == after.keys, "other influencers")
            let differing = before.keys.filter { before[$0] != after[$0] }.sorted()
            try require(
                found.keys.sorted() == differing,
                "whatif names \(found.count), the other ledger \(differing.count): "
                    + "\(Set(found.keys).symmetricDifference(differing).sorted().prefix(5))")
            for (id, change) in found {
                let scores = [before[id], after[id]].map { $0?["trust"]?["score"] }
                try require(
                    change["score"] == .null && scores[0] == scores[1]
                        || change["score"]?["before"] == scores[0] && change["score"]?["after"] == scores[1],
                    "\(id): \(change) of \(scores)")
            }
            try require(!found.isEmpty, "nobody is named: the test says nothing")
            return "\(found.count) of \(before.count)"
        }

        /// Compares with what the script finds in the log.
        private static func expectSame(
            _ found: [String: JSONValue], _ client: HTTPClient, _ folder: String, at: String
        ) throws {
            let (log, script) = ("\(folder)/log.ndjson", "\(folder)/authenticity.py")
            let reply = try client.get("/v1/events?after=0")
            try Data(reply.body).write(to: URL(fileURLWithPath: log))
            try Files.write(AuthenticityScript.text, to: script)
            let outcome = try Subprocess.run(
                python, [script, log, at, "\(limits.before)", "\(limits.after)"], timeoutSeconds: 60)
            try require(outcome.status == 0, "python3: \(outcome.errors)")
            let expected = outcome.text.split(separator: "\n").map(String.init)
            let named = found.map { id, change -> String in
                guard case .array(let components) = change["components"], components.count == 1,
                    components[0]["component"] == .string("authenticity"),
                    case .integer(let before) = components[0]["before"],
                    case .integer(let after) = components[0]["after"]
                else { return "\(id): \(change)" }
                return "\(id) \(before) \(after)"
            }
            try require(
                named.sorted() == expected.sorted(),
                "\(Set(named).symmetricDifference(expected).sorted().prefix(6)) differ")
        }

        /// Everyone's conclusions without what they repeat of the policies.
        private static func everyone(_ client: HTTPClient, at: String) throws -> [String: JSONValue] {
            var all: [String: JSONValue] = [:]
            var next = "/v1/influencers?limit=1000&at=\(at)"
            while true {
                let page = try client.json(next)
                guard case .array(let items) = page["items"] else { throw SystemFailure("no items in \(page)") }
                for item in items {
                    guard case .string(let id) = item["influencerId"] else { throw SystemFailure("no id in \(item)") }
                    all[id] = item
                }
                guard case .string(let cursor) = page["next"] else { return all }
                next = "/v1/influencers?limit=1000&cursor=\(cursor)"
            }
        }

        // MARK: Daemons

        private static func withDaemon<Value>(
            _ lines: [[UInt8]], limit: Int, _ body: (HTTPClient, String) throws -> Value
        ) throws -> Value {
            let folder = try TemporaryFolder()
            let policy = "\(folder.path)/policy.yaml"
            try Files.write(policyText(limit: limit), to: policy)
            let daemon = try DaemonProcess(folder.path, arguments: ["--policy", policy])
            let client = daemon.client()
            for start in stride(from: 0, to: lines.count, by: 5_000) {
                _ = try client.post(Array(lines[start..<min(start + 5_000, lines.count)].joined(separator: [10])))
            }
            let head = try client.head()
            _ = try client.json("/v1/policies?minPosition=\(head)")
            let value = try body(client, folder.path)
            try daemon.stop()
            return value
        }

        /// The shipped policies with another brand limit.
        private static func policyText(limit: Int) throws -> String {
            let shipped = Files.text(Places.root.appendingPathComponent("config/policy.yaml").path)
            let line = "  brandsFree: \(limits.before)\n"
            try require(shipped.contains(line), "config/policy.yaml has no \(line)")
            return shipped.replacingOccurrences(of: line, with: "  brandsFree: \(limit)\n")
        }

        /// Asks with the parameters in force but for the brand limit; the changes by influencer.
        private static func whatIf(_ client: HTTPClient, at: String, limit: Int) throws -> [String: JSONValue] {
            guard case .object(var trust) = try client.json("/v1/policies/trust?at=\(at)")["inForce"]?["body"] else {
                throw SystemFailure("no policy of trust")
            }
            trust["brandsFree"] = .integer(Int64(limit))
            let body = try WireCoding.encode(
                JSONValue.object([
                    "kind": .string("whatif"), "at": .string(at), "sharePercent": .integer(100),
                    "policies": .object(["trust": .object(trust)]),
                ]))
            let reply = try client.send(
                HTTPRequest("POST", "/v1/replays", [("Content-Type", MediaType.json)], body: Array(body)))
            try require(reply.status == 202, "POST /v1/replays answers \(reply.status): \(reply.text.prefix(2_000))")
            let job = try WireCoding.decode(JSONValue.self, from: Data(reply.body))
            guard case .string(let id) = job["id"] else { throw SystemFailure("no id in \(job)") }
            var ended = job
            try Wait.until("replay \(id)", seconds: 60) {
                ended = try client.json("/v1/replays/\(id)")
                return ended["state"] != .string("waiting") && ended["state"] != .string("running")
            }
            try require(ended["state"] == .string("succeeded"), "it ended so: \(ended)")
            return try changes(client, of: id)
        }

        private static func changes(_ client: HTTPClient, of id: String) throws -> [String: JSONValue] {
            var all: [String: JSONValue] = [:]
            var next = "/v1/replays/\(id)/changes?limit=100"
            while true {
                let page = try client.json(next)
                guard case .array(let items) = page["items"] else { throw SystemFailure("no items in \(page)") }
                for item in items {
                    guard case .string(let id) = item["influencerId"] else { throw SystemFailure("no id in \(item)") }
                    try require(all[id] == nil, "\(id) is there twice")
                    all[id] = item
                }
                guard case .string(let cursor) = page["next"] else { return all }
                next = "/v1/replays/\(id)/changes?limit=100&cursor=\(cursor)"
            }
        }
    }
}
