import Foundation
import LedgerAPI
import ProgrammeSimulator
import Testing

extension SystemSuite {
    @Suite("Read models rebuilt while they serve")
    struct RebuildTests {
        /// Events a second that are posted meanwhile, in requests of `batchEvents`.
        private static let eventsPerSecond = 20_000
        private static let batchEvents = 500
        private static let seconds = 4

        @Test(
            "Under 20,000 events a second and constant questions nothing fails, no answer is another one, digests are equal",
            .timeLimit(.minutes(4)))
        func underLoad() async throws {
            note("rebuild: \(try await onThread { try Self.rebuildUnderLoad() })")
        }

        private static func rebuildUnderLoad() throws -> String {
            let folder = try TemporaryFolder()
            let daemon = try DaemonProcess(folder.path)
            let bodies = try self.bodies(seed: 51, count: seconds * eventsPerSecond / batchEvents + 40)
            for body in bodies[..<40] { _ = try daemon.client().post(body) }
            let questions = try Questions(daemon.client())
            let isDone = Guarded(false)
            let begin = Date()
            // 0 posts, 1 rebuilds again and again, the others ask.
            let counts = try inParallel(4) { number -> Int in
                let client = daemon.client()
                switch number {
                case 0:
                    defer { isDone.with { $0 = true } }
                    for (number, body) in bodies[40...].enumerated() {
                        let due = begin.addingTimeInterval(Double(number * batchEvents) / Double(eventsPerSecond))
                        Thread.sleep(until: due)
                        _ = try client.post(body)
                    }
                    return Int(Date().timeIntervalSince(begin) * 1000)
                case 1:
                    var rebuilds = 0
                    repeat {
                        try require(try Replays.run("rebuild", client) == 0, "rows differed that were not damaged")
                        rebuilds += 1
                    } while !isDone.with { $0 }
                    return rebuilds
                default:
                    var asked = 0
                    while !isDone.with({ $0 }) { asked += try questions.ask(client) }
                    return asked
                }
            }
            try daemon.stop()
            try compareWithLog(folder.path, events: bodies.count * batchEvents)
            return """
                \(bodies.count * batchEvents) events, \((bodies.count - 40) * batchEvents * 1000 / max(1, counts[0])) a \
                second, \(counts[1]) rebuilds, \(counts[2] + counts[3]) questions
                """
        }

        @Test(
            "Killed at any moment of a rebuild, the next start serves what is right and ends the rebuild",
            .timeLimit(.minutes(6)))
        func killed() async throws {
            let seed = ProcessInfo.processInfo.environment["CAMPAIGN_LEDGER_SEED"].flatMap { UInt64($0) } ?? 20_265
            note("killed rebuilds: seed \(seed): \(try await onThread { try Self.killRebuilds(seed: seed) })")
        }

        private static func killRebuilds(seed: UInt64) throws -> String {
            var random = Random(seed: seed)
            let folder = try TemporaryFolder()
            let bodies = try self.bodies(seed: 52, count: 40)
            var daemon = try DaemonProcess(folder.path)
            for body in bodies { _ = try daemon.client().post(body) }
            let questions = try Questions(daemon.client())
            let begin = Date()
            _ = try Replays.run("rebuild", daemon.client())
            let milliseconds = max(10, Int(Date().timeIntervalSince(begin) * 1_000))
            let rounds = 12
            for round in 1...rounds {
                let kind = round % 3 == 0 ? "goBack" : "rebuild"
                _ = try Replays.start(kind, daemon.client())
                // Late moments more often: that is where it takes over.
                let part = random.within(0...99) < 50 ? random.within(0...110) : random.within(80...120)
                Thread.sleep(forTimeInterval: Double(milliseconds * part) / 100_000)
                try daemon.kill()
                daemon = try DaemonProcess(folder.path)
                _ = try questions.ask(daemon.client())
                try Replays.waitForAll(daemon.client())
                _ = try questions.ask(daemon.client())
            }
            try daemon.stop()
            try compareWithLog(folder.path, events: bodies.count * batchEvents)
            let left = try FileManager.default.contentsOfDirectory(atPath: "\(folder.path)/data").filter {
                $0.hasSuffix(".next") || $0.hasSuffix(".ready") || $0.hasSuffix(".deleted")
            }
            try require(left.isEmpty, "\(left) are left")
            return "\(rounds) kills in rebuilds of \(milliseconds) ms"
        }

