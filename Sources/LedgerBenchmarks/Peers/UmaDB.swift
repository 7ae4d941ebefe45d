import FoundationEssentials

/// A UmaDB server of our own, from PyPI, and its own Python client, a process for each connection.
final class UmaDB {
    /// How its events are found again.
    enum Tags: String {
        /// The influencer, as our streams are: UmaDB indexes tags, and finds nothing else.
        case influencer
        /// Not at all: a bare log.
        case none
    }

    private let process: ChildProcess
    private let folder: String
    private let tools: Tools

    static let durability = "UmaDB: as it comes (synced before each answer; concurrent requests share a commit)"

    /// Where it is installed.
    struct Tools {
        /// A virtual environment with the package `umadb`.
        var environment: String
        /// scripts/peers/umadb_client.py
        var client: String

        var version: String? {
            let script = "import importlib.metadata as m; print(m.version('umadb'))"
            return
                (try? ChildProcess.output(
                    [environment + "/bin/python", "-c", script], folder: WorkFolder.parentDefault))?
                .split(separator: "\n").first.map { "UmaDB \($0)" }
        }
    }

    init(_ work: WorkFolder, _ tools: Tools) throws {
        folder = work.path + "/umadb"
        self.tools = tools
        try WorkFolder.makeEmpty(folder)
        let port = try NATS.freePort()
        url = "http://127.0.0.1:\(port)"
        process = try ChildProcess(
            [
                tools.environment + "/bin/umadb", "--listen", "127.0.0.1:\(port)", "--db-path", folder, "--read-method",
                "mmap",
            ], log: work.path + "/umadb.log")
        try process.wait(until: "ready", seconds: 30) { (try? Socket(.loopback(port))) != nil }
    }

    private let url: String

    /// What the client prints.
    private struct Outcome: Decodable {
        var events: Int
        var seconds: Double
    }

    /// Appends the first events of a programme; the client checks that they arrived.
    func append(_ programme: ProgrammeFile, events: Int, batch: Int, connections: Int, tags: Tags) throws -> Appended {
        let outcome = try run([
            "append", url, programme.path, "\(events)", "\(batch)", "\(connections)", tags.rawValue,
        ])
        return Appended(events: outcome.events, seconds: outcome.seconds)
    }

    /// Reads everything back.
    /// - Returns: events a second.
    func readAll(batch: Int) throws -> Double {
        let outcome = try run(["read", url, "\(batch)"])
        return Double(outcome.events) / outcome.seconds
    }

    /// Ends it, and removes what it kept.
    func kill() {
        process.kill()
        // The work folder goes in the end, with whatever is left in it.
        try? WorkFolder.remove(folder)
    }

    private func run(_ arguments: [String]) throws -> Outcome {
        let text = try ChildProcess.output(
            [tools.environment + "/bin/python", tools.client] + arguments, folder: folder)
        guard let outcome = try? JSONDecoder().decode(Outcome.self, from: Data(text.utf8)) else {
            throw BenchmarkFault("The client of UmaDB prints \(text)")
        }
        return outcome
    }
}
