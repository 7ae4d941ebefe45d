import FoundationEssentials

/// The C program `lmdb-baseline`: what LMDB and a socket cost without a ledger around them.
struct LMDBBaseline {
    /// The program, beside this one.
    let executable: String
    let folder: WorkFolder

    struct Percentiles: Codable {
        var p50: Double
        var p90: Double
        var p99: Double
        var max: Double
    }

    struct Appended: Codable {
        var records: Int
        var recordsPerSecond: Double
        /// Over each twentieth of the commits; 0 of too few.
        var partsPerSecond: [Double]
        var commitMicroseconds: Percentiles
        var lmdb: String
    }

    struct Trips: Codable {
        var tripMicroseconds: Percentiles
    }

    private struct Dumped: Codable {
        var records: Int
    }

    var recordsFile: String { folder.path + "/records.bin" }

    /// Takes the records out of a stopped ledger's log.
    ///
    /// - Parameter expected: how many there have to be; nil: as many as there are.
    func dump(log: String, expected: Int? = nil) throws {
        let dumped = try run(Dumped.self, ["dump", log, recordsFile])
        if let expected, dumped.records != expected {
            throw BenchmarkFault("The log has \(dumped.records) records, and \(expected) events were posted to it.")
        }
    }

    /// Appends the dumped records to an empty environment, durably.
    ///
    /// - Parameter limit: so many, from the first again behind the last; nil: each once.
    func append(batch: Int, limit: Int? = nil, extends: Bool) throws -> Appended {
        let target = folder.path + "/lmdb"
        try WorkFolder.makeEmpty(target)
        defer { try? WorkFolder.remove(target) }
        return try run(
            Appended.self,
            ["append", recordsFile, target, "\(batch)"] + (limit.map { ["\($0)"] } ?? []) + (extends ? ["extend"] : []))
    }

    /// A round trip over a Unix socket: an event there, an acknowledgement back.
    func pingPong(requestBytes: Int, answerBytes: Int, count: Int) throws -> Trips {
        try run(
            Trips.self,
            ["pingpong", folder.socketFolder + "/pingpong.sock", "\(requestBytes)", "\(answerBytes)", "\(count)"])
    }

    private func run<Value: Decodable>(_ type: Value.Type, _ arguments: [String]) throws -> Value {
        let text = try ChildProcess.output([executable] + arguments, folder: folder.path)
        do {
            return try JSONDecoder().decode(type, from: Data(text.utf8))
        } catch {
            throw BenchmarkFault("lmdb-baseline prints \(text): \(error)")
        }
    }
}