        private static func bodies(seed: UInt64, count: Int) throws -> [[UInt8]] {
            var simulation = try Simulation(
                SimulationSettings(
                    seed: seed, influencers: 300, events: count * batchEvents,
                    from: SimulatedInstant(year: 2024, month: 1, day: 1),
                    to: SimulatedInstant(year: 2024, month: 12, day: 1)))
            return (0..<count).map { _ in
                var body: [UInt8] = []
                for _ in 0..<batchEvents { _ = simulation.next(into: &body) }
                return body
            }
        }

        /// The read models that serve are those which the log alone gives.
        private static func compareWithLog(_ folder: String, events: Int) throws {
            let served = try Digest(of: "\(folder)/data")
            for name in ["views", "index"] { try Files.remove("\(folder)/data/\(name)") }
            let folded = try Digest(of: "\(folder)/data")
            try require(served == folded, "the read models that serve give \(served), the log gives \(folded)")
            try require(served.position == UInt64(events), "they stand at \(served.position) of \(events)")
        }
    }
}

/// Questions as of a position and an instant: their answers never change, whatever happens meanwhile.
private final class Questions: Sendable {
    private let expected: [(target: String, answer: JSONValue)]

    init(_ client: HTTPClient) throws {
        let head = try client.head()
        guard case .object(let page) = try client.json("/v1/influencers?limit=20&minPosition=\(head)"),
            case .array(let items) = page["items"]
        else { throw SystemFailure("the list of influencers has no items") }
        let ids = items.compactMap { item -> String? in
            guard case .object(let members) = item, case .string(let id) = members["influencerId"] else { return nil }
            return id
        }
        try require(ids.count == 20, "the list of influencers has \(ids.count) of 20 items")
        let asOf = "position=\(head)&at=2024-12-31T00:00:00Z"
        let targets =
            ids.map { "/v1/influencers/\($0)?\(asOf)" }
            + ["/v1/influencers?\(asOf)&sort=trust&limit=50", "/v1/campaigns?\(asOf)&limit=20"]
        expected = try targets.map { ($0, Self.withoutHead(try client.json($0))) }
    }

    /// Asks each once. - Returns: how many that were.
    func ask(_ client: HTTPClient) throws -> Int {
        for (target, answer) in expected {
            let found = Self.withoutHead(try client.json(target))
            try require(found == answer, "\(target) answers\n\(found)\nand answered\n\(answer)")
        }
        return expected.count
    }

    /// The head moves on.
    private static func withoutHead(_ answer: JSONValue) -> JSONValue {
        guard case .object(var members) = answer else { return answer }
        members["head"] = nil
        return .object(members)
    }
}

/// Replays over the socket.
private enum Replays {
    /// Starts one with all of a core. - Returns: its path.
    static func start(_ kind: String, _ client: HTTPClient) throws -> String {
        let body = Array(#"{"kind":"\#(kind)","sharePercent":100}"#.utf8)
        let reply = try client.send(
            HTTPRequest("POST", "/v1/replays", [("Content-Type", "application/json")], body: body))
        try require(reply.status == 202, "a \(kind) is answered \(reply.status): \(reply.text.prefix(500))")
        guard case .object(let job) = try WireCoding.decode(JSONValue.self, from: Data(reply.body)),
            case .string(let id) = job["id"]
        else { throw SystemFailure("a replay without id: \(reply.text.prefix(500))") }
        return "/v1/replays/\(id)"
    }

    /// Starts one and waits for its success. - Returns: what it found.
    static func run(_ kind: String, _ client: HTTPClient) throws -> Int {
        let path = try start(kind, client)
        var last = JSONValue.null
        try Wait.until("the end of a \(kind)", seconds: 120) {
            last = try client.json(path)
            return !["waiting", "running"].contains(state(last))
        }
        guard state(last) == "succeeded", case .object(let job) = last, case .object(let result) = job["rebuild"],
            case .integer(let differences) = result["differences"]
        else { throw SystemFailure("a \(kind) ended so: \(last)") }
        return Int(differences)
    }

    /// Waits until none waits or runs; none may have failed but for want of what it would go back to.
    static func waitForAll(_ client: HTTPClient) throws {
        try Wait.until("the end of all replays", seconds: 120) {
            guard case .object(let page) = try client.json("/v1/replays?limit=100"),
                case .array(let jobs) = page["items"]
            else { throw SystemFailure("the list of replays has no items") }
            let states = jobs.map(state)
            try require(!states.contains("failed"), "a replay failed: \(jobs)")
            return !states.contains("waiting") && !states.contains("running")
        }
    }

    private static func state(_ job: JSONValue) -> String {
        guard case .object(let members) = job, case .string(let state) = members["state"] else { return "" }
        return state
    }
}
