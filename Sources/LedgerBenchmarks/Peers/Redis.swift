import Glibc

/// A Redis server of our own, at its durable setting: every write is synced before it is answered.
final class Redis {
    private let process: ChildProcess
    private let socketPath: String
    let folder: String

    static let durability = "Redis: appendonly yes, appendfsync always, no snapshots, no rewriting of the file"

    init(_ work: WorkFolder) throws {
        folder = work.path + "/redis"
        socketPath = work.socketFolder + "/redis.sock"
        try WorkFolder.makeEmpty(folder)
        // The append-only file grows to several times its first size: rewriting it meanwhile would cost Redis time.
        process = try ChildProcess(
            [
                "redis-server", "--port", "0", "--unixsocket", socketPath, "--dir", folder, "--appendonly", "yes",
                "--appendfsync", "always", "--save", "", "--auto-aof-rewrite-percentage", "0", "--daemonize", "no",
            ], log: work.path + "/redis.log")
        try process.wait(until: "ready", seconds: 30) {
            guard let socket = try? Socket(.unix(socketPath)) else { return false }
            return (try? Self.ask(["PING"], over: socket)) == "+PONG\r\n"
        }
    }

    static func version() -> String? {
        let text = try? ChildProcess.output(["redis-server", "--version"], folder: WorkFolder.parentDefault)
        return text?.split(separator: " ").first { $0.hasPrefix("v=") }.map { "Redis \($0.dropFirst(2))" }
    }

    /// Adds part of a programme, `batch` events a request over some connections, and counts what arrived.
    func append(
        _ programme: ProgrammeFile, _ requests: ArraySlice<ProgrammeFile.Request>, connections: Int,
        form: RedisWire.Form
    ) throws -> Appended {
        let lane = try Lane(.unix(socketPath), connections: connections, pace: .closed, limit: requests.count) {
            RedisWire(programme, requests, form)
        }
        let start = try Traffic(lanes: [lane]).run()
        let events = requests.reduce(0) { $0 + $1.events }
        let arrived = try Self.ask(["XLEN", "events"], over: Socket(.unix(socketPath)))
        guard arrived == ":\(events)\r\n" else {
            throw BenchmarkFault("\(events) events were added to Redis, and it has \(arrived)")
        }
        return Appended(
            events: events, seconds: Double(lane.lastAnswer - start) / 1e9, latencies: lane.latencies)
    }

    /// Reads the whole stream, so many entries a call.
    /// - Returns: events a second.
    func readAll(count: Int) throws -> Double {
        let socket = try Socket(.unix(socketPath))
        let watch = Stopwatch()
        var (first, read) = ("-", 0)
        while true {
            let (entries, last) = try Self.range(from: first, count: count, over: socket)
            read += entries
            guard entries == count, let last else { break }
            first = "(" + last
        }
        return Double(read) / watch.seconds
    }

    /// Ends it, and removes what it kept.
    func kill() {
        process.kill()
        // The work folder goes in the end, with whatever is left in it.
        try? WorkFolder.remove(folder)
    }

    /// One page of the stream: how many entries, and the last one's identifier.
    private static func range(from first: String, count: Int, over socket: Socket) throws -> (Int, String?) {
        var command: [UInt8] = []
        RESP.append(["XRANGE", "events", first, "+", "COUNT", "\(count)"], to: &command)
        try socket.send(command)
        let reply = try reply(over: socket)
        return try reply.withUnsafeBytes { bytes in
            guard let entries = bytes.number(at: 1), var position = bytes.end(of: "\r\n") else {
                throw BenchmarkFault("Redis answers XRANGE with something else than an array")
            }
            var last: Int?
            for _ in 0..<entries {
                last = position
                position = try RESP.end(of: bytes, from: position) ?? bytes.count
            }
            // An entry is *2, $length, identifier, …
            guard let last else { return (0, nil) }
            let parts = String(decoding: bytes[last..<min(last + 64, bytes.count)], as: UTF8.self)
                .split(separator: "\r\n")
            return (entries, parts.count > 2 ? String(parts[2]) : nil)
        }
    }

    private static func ask(_ words: [String], over socket: Socket) throws -> String {
        var command: [UInt8] = []
        RESP.append(words, to: &command)
        try socket.send(command)
        return String(decoding: try reply(over: socket), as: UTF8.self)
    }

    private static func reply(over socket: Socket) throws -> [UInt8] {
        var reply: [UInt8] = []
        repeat {
            try socket.receive(into: &reply)
        } while try reply.withUnsafeBytes { try RESP.end(of: $0) } == nil
        return reply
    }
}
