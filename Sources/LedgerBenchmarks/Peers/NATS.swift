import FoundationEssentials
import Glibc

/// A NATS server of our own with JetStream on file storage.
final class NATS {
    private let process: ChildProcess
    private let folder: String
    private let port: UInt16

    /// Servers from 2.10 on can sync before they acknowledge. Debian's 2.9 refuses the setting and syncs later.
    let isSynced: Bool

    var durability: String {
        isSynced
            ? "NATS: file storage, sync_interval always"
            : "NATS: file storage, acknowledged before any sync (this version has no sync_interval: its answers promise less)"
    }

    init(_ work: WorkFolder) throws {
        folder = work.path + "/nats"
        try WorkFolder.makeEmpty(folder)
        port = try Self.freePort()
        isSynced = try Self.writeConfiguration(folder, port: port)
        process = try ChildProcess(["nats-server", "-c", folder + "/nats.conf"], log: work.path + "/nats.log")
        try process.wait(until: "ready", seconds: 30) { (try? Socket(.loopback(port))) != nil }
        let answer = try request(
            "$JS.API.STREAM.CREATE.EVENTS",
            "{\"name\":\"EVENTS\",\"subjects\":[\"events.*\"],\"storage\":\"file\",\"retention\":\"limits\",\"num_replicas\":1}"
        )
        guard !answer.contains("\"error\"") else { throw BenchmarkFault("NATS refuses the stream: \(answer)") }
    }

    static func version() -> String? {
        (try? ChildProcess.output(["nats-server", "--version"], folder: WorkFolder.parentDefault))?
            .split(separator: " ").last.map { "NATS \($0.split(separator: "\n")[0].drop { $0 == "v" })" }
    }

    /// Publishes part of a programme: `batch` events in flight on each connection.
    func append(
        _ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>, connections: Int
    ) throws -> Appended {
        let lane = try Lane(.loopback(port), connections: connections, pace: .closed, limit: requests.count) {
            NATSWire(programme, requests)
        }
        let start = try Traffic(lanes: [lane]).run()
        let events = requests.reduce(0) { $0 + $1.events }
        let state = try request("$JS.API.STREAM.INFO.EVENTS", "")
        guard state.contains("\"messages\":\(events),") else {
            throw BenchmarkFault("\(events) events were published to NATS, and it has \(state)")
        }
        return Appended(
            events: events, seconds: Double(lane.lastAnswer - start) / 1e9, latencies: lane.latencies)
    }

    /// Ends it, and removes what it kept.
    func kill() {
        process.kill()
        // The work folder goes in the end, with whatever is left in it.
        try? WorkFolder.remove(folder)
    }

    /// Writes the configuration, with syncs if this server knows them.
    private static func writeConfiguration(_ folder: String, port: UInt16) throws -> Bool {
        let path = folder + "/nats.conf"
        func write(_ syncs: String) throws {
            let text = """
                listen: "127.0.0.1:\(port)"
                ping_interval: "30m"
                jetstream { store_dir: "\(folder)/data", max_file_store: 1TB, max_memory_store: 64MB\(syncs) }
                """
            try text.write(toFile: path, atomically: false, encoding: .utf8)
        }
        try write(", sync_interval: always")
        if (try? ChildProcess.output(["nats-server", "-t", "-c", path], folder: folder)) != nil { return true }
        try write("")
        return false
    }

    /// A port that nobody has at the moment; NATS does not serve Unix sockets.
    static func freePort() throws -> UInt16 {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var name = sockaddr_in()
        name.sin_family = sa_family_t(AF_INET)
        name.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        let code = withUnsafeMutablePointer(to: &name) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                bind(descriptor, address, length) == 0 ? getsockname(descriptor, address, &length) : -1
            }
        }
        guard code == 0 else { throw BenchmarkFault.system("find a free port") }
        return UInt16(bigEndian: name.sin_port)
    }

    /// A request to the server's interface and its answer.
    private func request(_ subject: String, _ body: String) throws -> String {
        let socket = try Socket(.loopback(port))
        var received: [UInt8] = []
        try socket.receive(into: &received)
        try socket.send(
            Array(
                "CONNECT {\"verbose\":false}\r\nSUB _ASK 1\r\nPUB \(subject) _ASK \(body.utf8.count)\r\n\(body)\r\n"
                    .utf8))
        received = []
        while true {
            try socket.receive(into: &received)
            let text = String(decoding: received, as: UTF8.self)
            if text.contains("MSG _ASK"), text.hasSuffix("}\r\n") { return text }
        }
    }
}
